"""Items by campaigns: one cell says how an item did in one of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from prodworkflow.domain.model.signoff import Waiver
from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.views.matrices.rounds import RoundCell, rounds
from prodworkflow.domain.views.readiness import readiness
from support.factories import signoff, snapshot
from support.groups import grouped

NOW = 20000 * 86400 * 10**6


def told(found, name='Old'):
    state = found.state
    return readiness(decide(replace(found, state=replace(
        state, campaign=replace(state.campaign, name=name))), NOW))


def without(found, key):
    """The same after an item dropped out."""
    state = found.state
    sites, = state.lists
    gone = sites.item(key)
    return replace(found, state=replace(
        state, lists=(replace(sites, items=tuple(
            i for i in sites.items if i.key != key),
            former=(replace(gone, left=5),)),),
        requirements=tuple(r for r in state.requirements if r.item != key)))


def words(matrix):
    return {row.name: [str(c.words) for c in row.cells]
            for row in matrix.rows}


@pytest.mark.parametrize(('cell', 'said'), [
    pytest.param(RoundCell('A'), 'not asked', id='not asked'),
    pytest.param(RoundCell('A', dropped=True), 'dropped out', id='left'),
    pytest.param(RoundCell('A', 'met', 2, 2), 'all signed', id='all'),
    pytest.param(RoundCell('A', 'waived', 2, 2, 2), 'waived', id='waived'),
    pytest.param(RoundCell('A', 'waived', 2, 2, 1),
                 'all signed, 1 of 2 waived', id='one waived'),
    pytest.param(RoundCell('A', 'awaiting', 1, 2), '1 of 2 signed',
                 id='in part'),
    pytest.param(RoundCell('A', 'rejected', 1, 2),
                 'rejected, 1 of 2 signed', id='rejected'),
])
def test_a_cell_sums_up_an_item(cell, said):
    assert cell.words == said


def test_campaigns_are_columns_and_items_rows_in_the_order_of_the_newest():
    matrix, = rounds([told(without(grouped((0,)), 's1'), 'New'),
                      told(grouped((1,)), 'Old')])
    assert (matrix.list, matrix.campaigns) == ('sites', ('New', 'Old'))
    assert words(matrix) == {
        'Site 0': ['all signed', '0 of 1 signed'],
        'Site 2': ['0 of 1 signed', '0 of 1 signed'],
        'Site 3': ['0 of 1 signed', '0 of 1 signed'],
        'Site 1': ['dropped out', 'all signed']}
    assert {c.campaign for r in matrix.rows for c in r.cells} == {
        'New', 'Old'}


def test_an_item_is_called_as_in_the_newest_campaign():
    plain = grouped(())
    sites, = plain.state.lists
    renamed = replace(plain, state=replace(plain.state, lists=(replace(
        sites, items=(replace(sites.items[0], name='CNAF'),
                      *sites.items[1:])),)))
    matrix, = rounds([told(renamed, 'New'), told(plain)])
    assert matrix.rows[0].name == 'CNAF'


def test_the_worst_state_is_that_of_the_item():
    plain = grouped(())
    state = plain.state
    bad = replace(plain, state=replace(state, signoffs=(
        *state.signoffs, signoff(9, 'sites.s0', 'rejected'))))
    matrix, = rounds([told(bad)])
    assert words(matrix)['Site 0'] == ['rejected, 0 of 1 signed']


def test_a_campaign_without_the_list_is_no_column():
    matrix, = rounds([told(snapshot(), 'Plain'), told(grouped(()))])
    assert matrix.campaigns == ('Old',)
    assert rounds([told(snapshot())]) == ()


def test_the_worst_of_several_sign_offs_is_told_with_how_many_are_met():
    plain = grouped((0,))
    state = plain.state
    other = replace(state.requirement('sites.s0'), key='data.s0',
                    group='data', ticket=9)
    group, = state.groups
    leave = signoff(9, 'sites.s1', 'waived', 'dora', 'administrator',
                    waiver=Waiver('awaiting', date(2100, 1, 1)))
    found = replace(plain, state=replace(
        state, requirements=(*state.requirements, other),
        groups=(group, replace(group, key='data')),
        signoffs=(*state.signoffs, leave, signoff(
            10, 'data.s0', 'rejected'))),
        tickets={**plain.tickets, 'data.s0': plain.tickets['sites.s1'],
                 'sites.s1': plain.tickets['sites.s0']})
    matrix, = rounds([told(found)])
    assert [(r.key, r.cells) for r in matrix.rows[:2]] == [
        ('s0', (RoundCell('Old', 'rejected', 1, 2),)),
        ('s1', (RoundCell('Old', 'waived', 1, 1, 1),))]
