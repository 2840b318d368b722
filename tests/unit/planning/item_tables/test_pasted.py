"""Rows pasted from a spreadsheet, as several programs copy them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prodworkflow.domain.logins import join_logins
from prodworkflow.domain.planning.item_tables.pasted import (
    pasted_rows,
    with_pasted,
)
from prodworkflow.domain.planning.item_tables.rows import Row, Table

LOGINS = st.text(st.characters(blacklist_categories=('C', 'Z')), min_size=1,
                 max_size=12) | st.sampled_from(['Doe, Jane', 'Lee; "Al"'])
WORDS = st.text(st.sampled_from('abcXYZ-é 019'), min_size=1,
                max_size=12).map(str.strip).filter(bool)
ROWS = st.lists(st.builds(
    Row, WORDS, st.sampled_from(['', '1', '2.5']),
    st.lists(LOGINS, max_size=3, unique=True).map(join_logins)), max_size=6)


def copied(rows):
    """Rows as a spreadsheet copies them, with the columns headed."""
    def cell(text):
        return ('"{}"'.format(text.replace('"', '""')) if '"' in text
                else text)
    return '\r\n'.join('\t'.join(map(cell, cells)) for cells in [
        ('name', 'weight', 'contacts'),
        *((r.name, r.weight, r.contacts) for r in rows)])


@given(ROWS)
def test_what_a_spreadsheet_copies_is_read_back(rows):
    assert pasted_rows(copied(rows)) == rows


@given(st.text(st.sampled_from('"\t\r\n, ax1'), max_size=40))
def test_any_text_is_read_as_some_rows(text):
    assert all(isinstance(row, Row) for row in pasted_rows(text))


@pytest.mark.parametrize(('text', 'rows'), [
    pytest.param('', [], id='nothing'),
    pytest.param('\n\t\n', [], id='empty cells'),
    pytest.param('RAL\nIN2P3\r\nPIC\r', [Row('RAL'), Row('IN2P3'),
                                         Row('PIC')], id='names alone'),
    pytest.param('RAL\t40\tanna, bruno\tmore', [
        Row('RAL', '40', 'anna, bruno')], id='a column too many'),
    pytest.param('Capacity\tSite\n40\tRAL', [Row('RAL', '40')],
                 id='columns in another order'),
    pytest.param('Tier 1\tWeight\nRAL\t40', [Row('RAL', '40')],
                 id='a name that is headed otherwise'),
    pytest.param('Weight\n40', [Row('', '40')], id='no names'),
    pytest.param('Tier\tPledge\nRAL\t40', [Row('Tier', 'Pledge'),
                                           Row('RAL', '40')],
                 id='heads that are not known are a row'),
    pytest.param('A\t1\t"Doe, Jane"', [Row('A', '1', '"Doe, Jane"')],
                 id='one login, its marks left as they are'),
    pytest.param('A\t1\t"""Doe, Jane"""', [Row('A', '1', '"Doe, Jane"')],
                 id='one login, its marks doubled'),
    pytest.param('A\t1\t"anna, ""Doe, Jane"""', [
        Row('A', '1', 'anna, "Doe, Jane"')], id='several logins'),
    pytest.param('A\t1\t"anna\nbruno,\n"', [Row('A', '1', 'anna, bruno')],
                 id='a login a line in one cell'),
    pytest.param('A\t1\t"a ""b"" c"', [Row('A', '1', '"a ""b"" c"')],
                 id='a login with marks, left as they are'),
    pytest.param('A\t1\t"anna', [Row('A', '1', '"anna')],
                 id='a mark that is never closed'),
])
def test_pasted_texts(text, rows):
    assert pasted_rows(text) == rows


def test_pasted_rows_come_behind_and_replace_those_of_their_name():
    table = Table('sites', (Row('RAL', '1', 'anna', '{"key": "r"}'), Row()))
    found = with_pasted(table, 'PIC\t2\nRAL\t40\nPIC\t\tbruno')
    assert found.rows == (Row('RAL', '40', 'anna', '{"key": "r"}'),
                          Row('PIC', '2', 'bruno'))


@pytest.mark.parametrize(('text', 'rows'), [
    pytest.param('Weight\n40\tmore', [Row('', '40')],
                 id='no names, and a column too many'),
    pytest.param('A\t1\t"Xaver\nMAX"', [Row('A', '1', 'Xaver, MAX')],
                 id='a login a line, with capitals at its ends'),
    pytest.param('A\t1\t"anna,\tbruno"', [Row('A', '1', 'anna, bruno')],
                 id='a tab between logins of one cell'),
])
def test_letters_are_kept_and_what_has_no_column_is_not(text, rows):
    assert pasted_rows(text) == rows
