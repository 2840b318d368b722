"""Sentences for people: translatable messages, lists in words, free text.

`Message` is what rules say; `joined` and `some` put names into a sentence;
`word_problems` and `reason_problems` check what people write themselves;
`suggest` names what they may have meant.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from typing import Any

WORDS_MAX = 10000
LINES = '\t\n\r'


class Message(str):
    """An English sentence that can be translated when it is shown.

    It is an ordinary `str`; `msgid` is its pattern, with `%(name)s` for each
    of `params`, as in Trac's own catalogues.  Without parameters the pattern
    is the text, and `%` stands for itself.  A parameter may be a message.
    """

    msgid: str
    params: Mapping[str, Any]

    def __new__(cls, msgid: str, /, **params: Any) -> Message:
        """Fill the parameters into the pattern; KeyError if one is missing."""
        made = super().__new__(cls, msgid % params if params else msgid)
        made.msgid, made.params = msgid, params
        return made

    def translated(self, gettext: Callable[[str], str]) -> str:
        """The sentence in the language of `gettext`, its parameters, too."""
        params = {name: value.translated(gettext)
                  if isinstance(value, Message) else value
                  for name, value in self.params.items()}
        pattern = gettext(self.msgid)
        return pattern % params if params else pattern

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
            name: cls.of(value) if isinstance(value, dict) else value
            for name, value in data['params'].items()})


def joined_by(separator: str, parts: Iterable[str]) -> Message:
    """Several messages as one, in which each is translated by itself."""
    named = {f'part{i}': part for i, part in enumerate(parts)}
    return Message(separator.replace('%', '%%').join(
        f'%({name})s' for name in named), **named)


def word_problems(field: str, text: str,
                  most: int = WORDS_MAX) -> list[tuple[str, str]]:
    """What is wrong with words that are kept for ever; [] if nothing."""
    if len(text) > most:
        return [(field, f'The {field} has {len(text)} characters; {most} '
                        'are allowed.')]
    unfit = sorted({f'U+{ord(c):04X}' for c in text if c not in LINES
                    and unicodedata.category(c) in ('Cc', 'Cs')})
    if unfit:
        return [(field, f'The {field} cannot hold the control characters '
                        f'{", ".join(unfit[:5])}; leave them out.')]
    return []


SAY_WHY = Message('Say why; the reason is kept.')


def reason_problems(text: str, field: str = 'reason', ask: str = SAY_WHY,
                    most: int = WORDS_MAX) -> list[tuple[str, str]]:
    """What is wrong with a reason that has to be given; [] if nothing.

    `ask` is what to say where there is none.
    """
    return (word_problems(field, text, most) if text.strip()
            else [(field, ask)])


# Of many, so many are named.
NAMED = 6


def joined(items: tuple[str, ...] | list[str], word: str = 'and') -> str:
    """The items as a list in a sentence: `anna, bruno and dora`."""
    if len(items) < 2:
        return ''.join(items)
    return f'{", ".join(items[:-1])} {word} {items[-1]}'


def some(items: list[str]) -> str:
    """As many of the items as one reads, and how many there are beside."""
    more = len(items) - NAMED
    return joined(items if more <= 1 else [*items[:NAMED], f'{more} more'])


SHOWN = 64


def nearest(word: str, known: Iterable[str]) -> str:
    """What was meant by a word, of those that are known; '' if unclear."""
    return ''.join(_close(word, known, 1))


def suggest(word: str, known: Iterable[str], most: int = 3) -> str:
    """A hint at what was meant, for behind a sentence; '' without one."""
    near = _close(word, known, most)
    return Message(' Did you mean %(words)s?',
                   words=joined(near, 'or')) if near else ''


def dashed(name: str) -> str:
    """A name in small letters, digits and single hyphens: `ifca-lcg2`."""
    plain = unicodedata.normalize('NFKD', name).encode('ascii', 'ignore')
    return re.sub('[^a-z0-9]+', '-', plain.decode().lower()).strip('-')


def _close(word: str, known: Iterable[str], most: int) -> list[str]:
    return get_close_matches(word[:SHOWN], list(known), most)
