"""Record verdicts: approve, report, reject, withdraw, waive, object, answer.

The use cases behind the sign-off box, the workflow actions and the form for
many sign-offs. Entry, ticket and comment change in one transaction; the ticket
is closed when the requirement is met, and open when it is not.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from trac.ticket.model import Ticket
from trac.util.datefmt import to_utimestamp

from prodworkflow import store
from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.forecast.response_times import in_payload
from prodworkflow.domain.model.evidence import Evidence
from prodworkflow.domain.model.notifications import TicketNews
from prodworkflow.domain.model.person import Person
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.state import State
from prodworkflow.domain.model.submission import evidence_basis, VALUE
from prodworkflow.domain.model.vocabulary import Verdict
from prodworkflow.domain.rules.answers import Answer
from prodworkflow.domain.rules.gates import evaluate_as_closed
from prodworkflow.domain.rules.revisions.estimates import comparing, revised
from prodworkflow.domain.rules.ticket_statuses import has_moved_on
from prodworkflow.domain.text import joined_by, Message, some
from prodworkflow.gateways.site_words import closing_resolution
from prodworkflow.gateways.tickets import next_change_time, save_recorded
from prodworkflow.gateways.workflow import reopened_values
from prodworkflow.services.gates.reconciliation import reconcile
from prodworkflow.services.gates.stages import ReasonsFor
from prodworkflow.services.gates.verification import verified_decision
from prodworkflow.services.opening import opened
from prodworkflow.services.refusals import BatchRefused, GateShut
from prodworkflow.services.signoffs.checks import SignOffCheck
from prodworkflow.services.signoffs.plot_files import with_files_attached
from prodworkflow.services.signoffs.requests import SignOffRequest

COMMENTS = {Verdict.APPROVED: 'Signed off.', Verdict.REPORTED: 'Reported.',
            Verdict.REJECTED: 'Rejected.', Verdict.WITHDRAWN: 'Withdrawn.',
            Verdict.WAIVED: 'Waived.', Verdict.OBJECTED: 'Objected.',
            Verdict.ANSWERED: 'Answered.'}


# These leave a closed ticket as it is where something else is missing.
LEAVING = (Verdict.REPORTED, Verdict.WAIVED, Verdict.ANSWERED)


NOTHING = Message('Nothing was recorded')


def record(env: Any, campaign: int,
           sayings: Iterable[tuple[str, SignOffRequest]],
           person: Person, reasons_for: ReasonsFor) -> None:
    """Record a person's verdicts on requirements, given by their keys.

    BatchRefused with GateShut for each that the rules forbid, InvalidRequest
    for what is wrong with one.  Each is checked after those before it are
    recorded; the campaign is reconciled once, at the end.
    """
    with opened(env, campaign, NOTHING) as book:
        said: dict[str, list[str]] = {}
        refused: dict[tuple[str, str], GateShut | InvalidRequest] = {}
        for key, saying in sayings:
            requirement = book.state.requirement(key)
            try:
                _record_verdict(*_attached(SignOffCheck(
                    book, book.snapshot(), requirement, person, saying,
                    reasons_for)).prepared())
            except (GateShut, InvalidRequest) as error:
                refused[book.state.campaign.name, key] = error
            said.setdefault(saying.verdict.value, []).append(
                f'#{requirement.ticket}')
        if refused:
            raise BatchRefused(NOTHING, refused)
        reconcile(book, person.name, joined_by('; ', [
            _summary(verdict, tickets, person.name)
            for verdict, tickets in said.items()]))


def _summary(verdict: str, tickets: list[str], person: str) -> Message:
    if verdict == Verdict.OBJECTED.value:
        return Message('%(person)s objected to %(tickets)s', person=person,
                       tickets=some(tickets))
    said = {'tickets': some(tickets), 'verdict': verdict, 'person': person}
    if len(tickets) == 1:
        return Message('%(tickets)s was %(verdict)s by %(person)s', **said)
    return Message('%(tickets)s were %(verdict)s by %(person)s', **said)


def objections(env: Any, campaign: int, key: str, person: Person,
               saying: SignOffRequest,
               reasons_for: ReasonsFor) -> list[str]:
    """Why a verdict would be refused, without recording it; [] if not."""
    try:
        with store.open_campaign(env, campaign) as book:
            if book is not None:
                SignOffCheck(book, book.snapshot(),
                             book.state.requirement(key),
                             person, saying, reasons_for).prepared()
    except (GateShut, InvalidRequest) as error:
        return [str(error)]
    return []


def _attached(case: SignOffCheck) -> SignOffCheck:
    """The same, the files that come with it attached to its ticket.

    GateShut where it is not admitted anyway: nothing is written then.
    """
    if not case.saying.typed.to_attach:
        return case
    case.admit()
    typed = with_files_attached(case.book, case.requirement,
                                case.person.name, case.saying.typed)
    return replace(case, snapshot=case.book.snapshot(),
                   requirement=case.book.state.requirement(
                       case.requirement.key),
                   saying=replace(case.saying, typed=typed))


def _record_verdict(case: SignOffCheck, evidence: tuple[Evidence, ...],
                    after: State) -> None:
    """Record a verdict, and bring its ticket to what it leads to."""
    answer = evaluate_as_closed(replace(case.snapshot, state=after),
                                case.requirement.key, case.moment)
    ticket = Ticket(case.book.env, case.requirement.ticket)
    when = next_change_time(ticket)
    values = _ticket_values(case, answer)
    case.book.record(case.moment, case.person.name,
                     case.saying.verdict.value, case.requirement.key,
                     **case.payload(evidence, to_utimestamp(when)
                                    if values else None),
                     **_basis(after), **_response_time(case))
    comment = _ticket_comment(case, evidence, after)
    with case.book.without_reconciling():
        save_recorded(ticket, case.person.name, when, comment, **values)
    case.book.news.append(TicketNews(ticket.id, when, case.person.name,
                                     comment))


def _basis(after: State) -> dict[str, dict[str, str]]:
    """The evidence that the last verdict is given for, as payload."""
    basis = evidence_basis(after.signoffs[-1])
    return {'basis': dict(basis)} if basis else {}


def _ticket_values(case: SignOffCheck, answer: Answer) -> dict[str, str]:
    """The new field values of the ticket: closed when met, open when not.

    One that was moved on since it was signed stays there while it is met.
    """
    facts = case.snapshot.tickets[case.requirement.key]
    if answer.met:
        book = case.book
        closed = {'status': 'closed', 'resolution': closing_resolution(
            book.env, book.state.campaign, answer.closing)}
        if not has_moved_on(case.requirement, facts):
            return closed
        return {'resolution': closed['resolution']} if facts.resolution else {}
    if facts.closed and case.saying.verdict not in LEAVING:
        return reopened_values(Ticket(case.book.env, case.requirement.ticket))
    return {}


def _response_time(case: SignOffCheck) -> dict[str, int]:
    """For how long an approval was waited for, as payload; {} if it was not.
    """
    if case.saying.verdict is not Verdict.APPROVED:
        return {}
    return in_payload(verified_decision(case.book.env, case.snapshot),
                      case.requirement.key)


def _ticket_comment(case: SignOffCheck, evidence: tuple[Evidence, ...],
                    after: State) -> str:
    """The comment on the ticket, in wiki text."""
    if case.saying.commented:
        return COMMENTS[case.saying.verdict]
    lines = [
        f'{COMMENTS[case.saying.verdict]} {case.saying.statement}'.strip()]
    lines += [f' * {_evidence_line(case.requirement, proof, after)}'
              for proof in evidence]
    if case.waiver:
        lines.append(f' * lifts `{case.waiver.reason}` until '
                     f'{case.waiver.until}')
        lines += [f' * {b.name}: {b.at_least or "…"} to '
                  f'{b.at_most or "…"}' for b in case.waiver.bounds]
    return '\n'.join(lines)


def _evidence_line(requirement: Requirement, proof: Evidence,
                   after: State) -> str:
    if proof.reference:
        return (f'{proof.name}: [attachment:"{proof.text}"] beside '
                f'[attachment:"{proof.reference}"]')
    last, read = '', proof.read
    if proof.kind == VALUE and comparing(requirement, after, proof.name):
        # Who may see this ticket may not see those that were measured.
        last = revised(requirement, after, proof.name, measured=False)
    return ''.join([
        f'{proof.name}: {proof.text}', f' ({last})' if last else '',
        f', {read.source} of [attachment:"{read.file}"]' if read else ''])
