"""Documents that are sent: JSON, strictly, and the fields of the query."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any
from urllib.parse import parse_qsl

from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.text import Message, shortened
from prodworkflow.evidence_readers.json_numbers import (
    decimal,
    integer,
    NumberError,
    unique,
)
from prodworkflow.http_api.api.operation import Parameter, Schema
from prodworkflow.http_api.api.requests.shape import problems_of, SHOWN
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
    except json.JSONDecodeError as error:
        raise _unread(Message(
            'it breaks off or is wrong at line %(line)s, column %(column)s',
            line=error.lineno, column=error.colno)) from None
    _require_shape(found, schema)
    return dict(found)


def query_fields(text: str, parameters: Sequence[Parameter]
                 ) -> dict[str, Any]:
    """The parameters of a query by name; 400 for what is not as declared."""
    known = {p.name: p.schema for p in parameters}
    try:
        pairs = parse_qsl(text, keep_blank_values=True, errors='strict',
                          max_num_fields=FIELDS_MAX)
    except UnicodeDecodeError:
        raise Problem(400, '', str(Message(
            'The query cannot be read: it is no UTF-8.'))) from None
    except ValueError:  # of this function, for too many fields alone
        raise Problem(400, '', str(Message(
            'The query has more than %(most)s fields.', most=FIELDS_MAX)
        )) from None
    typed = _once(_fields(pairs, known))
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


def _once(fields: Iterator[tuple[str, Any]]) -> dict[str, Any]:
    """The fields by name; 400 if one comes twice."""
    found: dict[str, Any] = {}
    for name, value in fields:
        if name in found:
            raise Problem(400, '', str(Message(
                '%(name)s is given twice; give it once.',
                name=shortened(name, SHOWN))))
        found[name] = value
    return found


def _typed(value: str, schema: Schema) -> Any:
    """A text of the query as the type that is asked for, if it is one."""
    whole = schema.get('type') == 'integer' and _WHOLE.fullmatch(value)
    return int(value) if whole else value


def _require_shape(found: Any, schema: Schema) -> None:
    problems = list(islice(problems_of(found, schema), TOLD))
    if problems:
        raise InvalidRequest(problems)


def _unread(words: str) -> Problem:
    return Problem(400, '', str(Message(
        'The JSON cannot be read: %(error)s', error=words)))
