"""Lifecycle of a campaign: hold, resume, launch, close and abandon it.

Who may do what is `domain.rules.lifecycle_actions`.
"""

from __future__ import annotations

from typing import Any

from prodworkflow import store
from prodworkflow.domain.dates import day_of
from prodworkflow.domain.model.person import Person
from prodworkflow.domain.model.vocabulary import Phase
from prodworkflow.domain.rules.decision import Decision
from prodworkflow.domain.rules.lifecycle_actions import (
    lifecycle_refusal,
    LifecycleAction,
)
from prodworkflow.domain.text import Message
from prodworkflow.gateways.clock import now
from prodworkflow.gateways.milestones import set_completed
from prodworkflow.services.gates.evidence_files import changed_since, reread
from prodworkflow.services.gates.reconciliation import (
    notify_contacts,
    reconcile,
)
from prodworkflow.services.gates.told_decisions import told_in_full
from prodworkflow.services.gates.verification import verified_decision
from prodworkflow.services.opening import opened_running
from prodworkflow.services.refusals import GateShut, require_reason
from prodworkflow.services.revisions import FormRevision, require_unchanged

# What somebody who launches or resumes has seen, and what an end ends: others
# must not have changed it meanwhile.
RESTS_ON = dict.fromkeys(('release', 'enforcement', 'start', 'phase', 'hold',
                          'waivers', 'known-issues', 'left-out'))
ENDS_WHAT = dict.fromkeys(('release', 'phase', 'hold'))
CANNOT = {
    LifecycleAction.HOLD: Message(
        '%(person)s cannot put %(campaign)s on hold'),
    LifecycleAction.RESUME: Message('%(person)s cannot resume %(campaign)s'),
    LifecycleAction.LAUNCH: Message('%(person)s cannot launch %(campaign)s'),
    LifecycleAction.CLOSE: Message('%(person)s cannot close %(campaign)s'),
    LifecycleAction.ABANDON: Message('%(person)s cannot abandon %(campaign)s'),
}


def hold(env: Any, campaign: int, person: Person, reason: str,
         revision: FormRevision | None = None) -> None:
    """Put a campaign on hold; its launch gate is shut at once.

    GateShut if the person may not; InvalidRequest without a reason.
    """
    with opened_running(env, campaign) as book:
        require_unchanged(book, revision, {})
        _check_allowed(book, person, LifecycleAction.HOLD)
        require_reason(reason)
        book.record(now(), person.name, 'held', reason=reason)
        notify_contacts(book, '',
                        f'“{" ".join(reason.split())}”, says {person.name}',
                        person.name)


def resume(env: Any, campaign: int, person: Person, reason: str,
           revision: FormRevision | None = None) -> None:
    """Resume a campaign on hold; after the launch, if its gate is open.

    In `advisory` a shut gate is recorded and blocks nothing. GateShut if the
    person may not, or the gate is shut; InvalidRequest without a reason.
    """
    with opened_running(env, campaign) as book:
        _check_allowed(book, person, LifecycleAction.RESUME)
        require_unchanged(book, revision, RESTS_ON)
        against: dict[str, Any] = {}
        if book.state.campaign.launched:
            decision = verified_decision(env, book.snapshot())
            against = _advisory_reasons(book, decision, person,
                                        LifecycleAction.RESUME)
        require_reason(reason)
        book.record(now(), person.name, 'resumed', reason=reason.strip(),
                    **against)


def reread_evidence(env: Any, campaign: int, person: Person,
                    what: LifecycleAction) -> GateShut | None:
    """Read the evidence again before production; a refusal where it changed.

    What changed past Trac is recorded.  Nothing is read for those who may not
    launch or resume: they are refused anyway.
    """
    with opened_running(env, campaign) as book:
        if lifecycle_refusal(what, book.state, person, day_of(now())):
            return None
        changed = reread(book, book.state.requirements,
                         'a launch' if what is LifecycleAction.LAUNCH
                         else 'resuming')
        if not changed:
            return None
        reconcile(book, person.name, changed_since(changed))
        decision = verified_decision(env, book.snapshot())
        return None if decision.launch_unheld.open else GateShut(
            _cannot(book, person, what),
            told_in_full(env, decision).launch_unheld.reasons())


def launch(env: Any, campaign: int, person: Person, reason: str,
           revision: FormRevision | None = None) -> None:
    """Launch production: record it, with the decision that it rests on.

    Closes, in order, the stages that may be closed. GateShut if the person
    may not, or the launch gate is shut.
    """
    with opened_running(env, campaign) as book:
        _check_allowed(book, person, LifecycleAction.LAUNCH)
        require_unchanged(book, revision, RESTS_ON)
        decision = verified_decision(env, book.snapshot())
        if book.state.campaign.held_since:
            _refuse(book, person, LifecycleAction.LAUNCH,
                    *told_in_full(env, decision).launch.reasons())
        against = _advisory_reasons(book, decision, person,
                                    LifecycleAction.LAUNCH)
        require_reason(reason)
        with book.without_reconciling():
            _close_stages(book, decision, person)
            book.record(now(), person.name, 'launched',
                        reason=reason.strip(),
                        revision=decision.snapshot.revision,
                        rests_on=[a.as_dict()
                                  for a in decision.launch.answers],
                        known_issues=[i.as_dict() for i in decision.issues
                                      if i.in_force],
                        **against)


def end(env: Any, campaign: int, person: Person, phase: Phase,
        reason: str, revision: FormRevision | None = None) -> None:
    """Close or abandon a campaign, as `phase` says; it is read-only then.

    GateShut if the person may not; InvalidRequest without a reason.
    """
    with opened_running(env, campaign) as book:
        _check_allowed(book, person,
                       LifecycleAction.CLOSE if phase is Phase.CLOSED
                       else LifecycleAction.ABANDON)
        require_unchanged(book, revision, ENDS_WHAT)
        require_reason(reason)
        book.record(now(), person.name, phase.value, reason=reason)


def _advisory_reasons(book: store.Book, decision: Decision, person: Person,
                      what: LifecycleAction) -> dict[str, Any]:
    """The payload for a shut gate that blocks nothing; GateShut if it does."""
    gate = decision.launch_unheld
    if gate.open:
        return {}
    if not decision.passes(gate):
        _refuse(book, person, what, *told_in_full(
            book.env, decision).launch_unheld.reasons())
    return {'against': gate.reasons()}


def _check_allowed(book: store.Book, person: Person,
                   what: LifecycleAction) -> None:
    """GateShut unless the person may do this to the campaign now."""
    refusal = lifecycle_refusal(what, book.state, person, day_of(now()))
    if refusal:
        _refuse(book, person, what, refusal)


def _refuse(book: store.Book, person: Person, what: LifecycleAction,
            *reasons: str) -> None:
    """Raise GateShut: what the person cannot do, and why."""
    raise GateShut(_cannot(book, person, what), list(reasons))


def _cannot(book: store.Book, person: Person, what: LifecycleAction) -> str:
    return Message(CANNOT[what], person=person.name,
                   campaign=book.state.campaign.name)


def _close_stages(book: store.Book, decision: Decision,
                  person: Person) -> None:
    """Close, in order, the stages that are still open and may be closed."""
    completed = now()
    for stage in decision.closed_by_launch:
        book.record(now(), person.name, 'stage-closed', stage=stage.key,
                    completed=completed, along_with='launch')
        set_completed(book.env, stage.milestone, completed)
