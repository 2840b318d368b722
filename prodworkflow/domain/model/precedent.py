"""Precedents: waivers and rejections of a requirement in other campaigns."""

from __future__ import annotations

from dataclasses import dataclass

from prodworkflow.domain.model.signoff import SignOff
from prodworkflow.domain.model.state import State
from prodworkflow.domain.model.vocabulary import Verdict
from prodworkflow.domain.text import Message

EXCEPTIONS = (Verdict.WAIVED.value, Verdict.REJECTED.value)


@dataclass(frozen=True)
class Precedent:
    """A waiver or rejection of a requirement in another campaign.

    `campaign` is '' if it was removed; `ticket` is the sign-off ticket then.
    """

    campaign: str
    ticket: int | None
    signoff: SignOff

    @property
    def words(self) -> str:
        """The verdict, its signer, the waiver's bounds and the statement."""
        signoff, said = self.signoff, ' '.join(self.signoff.statement.split())
        words = Message('%(verdict)s by %(signer)s', verdict=signoff.verdict,
                        signer=signoff.signer)
        if signoff.waiver:
            words = Message('%(words)s (%(waiver)s)', words=words,
                            waiver=signoff.waiver.words)
        return Message('%(words)s: “%(said)s”', words=words,
                       said=said) if said else words


def precedents(state: State) -> dict[str, list[Precedent]]:
    """The waivers and rejections of a campaign, by requirement key."""
    found: dict[str, list[Precedent]] = {}
    for signoff in state.signoffs:
        if signoff.verdict in EXCEPTIONS:
            key = signoff.requirement
            ticket = next((r.ticket for r in state.requirements
                           if r.key == key), None)
            found.setdefault(key, []).append(
                Precedent(state.campaign.name, ticket, signoff))
    return found
