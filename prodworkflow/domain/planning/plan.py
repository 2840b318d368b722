"""Campaign plan: validate a request and work out what would be made.

Pure: users and milestones of Trac are arguments.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.logins import join_logins
from prodworkflow.domain.model.campaign import Campaign, Stage
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.state import State
from prodworkflow.domain.model.vocabulary import Phase
from prodworkflow.domain.planning import freezes
from prodworkflow.domain.planning.creation.checks import (
    listed,
    requested_lists,
    staffed,
    taken_names,
)
from prodworkflow.domain.planning.reminders import reminder_words
from prodworkflow.domain.planning.request import (
    _name_problems,
    CampaignRequest,
    enforcement_problems,
    release_problems,
    start_notices,
    start_of,
    tidy,
)
from prodworkflow.domain.planning.requirement_sets import (
    requirement_sets,
    RequirementSet,
)
from prodworkflow.domain.planning.signers import SiteFacts
from prodworkflow.domain.planning.site_words import word_notices, words_of
from prodworkflow.domain.planning.ticket_fields import field_problems
from prodworkflow.domain.planning.waivers import waiver_notices
from prodworkflow.domain.rules.duties.quorum import unreachable_quorums
from prodworkflow.domain.rules.duties.strangers import in_one_phrase, strangers
from prodworkflow.domain.rules.stranded import refused_notice, unstaffed_notice
from prodworkflow.domain.template.expansion import (
    day_of,
    Expanded,
    expanded,
    groups_of,
    stage_description,
)
from prodworkflow.domain.template.model import Template
from prodworkflow.domain.text import Message

# So many people who have never logged in are told in a line each.
STRANGERS_TOLD = 20


@dataclass(frozen=True)
class Plan:
    """A valid campaign, complete except for the ids of its tickets.

    `words` maps requirement keys to the fields of their tickets,
    `descriptions` stage keys to the descriptions of their milestones.
    `notices` say what to know before it is made, a sentence each;
    `word_notices`, first of them, which words the site lacks, and `refusal`,
    the last, whom Trac refuses tickets in general.  `today` is the day (UTC)
    on which it was planned, None where that does not matter.
    """

    state: State
    template: Template
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    descriptions: Mapping[str, str] = field(default_factory=dict)
    notices: tuple[str, ...] = ()
    word_notices: tuple[str, ...] = ()
    refusal: str = ''
    today: date | None = None

    def parts(self, stage: str) -> tuple[RequirementSet, ...]:
        """The requirements of a stage, by its key; a group is one set."""
        return requirement_sets(self.state, stage)

    def bases(self, part: RequirementSet) -> list[str]:
        """The titles of what the requirements of a set rest on."""
        wanted = {key for r in part.requirements for key in r.rests_on}
        groups = {r.group for r in self.state.requirements
                  if r.key in wanted} | wanted
        return [*(r.title for r in self.state.requirements
                  if not r.group and r.key in wanted),
                *(g.title for g in self.state.groups if g.key in groups)]

    def own(self, requirement: Requirement) -> tuple[str, ...]:
        """What is asked of an item alone, in words; () for no item."""
        group = next((g for g in self.state.groups
                      if g.key == requirement.group), None)
        item = next((i for each in self.state.lists for i in each.items
                     if group and each.name == group.list
                     and i.key == requirement.item), None)
        return item.own if item else ()

    @property
    def reminders(self) -> str:
        """When who is to sign is reminded, in a sentence."""
        return reminder_words(self.state.campaign.remind)

    def people(self, contacts: Iterable[str]) -> str:
        """Contacts as they are written in a list."""
        return join_logins(contacts)

    def as_dict(self) -> dict[str, Any]:
        """The plan as JSON, for the preview: stages with their tickets."""
        return {'campaign': self.state.campaign.name,
                'notices': list(self.notices),
                'remind': list(self.state.campaign.remind), 'stages': [
            {'milestone': s.milestone, 'due': s.due,
             'tickets': [{'title': r.title, 'key': r.key,
                          'contacts': list(r.contacts),
                          'quorum': r.quorum, 'own': list(self.own(r))}
                         for r in self.state.requirements
                         if r.stage == s.key]}
            for s in self.state.stages]}


@dataclass(frozen=True)
class Sketch:
    """What can be planned of a request; `problems` are (field, message).

    With none of them the plan is valid.
    """

    plan: Plan
    problems: tuple[tuple[str, str], ...] = ()


def milestone_names(name: str, template: Template) -> list[str]:
    """The names of the milestones of a campaign, in order."""
    return [f'{name}: {number}. {stage.title}'
            for number, stage in enumerate(template.stages, 1)]


def plan(wish: CampaignRequest, template: Template, known: SiteFacts) -> Plan:
    """Plan the campaign of a request; InvalidRequest with all problems."""
    found = sketch(wish, template, known)
    if found.problems:
        raise InvalidRequest([*found.problems])
    return found.plan


def sketch(wish: CampaignRequest, template: Template,
           known: SiteFacts) -> Sketch:
    """Plan as much of a request as can be, with all that is wrong with it."""
    known = replace(known, takes_unknown=wish.unknown_contacts)
    name = tidy(wish.name)
    problems = _name_problems(name) + taken_names(name, known)
    start = start_of(wish.start, problems)
    problems += release_problems(tidy(wish.release))
    problems += enforcement_problems(wish.enforcement)
    lists = requested_lists(wish, template, problems)
    campaign = Campaign(name, wish.template, tidy(wish.release), start,
                        wish.enforcement, Phase.UNDERWAY.value,
                        freeze=freezes.chosen(template.freeze, wish.freeze,
                                              known.words, problems),
                        waivers=template.waivers,
                        remind=template.remind,
                        template_version=wish.template_version)
    campaign = replace(campaign, words=words_of(campaign, template,
                                                known.words))
    drafts = list(expanded(template, lists, campaign))
    problems += freezes.problems_of(campaign.freeze, template.freeze,
                                    known.words)
    if listed(problems):
        problems += field_problems(drafts, known)
    requirements = staffed(wish, template, drafts, known, problems)
    campaign = replace(campaign, newcomers=known.strangers(
        c for r in requirements for c in r.contacts))
    state = State(campaign, _stages(template, campaign), requirements,
                  lists=lists, groups=groups_of(template, campaign))
    if not problems:
        problems += [(f'contact:{key}', words) for key, words
                     in unreachable_quorums(state, known.signers)]
    return Sketch(_told(state, template, drafts, known, not problems),
                  tuple(problems))


def _told(state: State, template: Template, drafts: list[Expanded],
          known: SiteFacts, valid: bool) -> Plan:
    """The plan of a state, with what to know before it is made.

    Of people only where it is valid: else their mistakes say more.
    """
    campaign = state.campaign
    refusal = refused_notice(state, known.signers) if valid else ''
    lacking_words = tuple(word_notices(campaign, template, drafts,
                                       known.words))
    people = () if not valid else (
        *_stranger_notices(state, known), *waiver_notices(state, known),
        *filter(None, [unstaffed_notice(state, known.administrators,
                                        known.obstruction), refusal]))
    return Plan(state, template, {d.requirement.key: d.words for d in drafts},
                {s.key: stage_description(s, campaign)
                 for s in template.stages},
                (*lacking_words, *start_notices(campaign, known.today),
                 *people), lacking_words, refusal or '', known.today)


def _stranger_notices(state: State, known: SiteFacts) -> Iterator[str]:
    """Who of the contacts has never logged in; the rest of many together."""
    found = strangers(state.requirements, state, date.max,
                      known.logins.__contains__, known.users)
    for each in found[:STRANGERS_TOLD]:
        yield Message('%(words)s.', words=each.words)
    rest = in_one_phrase(found[STRANGERS_TOLD:])
    if rest:
        yield Message('%(words)s.', words=rest)


def with_tickets(state: State,
                 tickets: Mapping[str, tuple[int, int]]) -> State:
    """Insert the tickets: (id, creation time in µs UTC) by requirement key."""
    return replace(state, requirements=tuple(
        replace(r, ticket=tickets[r.key][0], ticket_time=tickets[r.key][1],
                seen=tickets[r.key][1]) for r in state.requirements))


def _stages(template: Template, campaign: Campaign) -> tuple[Stage, ...]:
    return tuple(
        Stage(s.key, number, s.title, milestone, day_of(campaign, s.due))
        for number, (s, milestone) in enumerate(zip(
            template.stages, milestone_names(campaign.name, template)), 1))
