"""Waivers and known issues: what each lifts, how far and how long."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from prodworkflow.domain.model.evidence import (
    Evidence,
    EvidenceSpec,
    ValueSpec,
)
from prodworkflow.domain.model.known_issue import KnownIssue
from prodworkflow.domain.model.signoff import Bound, Waiver
from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.views.lifted.rows import lifted, LiftedRow
from prodworkflow.domain.views.readiness import readiness
from support.factories import KEYS, moment, signoff, snapshot

TODAY = date(2026, 6, 5)
KEY = 'runtime-performance'


def found(*signoffs, issues=(), others=None):
    whole = snapshot()
    asks = EvidenceSpec(values=(ValueSpec('rss', 'RSS', 'GB', '', '2 GB'),))
    return lifted(readiness(decide(replace(whole, others=others or {},
                                           state=replace(
        whole.state, known_issues=issues, signoffs=signoffs,
        requirements=tuple(replace(r, asks=asks) if r.key == KEY else r
                           for r in whole.state.requirements))),
        moment(TODAY))))


def waived(number, reason, until, *bounds):
    return signoff(number, KEY, 'waived', 'dora', 'waiver', waiver=Waiver(
        reason, until, bounds), statement='Good enough.')


def test_a_waiver_says_what_it_lifts_within_and_now():
    told = found(signoff(2, KEY, 'reported', evidence=(
        Evidence('value', 'rss', '3 GB', 'd'),)), waived(
        3, 'out-of-bounds', date(2026, 6, 8), Bound('rss', '', '4 GB')))
    row, = told.standing
    assert (row.lifts, row.within, row.now) == (
        'out of bounds', 'RSS up to 4 GB', '3 GB')
    assert (row.left, row.by, row.because, row.ticket) == (
        'in 3 days', 'dora', 'Good enough.', 6)
    assert not row.known_issue


def test_what_ends_first_stands_first_and_what_has_ended_apart():
    told = found(waived(2, 'awaiting', date(2026, 6, 20)),
                 waived(3, 'stale', date(2026, 6, 5)),
                 waived(4, 'rejected', date(2026, 6, 1)))
    assert [r.left for r in told.standing] == ['today', 'in 15 days']
    row, = told.ended
    assert row.ended == 'it expired with 2026-06-01'
    assert (row.within, row.now) == ('', '')


def test_a_known_issue_lifts_nothing():
    issue = KnownIssue(50, 'dora', 'Small.', date(2026, 6, 6), 100, 2)
    told = found(issues=(issue, replace(issue, ticket=51,
                                        until=date(2026, 6, 1))),
                 others={KEYS[0]: (50, 51)})
    row, = told.standing
    assert row.known_issue
    assert (row.ticket, row.left, row.because) == (50, 'tomorrow', 'Small.')
    assert [r.ended for r in told.ended] == ['it is tolerated no more']


def test_a_row_of_a_waiver_is_whole_also_where_its_words_are_unknown():
    row, = found(waived(3, 'of-old', date(2026, 6, 8), Bound(
        'rss', '1 GB', '4 GB'), Bound('gone', '', '5'))).standing
    assert row == LiftedRow(
        6, 'Runtime performance ok', date(2026, 6, 8), 'in 3 days', 'dora',
        3, 'Good enough.', 'of-old',
        'RSS from 1 GB up to 4 GB, gone up to 5')


def test_a_row_of_a_known_issue_is_whole():
    row, = found(issues=(KnownIssue(50, 'dora', 'Small.', date(2026, 6, 6),
                                    100, 2),),
                 others={KEYS[0]: (50,)}).standing
    assert row == LiftedRow(50, '', date(2026, 6, 6), 'tomorrow', 'dora',
                            100, 'Small.')
