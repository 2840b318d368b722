"""My sign-offs: what of a campaign waits for a person, and how urgently.

The one definition behind the queue at `/campaign`, the number in the
navigation, the line on the roadmap, the macro and the mails.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import date

from prodworkflow.domain.dates import day_of
from prodworkflow.domain.model.person import Person
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.vocabulary import Reason
from prodworkflow.domain.rules.answers import Answer
from prodworkflow.domain.rules.bases import refusal
from prodworkflow.domain.rules.decision import Decision
from prodworkflow.domain.rules.duties.awaited import can_help
from prodworkflow.domain.rules.verdicts import earlier_gate

# Of what was signed before and is asked again.
AGAIN = (Reason.STALE, Reason.EVIDENCE_CHANGED, Reason.WITHDRAWN)
# Why it waits for those, too, whose approval counts.
OF_SIGNERS = (Reason.OBJECTED, Reason.EVIDENCE_MISSING, Reason.OUT_OF_BOUNDS,
              Reason.NOT_ENOUGH_STATISTICS)


@dataclass(frozen=True)
class Waiting:
    """The keys of what a person may sign in a campaign, the most urgent first.

    Each is in one part: `late` is overdue and can be signed today; `now` can
    be signed, for what comes before it is done; `early` can be signed although
    that is not, or although enough others of its group have signed; `later`
    cannot be signed yet.
    """

    late: tuple[str, ...] = ()
    now: tuple[str, ...] = ()
    early: tuple[str, ...] = ()
    later: tuple[str, ...] = ()

    @property
    def due(self) -> tuple[str, ...]:
        """What waits for the person: late and now."""
        return self.late + self.now

    @property
    def signable(self) -> tuple[str, ...]:
        """What the rules would take today."""
        return self.due + self.early

    def without(self, keys: Collection[str]) -> Waiting:
        """The same without these keys."""
        return Waiting(**{part.name: tuple(
            k for k in getattr(self, part.name) if k not in keys)
            for part in fields(self)})


NOTHING = Waiting()


def waiting_keys(decision: Decision, person: Person,
                 refused: Collection[str] = ()) -> Waiting:
    """What of a campaign waits for a person.

    `refused` are the keys of what Trac does not let them sign: it waits for
    them nowhere.  The decision has to be the whole one: what somebody may not
    see keeps its stage's gate shut for them, too.
    """
    if decision.snapshot.state.campaign.ended:
        return NOTHING
    mine = keys_for(decision, person) - {*refused}
    answers = [a for a in decision.launch.answers
               if a.requirement.key in mine and is_there(decision, a)]
    found: dict[str, list[str]] = {part.name: [] for part in fields(Waiting)}
    for answer in sorted(answers, key=lambda a: _urgency(decision, a)):
        found[part_of(decision, answer)].append(answer.requirement.key)
    found['early'].sort(key=lambda key: decision.answer(key).reason
                        not in AGAIN)
    return Waiting(**{part: tuple(keys) for part, keys in found.items()})


def keys_for(decision: Decision, person: Person) -> frozenset[str]:
    """The keys of the requirements that a person may still sign.

    And of those that who has signed may help: see `is_asked`.
    """
    state, day = decision.snapshot.state, day_of(decision.asked)
    return frozenset(a.requirement.key for a in decision.launch.answers
                     if is_asked(a, person.name)
                     and can_help(a.awaits, a.requirement, state, person, day))


def is_asked(answer: Answer, name: str) -> bool:
    """Whether somebody who can help is asked, who may have signed already.

    They are asked to answer an objection, and for evidence.
    """
    return name not in answer.signers or answer.reason in OF_SIGNERS


def due_day(decision: Decision, requirement: Requirement) -> date | None:
    """The day that a requirement is due: its own, or that of its stage."""
    return requirement.due or decision.snapshot.due(
        decision.snapshot.state.stage(requirement.stage))


def is_there(decision: Decision, answer: Answer) -> bool:
    """Whether a requirement is unmet and has a stage and a ticket to sign."""
    requirement = answer.requirement
    return (not answer.met and requirement.ticket is not None
            and requirement.key in decision.snapshot.tickets
            and any(s.key == requirement.stage
                    for s in decision.snapshot.state.stages))


def _urgency(decision: Decision, answer: Answer) -> date:
    return due_day(decision, answer.requirement) or date.max


def is_due(decision: Decision, answer: Answer) -> bool:
    """Whether an answer waits for all who can help with it, late or now."""
    return is_there(decision, answer) and part_of(
        decision, answer) in ('late', 'now')


def part_of(decision: Decision, answer: Answer) -> str:
    """In which part of `Waiting` an unmet answer belongs.

    For all who can help with it: the rules take it of each of them, or none.
    """
    requirement, state = answer.requirement, decision.snapshot.state
    if (state.campaign.blocks and refusal(requirement, state, answer.bases)
            ) or earlier_gate(decision, requirement):
        return 'later'
    if answer.covered:
        return 'early'
    if _urgency(decision, answer) < day_of(decision.asked):
        return 'late'
    return 'now' if _has_its_turn(decision, answer) else 'early'


def _has_its_turn(decision: Decision, answer: Answer) -> bool:
    """Whether all stages before are closed or may be, and its bases met."""
    number = decision.snapshot.state.stage(answer.requirement.stage).number
    return all(b.met for b in answer.bases) and all(
        g.stage.key in decision.open_gates or decision.closed(g.stage)
        for g in decision.gates if g.stage.number < number)
