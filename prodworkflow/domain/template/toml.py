"""Parse untrusted TOML: bounded in length, nesting and digits.

Parsers take very long for keys with thousands of parts and numbers with
thousands of digits; such texts are refused before they are parsed.  Errors
have a line.  Fractional numbers are kept as they are written.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from typing import Any

from prodworkflow.domain.text import Message

if sys.version_info >= (3, 11):  # pragma: no cover (one of the two runs)
    import tomllib
else:  # pragma: no cover (the other one)
    import tomli as tomllib  # type: ignore[import-not-found]


LONGEST = 250_000


_PART = r'''(?:[\w-]+|"[^"\n]*"|'[^'\n]*')'''


_DEEP = re.compile(
    rf'(?:^[ \t]*\[{{0,2}}|[{{,])[ \t]*(?:{_PART}[ \t]*\.[ \t]*){{12}}',
    re.MULTILINE)


_DIGITS = re.compile(r'[0-9_]{400}')


@dataclass(frozen=True)
class Fractional:
    """A number with a fraction or an exponent, as it is written."""

    text: str


class Unreadable(ValueError):
    """A text that is no valid TOML: the line, and a message."""

    def __init__(self, line: int, words: str) -> None:
        self.line = line
        super().__init__(words)


def parsed(text: str) -> dict[str, Any]:
    """Parse TOML to tables; Unreadable if it is invalid or too large."""
    _bounded(text)
    try:
        return tomllib.loads(text, parse_float=Fractional)
    except RecursionError:
        raise Unreadable(_deepest(text), Message(
            'too deeply nested; write at most a few brackets within one '
            'another')) from None
    except ValueError as error:
        raise _told(text, str(error)) from error


def _bounded(text: str) -> None:
    """Check length, nesting and digits; Unreadable if they are exceeded."""
    if len(text) > LONGEST:
        raise Unreadable(1, Message('the text has %(count)s characters; at '
                                    'most %(most)s are read',
                                    count=len(text), most=LONGEST))
    for pattern, words in (
            (_DEEP, Message('a key of more than 12 parts; write fewer '
                            'dots')),
            (_DIGITS, Message('a number of more than 399 digits; write a '
                              'smaller one'))):
        found = pattern.search(text)
        if found:
            raise Unreadable(text.count('\n', 0, found.start()) + 1, words)


def _deepest(text: str) -> int:
    """The line with the most opening brackets."""
    lines = text.split('\n')
    counts = [line.count('[') + line.count('{') for line in lines]
    return counts.index(max(counts)) + 1


def _told(text: str, message: str) -> Unreadable:
    """The error of the parser, with its line."""
    found = re.search(r'\(at line (\d+), column \d+\)$', message)
    line = int(found[1]) if found else text.count('\n') + 1
    return Unreadable(line, Message('%(error)s; mend the syntax there',
                                    error=message[:200]))
