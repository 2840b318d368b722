"""What was waived or rejected of a requirement in other campaigns."""

from __future__ import annotations

from dataclasses import dataclass

from prodworkflow.domain.model.signoff import SignOff
from prodworkflow.domain.model.state import State
from prodworkflow.domain.model.vocabulary import Verdict

EXCEPTIONS = (Verdict.WAIVED.value, Verdict.REJECTED.value)


@dataclass(frozen=True)
class Precedent:
    """Such a verdict, with its campaign ('': removed) and the ticket then."""

    campaign: str
    ticket: int | None
    signoff: SignOff

    @property
    def words(self) -> str:
        """What was said, by whom, and within what."""
        signoff, said = self.signoff, ' '.join(self.signoff.statement.split())
        told = f'{signoff.verdict} by {signoff.signer}'
        if signoff.waiver:
            told += f' ({signoff.waiver})'
        return f'{told}: “{said}”' if said else told


def precedents(state: State) -> dict[str, list[Precedent]]:
    """What was waived or rejected in a campaign, by requirement."""
    found: dict[str, list[Precedent]] = {}
    for signoff in state.signoffs:
        if signoff.verdict in EXCEPTIONS:
            key = signoff.requirement
            ticket = next((r.ticket for r in state.requirements
                           if r.key == key), None)
            found.setdefault(key, []).append(
                Precedent(state.campaign.name, ticket, signoff))
    return found
