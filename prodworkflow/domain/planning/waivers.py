"""Waivers of a new campaign: what nobody but its own contacts could waive."""

from __future__ import annotations

from collections.abc import Iterator

from prodworkflow.domain.logins import joined_logins
from prodworkflow.domain.model.permissions import WAIVE
from prodworkflow.domain.model.person import GROUP
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.state import State
from prodworkflow.domain.planning.signers import SiteFacts
from prodworkflow.domain.text import Message, some


def waiver_notices(state: State, known: SiteFacts) -> Iterator[str]:
    """That nobody could waive some requirements, with the remedy."""
    rules = state.campaign.waivers
    if known.waiving and not (rules and rules.own):
        own = [r for r in state.requirements
               if known.waiving <= _people(r, known)]
        if own:
            yield _own(own, known)


def _people(requirement: Requirement, known: SiteFacts) -> frozenset[str]:
    """The contacts of a requirement, groups replaced by their members."""
    return frozenset().union(*(
        known.groups.get(c[1:], frozenset()) if c[:1] == GROUP
        else frozenset([c]) for c in requirement.contacts))


def _own(requirements: list[Requirement], known: SiteFacts) -> Message:
    return Message(
        'Nobody could waive anything of %(titles)s: contacts do not waive '
        'what they sign, and %(holders)s, who alone may waive, signs there. '
        'Give %(permission)s to somebody else, or write own = true under '
        '[waivers] in the template.',
        titles=some([f'“{r.title}”' for r in requirements]),
        holders=joined_logins(sorted(known.waiving)), permission=WAIVE)
