"""Signers of what is assumed: who would have to give it, by no real name
where a group or the administrators sign.
"""

from __future__ import annotations

from dataclasses import dataclass

from prodworkflow.domain.dates import day_of
from prodworkflow.domain.model.person import GROUP
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.state import State
from prodworkflow.domain.model.vocabulary import Role
from prodworkflow.domain.rules.duties.awaited import awaited, counted_approvals


@dataclass(frozen=True)
class AssumedSigner:
    """Somebody who would sign, and as which contact; '' for none."""

    name: str
    contact: str
    role: Role


STOPPER = AssumedSigner('somebody', '', Role.ADMINISTRATOR)


def assumed_signers(requirement: Requirement, state: State,
                    now: int) -> list[AssumedSigner]:
    """As many of those who can still help as the quorum lacks.

    One at least, who would sign anew; none where nobody is left who can.
    """
    who = awaited(requirement, state, day_of(now))
    given = len(counted_approvals(requirement, state))
    lacking = max(requirement.quorum - given, 1)
    if not requirement.contacts:
        able = lacking if who.anybody else 0
        return [AssumedSigner(f'administrator-{given + n}', '',
                              Role.ADMINISTRATOR)
                for n in range(1, able + 1)]
    people = dict.fromkeys([
        *(c for c in who.contacts if c[:1] != GROUP),
        *(d.stands_for for d in who.deputies)])
    members = [AssumedSigner(f'{c[1:]} {given + n}', c, Role.CONTACT)
               for c in who.contacts if c[:1] == GROUP
               for n in range(1, lacking + 1)]
    return [*(AssumedSigner(p, p, Role.CONTACT) for p in people),
            *members][:lacking]
