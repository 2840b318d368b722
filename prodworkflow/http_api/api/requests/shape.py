"""Shapes of JSON: what was sent against the schema that declares it.

The words of JSON Schema that our operations use, and a message that names the
member for each departure.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from prodworkflow.domain.text import Message, shortened, suggest

Problem = tuple[str, str]
SHOWN = 64


def problems_of(value: Any, schema: dict[str, Any],
                where: str = '') -> Iterator[Problem]:
    """What is wrong with a value: (member, message) pairs."""
    kinds = schema.get('type', [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    kind = next((k for k in kinds if _IS[k](value)), None)
    if kind is None:
        yield where, Message(
            '%(member)s has to be of type %(kinds)s.', member=_called(where),
            kinds=' | '.join(kinds))
        return
    yield from _OF_KIND.get(kind, _nothing)(value, schema, where)
    if 'enum' in schema and value not in schema['enum']:
        yield where, Message(
            '%(member)s is "%(value)s"; it has to be one of %(words)s.',
            member=_called(where), value=_short(str(value)),
            words=', '.join(schema['enum']))


def _nothing(*_given: Any) -> Iterator[Problem]:
    return iter(())


def _object(value: dict[str, Any], schema: dict[str, Any],
            where: str) -> Iterator[Problem]:
    most = schema.get('maxProperties', len(value))
    if len(value) > most:
        yield where, Message(
            '%(member)s has %(count)s members; %(most)s are allowed.',
            member=_called(where), count=len(value), most=most)
        return
    for name in schema.get('required', ()):
        if name not in value:
            yield _member(where, name), Message(
                '%(member)s is missing.', member=_member(where, name))
    for name, each in value.items():
        yield from _named(name, each, schema, where)


def _named(name: str, value: Any, schema: dict[str, Any],
           where: str) -> Iterator[Problem]:
    """What is wrong with a member of an object, and with its name."""
    known, called = schema.get('properties', {}), _short(name)
    inside = known.get(name, schema.get('additionalProperties', False))
    unfit = list(_text(name, schema.get('propertyNames', {}),
                       _member(where, called)))
    yield from unfit
    if not unfit and inside:
        yield from problems_of(value, inside, _member(where, name))
    elif not unfit:
        yield _member(where, called), Message(
            'There is no member "%(name)s"; there is %(known)s.'
            '%(suggestion)s', name=called, known=', '.join(known),
            suggestion=suggest(name, known))


def _text(value: str, schema: dict[str, Any],
          where: str) -> Iterator[Problem]:
    most = schema.get('maxLength', len(value))
    if len(value) > most:
        yield where, Message(
            '%(member)s has %(count)s characters; %(most)s are allowed.',
            member=_called(where), count=len(value), most=most)
        return
    yield from _unfit(value, where)
    if len(value) < schema.get('minLength', 0):
        yield where, Message('%(member)s is empty.', member=_called(where))


def _unfit(text: str, where: str) -> Iterator[Problem]:
    """That a text has what databases and pages cannot hold."""
    unfit = sorted({f'U+{ord(c):04X}' for c in text
                    if c == '\0' or unicodedata.category(c) == 'Cs'})
    if unfit:
        yield where, Message(
            '%(member)s cannot hold the characters %(unfit)s; leave them '
            'out.', member=_called(where), unfit=', '.join(unfit[:5]))


def _number(value: Any, schema: dict[str, Any],
            where: str) -> Iterator[Problem]:
    least, most = schema.get('minimum', value), schema.get('maximum', value)
    if not least <= value <= most:
        yield where, Message(
            '%(member)s is a number from %(least)s to %(most)s.',
            member=_called(where), least=least, most=most)


def _list(value: list[Any], schema: dict[str, Any],
          where: str) -> Iterator[Problem]:
    most = schema.get('maxItems', len(value))
    if len(value) > most:
        yield where, Message(
            '%(member)s has %(count)s items; %(most)s are allowed.',
            member=_called(where), count=len(value), most=most)
        return
    for number, each in enumerate(value):
        yield from problems_of(each, schema['items'], f'{where}[{number}]')


def _member(where: str, name: str) -> str:
    return f'{where}.{name}' if where else name


def _called(where: str) -> str:
    return where or 'document'


def _short(text: str) -> str:
    return shortened(''.join(c if c.isprintable() else '�'
                             for c in text[:SHOWN + 1]), SHOWN)


_IS: dict[str, Callable[[Any], bool]] = {
    'object': lambda v: isinstance(v, dict),
    'array': lambda v: isinstance(v, list),
    'string': lambda v: isinstance(v, str),
    'boolean': lambda v: isinstance(v, bool),
    'integer': lambda v: isinstance(v, int) and not isinstance(v, bool),
    'number': lambda v: isinstance(v, (int, Decimal))
    and not isinstance(v, bool),
    'null': lambda v: v is None}
_OF_KIND: dict[str, Callable[..., Iterator[Problem]]] = {
    'object': _object, 'array': _list, 'string': _text, 'integer': _number,
    'number': _number}
