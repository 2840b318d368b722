"""Holds, resumes, launches and ends campaigns."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from trac.util.datefmt import datetime_now, to_utimestamp, utc

from prodworkflow import store
from prodworkflow.domain.dates import day_of
from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.model.permissions import ADMIN, HOLD, LAUNCH
from prodworkflow.domain.model.person import Person
from prodworkflow.domain.model.state import State
from prodworkflow.domain.model.vocabulary import Phase
from prodworkflow.domain.rules.decision import Decision
from prodworkflow.domain.rules.eligibility import capacity
from prodworkflow.domain.text import word_problems
from prodworkflow.gateways.clock import now
from prodworkflow.gateways.milestones import set_completed
from prodworkflow.services.gates.reconciliation import tell
from prodworkflow.services.gates.verification import verified_decision
from prodworkflow.services.refusals import GateShut, read_only


def hold(env: Any, campaign: int, person: Person, reason: str) -> None:
    """Stop a campaign at once; any of its contacts may."""
    with _opened(env, campaign) as book:
        state = book.state
        if not (person.may(HOLD) or is_contact(state, person)):
            _refuse(book, person, 'put {} on hold', 'only its contacts and '
                    f'holders of {HOLD} may')
        if state.campaign.held_since:
            _refuse(book, person, 'put {} on hold',
                    f'it is {state.campaign.stopped}')
        _because(reason)
        book.record(now(), person.name, 'held', reason=reason)
        tell(book, '', f'“{" ".join(reason.split())}”, says {person.name}',
             person.name)


def resume(env: Any, campaign: int, person: Person, reason: str) -> None:
    """Go on with a campaign on hold, its launch gate being open otherwise."""
    with _opened(env, campaign) as book:
        if not person.may(LAUNCH):
            _refuse(book, person, 'resume {}',
                    f'only a holder of {LAUNCH} may')
        if not book.state.campaign.held_since:
            _refuse(book, person, 'resume {}', 'it is not on hold; a contact '
                    f'or a holder of {HOLD} would put it there')
        decision = verified_decision(env, book.snapshot())
        against = _against(book, decision, person, 'resume {}')
        book.record(now(), person.name, 'resumed',
                    reason=_ground(reason, against), **against)


def launch(env: Any, campaign: int, person: Person, reason: str) -> None:
    """Record the start of production, with the decision it rests on.

    Closes, in order, the stages that are open still.
    """
    with _opened(env, campaign) as book:
        state = book.state
        if not person.may(LAUNCH):
            _refuse(book, person, 'launch {}', f'only a holder of {LAUNCH} '
                    'may')
        if state.campaign.phase == Phase.LAUNCHED.value:
            _refuse(book, person, 'launch {}', 'it was launched already; a '
                    f'holder of {ADMIN} may close it when production is over')
        decision = verified_decision(env, book.snapshot())
        if state.campaign.held_since:
            _refuse(book, person, 'launch {}', *decision.launch.reasons())
        against = _against(book, decision, person, 'launch {}')
        with book.without_reconciling():
            _close_stages(book, decision, person)
            book.record(now(), person.name, 'launched',
                        reason=_ground(reason, against),
                        revision=decision.snapshot.revision,
                        rests_on=[a.as_dict()
                                  for a in decision.launch.answers],
                        **against)


def end(env: Any, campaign: int, person: Person, phase: Phase,
        reason: str) -> None:
    """Close a campaign whose production is over, or abandon one."""
    with _opened(env, campaign) as book:
        word = 'close {}' if phase is Phase.CLOSED else 'abandon {}'
        if not person.may(ADMIN):
            _refuse(book, person, word, f'only a holder of {ADMIN} may')
        if (phase is Phase.CLOSED and book.state.campaign.phase
                not in (Phase.LAUNCHED.value, Phase.OVER.value)):
            _refuse(book, person, word, 'it was never launched; a holder of '
                    f'{ADMIN} may abandon it instead')
        _because(reason)
        book.record(now(), person.name, phase.value, reason=reason)


def is_contact(state: State, person: Person) -> bool:
    """Whether somebody may sign anything of a campaign as a contact."""
    day = day_of(now())
    return any(r.contacts and capacity(r, person, day)
               for r in state.requirements)


@contextmanager
def _opened(env: Any, campaign: int) -> Iterator[store.Book]:
    """The book of a campaign that is not at its end; GateShut otherwise."""
    with store.open_campaign(env, campaign) as book:
        if book is None:
            raise GateShut('Nothing was changed', ['the campaign is gone'])
        if book.state.campaign.ended:
            raise GateShut('Nothing was changed',
                           [read_only(book.state).rstrip('.')])
        yield book


def _because(reason: str) -> None:
    if not reason.strip():
        raise InvalidRequest([('reason', 'Say why; the reason is kept.')])
    _readable(reason)


def _readable(reason: str) -> None:
    problems = word_problems('reason', reason)
    if problems:
        raise InvalidRequest(problems)


def _ground(reason: str, against: dict[str, Any]) -> str:
    """Why somebody goes on; where they do not say it, what the rules say."""
    _readable(reason)
    return reason.strip() or ('nothing is blocked (advisory enforcement)'
                              if against else 'the launch gate is open')


def _against(book: store.Book, decision: Decision, person: Person,
             what: str) -> dict[str, Any]:
    """What the rules have against going on, where nothing is blocked."""
    gate = decision.gates[-1]
    if gate.open:
        return {}
    if book.state.campaign.blocks:
        _refuse(book, person, what, *gate.reasons())
    return {'against': gate.reasons()}


def _refuse(book: store.Book, person: Person, what: str,
            *reasons: str) -> None:
    """GateShut: `what`, like `launch {}`, is refused."""
    done = what.format(book.state.campaign.name)
    raise GateShut(f'{person.name} cannot {done}', list(reasons))


def _close_stages(book: store.Book, decision: Decision,
                  person: Person) -> None:
    completed = to_utimestamp(datetime_now(utc))
    for gate in decision.gates:
        if not decision.closed(gate.stage):
            book.record(now(), person.name, 'stage-closed',
                        stage=gate.stage.key, completed=completed,
                        along_with='launch')
            set_completed(book.env, gate.stage.milestone, completed)
