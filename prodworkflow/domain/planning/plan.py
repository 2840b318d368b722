"""From what a person asks for to the campaign that would be made.

Pure: what Trac knows at the moment (users, milestones) comes in as values.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.model.campaign import Campaign, Stage
from prodworkflow.domain.model.item_list import ItemList
from prodworkflow.domain.model.state import State
from prodworkflow.domain.model.vocabulary import Phase
from prodworkflow.domain.planning.request import (
    _name_problems,
    CampaignRequest,
    enforcement_problems,
    release_problems,
    start_of,
    tidy,
)
from prodworkflow.domain.planning.requirement_sets import (
    requirement_sets,
    RequirementSet,
)
from prodworkflow.domain.planning.signers import SignerAssignment, SiteFacts
from prodworkflow.domain.planning.ticket_fields import (
    field_problems,
    freeze_problems,
)
from prodworkflow.domain.rules.quorum import unreachable_quorums
from prodworkflow.domain.template.expansion import (
    day_of,
    expanded,
    groups_of,
    list_problems,
    merged,
    stage_description,
)
from prodworkflow.domain.template.fields import TemplateError
from prodworkflow.domain.template.lists import parse_lists
from prodworkflow.domain.template.model import Template
from prodworkflow.domain.text import Message

_Said = TypeVar('_Said')


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

    def parts(self, stage: str) -> tuple[RequirementSet, ...]:
        """What a stage asks for, a group at once."""
        return requirement_sets(self.state, stage)

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


def milestone_names(name: str, template: Template) -> list[str]:
    """The names of the milestones that a campaign of this name will own."""
    return [f'{name}: {number}. {stage.title}'
            for number, stage in enumerate(template.stages, 1)]


def plan(wish: CampaignRequest, template: Template, known: SiteFacts) -> Plan:
    """The campaign that `wish` asks for.

    InvalidRequest names all that is wrong.
    """
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
    requirements = SignerAssignment([r.key for r in template.requirements],
                                    _fitting(wish, wish.contacts, there),
                                    _fitting(wish, wish.quorums, there), known,
                                    problems).staffed(drafts)
    if problems:
        raise InvalidRequest(problems)
    state = State(campaign, _stages(template, campaign), requirements,
                  lists=lists, groups=groups_of(template, campaign))
    out = unreachable_quorums(state, known.groups, known.administrators)
    if out:
        raise InvalidRequest([(f'contact:{key}', words) for key, words in out])
    return Plan(state, template, {d.requirement.key: d.words for d in drafts},
                {s.key: stage_description(s, campaign)
                 for s in template.stages})


def with_tickets(state: State,
                 tickets: Mapping[str, tuple[int, int]]) -> State:
    """The state once each requirement's ticket is made: (id, time in µs)."""
    return replace(state, requirements=tuple(
        replace(r, ticket=tickets[r.key][0], ticket_time=tickets[r.key][1],
                seen=tickets[r.key][1]) for r in state.requirements))


def _fitting(wish: CampaignRequest, given: Mapping[str, _Said],
             there: set[str]) -> Mapping[str, _Said]:
    """What is said by key; of last time's items, those that are left."""
    return given if not wish.like else {
        k: v for k, v in given.items() if '.' not in k or k in there}


def _stages(template: Template, campaign: Campaign) -> tuple[Stage, ...]:
    return tuple(
        Stage(s.key, number, s.title, milestone, day_of(campaign, s.due))
        for number, (s, milestone) in enumerate(zip(
            template.stages, milestone_names(campaign.name, template)), 1))


def _lists(wish: CampaignRequest, template: Template,
           problems: list[tuple[str, str]]) -> tuple[ItemList, ...]:
    """The lists of the campaign, with what is wrong added to `problems`."""
    try:
        given = parse_lists(wish.lists_text)
    except TemplateError as error:
        problems += [('lists', Message('Lists, %(problem)s', problem=str(p)))
                     for p in error.problems]
        return ()
    lists = merged(template, given)
    problems += [('lists', words)
                 for words in list_problems(template, lists, given)]
    return lists


def _taken(name: str, known: SiteFacts) -> list[tuple[str, str]]:
    if known.campaign_exists:
        return [('name', Message('A campaign named "%(name)s" exists '
                                 'already; nothing was made. Choose another '
                                 'name.',
                                 name=name))]
    return [('name', Message('A milestone named "%(milestone)s" exists '
                             'already; rename it, or choose another name '
                             'for the campaign.',
                             milestone=milestone))
            for milestone in known.milestones]
