"""Move a campaign to a new release or patch: stale and carried sign-offs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from trac.ticket.model import Ticket
from trac.util.datefmt import to_utimestamp

from prodworkflow import store
from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.model.notifications import TicketNews
from prodworkflow.domain.model.permissions import ADMIN
from prodworkflow.domain.model.person import Person
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.snapshot import Snapshot
from prodworkflow.domain.model.state import State
from prodworkflow.domain.planning.request import release_problems, tidy
from prodworkflow.domain.rules.gates import evaluate_as_closed
from prodworkflow.domain.rules.lifecycle_actions import read_only
from prodworkflow.domain.text import (
    joined,
    Message,
    phrase,
    reason_problems,
    suggest,
)
from prodworkflow.gateways.clock import now
from prodworkflow.gateways.tickets import (
    ensure_version,
    next_change_time,
    reopened_values,
    save_recorded,
)
from prodworkflow.services.gates.reconciliation import reconcile
from prodworkflow.services.opening import opened
from prodworkflow.services.refusals import GateShut
from prodworkflow.services.revisions import FormRevision, require_unchanged


@dataclass(frozen=True)
class ReleaseRequest:
    """A move to a release, as typed; no `touches` stands for all inputs."""

    release: str
    touches: tuple[str, ...] = ()
    reason: str = ''
    revision: FormRevision | None = None


@dataclass(frozen=True)
class ReleaseEffect:
    """What a move does: keys of stale and of carried-over requirements."""

    stale: tuple[str, ...]
    carried: tuple[str, ...]


def move(env: Any, campaign: int, person: Person,
         wish: ReleaseRequest) -> ReleaseEffect:
    """Move a campaign to a release; what is stale, what is carried over.

    Tickets of stale sign-offs are reopened. GateShut if the person may not;
    InvalidRequest names all that is wrong.
    """
    with opened(env, campaign) as book:
        state = book.state
        _check_permission(state, person)
        release = tidy(wish.release)
        require_unchanged(book, wish.revision, {'release': release},
                          'The release stays as it is')
        _check_request(state, release, wish)
        reach = effect_of(state, wish.touches)
        ensure_version(env, release)
        before = book.snapshot()
        whens = {r.key: next_change_time(Ticket(env, r.ticket))
                 for r in state.requirements if r.key in before.tickets}
        turned = _to_reopen(before, reach)
        book.record(now(), person.name, 'released', release=release,
                    touches=list(wish.touches), reason=wish.reason,
                    stale=list(reach.stale), carried=list(reach.carried),
                    seen={k: to_utimestamp(whens[k]) for k in turned})
        with book.without_reconciling():
            for requirement in state.requirements:
                if requirement.key in whens:
                    _update_ticket(book, requirement, person, wish,
                                   whens[requirement.key], reach, turned)
        reconcile(book, person.name, Message(
            'the campaign moved to release %(release)s', release=release))
        return reach


def effect_of(state: State, touches: tuple[str, ...]) -> ReleaseEffect:
    """What a patch that touches these inputs (none: all) makes stale.

    A requirement that names no inputs rests on all of them.
    """
    bound = [r for r in state.requirements if r.release_bound]
    stale = tuple(r.key for r in bound if not touches or not r.inputs
                  or set(touches) & set(r.inputs))
    return ReleaseEffect(stale,
                         tuple(r.key for r in bound if r.key not in stale))


def _check_permission(state: State, person: Person) -> None:
    refusal = read_only(state) if state.campaign.ended else ''
    if not person.may(ADMIN):
        refusal = (f'{person.name} may not; only a holder of {ADMIN} moves a '
                   'campaign to another release')
    if refusal:
        raise GateShut('The release stays as it is', [phrase(refusal)])


def _check_request(state: State, release: str, wish: ReleaseRequest) -> None:
    problems = release_problems(release)
    campaign = state.campaign
    if not release:
        problems.append(('release', 'Name the release or patch to move to.'))
    elif release == campaign.release:
        problems.append(('release', f'{campaign.name} is on {release} '
                         'already; name the new release or patch.'))
    problems += reason_problems(wish.reason, ask=Message(
        'Say why the release changes.'))
    known = state.inputs
    problems += [('touches', f'No requirement of {campaign.name} rests on '
                  f'"{name[:64]}".{suggest(name, known)} Known inputs are '
                  f'{joined(known) or "none: leave --touches out"}.')
                 for name in wish.touches if name not in known]
    if problems:
        raise InvalidRequest(problems)


def _to_reopen(before: Snapshot, reach: ReleaseEffect) -> list[str]:
    """The keys of stale requirements whose closed tickets are reopened."""
    return [k for k in reach.stale
            if k in before.tickets and before.tickets[k].closed
            and evaluate_as_closed(before, k, now()).met]


def _update_ticket(book: store.Book, requirement: Requirement, person: Person,
                   wish: ReleaseRequest, when: Any, reach: ReleaseEffect,
                   turned: list[str]) -> None:
    """Give a sign-off ticket the new version, and say why."""
    ticket = Ticket(book.env, requirement.ticket)
    reason = wish.reason.strip()
    what = (f'Release {tidy(wish.release)}: {reason}'
            + ('' if reason.endswith(('.', '!', '?')) else '.'))
    if requirement.key in reach.stale:
        why = (f' It touches {joined(wish.touches)}.' if wish.touches
               else '')
        what += (f'{why} What was signed for the release before counts no '
                 'more; please look again.')
    elif requirement.key in reach.carried:
        what += (f' It touches {joined(wish.touches)}, on which this does '
                 'not rest: what was signed is carried over.')
    else:
        what += ' This sign-off is not bound to a release.'
    values = {'version': tidy(wish.release)}
    if requirement.key in turned:
        values.update(reopened_values(ticket))
    save_recorded(ticket, person.name, when, what, **values)
    book.news.append(TicketNews(ticket.id, when, person.name, what))
