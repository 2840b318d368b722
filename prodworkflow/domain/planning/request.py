"""Campaign request: what a user types to create a campaign, and checks."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from prodworkflow.domain.dates import typed_day
from prodworkflow.domain.model.campaign import Campaign
from prodworkflow.domain.model.vocabulary import Enforcement
from prodworkflow.domain.planning.freezes import FreezeWords, NO_WORDS
from prodworkflow.domain.text import joined, Message

NAME_MAX = 64


UNFIT = '/\\?#%&;"<>[]{}|^`'


# What `/campaign/<name>` serves that is no campaign's page; with what it will
# serve, and what browsers take out of addresses, no campaign's name.
TAKEN = ('due.ics', 'feed', 'metrics')


RESERVED = ('.', '..', 'api', 'matrix', *TAKEN)


FIRST_YEAR, LAST_YEAR = 1970, 2999


@dataclass(frozen=True)
class CampaignRequest:
    """A request for a new campaign, as typed; not validated yet.

    `contacts` maps keys of requirements or whole groups to logins and @groups,
    `quorums` to numbers.  `template_text`, unless empty, is the text of
    `template` in version `template_version`; `like` names the campaign that is
    cloned; `lists_text` is TOML with lists that replace those of the template;
    `freeze` are the words of its freeze. With `unknown_contacts` people may be
    named whom Trac does not know.
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
    freeze: FreezeWords = NO_WORDS
    unknown_contacts: bool = False


def tidy(name: str) -> str:
    """Normalize a name as Trac does: Unicode NFC, single spaces."""
    return ' '.join(unicodedata.normalize('NFC', name).split())


def _name_problems(name: str) -> list[tuple[str, str]]:
    """Validate a campaign's name, which is part of addresses and links."""
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
    if name in RESERVED:
        return [('name', Message('The name "%(name)s" means something else '
                                 'in web addresses; choose another one.',
                                 name=name))]
    return []


def start_of(text: str,
             problems: list[tuple[str, str]]) -> date | None:
    """Parse a planned start; problems are appended to `problems`.

    None if there is none or it is invalid.
    """
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


def start_notices(campaign: Campaign, today: date | None) -> Iterator[str]:
    """That the planned start is in the past, which is no mistake."""
    if campaign.start and today and campaign.start < today:
        yield Message('The start %(start)s is in the past (today is '
                      '%(today)s): everything will be late from the '
                      'beginning. Plan another day, unless you mean it.',
                      start=campaign.start, today=today)


def release_problems(release: str) -> list[tuple[str, str]]:
    """Validate the name of a release; the problems are (field, message)."""
    if len(release) > NAME_MAX or not release.isprintable():
        return [('release', Message('The release needs a name of at most '
                                    '%(name_max)s printable characters.',
                                    name_max=NAME_MAX))]
    return []


def enforcement_problems(word: str) -> list[tuple[str, str]]:
    """Validate an enforcement; the problems are (field, message)."""
    words = [e.value for e in Enforcement]
    if word in words:
        return []
    return [('enforcement', Message('"%(word)s" is no way of enforcement; '
                                    'choose %(words)s.',
                                    word=word[:NAME_MAX],
                                    words=joined(words, 'or')))]
