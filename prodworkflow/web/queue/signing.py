"""Signing several at once: the form of my sign-offs becomes verdicts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from trac.util.html import tag
from trac.web.chrome import add_warning

from prodworkflow.api import (
    BatchRefused,
    CampaignSystem,
    ChangedMeanwhile,
    GateShut,
    NoSuchCampaign,
    SignOffRequest,
)
from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.vocabulary import Verdict
from prodworkflow.domain.rules.decision import Decision
from prodworkflow.domain.rules.verdicts import statement_problems
from prodworkflow.domain.text import Message, phrase
from prodworkflow.translation import _
from prodworkflow.web.forms import form_revision, form_text, REVISION
from prodworkflow.web.queue.fields import Chosen, chosen_rows, TypedEvidence
from prodworkflow.web.response import set_status
from prodworkflow.web.signoff_form import parse_verdict
from prodworkflow.web.texts.ticket_links import link_tickets
from prodworkflow.web.ticket_rights import rights_refusal

# A refusal that says only that nothing happened is told by its reasons.
SAME = Message('Nothing was recorded')
GIVEN = (Verdict.APPROVED, Verdict.REPORTED)


@dataclass(frozen=True)
class BatchAnswer:
    """What came of a form: what was recorded, or why each row was not.

    `rows` has the words for each row that was refused, `statement` those for
    the field of the sentence.
    """

    verdict: Verdict = Verdict.APPROVED
    recorded: tuple[Chosen, ...] = ()
    rows: Mapping[Chosen, tuple[str, ...]] = field(default_factory=dict)
    statement: tuple[str, ...] = ()
    stale: frozenset[str] = frozenset()


class BatchForm:
    """The form of many sign-offs as it was sent; `decisions` by campaign."""

    def __init__(self, req: Any, system: CampaignSystem,
                 decisions: Iterable[Decision]) -> None:
        self.req = req
        self.system = system
        self.typed = TypedEvidence(req.args)
        self._states = {d.snapshot.state.campaign.name: d.snapshot.state
                        for d in decisions}

    def record(self) -> BatchAnswer:
        """Record all that is ticked, or nothing and warn why."""
        chosen: list[Chosen] = []
        try:
            verdict = self._verdict()
            chosen = chosen_rows(self.req.args)
            self.typed.require_clear(chosen)
            asked = {row: self._requirement(row) for row in chosen}
            refused = {row: (words,) for row, words in (
                (row, rights_refusal(self.req, row[0], requirement, verdict))
                for row, requirement in asked.items()) if words}
            if refused:
                return self._without_right(refused)
            self._check_statement(verdict, asked[chosen[0]])
            self.system.record_all(
                [(*row, self._saying(row, requirement, verdict))
                 for row, requirement in asked.items()],
                self.system.context.person(self.req))
        except (GateShut, InvalidRequest, NoSuchCampaign) as error:
            return self._refused(error, chosen)
        return BatchAnswer(verdict, tuple(chosen))

    # Internal methods

    def _verdict(self) -> Verdict:
        verdict = parse_verdict(form_text(self.req.args, 'verdict')
                                or Verdict.APPROVED.value)
        if verdict not in GIVEN:
            raise InvalidRequest([('verdict', Message(
                'Several at once are approved or reported; all else is said '
                'in the box of each ticket.'))])
        return verdict

    def _requirement(self, row: Chosen) -> Requirement:
        """The requirement of a row; NoSuchCampaign if there is none."""
        name, key = row
        state = self._states.get(name)
        return ((state.by_key.get(key) if state else None)
                or self.system.queries.requirement(name, key))

    def _check_statement(self, verdict: Verdict,
                         requirement: Requirement) -> None:
        """InvalidRequest, once for all rows, if the sentence is amiss."""
        problems = statement_problems(requirement, verdict, form_text(
            self.req.args, 'statement'))
        if problems:
            raise InvalidRequest(problems)

    def _saying(self, row: Chosen, requirement: Requirement,
                verdict: Verdict) -> SignOffRequest:
        return SignOffRequest(
            verdict, form_text(self.req.args, 'statement'),
            self.typed.of(row, requirement), revision=form_revision(
                self.req.args, posted_revisions(self.req).get(row[0], '')))

    def _without_right(self, refused: Mapping[Chosen, tuple[str, ...]]
                       ) -> BatchAnswer:
        for (words,) in refused.values():
            self.system.doors.log_refusal(words)
        self._warn(403, [words for (words,) in refused.values()])
        return BatchAnswer(rows=refused)

    def _refused(self, error: GateShut | InvalidRequest | NoSuchCampaign,
                 chosen: list[Chosen]) -> BatchAnswer:
        """Warn of a refusal, and tell which rows it is about."""
        mistake = (error.mistaken if isinstance(error, BatchRefused)
                   else not isinstance(error, GateShut))
        errors: Mapping[Chosen, Exception] = (
            error.rows if isinstance(error, BatchRefused)
            else {chosen[0]: error} if len(chosen) == 1 else {})
        told = {row: _words(each) for row, each in errors.items()}
        self._warn(400 if mistake else 409, dict.fromkeys(
            w for words in (told.values() or [_words(error)]) for w in words))
        said = isinstance(error, InvalidRequest) and [
            words for name, words in error.problems if name == 'statement']
        return BatchAnswer(
            rows={} if said else told, statement=tuple(said or ()),
            stale=frozenset(row[0] for row, each in errors.items()
                            if isinstance(each, ChangedMeanwhile)))

    def _warn(self, status: int, reasons: Iterable[str]) -> None:
        set_status(self.req, status)
        told = [link_tickets(self.req, words) for words in reasons]
        add_warning(self.req, tag(_('Nothing was signed.'), ' ', told[0])
                    if len(told) == 1 else
                    tag(_('Nothing was signed:'), tag.ul(
                        tag.li(words) for words in told)))


def posted_revisions(req: Any) -> dict[str, str]:
    """The revisions that a form was made from, by campaign."""
    return {name: number for number, _, name in (
        each.partition('/') for each in req.args.getlist('revision')
        if isinstance(each, str))
        if name and REVISION.fullmatch(number)}


def _words(error: Exception) -> tuple[str, ...]:
    """What a refusal says, a sentence each."""
    if isinstance(error, InvalidRequest):
        return tuple(words for _, words in error.problems)
    if isinstance(error, GateShut) and error.what == SAME:
        return tuple(Message('%(words)s.', words=phrase(words))
                     for words in error.reasons)
    return (str(error),)
