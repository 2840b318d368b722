"""Words of minutes and of tables: nothing in them is markup or a formula."""

from __future__ import annotations

import pytest

from prodworkflow.domain.views.meeting.spreadsheet import cell
from prodworkflow.domain.views.meeting.wiki_words import unformatted


@pytest.mark.parametrize(('text', 'shown'), [
    ('Fine.', 'Fine.'), ('two\n lines', 'two lines'),
    ('[[Include(x)]]', '![[Include(x)]]'), ('{{{a}}}', '!{{{a!}}}'),
    ('a || b', 'a !|| b'), ("'''loud'''", "!'''loud!'''"),
])
def test_words_of_people_are_no_wiki_markup(text, shown):
    assert unformatted(text) == shown


@pytest.mark.parametrize(('text', 'shown'), [
    ('Fine.', 'Fine.'), ('', ''), ('=1+1', "'=1+1"), ('+1', "'+1"),
    ('-1', "'-1"), ('@x', "'@x"), ('\tx', "'\tx"), ('a=b', 'a=b'),
])
def test_no_cell_of_a_table_is_a_formula(text, shown):
    assert cell(text) == shown
