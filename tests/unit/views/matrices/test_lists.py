"""The matrix of a list: items by what is asked of each of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from prodworkflow.domain.model.signoff import Waiver
from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.views.matrices.lists import matrices
from prodworkflow.domain.views.readiness import readiness
from support.factories import moment, signoff, snapshot
from support.groups import grouped, WEIGHTS

NOW = 20000 * 86400 * 10**6


def seen(found, *hidden):
    return readiness(decide(found, NOW), hidden_tickets=frozenset(hidden))


def states(matrix):
    return {row.item.key: [cell and cell.state for cell in row.cells]
            for row in matrix.rows}


def test_a_row_is_an_item_and_a_column_what_is_asked_of_each():
    matrix, = matrices(seen(grouped((0, 2))))
    assert matrix.list == 'sites'
    assert [c.group.title for c in matrix.columns] == [
        'Validated at each site']
    assert [row.item.weight for row in matrix.rows] == [*WEIGHTS]
    assert states(matrix) == {'s0': ['met'], 's1': ['awaiting'],
                              's2': ['met'], 's3': ['awaiting']}
    assert matrix.summary == '2 of 4 signed'


def test_a_cell_says_who_has_signed_and_when():
    matrix, = matrices(seen(grouped((0,))))
    signed, awaited = (row.cells[0] for row in matrix.rows[:2])
    assert (signed.names, signed.time, signed.word) == ('anna', 3, 'signed')
    assert (awaited.names, awaited.time, awaited.word) == ('', 0, 'awaited')


def test_the_day_is_that_of_the_last_approval_not_of_a_rejection():
    plain = grouped((0,))
    said = (*plain.state.signoffs,
            signoff(9, 'sites.s0', 'rejected', time=77),
            signoff(10, 'sites.s0', time=88),
            signoff(11, 'sites.s0', 'reported', time=99))
    again = replace(plain, state=replace(plain.state, signoffs=said))
    matrix, = matrices(seen(again))
    cell, = matrix.rows[0].cells
    assert (cell.state, cell.time) == ('met', 88)


def test_hidden_tickets_are_no_cells_and_their_items_no_rows():
    matrix, = matrices(seen(grouped((0,)), 2, 3))
    assert [*states(matrix)] == ['s2', 's3']
    assert matrix.summary == '0 of 2 signed'


@pytest.mark.parametrize('told', [
    pytest.param(lambda: seen(snapshot()), id='no list'),
    pytest.param(lambda: seen(grouped(()), 2, 3, 4, 5), id='all is hidden'),
])
def test_without_rows_there_is_no_matrix(told):
    assert matrices(told()) == ()


def test_an_item_that_a_column_does_not_ask_has_no_cell_there():
    plain = grouped(())
    state = plain.state
    group, = state.groups
    more = replace(state.requirement('sites.s1'), key='more.s1', group='more',
                   ticket=12)
    told = seen(replace(plain, state=replace(
        state, requirements=(*state.requirements, more),
        groups=(group, replace(group, key='more'))),
        tickets={**plain.tickets, 'more.s1': plain.tickets['sites.s1']}))
    matrix, = matrices(told)
    assert states(matrix)['s0'] == ['awaiting', None]
    assert states(matrix)['s1'] == ['awaiting', 'awaiting']
    assert matrix.summary == '0 of 5 signed'


def test_a_waived_cell_names_who_waived_and_when():
    plain = grouped(())
    given = signoff(9, 'sites.s0', 'waived', 'dora', 'waiver', time=55,
                    waiver=Waiver('awaiting', date(2026, 6, 1)))
    found = replace(
        plain, state=replace(plain.state,
                             signoffs=(*plain.state.signoffs, given)),
        tickets={**plain.tickets, 'sites.s0': replace(
            plain.tickets['sites.s0'], status='closed', resolution='waived')})
    matrix, = matrices(readiness(decide(found, moment(date(2026, 5, 30)))))
    cell, = matrix.rows[0].cells
    assert (cell.state, cell.names, cell.time) == ('waived', 'dora', 55)


def test_a_matrix_has_the_columns_of_its_own_list_alone():
    plain = grouped((0,))
    state = plain.state
    sites, = state.lists
    group, = state.groups
    farms = replace(sites, name='farms')
    more = tuple(replace(r, key=f'more.{r.item}', group='more')
                 for r in state.requirements if r.group)
    both = replace(plain, state=replace(
        state, lists=(sites, farms), requirements=(*state.requirements, *more),
        groups=(group, replace(group, key='more', title='On farms',
                               list='farms'))),
        tickets={**plain.tickets, **{
            r.key: plain.tickets[f'sites.{r.item}'] for r in more}})
    assert {m.list: [c.group.title for c in m.columns]
            for m in matrices(seen(both))} == {
        'sites': ['Validated at each site'], 'farms': ['On farms']}
