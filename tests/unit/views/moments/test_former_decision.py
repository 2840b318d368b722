"""A campaign as it was: what was signed and closed by then."""

from __future__ import annotations

from dataclasses import replace

import pytest

from prodworkflow.domain import ledger
from prodworkflow.domain.ledger.replay import LedgerError
from prodworkflow.domain.model.known_issue import KnownIssue
from prodworkflow.domain.model.snapshot import Snapshot
from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.views.moments.former_decision import (
    in_doubt,
    snapshot_at,
    with_others,
)
from support.factories import chain, entry

KEY, OTHER = 'feature-freeze', 'software-quality'
SIGNED = entry('approved', KEY, role='contact', contact='anna',
               statement='Fine.', revision=2)
UNSIGNED = entry('closed-unsigned', OTHER, seen=3000, resolution='fixed',
                 comment='')


def timed(*entries):
    """The entries behind `created`, at 1000, 2000, 3000 and so on."""
    found = []
    for number, each in enumerate(chain(*entries), 1):
        found.append(ledger.seal(found[-1] if found else None, replace(
            each, time=number * 1000)))
    return found


def at(entries, moment, **present):
    return snapshot_at(Snapshot(1, 9, ledger.fold(entries), **present),
                       entries, moment)


def test_requirements_are_as_they_were():
    entries = timed(SIGNED, UNSIGNED)
    reasons = [
        {a.requirement.key: a.reason and a.reason.value
         for a in decide(at(entries, moment), moment).launch.answers}
        for moment in (1000, 2000, 3000)]
    assert [(r[KEY], r[OTHER]) for r in reasons] == [
        ('awaiting', 'awaiting'), (None, 'awaiting'),
        (None, 'closed-unsigned')]
    assert at(entries, 1999).tickets[KEY].status == 'reopened'
    assert (at(entries, 1999).revision, at(entries, 2500).revision) == (1, 2)


def test_id_is_the_present_one_and_the_revision_that_of_the_entry():
    found = at(timed(replace(SIGNED, payload={**SIGNED.payload,
                                              'revision': 7})), 2000)
    assert (found.id, found.revision) == (1, 7)


def test_before_it_was_created_there_is_nothing():
    assert at(timed(SIGNED), 999) is None


def test_what_is_in_doubt_now_was_so_then():
    assert at(timed(SIGNED), 2000, doubts=('Odd.',)).doubts == ('Odd.',)
    assert in_doubt(Snapshot(1, 1, ledger.fold(timed())), 'Odd.'
                    ).doubts == ('Odd.',)


def test_ledger_that_cannot_be_read_is_an_error():
    with pytest.raises(LedgerError):
        snapshot_at(Snapshot(1, 1, ledger.fold(timed())), timed(
            entry('sung')), 2000)


def test_other_tickets_come_with_the_times_of_known_issues():
    found = at(timed(), 1000)
    issue = KnownIssue(12, 'dora', 'Cosmetic.', None, 500, 9)
    found = replace(found, state=replace(found.state, known_issues=(issue,)))
    made = with_others(found, {'one': [12, 13]}, {12: 5, 13: 6})
    assert (made.others, made.begun) == ({'one': (12, 13)}, {12: 5})
