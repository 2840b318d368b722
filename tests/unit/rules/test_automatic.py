"""Automatic requirements: met by evidence alone, unless somebody says no."""

from __future__ import annotations

from dataclasses import replace

import pytest

from prodworkflow.domain.model.evidence import (
    Evidence,
    EvidenceSpec,
    FileFact,
    ValueSpec,
)
from prodworkflow.domain.model.permissions import SignerFacts
from prodworkflow.domain.model.person import Person
from prodworkflow.domain.model.readings.file_reading import FileReading
from prodworkflow.domain.model.vocabulary import Reason, Verdict
from prodworkflow.domain.news.change import DecidedChange
from prodworkflow.domain.news.kinds.creation import made_notices
from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.rules.reconciliation.corrections import (
    ticket_corrections,
)
from prodworkflow.domain.rules.stranded import stranded
from prodworkflow.domain.rules.verdicts import offered_verdicts
from prodworkflow.domain.views.my_signoffs import keys_for
from prodworkflow.domain.views.readiness import readiness
from prodworkflow.domain.views.waits.asked import asked_people
from support.factories import (
    ASKED,
    facts,
    requirement,
    signoff,
    snapshot,
    state,
)

KEY, BASE = 'release-validated', 'feature-freeze'
RATE = ValueSpec('rate', 'Crash rate', '%', at_most='1 %')
ANNA = Person('anna')


def rate(number, text='0/300'):
    return signoff(number, KEY, 'reported', 'robot', 'administrator',
                   evidence=(Evidence('value', 'rate', text, text),))


def read(number):
    """A rate that was read from a file."""
    found = rate(number)
    return replace(found, evidence=tuple(replace(
        e, read=FileReading('htcondor:crash_rate', 'jobs.log', 'd1'))
        for e in found.evidence))


def decided(*signoffs, closed=True, release='V1', **changes):
    asked = [requirement(k) for k in ASKED]
    place = list(ASKED).index(KEY)
    asked[place] = replace(asked[place], asks=EvidenceSpec(
        (RATE,), automatic=True), **changes)
    found = replace(snapshot(), state=state(signoffs, asked, release=release))
    return decide(replace(found, tickets={
        **found.tickets, KEY: facts(KEY, 'closed' if closed else 'new')}),
        10**12)


def answer(*signoffs, **changes):
    return decided(*signoffs, **changes).answer(KEY)


def test_it_is_met_by_evidence_and_nobody_has_signed():
    found = answer(rate(2))
    assert found.met
    assert found.words == 'met by its evidence: Crash rate 0/300'
    assert found.signers == ()


UNMET = [
    pytest.param([], {}, Reason.EVIDENCE_MISSING,
                 'lacks Crash rate; awaits a report of evidence', id='none'),
    pytest.param([rate(2, '4/300')], {}, Reason.OUT_OF_BOUNDS,
                 'is out of bounds: Crash rate is 4/300, more than 1 %; '
                 'awaits a report of evidence with better values, or a waiver '
                 'by a holder of CAMPAIGN_WAIVE', id='out of bounds'),
    pytest.param([read(2)], {'files': (FileFact('jobs.log', ''),)},
                 Reason.EVIDENCE_MISSING, 'lacks Crash rate, as its file '
                 'jobs.log is gone or another one; awaits a report of '
                 'evidence', id='file gone'),
    pytest.param([rate(2)], {'closed': False}, Reason.WITHDRAWN,
                 'has all its evidence, but its ticket is open', id='open'),
    pytest.param([rate(2)], {'rests_on': (BASE,)}, Reason.AWAITING,
                 'awaits #1 Feature Freeze, then a report of evidence',
                 id='base unmet'),
    pytest.param([rate(2)], {'release': '', 'release_bound': True},
                 Reason.EVIDENCE_MISSING, None, id='no release'),
    pytest.param([rate(2), signoff(3, KEY, 'rejected')], {}, Reason.REJECTED,
                 'was rejected by anna; awaits anna', id='rejected'),
    pytest.param([rate(2), signoff(3, KEY, 'withdrawn'), rate(4)], {},
                 Reason.WITHDRAWN, 'was withdrawn by anna; awaits anna',
                 id='withdrawn, and reported again'),
]


@pytest.mark.parametrize(('signoffs', 'changes', 'reason', 'words'), UNMET)
def test_it_is_unmet_and_says_why(signoffs, changes, reason, words):
    found = answer(*signoffs, **changes)
    if words is None:
        assert not found.met
    else:
        assert (found.reason, found.words) == (reason, words)
    assert 'sign' not in found.words


def test_another_file_beside_it_does_not_stop_it():
    assert answer(read(2), files=(FileFact('other.log', 'd2'),)).met
    assert answer(read(2), rate(3), files=(FileFact('jobs.log', ''),)).met


def test_who_rejected_it_is_answered_by_an_approval():
    found = answer(rate(2), signoff(3, KEY, 'rejected'), signoff(4, KEY))
    assert found.met
    assert 'signed off by' not in found.words


def test_closing_by_hand_neither_meets_nor_stops_it():
    assert answer(rate(2), unsigned=True).met
    assert answer(unsigned=True).reason is Reason.EVIDENCE_MISSING


def test_open_ticket_is_closed_and_closed_one_reopened():
    assert [a.requirement.key for a in ticket_corrections(
        decided(rate(2), closed=False)).close] == [KEY]
    assert [a.requirement.key for a in ticket_corrections(
        decided(rate(2, '9/300'))).reopen] == [KEY]


def test_it_waits_for_nobody_and_nobody_is_stranded():
    decision = decided(contacts=('gone',))
    none = SignerFacts()
    assert KEY not in keys_for(decision, Person('gone'))
    assert 'gone' not in asked_people(readiness(decision))
    assert KEY not in [s.requirement.key for s in stranded(decision, none)]
    stopped = decided(rate(2), signoff(3, KEY, 'rejected'))
    assert KEY in keys_for(stopped, ANNA)


def test_nobody_is_told_to_sign_it():
    told = list(made_notices(DecidedChange(None, decided(), ())))
    assert len(told) == len(ASKED) - 1


def test_contact_may_reject_it_and_need_not_sign():
    decision = decided(rate(2))
    offered = offered_verdicts(decision, decision.answer(KEY), ANNA)
    assert Verdict.REJECTED in offered
    assert Verdict.REPORTED in offered
    assert Verdict.APPROVED not in offered
