"""Mistakes of a campaign request, at the fields where people see them."""

from __future__ import annotations

import pytest

from prodworkflow.domain.planning.item_tables.rows import Row, Table
from prodworkflow.domain.planning.signers import REMEDY
from prodworkflow.domain.text import Message
from prodworkflow.domain.views.creation.mistakes import (
    by_field,
    in_form,
    named,
    TableFields,
    TICK,
)

NOBODY = Message('%(contact)s of %(key)s is nobody', contact='bruon',
                 key='site')


def fields(*rows, name='sites', open_groups=('site',)):
    return TableFields((Table('countries', (Row('x'),)),
                        Table(name, rows)), {'site': 'sites'},
                       frozenset(open_groups))


@pytest.mark.parametrize(('rows', 'field'), [
    pytest.param([Row(), Row('A', 'much')], 'item-weight:sites:1',
                 id='a weight that is none'),
    pytest.param([Row('A'), Row('', '3')], 'item-name:sites:1',
                 id='no name'),
    pytest.param([Row('A'), Row('a')], 'item-name:sites:1',
                 id='a name that is there already'),
    pytest.param([Row('A', '', 'x "y')], 'item-contacts:sites:0',
                 id='contacts that cannot be read'),
])
def test_a_mistake_in_a_table_stands_at_its_cell(rows, field):
    assert [f for f, _ in fields(*rows).placed([
        ('lists', 'Lists, line 3: the same')] if 'contacts' not in field
        else [])] == [field]


def test_a_mistake_of_no_cell_stands_at_the_lists():
    found = fields(Row('A'), name='No name').placed([('lists', 'told')])
    assert {field for field, _ in found} == {'lists'}
    many = fields(*(Row(f'x{n}') for n in range(2001))).placed([])
    assert [field for field, _ in many] == ['lists']


def test_a_mistake_that_is_no_matter_of_reading_stays_where_it_is():
    assert fields(Row('A')).placed([('lists', 'empty'), ('name', 'none')]) \
        == [('lists', 'empty'), ('name', 'none')]


def test_what_is_told_behind_a_mistake_of_a_cell_is_told_too():
    found = fields(Row(), Row('A', 'much')).placed([
        ('lists', 'Lists, line 3: the same'), ('name', 'none')])
    assert [field for field, _ in found] == ['item-weight:sites:1', 'name']


def test_a_contact_that_is_nobody_is_told_at_each_cell_that_names_it():
    found = fields(Row('A', '', 'anna, bruon'), Row('B', '', 'anna'),
                   Row('C', '', 'bruon')).placed([('contact:site', NOBODY)])
    assert found == [('item-contacts:sites:0', NOBODY),
                     ('item-contacts:sites:2', NOBODY)]


@pytest.mark.parametrize('problem', [
    pytest.param(('contact:site', 'no message'), id='other words'),
    pytest.param(('contact:other', NOBODY), id='another requirement'),
    pytest.param(('site', NOBODY), id='a field of the same name'),
    pytest.param(('contact:site', Message('%(contact)s', contact='dora')),
                 id='nobody in the table'),
])
def test_a_contact_of_no_cell_is_told_at_the_field_of_its_group(problem):
    assert fields(Row('A', '', 'bruon')).placed([problem]) == [problem]
    closed = fields(Row('A', '', 'bruon'), open_groups=())
    assert closed.placed([('contact:site', NOBODY)]) == [
        ('contact:site', NOBODY)]


def test_cells_that_cannot_be_read_name_nobody():
    found = fields(Row('A', '', 'bruon "')).placed([('contact:site', NOBODY)])
    assert [field for field, _ in found] == ['item-contacts:sites:0',
                                             'contact:site']


def test_requirements_are_named_by_their_titles():
    titles = {'site': 'Validated at each site'}
    assert named(NOBODY, titles) == \
        'bruon of “Validated at each site” is nobody'
    assert named(Message('%(key)s', key='site.ral'), titles) == \
        '“Validated at each site”, ral'
    for words in ('key', Message('none'), Message('%(key)s', key='x'),
                  Message('%(key)s %(title)s', key='site', title='T')):
        assert named(words, titles) == words


def test_all_problems_of_a_field_are_told_once():
    assert by_field([('a', 'one'), ('b', 'two'), ('a', 'three'),
                     ('a', 'one')], {}) == {'a': ['one', 'three'],
                                            'b': ['two']}


def test_problems_of_a_field_name_titles():
    assert by_field([('a', NOBODY)], {'site': 'Validated'}) == {
        'a': ['bruon of “Validated” is nobody']}


def test_a_form_names_no_options_of_commands():
    assert in_form('plain') == 'plain'
    assert in_form(NOBODY) == NOBODY
    assert in_form(Message('%(remedy)s', remedy=REMEDY)) == TICK
    assert in_form(Message('%(remedy)s', remedy='x')) == 'x'
    assert in_form(Message('%(words)s --%(field)s=%(example)s', words='No.',
                           field='types', example='x')) == 'No.'
