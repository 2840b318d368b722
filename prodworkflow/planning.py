"""From what a person asks for to the campaign that would be made.

Pure: what Trac knows at the moment (users, milestones) comes in as values.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, TypeVar

from .answers import joined
from .expansion import (
    day_of,
    expanded,
    groups_of,
    list_problems,
    merged,
    stage_description,
)
from .fitting import field_problems, freeze_problems, Staffing
from .items import ItemList
from .model import Campaign, Stage
from .parts import Part, parts
from .reach import out_of_reach
from .staffing import Known, Unfit
from .state import State
from .template import Template
from .terms import Enforcement, Phase
from .toml_fields import TemplateError
from .toml_lists import parse_lists

_Said = TypeVar('_Said')

NAME_MAX = 64
UNFIT = '/\\?#%&;"<>[]{}|^`'
FIRST_YEAR, LAST_YEAR = 1970, 2999
_DAY = re.compile(r'\d{4}-\d\d-\d\d')


@dataclass(frozen=True)
class Wish:
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


@dataclass(frozen=True)
class Plan:
    """A campaign that may be made, complete but for its tickets' ids.

    `words` maps each requirement's key to what the template writes into its
    ticket, `descriptions` each stage's to what it writes into its milestone.
    """

    state: State
    template: Template
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    descriptions: Mapping[str, str] = field(default_factory=dict)

    def parts(self, stage: str) -> tuple[Part, ...]:
        """What a stage asks for, a group at once."""
        return parts(self.state, stage)

    def as_dict(self) -> dict[str, Any]:
        """The plan as a preview shows it: stages with their tickets."""
        return {'campaign': self.state.campaign.name, 'stages': [
            {'milestone': s.milestone, 'due': s.due,
             'tickets': [{'title': r.title, 'key': r.key,
                          'contacts': list(r.contacts),
                          'quorum': r.quorum}
                         for r in self.state.requirements
                         if r.stage == s.key]}
            for s in self.state.stages]}


def tidy(name: str) -> str:
    """A name as Trac would store it: composed, and with single spaces."""
    return ' '.join(unicodedata.normalize('NFC', name).split())


def milestone_names(name: str, template: Template) -> list[str]:
    """The names of the milestones that a campaign of this name will own."""
    return [f'{name}: {number}. {stage.title}'
            for number, stage in enumerate(template.stages, 1)]


def plan(wish: Wish, template: Template, known: Known) -> Plan:
    """The campaign that `wish` asks for; Unfit names all that is wrong."""
    name = tidy(wish.name)
    problems = _name_problems(name) + _taken(name, known)
    start = start_of(wish.start, problems)
    problems += release_problems(tidy(wish.release))
    problems += enforcement_problems(wish.enforcement)
    lists = _lists(wish, template, problems)
    campaign = Campaign(name, wish.template, tidy(wish.release), start,
                        wish.enforcement, Phase.UNDERWAY.value,
                        freeze=template.freeze,
                        template_version=wish.template_version)
    drafts = (list(expanded(template, lists, campaign))
              if not any(field == 'lists' for field, _ in problems) else [])
    problems += freeze_problems(template.freeze, known)
    problems += field_problems(drafts, known)
    there = {d.requirement.key for d in drafts}
    requirements = Staffing([r.key for r in template.requirements],
                            _fitting(wish, wish.contacts, there),
                            _fitting(wish, wish.quorums, there), known,
                            problems).staffed(drafts)
    if problems:
        raise Unfit(problems)
    state = State(campaign, _stages(template, campaign), requirements,
                  lists=lists, groups=groups_of(template, campaign))
    out = out_of_reach(state, known.groups, known.administrators)
    if out:
        raise Unfit([(f'contact:{key}', words) for key, words in out])
    return Plan(state, template, {d.requirement.key: d.words for d in drafts},
                {s.key: stage_description(s, campaign)
                 for s in template.stages})


def with_tickets(state: State,
                 tickets: Mapping[str, tuple[int, int]]) -> State:
    """The state once each requirement's ticket is made: (id, time in µs)."""
    return replace(state, requirements=tuple(
        replace(r, ticket=tickets[r.key][0], ticket_time=tickets[r.key][1],
                seen=tickets[r.key][1]) for r in state.requirements))


def _fitting(wish: Wish, given: Mapping[str, _Said],
             there: set[str]) -> Mapping[str, _Said]:
    """What is said by key; of last time's items, those that are left."""
    return given if not wish.like else {
        k: v for k, v in given.items() if '.' not in k or k in there}


def _stages(template: Template, campaign: Campaign) -> tuple[Stage, ...]:
    return tuple(
        Stage(s.key, number, s.title, milestone, day_of(campaign, s.due))
        for number, (s, milestone) in enumerate(zip(
            template.stages, milestone_names(campaign.name, template)), 1))


def _lists(wish: Wish, template: Template,
           problems: list[tuple[str, str]]) -> tuple[ItemList, ...]:
    """The lists of the campaign, with what is wrong added to `problems`."""
    try:
        given = parse_lists(wish.lists_text)
    except TemplateError as error:
        problems += [('lists', f'Lists, {p}') for p in error.problems]
        return ()
    lists = merged(template, given)
    problems += [('lists', words)
                 for words in list_problems(template, lists, given)]
    return lists


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


def _taken(name: str, known: Known) -> list[tuple[str, str]]:
    if known.campaign_exists:
        return [('name', f'A campaign named "{name}" exists already; nothing '
                         'was made. Choose another name.')]
    return [('name', f'A milestone named "{milestone}" exists already; '
                     'rename it, or choose another name for the campaign.')
            for milestone in known.milestones]


def start_of(text: str,
             problems: list[tuple[str, str]]) -> date | None:
    """The planned start of a text; what is wrong is added to `problems`."""
    if not text.strip():
        return None
    stripped = text.strip()
    try:
        start = date.fromisoformat(stripped) if _DAY.fullmatch(stripped) \
            else None
    except ValueError:
        start = None
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
