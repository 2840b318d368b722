"""Documents that are sent: JSON, strictly, and the fields of the query."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import parse_qsl

from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.text import Message
from prodworkflow.evidence_readers.json_numbers import (
    decimal,
    integer,
    NumberError,
    unique,
)
from prodworkflow.http_api.api.operation import Parameter, Schema
from prodworkflow.http_api.api.requests.shape import problems_of
from prodworkflow.http_api.problems import Problem

FIELDS_MAX = 20
TOLD = 20
_WHOLE = re.compile(r'-?[0-9]{1,15}', re.ASCII)


def json_document(data: bytes, schema: Schema) -> dict[str, Any]:
    """The document in these bytes; 400 unless it is one JSON text.

    InvalidRequest names each member that is not as declared.  Numbers are
    exact; a name may come only once in an object.
    """
    try:
        found = json.loads(data.decode('utf-8'), parse_int=integer,
                           parse_float=decimal, object_pairs_hook=unique)
    except UnicodeDecodeError as error:
        raise _unread(Message('it is no UTF-8 at byte %(place)s',
                              place=error.start)) from None
    except RecursionError:
        raise _unread(Message('it is nested too deep')) from None
    except NumberError as error:
        raise _unread(error.args[0]) from None
    except ValueError as error:
        raise _unread(str(error)) from None
    _require_shape(found, schema)
    return dict(found)


def query_fields(text: str, parameters: Sequence[Parameter]
                 ) -> dict[str, Any]:
    """The parameters of a query by name; 400 for what is not as declared."""
    known = {p.name: p.schema for p in parameters}
    try:
        pairs = parse_qsl(text, keep_blank_values=True, errors='strict',
                          max_num_fields=FIELDS_MAX)
        typed = unique(list(_fields(pairs, known)))
    except NumberError as error:
        raise Problem(400, '', error.args[0]) from None
    except ValueError as error:
        raise Problem(400, '', str(Message(
            'The query cannot be read: %(error)s.', error=str(error))
        )) from None
    try:
        _require_shape(typed, {'type': 'object', 'properties': known})
    except InvalidRequest as error:
        raise Problem(400, '', str(error), {'errors': [
            {'field': f'?{field}', 'detail': str(words)}
            for field, words in error.problems]}) from None
    return typed


def _fields(pairs: list[tuple[str, str]], known: dict[str, Schema]
            ) -> Iterator[tuple[str, Any]]:
    """The fields of a query; what may come several times is a list."""
    lists: dict[str, list[str]] = {}
    for name, value in pairs:
        if known.get(name, {}).get('type') == 'array':
            lists.setdefault(name, []).append(value)
        else:
            yield name, _typed(value, known.get(name, {}))
    yield from lists.items()


def _typed(value: str, schema: Schema) -> Any:
    """A text of the query as the type that is asked for, if it is one."""
    whole = schema.get('type') == 'integer' and _WHOLE.fullmatch(value)
    return int(value) if whole else value


def _require_shape(found: Any, schema: Schema) -> None:
    problems = list(problems_of(found, schema))
    if problems:
        raise InvalidRequest(problems[:TOLD])


def _unread(words: str) -> Problem:
    return Problem(400, '', str(Message(
        'The JSON cannot be read: %(error)s', error=words)))
