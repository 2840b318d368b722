"""Unreachable quorums: requirements for which there are too few signers.

They are found when contacts are named, before anybody waits for them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from prodworkflow.domain.logins import joined_logins, quoted_login
from prodworkflow.domain.model.permissions import MOST, SignerFacts
from prodworkflow.domain.model.person import GROUP
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.state import State
from prodworkflow.domain.rules.duties.assignment import assignable, Task
from prodworkflow.domain.rules.duties.separation import pairs, tied
from prodworkflow.domain.text import joined_by, Message, some


def unreachable_quorums(state: State, facts: SignerFacts
                        ) -> list[tuple[str, str]]:
    """Requirements whose quorum is out of reach, as (key, message).

    Only those people are counted who can sign: `facts` says who they are.
    """
    newcomers = state.campaign.newcomers
    people = {r.key: frozenset(p for p in _people(r, facts)
                               if not facts.against(r, p, newcomers))
              for r in state.requirements}
    enough = _enough(state, people)
    found = []
    for requirement in state.requirements:
        words = (_short(requirement, people[requirement.key], facts, newcomers)
                 or _crowded(state, requirement, people)
                 or ('' if enough.get(requirement.key, True)
                     else _stretched(state, requirement, people)))
        if words:
            found.append((requirement.key, words))
    return found


def _people(requirement: Requirement, facts: SignerFacts) -> frozenset[str]:
    """All who are to sign a requirement."""
    if not requirement.contacts:
        return facts.administrators()
    return frozenset().union(*(
        facts.members.get(c[1:], frozenset()) if c[:1] == GROUP else {c}
        for c in requirement.contacts))


def _short(requirement: Requirement, people: frozenset[str],
           facts: SignerFacts, newcomers: Collection[str]) -> str:
    """Why too few people can sign one requirement; '' if enough can."""
    if len(people) >= requirement.quorum or not (
            requirement.contacts or requirement.quorum > 1):
        return ''
    who = (Message('only %(people)s can sign it',
                   people=joined_logins(sorted(people))) if people
           else Message('nobody can sign it'))
    barred = joined_by('; ', filter(None, (
        facts.against(requirement, p, newcomers)
        for p in sorted(_people(requirement, facts) - people)[:MOST])))
    if barred:
        who = Message('%(who)s (%(barred)s)', who=who, barred=barred)
    return Message('The quorum of %(key)s (%(title)s) is %(quorum)s, but '
                   '%(who)s; name more contacts or lower the quorum.',
                   key=requirement.key, title=requirement.title,
                   quorum=requirement.quorum, who=who)


def _enough(state: State,
            people: Mapping[str, frozenset[str]]) -> dict[str, bool]:
    """Whether there are enough people for separated requirements, by key.

    Requirements that are connected by separation are evaluated together.
    """
    apart = pairs(state)
    found: dict[str, bool] = {}
    for requirement in state.requirements:
        if requirement.separate_from and requirement.key not in found:
            bound = tied(state, requirement)
            enough = assignable({r.key: Task(r.quorum, people[r.key])
                                 for r in bound if r.contacts}, apart)
            found.update({r.key: enough for r in bound if r.separate_from})
    return found


def _crowded(state: State, requirement: Requirement,
             people: Mapping[str, frozenset[str]]) -> str:
    """Why two separated requirements have too few people; '' if not."""
    if not requirement.separate_from:
        return ''
    other = next((r for r in state.apart_from(requirement.key)
                  if r.key == requirement.separate_from), None)
    if other and requirement.contacts and other.contacts:
        together = people[requirement.key] | people[other.key]
        if len(together) < requirement.quorum + other.quorum:
            return Message('%(key)s (%(title)s) has to be signed by others '
                           'than %(other_key)s (%(other_title)s), but only '
                           '%(together)s can sign them; name more contacts.',
                           key=requirement.key, title=requirement.title,
                           other_key=other.key, other_title=other.title,
                           together=joined_logins(sorted(together)))
    return ''


def _stretched(state: State, requirement: Requirement,
               people: Mapping[str, frozenset[str]]) -> str:
    """Why all connected requirements together have too few people."""
    bound = [r for r in tied(state, requirement) if r.contacts]
    everybody = frozenset().union(*(people[r.key] for r in bound))
    return Message('%(key)s (%(title)s) cannot be signed by others than '
                   '%(separate_from)s: %(everybody)s are too few for all '
                   'of %(requirements)s; name more contacts.',
                   key=requirement.key, title=requirement.title,
                   separate_from=requirement.separate_from,
                   everybody=some([*map(quoted_login, sorted(everybody))]),
                   requirements=some([r.key for r in bound]))
