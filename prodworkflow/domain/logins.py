"""Logins in text: lists of people, written and read in one way, as in CSV.

A login may hold commas, semicolons, quotation marks and blanks, as the names
of certificates do.  Between commas one such stands in quotation marks, and
each mark in it twice (RFC 4180): `anna, "Doe, Jane", "a ""b"" c"`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.text import joined, Message, SHOWN

EXAMPLE = 'anna, "Doe, Jane", "a ""b"" c"'
# A login in quotation marks, with each mark in it twice.
QUOTED = r'"(?:[^"]|"")*"'
_SPECIAL = re.compile(r'[\s,;"]')
_QUOTED_PART = re.compile(rf'\s*({QUOTED})\s*(?:,|\Z)')
_PLAIN_PART = re.compile(r'([^",]*)(?:,|\Z)')


def quoted_login(login: str) -> str:
    """One login as it stands in a list: in quotation marks where it has to.

    So it does with blanks, commas, semicolons and quotation marks in it.
    """
    return ('"{}"'.format(login.replace('"', '""'))
            if _SPECIAL.search(login) else login)


def unquoted_login(text: str) -> str:
    """The login that `quoted_login` has written."""
    return text[1:-1].replace('""', '"') if text[:1] == '"' else text


def join_logins(logins: Iterable[str]) -> str:
    """A list of logins, or of groups behind an @, as text for fields.

    `split_logins` reads it back.
    """
    return ', '.join(map(quoted_login, logins))


def joined_logins(logins: Iterable[str], word: str = 'and') -> str:
    """Logins in a sentence: `anna, "Doe, Jane" or bruno`."""
    return joined([*map(quoted_login, logins)], word)


def split_logins(text: str, field: str) -> tuple[str, ...]:
    """The logins of a list, in order; nothing between commas is no login.

    InvalidRequest, of this field, if a quotation mark is out of place: within
    a login that is not quoted as a whole, behind one that is, or never closed.
    """
    found, at = [], 0
    while at < len(text):
        part = _QUOTED_PART.match(text, at) or _PLAIN_PART.match(text, at)
        if part is None:
            raise InvalidRequest([(field, _misquoted(text, at))])
        found.append(unquoted_login(part[1]) if '"' in part[1]
                     else part[1].strip())
        at = part.end()
    return tuple(filter(None, found))


def _misquoted(text: str, start: int) -> Message:
    """What is wrong with the part of a list that starts there."""
    return Message(
        'The quotation marks in “%(part)s”, from character %(at)s on, are out '
        'of place: put a login that holds commas, semicolons, blanks or '
        'quotation marks between two of them, each mark in it twice, and a '
        'comma behind it, like %(example)s.',
        part=text[start:].strip()[:SHOWN], example=EXAMPLE,
        at=start + len(text[start:]) - len(text[start:].lstrip()) + 1)
