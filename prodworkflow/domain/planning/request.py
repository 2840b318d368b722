"""What a user asks for when creating a campaign, and its checks."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from prodworkflow.domain.dates import typed_day
from prodworkflow.domain.model.vocabulary import Enforcement
from prodworkflow.domain.text import joined, Message

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
        return [('name', Message('The campaign needs a name, for example '
                                 '"2011 Prod".'))]
    if len(name) > NAME_MAX:
        return [('name', Message('The name has %(count)s characters; '
                                 '%(name_max)s are allowed.',
                                 count=len(name), name_max=NAME_MAX))]
    unfit = sorted({c for c in name if c in UNFIT
                    or unicodedata.category(c)[0] == 'C'})
    if unfit:
        shown = ' '.join(c if c.isprintable() else f'U+{ord(c):04X}'
                         for c in unfit)
        return [('name', Message('The name cannot hold %(shown)s: it '
                                 'becomes part of web addresses and wiki '
                                 'links. Use letters, digits, spaces and . '
                                 ', - _ ( ) + instead.',
                                 shown=shown))]
    if name in ('.', '..', 'api'):
        return [('name', Message('The name "%(name)s" means something else '
                                 'in web addresses; choose another one.',
                                 name=name))]
    return []


def start_of(text: str,
             problems: list[tuple[str, str]]) -> date | None:
    """The planned start of a text; what is wrong is added to `problems`."""
    if not text.strip():
        return None
    start = typed_day(text)
    if start is None or not FIRST_YEAR <= start.year <= LAST_YEAR:
        problems.append(('start', Message(
            '"%(text)s" is no day between %(first_year)s and %(last_year)s; '
            'write the planned start as YYYY-MM-DD.',
            text=text[:NAME_MAX], first_year=FIRST_YEAR, last_year=LAST_YEAR)))
        return None
    return start


def release_problems(release: str) -> list[tuple[str, str]]:
    if len(release) > NAME_MAX or not release.isprintable():
        return [('release', Message('The release needs a name of at most '
                                    '%(name_max)s printable characters.',
                                    name_max=NAME_MAX))]
    return []


def enforcement_problems(word: str) -> list[tuple[str, str]]:
    words = [e.value for e in Enforcement]
    if word in words:
        return []
    return [('enforcement', Message('"%(word)s" is no way of enforcement; '
                                    'choose %(words)s.',
                                    word=word[:NAME_MAX],
                                    words=joined(words, 'or')))]
