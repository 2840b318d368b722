"""Signed list: what a person has signed, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from prodworkflow.domain.dates import day_of
from prodworkflow.domain.model.person import Person
from prodworkflow.domain.model.signoff import SignOff
from prodworkflow.domain.model.vocabulary import Reason, Verdict
from prodworkflow.domain.rules.answers import Answer
from prodworkflow.domain.rules.eligibility import last_no
from prodworkflow.domain.text import Message
from prodworkflow.domain.views.my_signoffs import AGAIN
from prodworkflow.domain.views.readiness import Readiness

# What was signed is shown for so many days.
RECENT_DAYS = 30
RECENT = RECENT_DAYS * 24 * 3600 * 10**6


@dataclass(frozen=True)
class SignedRow:
    """An approval that a person gave, with what became of it in words.

    `answer` is what is said of its requirement now, None where the campaign
    is over.
    """

    campaign: str
    ticket: int | None
    title: str
    signoff: SignOff
    outcome: Message
    answer: Answer | None = None


def signed_by(campaigns: Iterable[Readiness], person: Person,
              since: int = 0) -> list[SignedRow]:
    """What a person has signed in these campaigns, newest first.

    Since a time in µs UTC; of a requirement that they signed several times
    each is one row.
    """
    return newest_first(row for told in campaigns
                        for row in _of_campaign(told, person)
                        if row.signoff.time >= since)


def newest_first(rows: Iterable[SignedRow]) -> list[SignedRow]:
    """The rows, the newest approval first."""
    return sorted(rows, key=lambda row: (-row.signoff.time,
                                         -row.signoff.number))


def _of_campaign(told: Readiness, person: Person) -> Iterator[SignedRow]:
    state = told.decision.snapshot.state
    for answer in told.answers:
        mine = [s for s in state.said_of(answer.requirement.key)
                if s.signer == person.name
                and s.verdict == Verdict.APPROVED.value]
        for signoff in mine:
            yield SignedRow(
                told.campaign.name, answer.requirement.ticket,
                answer.requirement.title, signoff,
                _became(told, answer, signoff, person)
                if signoff is mine[-1] else Message('signed anew later'),
                answer)


def _became(told: Readiness, answer: Answer, signoff: SignOff,
            person: Person) -> Message:
    """What became of the last approval of a requirement by a person."""
    if person.name in answer.signers:
        return _standing(told, answer, signoff)
    no = last_no(answer.requirement, told.decision.snapshot.state)
    if no is not None and no.number > signoff.number:
        return Message('%(verdict)s by %(signer)s on %(day)s',
                       verdict=no.verdict, signer=no.signer,
                       day=day_of(no.time))
    if answer.reason in AGAIN or answer.reason is Reason.AWAITING:
        return Message('asked again: %(words)s', words=answer.words)
    return Message('counts no more: %(words)s', words=answer.words)


def _standing(told: Readiness, answer: Answer, signoff: SignOff) -> Message:
    """What is said of an approval that counts."""
    campaign, carried = told.campaign, answer.requirement.carried
    if not answer.met:
        return Message('stands; %(words)s', words=answer.words)
    if campaign.launched:
        return Message('launched on %(day)s', day=day_of(campaign.launched))
    if carried and signoff.release in carried:
        return Message('carried over to %(release)s',
                       release=campaign.release)
    return Message('stands')
