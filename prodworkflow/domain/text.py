"""Sentences for people: translatable messages, lists in words, free text.

`Message` is what rules say; `joined` and `some` put names into a sentence;
`word_problems` and `reason_problems` check what people write themselves;
`suggest` names what they may have meant.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from difflib import get_close_matches
from typing import Any, ClassVar

WORDS_MAX = 10000
LINES = '\t\n\r'
# Parameters that are words of the code, which catalogues have: `closed`.
CODE_WORDS = ('phase',)
# Parameters that are days where the ledger keeps them as ISO texts.
DAYS = ('day', 'due', 'first', 'last', 'start', 'until')
# As markupsafe escapes, which pages use.
ENTITIES = str.maketrans({'&': '&amp;', '<': '&lt;', '>': '&gt;',
                          '"': '&#34;', "'": '&#39;'})


class Message(str):
    """An English sentence that can be translated when it is shown.

    `msgid` is its pattern, with `%(name)s` for each of `params`, as in Trac's
    own catalogues.  Without parameters the pattern is the text, and `%`
    stands for itself.  A parameter may be a message, or a day.

    As a `str`, in JSON, joins and f-strings, it is English.  What shows it to
    people says it in their language: `str()`, `%` and, in HTML, whoever
    escapes it.  `reader_gettext` is the catalogue, one for all messages;
    `reader_day` writes a day as its reader does, '' where nobody reads.
    """

    __slots__ = ('msgid', 'params')  # rules make thousands for one answer

    msgid: str
    params: Mapping[str, Any]
    reader_gettext: ClassVar[Callable[[str], str] | None] = None
    reader_day: ClassVar[Callable[[date], str] | None] = None

    def __new__(cls, msgid: str, /, **params: Any) -> Message:
        """Fill the parameters into the pattern; KeyError if one is missing."""
        made = str.__new__(cls, msgid % _english(params) if params else msgid)
        made.msgid = msgid
        made.params = params
        return made

    def translated(self, gettext: Callable[[str], str]) -> str:
        """The sentence in the language of `gettext`, its parameters, too."""
        params = {name: value.translated(gettext)
                  if isinstance(value, Message)
                  else said_day(value) if isinstance(value, date)
                  else gettext(value) if name in CODE_WORDS else value
                  for name, value in self.params.items()}
        # Catalogues keep their own header under the empty id.
        pattern = gettext(self.msgid) if self.msgid else ''
        return pattern % params if params else pattern

    def __str__(self) -> str:
        """The sentence in the language of the reader."""
        gettext = Message.reader_gettext
        return (self.translated(gettext) if gettext
                else str.__str__(self))

    def __format__(self, spec: str) -> str:
        """The English sentence: f-strings make what tickets keep."""
        return format(str.__str__(self), spec)

    def __html__(self) -> str:
        """The sentence in the language of the reader, escaped for HTML."""
        return str(self).translate(ENTITIES)

    def as_dict(self) -> dict[str, Any]:
        """The message as plain data, for JSON and the ledger.

        `id` is the pattern; `params` are texts, numbers and messages.
        """
        return {'id': self.msgid, 'params': {
            name: value.as_dict() if isinstance(value, Message)
            else value if isinstance(value, (int, str)) else str(value)
            for name, value in self.params.items()}}

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Message:
        """Read back what `as_dict` made; KeyError, TypeError if it is not."""
        return cls(data['id'], **{
            name: cls.of(value) if isinstance(value, dict)
            else _day(value) if name in DAYS else value
            for name, value in data['params'].items()})


def _english(params: Mapping[str, Any]) -> Mapping[str, Any]:
    """Parameters as they stand in the English sentence."""
    return {name: str.__str__(value) if isinstance(value, Message) else value
            for name, value in params.items()}


def _day(kept: Any) -> Any:
    """A day that was kept as an ISO text; anything else stays as it is."""
    try:
        return date.fromisoformat(kept)
    except (TypeError, ValueError):
        return kept


def said_day(day: date) -> str:
    """A day as its reader writes days, else as ISO 8601."""
    return (Message.reader_day and Message.reader_day(day)) or str(day)


class Phrase(Message):
    """A sentence as a part of another one: without its full stop."""

    __slots__ = ()

    def __new__(cls, msgid: str, /, **params: Any) -> Phrase:
        """Fill the parameters into the pattern; KeyError if one is missing."""
        text = msgid % _english(params) if params else msgid
        made = str.__new__(cls, text.rstrip('.'))
        made.msgid = msgid
        made.params = params
        return made

    def translated(self, gettext: Callable[[str], str]) -> str:
        """The translated sentence without its full stop."""
        return super().translated(gettext).rstrip('.')


def phrase(text: str) -> str:
    """A sentence without its full stop; a message stays one."""
    if isinstance(text, Message):
        return Phrase(text.msgid, **text.params)
    return text.rstrip('.')


def joined_by(separator: str, parts: Iterable[str]) -> Message:
    """Several messages as one, in which each is translated by itself.

    A single message is returned as it is.
    """
    all_parts = list(parts)
    if len(all_parts) == 1 and isinstance(all_parts[0], Message):
        return all_parts[0]
    named = {f'part{i}': part for i, part in enumerate(all_parts)}
    return Message(separator.replace('%', '%%').join(
        f'%({name})s' for name in named), **named)


def word_problems(field: str, text: str,
                  most: int = WORDS_MAX) -> list[tuple[str, str]]:
    """Validate free text that is kept for ever: its length and characters.

    The problems are (field, message); none means that the text is valid.
    """
    if len(text) > most:
        return [(field, Message('The %(field)s has %(count)s characters; '
                                '%(most)s are allowed.',
                                field=field, count=len(text), most=most))]
    unfit = sorted({f'U+{ord(c):04X}' for c in text if c not in LINES
                    and unicodedata.category(c) in ('Cc', 'Cs')})
    if unfit:
        return [(field, Message('The %(field)s cannot hold the control '
                                'characters %(unfit)s; leave them out.',
                                field=field, unfit=', '.join(unfit[:5])))]
    return []


SAY_WHY = Message('Say why; the reason is kept.')


def reason_problems(text: str, field: str = 'reason', ask: str = SAY_WHY,
                    most: int = WORDS_MAX) -> list[tuple[str, str]]:
    """Validate a reason that has to be given, like `word_problems`.

    `ask` is the message where there is none.
    """
    return (word_problems(field, text, most) if text.strip()
            else [(field, ask)])


# `some` names at most this many items.
NAMED = 6


def joined(items: tuple[str, ...] | list[str], word: str = 'and') -> str:
    """A list in a sentence, as a message: `anna, bruno and dora`.

    `word` is 'and' or 'or'.  A single item is returned as it is.
    """
    if len(items) < 2:
        return items[0] if items else ''
    first, last = items[0], items[-1]
    if len(items) > 2:
        first = joined_by(', ', items[:-1])
    if word == 'or':
        return Message('%(items)s or %(last)s', items=first, last=last)
    return Message('%(items)s and %(last)s', items=first, last=last)


def some(items: list[str]) -> str:
    """The first items of a list in a sentence, and how many there are more."""
    more = len(items) - NAMED
    return joined(items if more <= 1 else [
        *items[:NAMED], Message('%(count)s more', count=more)])


# Quotations of what was typed are cut off after this many characters.
SHOWN = 64


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that is most like a misspelt one; '' if none is."""
    return ''.join(get_close_matches(word[:SHOWN], list(known), 1))


def suggest(word: str, known: Iterable[str], most: int = 3,
            shown: Callable[[str], str] = str) -> str:
    """The question `Did you mean ...?` to follow a sentence; '' if unclear.

    `shown` gives a known word as it is written.
    """
    near = [shown(each) for each in get_close_matches(
        word[:SHOWN], list(known), most)]
    return Message(' Did you mean %(words)s?',
                   words=joined(near, 'or')) if near else ''


def dashed(name: str) -> str:
    """A name in small letters, digits and single hyphens: `ifca-lcg2`."""
    plain = unicodedata.normalize('NFKD', name).encode('ascii', 'ignore')
    return re.sub('[^a-z0-9]+', '-', plain.decode().lower()).strip('-')


def shortened(text: str, most: int) -> str:
    """A text on one line, cut off after so many characters."""
    flat = ' '.join(text.split())
    return flat if len(flat) <= most else f'{flat[:most - 1]}…'
