"""What a person signed, and what became of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from prodworkflow.domain.model.person import Person
from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.text import Message
from prodworkflow.domain.views.readiness import readiness
from prodworkflow.domain.views.signed_list import (
    newest_first,
    signed_by,
    SignedRow,
)
from support.factories import (
    ASKED,
    facts,
    KEYS,
    moment,
    requirement,
    signoff,
    snapshot,
    state,
)

ANNA = Person('anna')
FREEZE, QUALITY = list(ASKED)[:2]
LAUNCHED = moment(date(2026, 6, 30))


def outcomes(*given, asked=None, closed=True, **of_campaign):
    """What became of anna's approvals of the feature freeze, newest first."""
    required = [requirement(k) for k in ASKED]
    required[0] = replace(required[0], **(asked or {}))
    told = readiness(decide(snapshot(
        state=state(given, required, **of_campaign),
        tickets={k: facts(k, 'closed' if closed and k == FREEZE else 'new')
                 for k in ASKED},
        milestones=dict.fromkeys(KEYS, 0)), moment(date(2026, 5, 20))))
    return [row.outcome for row in signed_by([told], ANNA)]


@pytest.mark.parametrize(('given', 'case', 'expected'), [
    pytest.param([signoff(2)], {}, ['stands'], id='it stands'),
    pytest.param([signoff(2)], {'launched': LAUNCHED},
                 ['launched on 2026-06-30'], id='launched'),
    pytest.param([signoff(2, release='V0')], {
        'asked': {'release_bound': True, 'carried': ('V0',)}},
        ['carried over to V1'], id='carried over'),
    pytest.param([signoff(2)], {
        'asked': {'release_bound': True, 'carried': ('V0',)}},
        ['stands'], id='given for the present release'),
    pytest.param([signoff(2), signoff(3)], {},
                 ['stands', 'signed anew later'], id='signed anew'),
    pytest.param([signoff(2), signoff(3, verdict='rejected',
                                      signer='bruno')], {},
                 ['rejected by bruno on 1970-01-01'], id='rejected'),
    pytest.param([signoff(2), signoff(3, verdict='withdrawn')], {},
                 ['withdrawn by anna on 1970-01-01'], id='withdrawn'),
    pytest.param([signoff(2, signer='bruno'),
                  signoff(3, verdict='rejected')], {}, [],
                 id='what others approved is not mine'),
])
def test_what_became_of_it(given, case, expected):
    assert outcomes(*given, **case) == expected


def test_what_another_release_asks_again_says_so():
    said, = outcomes(signoff(2, release='V0'), closed=False, asked={
        'release_bound': True, 'stale': 9})
    assert said.startswith('asked again: ')
    assert said == ('asked again: was signed for another release than V1; '
                    'awaits anna')


def test_a_row_has_the_name_of_its_campaign():
    row, = signed_by([readiness(decide(snapshot([FREEZE]), LAUNCHED))], ANNA)
    assert row.campaign == '2011 Prod'


def test_what_counts_no_more_says_for_what_it_waits():
    said, = outcomes(signoff(2), signoff(3, signer='bruno'), closed=False,
                     asked={'contacts': ('bruno', 'carlo'), 'quorum': 2})
    assert said == 'counts no more: has 1 of 2 approvals; awaits carlo'


def test_what_stands_but_is_not_enough_says_what_is_missing():
    said, = outcomes(signoff(2), closed=False, asked={
        'quorum': 2, 'contacts': ('anna', 'bruno')})
    assert said.startswith('stands; ')
    assert 'bruno' in said


def test_who_is_no_contact_any_more_has_signed_what_counts_no_more():
    said, = outcomes(signoff(2), closed=False, asked={
        'contacts': ('bruno',), 'unsigned': True})
    assert said.startswith(('counts no more: ', 'asked again: '))


def test_only_what_was_given_since_a_time_is_listed_newest_first():
    told = readiness(decide(snapshot([FREEZE, QUALITY]), 0))
    rows = signed_by([told], ANNA)
    assert [(r.title, r.ticket) for r in rows] == [
        ('Software quality ok', 2), ('Feature Freeze', 1)]
    assert [r.title for r in signed_by([told], ANNA, since=3)] == [
        'Software quality ok']
    assert rows[0].answer is told.answers[1]


def test_of_one_moment_the_later_entry_comes_first():
    def row(number, time):
        return SignedRow('A', 1, 'x', replace(signoff(number), time=time),
                         Message('stands'))
    rows = [row(2, 5), row(3, 5), row(1, 9)]
    assert [r.signoff.number for r in newest_first(rows)] == [1, 3, 2]
