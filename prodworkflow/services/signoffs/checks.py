"""Checks of a verdict before it is recorded: permission, order, evidence.

Who may give which verdict is `domain.rules.verdicts`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from prodworkflow import store
from prodworkflow.domain.canonical_json import plain
from prodworkflow.domain.dates import day_of
from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.ledger.entry import Entry
from prodworkflow.domain.ledger.replay import apply
from prodworkflow.domain.model.evidence import Evidence
from prodworkflow.domain.model.person import Person
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.signoff import Waiver
from prodworkflow.domain.model.snapshot import Snapshot
from prodworkflow.domain.model.state import State
from prodworkflow.domain.model.submission import latest
from prodworkflow.domain.model.vocabulary import Role, Verdict
from prodworkflow.domain.rules.answers import Reason
from prodworkflow.domain.rules.eligibility import (
    capacity,
    signers_of,
    signing_capacity,
)
from prodworkflow.domain.rules.evidence import missing
from prodworkflow.domain.rules.gates import decide, evaluate_as_closed
from prodworkflow.domain.rules.lifecycle_actions import read_only
from prodworkflow.domain.rules.revisions.estimates import revision_problems
from prodworkflow.domain.rules.verdicts import (
    SIGNING,
    statement_problems,
    verdict_refusal,
)
from prodworkflow.domain.rules.waivers import live, unlifted
from prodworkflow.domain.rules.waivers.requests import (
    reasons,
    waiver,
    WaiverRequest,
)
from prodworkflow.domain.text import joined, Message, phrase
from prodworkflow.gateways.attachments import replaced_attachments
from prodworkflow.gateways.clock import now
from prodworkflow.gateways.signer_register import knowing
from prodworkflow.services.gates.stages import ReasonsFor
from prodworkflow.services.refusals import GateShut
from prodworkflow.services.revisions import require_unchanged
from prodworkflow.services.signoffs.bases import approval_payload
from prodworkflow.services.signoffs.evidence import fields_seen, read_evidence
from prodworkflow.services.signoffs.requests import SignOffRequest
from prodworkflow.services.signoffs.ticket_closing import (
    ineligibility,
    out_of_order,
)


@dataclass(frozen=True)
class SignOffCheck:
    """One requested verdict beside its requirement and campaign.

    `moment` is when it is given (µs UTC); `waiver` the one that was granted.
    """

    book: store.Book
    snapshot: Snapshot
    requirement: Requirement
    person: Person
    saying: SignOffRequest
    reasons_for: ReasonsFor
    moment: int = field(default_factory=now)
    waiver: Waiver | None = None

    def prepared(self) -> tuple[SignOffCheck, tuple[Evidence, ...], State]:
        """Validate it: the check with its waiver, evidence, the new state.

        Changes nothing. GateShut if the rules forbid it, InvalidRequest for
        what is wrong with it.
        """
        self.admit()
        require_unchanged(self.book, self.saying.revision, fields_seen(
            self.requirement, self.saying.verdict, self.saying.typed),
            Message('Nothing was recorded'))
        case = self
        if self.saying.leave:
            case = replace(self, waiver=self._granted(self.saying.leave))
        evidence = read_evidence(self.book.env, self.requirement,
                                 self.saying.typed)
        after = case._after(evidence)
        case._fit(after, evidence)
        return case, evidence, after

    def admit(self) -> None:
        """GateShut unless this person may say this now."""
        refusal = self._no_ticket() or self._not_theirs() or self._too_soon()
        if refusal:
            raise GateShut(Message('Nothing was recorded'), [phrase(refusal)])

    def _no_ticket(self) -> str | None:
        state = self.snapshot.state
        if state.campaign.ended:
            return read_only(state)
        if self.requirement.key in self.snapshot.tickets:
            return None
        return Message(
            'the sign-off ticket is missing; ask for "trac-admin ENV '
            'campaign check --repair"')

    def _not_theirs(self) -> str | None:
        requirement, verdict = self.requirement, self.saying.verdict
        if self.saying.reporting and self.person.administrator:
            return None
        if verdict in SIGNING:
            return ineligibility(self.book.env, self.snapshot, requirement,
                                 self.person)
        day = day_of(self.moment)
        if not self._capacity() and any(self.saying.typed.__dict__.values()):
            return Message(
                'only %(signers)s may give values and evidence for '
                '#%(ticket)s %(title)s',
                signers=self._signers(), ticket=requirement.ticket,
                title=requirement.title)
        return verdict_refusal(verdict, requirement, knowing(
            self.book.env, self.snapshot.state), self.person, day)

    def _too_soon(self) -> str | None:
        requirement = self.requirement
        if self.saying.verdict is not Verdict.APPROVED:
            return None
        facts = self.snapshot.tickets[requirement.key]
        now_ = evaluate_as_closed(self.snapshot, requirement.key, self.moment)
        if (self.person.name in now_.signers
                and facts.closed == now_.met and not requirement.unsigned
                and not any(self.saying.typed.__dict__.values())):
            return Message(
                '%(person)s has signed #%(ticket)s already; it '
                '%(words)s',
                person=self.person.name, ticket=requirement.ticket,
                words=now_.words)
        return out_of_order(self.book.env, self.snapshot, requirement,
                            self.reasons_for)

    def _signers(self) -> str:
        """All who may sign now, in words."""
        return signers_of(self.requirement, self.snapshot.state,
                          day_of(self.moment))

    def _capacity(self) -> Any:
        return capacity(self.requirement, self.snapshot.state, self.person,
                        day_of(self.moment))

    def _granted(self, leave: WaiverRequest) -> Waiver:
        """The waiver that was asked for.

        Raises InvalidRequest if it cannot be given.
        """
        answer = decide(self.snapshot, self.moment).answer(
            self.requirement.key)
        return waiver(leave, self.requirement, self.snapshot.state,
                      reasons(answer), day_of(self.moment))

    def _after(self, evidence: tuple[Evidence, ...]) -> State:
        """The state that this will lead to."""
        last, state = self.book.last, self.snapshot.state
        return apply(state, Entry(
            self.book.campaign, last.number + 1 if last else 1, self.moment,
            self.person.name, self.saying.verdict.value,
            self.requirement.key, state.campaign.release,
            self.payload(evidence), '', ''))

    def _fit(self, after: State, evidence: tuple[Evidence, ...]) -> None:
        """InvalidRequest unless this can be said of what was given."""
        verdict, statement = self.saying.verdict, self.saying.statement
        problems = (statement_problems(self.requirement, verdict, statement)
                    or revision_problems(after))
        if problems:
            raise InvalidRequest(problems)
        if verdict is Verdict.APPROVED:
            self._approvable(after)
        elif verdict is Verdict.REPORTED and not (evidence or statement):
            raise InvalidRequest([('statement', Message(
                'There is nothing to report; give a value or a '
                'sentence.'))])

    def _approvable(self, after: State) -> None:
        requirement, day = self.requirement, day_of(self.moment)
        lacking = missing(requirement, after)
        if lacking and not live(requirement, after, Reason.EVIDENCE_MISSING,
                                day):
            raise InvalidRequest([(
                'evidence', Message(
                    '#%(ticket)s asks for more before it can be '
                    'approved: %(lacking)s.',
                    ticket=requirement.ticket, lacking=joined(lacking)))])
        changed = replaced_attachments(self.book.env, requirement, [
            g.proof for g in latest(requirement, after).values()])
        if changed:
            raise InvalidRequest([('plot', Message(
                '%(files)s of #%(ticket)s changed after it was given as'
                ' evidence; look at it and give it again.',
                files=joined(changed), ticket=requirement.ticket))])
        beyond = unlifted(requirement, after, day)
        if beyond:
            raise GateShut(Message(
                '#%(ticket)s cannot be approved',
                ticket=requirement.ticket), [
                *(f.words for f in beyond),
                Message(
                    'it can be reported so, or rejected, by '
                    '%(signers)s; a holder of CAMPAIGN_WAIVE may '
                    'declare it tolerable',
                    signers=self._signers())])

    def payload(self, evidence: tuple[Evidence, ...],
                seen: int | None = None) -> dict[str, Any]:
        """The payload of its ledger entry.

        `seen` is the time of the ticket's change (µs UTC) where its status
        changes.
        """
        mine = self._capacity() or signing_capacity(
            self.requirement, self.snapshot.state, self.person)
        role = (mine.role if mine else Role.ADMINISTRATOR
                if self.person.administrator else Role.ANYONE)
        payload: dict[str, Any] = {
            'role': role.value, 'contact': mine.contact if mine else '',
            'statement': self.saying.statement,
            'ticket': self.requirement.ticket}
        if self.saying.verdict is Verdict.APPROVED:
            payload.update(approval_payload(self.snapshot, self.requirement,
                                            self.person.name))
        if evidence:
            payload['evidence'] = plain(evidence)
        if self.waiver:
            payload['waiver'] = plain(self.waiver)
        if seen is not None:
            changed = self.snapshot.tickets[self.requirement.key].changed
            payload['seen'] = max(seen, changed)
        return payload
