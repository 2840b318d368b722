"""Checks of a campaign request: its name, its lists, and who signs.

Problems are (field, message) and are appended to `problems`; what can be
planned in spite of them is returned.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from prodworkflow.domain.model.item_list import ItemList
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.planning.request import CampaignRequest
from prodworkflow.domain.planning.signers import SignerAssignment, SiteFacts
from prodworkflow.domain.template.expansion import (
    Expanded,
    list_problems,
    merged,
)
from prodworkflow.domain.template.list_checks import size, too_many
from prodworkflow.domain.template.lists import parse_lists
from prodworkflow.domain.template.mistakes.problems import TemplateError
from prodworkflow.domain.template.model import Template
from prodworkflow.domain.text import Message

_Said = TypeVar('_Said')
LISTS = 'lists'


def staffed(wish: CampaignRequest, template: Template,
            drafts: list[Expanded], known: SiteFacts,
            problems: list[tuple[str, str]]) -> tuple[Requirement, ...]:
    """The requirements with their contacts and quorums.

    Where the lists are wrong, nothing is said of their items' signers.
    """
    there = {d.requirement.key for d in drafts}
    found: list[tuple[str, str]] = []
    requirements = SignerAssignment([r.key for r in template.requirements],
                                    fitting(wish, wish.contacts, there),
                                    fitting(wish, wish.quorums, there), known,
                                    found).staffed(drafts)
    asked = {*(f'contact:{key}' for key in wish.contacts),
             *(f'quorum:{key}' for key in wish.quorums)}
    problems += [(field, words) for field, words in found
                 if listed(problems) or (field in asked and '.' not in field)]
    return requirements


def listed(problems: list[tuple[str, str]]) -> bool:
    """Whether the lists are right, so that their items are known."""
    return all(field != LISTS for field, _ in problems)


def fitting(wish: CampaignRequest, given: Mapping[str, _Said],
            there: set[str]) -> Mapping[str, _Said]:
    """Drop settings of a cloned campaign's items that are not there."""
    return given if not wish.like else {
        k: v for k, v in given.items() if '.' not in k or k in there}


def requested_lists(wish: CampaignRequest, template: Template,
                    problems: list[tuple[str, str]]) -> tuple[ItemList, ...]:
    """The item lists of a request; the template's where it has mistakes.

    Without items if they would make too many requirements.
    """
    try:
        given = parse_lists(wish.lists_text)
    except TemplateError as error:
        problems += [(LISTS, Message('Lists, %(problem)s', problem=str(p)))
                     for p in error.problems]
        return template.lists
    lists = merged(template, given)
    found = list_problems(template, lists, given)
    problems += [(LISTS, words) for words in found]
    if too_many(sum(size(r, lists) for r in template.requirements)):
        return tuple(ItemList(each.name) for each in lists)
    return lists if not found else tuple(map(_without_bounds, lists))


def _without_bounds(found: ItemList) -> ItemList:
    """A list whose items' bounds may be no bounds."""
    return replace(found, items=tuple(replace(i, bounds=())
                                      for i in found.items))


def taken_names(name: str, known: SiteFacts) -> list[tuple[str, str]]:
    """Problems of names that campaigns or milestones have already."""
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
