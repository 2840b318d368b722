"""Rows of item lists: cells as typed, their TOML text, and who touched them.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prodworkflow.domain.model.item_list import Item, ItemList
from prodworkflow.domain.planning.item_tables.rows import (
    fingerprint,
    Row,
    row_of,
    Table,
    tables_of,
    written,
)
from prodworkflow.domain.template.lists import parse_lists, slug

NAMES = st.text(st.sampled_from('abcXYZ-. éß0123456789"\''), min_size=1,
                max_size=20).map(str.strip).filter(slug)
LOGINS = st.text(st.characters(blacklist_categories=('C', 'Z')), min_size=1,
                 max_size=20) | st.sampled_from(['Doe, Jane', 'a "b" c'])
TEXTS = st.lists(st.sampled_from(['one', 'two "2"', 'three']), max_size=2,
                 unique=True).map(tuple)
ITEMS = st.builds(
    lambda name, weight, contacts, plots, links, bounds: Item(
        slug(name), name, weight, contacts, plots, links, bounds),
    NAMES, st.sampled_from(['', '1', '0.5', '40']),
    st.lists(LOGINS, max_size=3, unique=True).map(tuple),
    TEXTS, TEXTS, TEXTS)
LISTS = st.lists(ITEMS, max_size=5, unique_by=lambda i: i.key).map(
    lambda items: (ItemList('sites', tuple(items)),))


@given(LISTS)
def test_lists_shown_as_tables_and_written_again_are_the_same(lists):
    found = written(tables_of(lists))
    assert found.problems == ()
    assert parse_lists(found.text) == lists


def test_a_key_of_its_own_and_own_evidence_are_kept_beside_the_cells():
    item = Item('napoli', 'Università di Napoli', '10',
                plots=('hits',), bounds=('rate <= 2 %',))
    table, = tables_of([ItemList('sites', (item,))])
    assert table.rows[0].own == ('plot hits', 'rate <= 2 %')
    assert parse_lists(written([table]).text)[0].items == (item,)


@pytest.mark.parametrize(('more', 'key'), [
    pytest.param('', 'ral', id='nothing'),
    pytest.param('{', 'ral', id='no JSON'),
    pytest.param('["key"]', 'ral', id='no table'),
    pytest.param('{"key": 3, "plots": "x", "links": [3]}', 'ral',
                 id='no texts'),
    pytest.param('{"key": "No key!"}', 'ral', id='no key'),
    pytest.param('{"key": "own"}', 'own', id='a key'),
])
def test_what_is_kept_beside_the_cells_is_never_trusted(more, key):
    found = written([Table('sites', (Row('RAL', more=more),))])
    assert parse_lists(found.text)[0].items == (Item(key, 'RAL'),)


def test_blank_rows_are_no_items_and_no_touch():
    table = Table('sites', (Row(' '), Row('RAL')))
    assert table.filled == ((1, Row('RAL')),)
    assert len(parse_lists(written([table]).text)[0].items) == 1
    assert fingerprint([table]) == fingerprint([table.with_row()])
    assert fingerprint([table]) != fingerprint([table.without(1)])


def test_a_weight_that_is_none_is_written_for_its_reader_to_refuse():
    found = written([Table('sites', (
        Row('A', 'much'), Row('B', '007'), Row('C', '7'), Row('D', '')))])
    assert [line.strip() for line in found.text.splitlines()[2:-1]] == [
        '{name = "A", weight = "much"},', '{name = "B", weight = "007"},',
        '{name = "C", weight = 7},', '"D",']


def test_contacts_that_cannot_be_read_are_told_where_they_stand():
    found = written([Table('sites', (Row(), Row('A', '', 'x "y'),))])
    (name, row, column, words), = found.problems
    assert (name, row, column) == ('sites', 1, 'contacts')
    assert 'quotation marks' in words
    assert parse_lists(found.text)[0].items == (Item('a', 'A'),)


def test_rows_are_added_dropped_and_given_the_same_contacts():
    table = Table('sites', (Row('A', contacts='anna'), Row()))
    assert table.with_row().rows == (*table.rows, Row())
    assert table.without(0).rows == (Row(),)
    assert table.without(7) == table
    assert table.signed_by('bruno').rows == (Row('A', contacts='bruno'),
                                             Row())


def test_a_row_keeps_as_it_is_written_what_no_cell_shows():
    assert row_of(Item('ral', 'RAL', '1', ('anna',))) == (
        Row('RAL', '1', 'anna'))
    assert row_of(Item('ral', 'RAL', plots=('Größe',))).more == (
        '{"plots": ["Größe"]}')


def test_a_weight_that_is_none_keeps_its_letters():
    found = written([Table('sites', (Row('A', 'groß'),))])
    assert 'weight = "groß"' in found.text


def test_a_fingerprint_is_short():
    assert len(fingerprint([Table('sites')])) == 16
