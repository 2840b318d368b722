"""What a user asks for when creating a campaign, and its checks."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from prodworkflow.domain.dates import typed_day
from prodworkflow.domain.model.vocabulary import Enforcement
from prodworkflow.domain.text import joined

NAME_MAX = 64


UNFIT = '/\\?#%&;"<>[]{}|^`'


FIRST_YEAR, LAST_YEAR = 1970, 2999


@dataclass(frozen=True)
class CampaignRequest:
    """What somebody asks for, as typed: nothing in it is checked yet.

    `contacts` maps requirement keys to logins and @groups, `quorums` to
    numbers; the key of a group speaks for all of it.  `template_text`,
    unless empty, is the template itself, which is `template_version` of
    `template`; `like` names the campaign that this one takes after;
    `lists_text` holds lists that stand in place of the template's own.
    """

    name: str
    template: str
    release: str = ''
    start: str = ''
    enforcement: str = Enforcement.STANDARD.value
    contacts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    quorums: Mapping[str, str] = field(default_factory=dict)
    template_text: str = ''
    template_version: int = 0
    like: str = ''
    lists_text: str = ''


def tidy(name: str) -> str:
    """A name as Trac would store it: composed, and with single spaces."""
    return ' '.join(unicodedata.normalize('NFC', name).split())


def _name_problems(name: str) -> list[tuple[str, str]]:
    if not name:
        return [('name', 'The campaign needs a name, for example '
                         '"2011 Prod".')]
    if len(name) > NAME_MAX:
        return [('name', f'The name has {len(name)} characters; '
                         f'{NAME_MAX} are allowed.')]
    unfit = sorted({c for c in name if c in UNFIT
                    or unicodedata.category(c)[0] == 'C'})
    if unfit:
        shown = ' '.join(c if c.isprintable() else f'U+{ord(c):04X}'
                         for c in unfit)
        return [('name', f'The name cannot hold {shown}: it becomes part of '
                         'web addresses and wiki links. Use letters, '
                         'digits, spaces and . , - _ ( ) + instead.')]
    if name in ('.', '..', 'api'):
        return [('name', f'The name "{name}" means something else in web '
                         'addresses; choose another one.')]
    return []


def start_of(text: str,
             problems: list[tuple[str, str]]) -> date | None:
    """The planned start of a text; what is wrong is added to `problems`."""
    if not text.strip():
        return None
    start = typed_day(text)
    if start is None or not FIRST_YEAR <= start.year <= LAST_YEAR:
        problems.append(('start', f'"{text[:NAME_MAX]}" is no day between '
                         f'{FIRST_YEAR} and {LAST_YEAR}; write the planned '
                         'start as YYYY-MM-DD.'))
        return None
    return start


def release_problems(release: str) -> list[tuple[str, str]]:
    if len(release) > NAME_MAX or not release.isprintable():
        return [('release', 'The release needs a name of at most '
                            f'{NAME_MAX} printable characters.')]
    return []


def enforcement_problems(word: str) -> list[tuple[str, str]]:
    words = [e.value for e in Enforcement]
    if word in words:
        return []
    return [('enforcement', f'"{word[:NAME_MAX]}" is no way of enforcement; '
                            f'choose {joined(words, "or")}.')]
