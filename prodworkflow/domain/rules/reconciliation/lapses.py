"""Lapses: leave to pass that has ended with its day, and what follows.

Nobody acts when a day is over, so nothing in Trac follows by itself.
"""

from __future__ import annotations

from dataclasses import dataclass

from prodworkflow.domain.dates import day_of
from prodworkflow.domain.rules.decision import Decision
from prodworkflow.domain.rules.reconciliation.corrections import (
    foretold,
    has_to_be_held,
    stage_corrections,
    ticket_corrections,
)
from prodworkflow.domain.rules.waivers import expired, expiry_words
from prodworkflow.domain.text import joined_by, Message


@dataclass(frozen=True)
class Lapse:
    """What has ended with its day, and the entry in which it was given."""

    words: str
    number: int


def lapses(decision: Decision) -> list[Lapse]:
    """The waivers and known issues whose day is over and that are missed."""
    waivers = expired(decision.launch.answers, decision.snapshot.state,
                      day_of(decision.asked))
    return [*(Lapse(expiry_words(w), w.signoff.number) for w in waivers),
            *(Lapse(i.lapse, i.issue.number) for i in decision.issues
              if not i.in_force)]


def because(found: list[Lapse]) -> str:
    """What has ended, in one phrase."""
    return joined_by('; ', [lapse.words for lapse in found])


def unfollowed(decision: Decision) -> list[Lapse]:
    """The lapses that Trac or the campaign does not follow yet."""
    if decision.snapshot.state.campaign.ended:
        return []
    found = lapses(decision)
    return found if found and _corrected(decision) else []


def foretold_lapses(decision: Decision) -> list[Message]:
    """What carrying out the lapses would do, in words; [] where nothing."""
    found = unfollowed(decision)
    return [Message('%(what)s, for %(because)s', what=words,
                    because=because(found))
            for words in foretold(decision.snapshot, decision.asked)
            ] if found else []


def _corrected(decision: Decision) -> bool:
    stages = stage_corrections(decision)
    return bool(ticket_corrections(decision) or stages.reopen or stages.close
                or has_to_be_held(decision))
