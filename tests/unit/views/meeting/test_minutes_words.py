"""Words of minutes and of tables: nothing in them is markup or a formula."""

from __future__ import annotations

import pytest

from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.views.meeting.awaited import awaited_people
from prodworkflow.domain.views.meeting.spreadsheet import cell
from prodworkflow.domain.views.meeting.wiki_words import unformatted
from prodworkflow.domain.views.readiness import readiness
from support.factories import ASKED, requirement, snapshot, state


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


def test_people_are_listed_with_what_they_are_awaited_for():
    asked = [requirement(k, contacts=('anna', 'bruno') if n < 2 else
                         ('anna',)) for n, k in enumerate(ASKED) if n < 3]
    told = readiness(decide(snapshot(state=state(requirements=asked)), 10**6))
    found = awaited_people(told)
    assert [(name, len(some)) for name, some in found.items()] == [
        ('anna', 3), ('bruno', 2)]
