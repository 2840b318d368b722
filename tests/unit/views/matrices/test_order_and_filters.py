"""Rows of a matrix by capacity, name or state, and as far as they matter."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.views.marks import WORDS
from prodworkflow.domain.views.matrices.filters import counts, Show, shown_rows
from prodworkflow.domain.views.matrices.lists import asked_once, matrices
from prodworkflow.domain.views.matrices.order import (
    by_state,
    in_order,
    Sort,
    STATES,
)
from prodworkflow.domain.views.readiness import readiness
from support.factories import moment, signoff
from support.groups import grouped

TODAY = date(2026, 5, 30)
LATE = {'sites.s2': date(2026, 5, 28), 'sites.s3': date(2026, 5, 20)}


def told():
    """s0 is signed, s1 rejected, s2 and s3 are late, s3 most."""
    plain = grouped((0,))
    state = plain.state
    state = replace(
        state, signoffs=(*state.signoffs,
                         signoff(9, 'sites.s1', 'rejected', time=7)),
        requirements=tuple(replace(r, due=LATE.get(r.key, date(2027, 1, 1)))
                           for r in state.requirements))
    return readiness(decide(replace(plain, state=state), moment(TODAY)),
                     mine=frozenset({'sites.s2', 'feature-freeze'}))


def keys(rows):
    return [row.item.key for row in rows]


def test_every_state_has_its_place():
    assert {*STATES} == {*WORDS}
    assert len(STATES) == len(WORDS)


@pytest.mark.parametrize(('by', 'order'), [
    pytest.param(Sort.WEIGHT, ['s0', 's1', 's2', 's3'], id='capacity'),
    pytest.param(Sort.STATE, ['s1', 's3', 's2', 's0'], id='worst first'),
    pytest.param(Sort.NAME, ['s0', 's1', 's2', 's3'], id='name'),
])
def test_rows_stand_in_the_order_that_is_asked_for(by, order):
    matrix, = matrices(told())
    assert keys(in_order(matrix.rows[::-1], by)) == order


def test_without_weights_rows_stay_as_in_the_template():
    matrix, = matrices(told())
    rows = tuple(replace(row, share=None) for row in matrix.rows[::-1])
    assert in_order(rows, Sort.WEIGHT) == rows


def test_what_is_asked_once_stands_in_no_list():
    seen = told()
    once = asked_once(seen, matrices(seen))
    assert [c.answer.requirement.key for c in once] == ['feature-freeze']
    assert asked_once(seen, ())[1:] != ()
    worst = by_state(asked_once(seen, ()))[0]
    assert worst.state == 'rejected'


def test_of_one_state_the_latest_is_first():
    found = by_state(asked_once(told(), ()))
    assert [c.answer.requirement.key for c in found] == [
        'sites.s1', 'sites.s3', 'sites.s2', 'feature-freeze', 'sites.s0']


@pytest.mark.parametrize(('show', 'rows', 'count'), [
    pytest.param(Show.ALL, ['s0', 's1', 's2', 's3'], 4, id='all'),
    pytest.param(Show.OPEN, ['s1', 's2', 's3'], 3, id='open'),
    pytest.param(Show.MINE, ['s2'], 1, id='mine'),
    pytest.param(Show.LATE, ['s2', 's3'], 2, id='late'),
    pytest.param(Show.AGAIN, [], 0, id='asked again'),
])
def test_a_filter_leaves_the_rows_that_it_fits(show, rows, count):
    matrix, = matrices(told())
    assert keys(shown_rows(matrix.rows, show)) == rows
    assert counts(matrix.cells)[show] == count


def test_a_row_has_its_share_of_the_capacity():
    matrix, = matrices(told())
    assert [row.percent for row in matrix.rows] == [
        '40 %', '30 %', '20 %', '10 %']
    assert matrix.weighed
    assert replace(matrix.rows[0], share=None).percent == ''
