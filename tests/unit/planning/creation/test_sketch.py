"""What can be planned of a request that has mistakes."""

from __future__ import annotations

from datetime import date

from prodworkflow.domain.planning.plan import sketch
from prodworkflow.domain.planning.request import CampaignRequest
from prodworkflow.domain.planning.signers import SiteFacts
from prodworkflow.domain.template.parser import parse

TEMPLATE = parse('''
title = "T"
[lists]
sites = ["RAL", "PIC"]
[[stage]]
key = "one"
title = "One"
due = 5
[[stage.requirement]]
key = "first"
title = "First"
[[stage.requirement]]
key = "site"
title = "At {site}"
for_each = "sites"
links = ["job"]
[[stage.requirement.value]]
name = "rate"
title = "Rate"
unit = "%"
''')
KNOWN = SiteFacts(('anna',), today=date(2026, 6, 20),
                  administrators=frozenset({'anna'}))


def sketched(name='X', **given):
    return sketch(CampaignRequest(name, 't', **given), TEMPLATE, KNOWN)


def fields(found):
    return [field for field, _ in found.problems]


def test_all_but_what_is_wrong_is_planned():
    found = sketched('', start='June', contacts={'first': ('bruon',)})
    assert fields(found) == ['name', 'start', 'contact:first']
    assert [r.key for r in found.plan.state.requirements] == [
        'first', 'site.ral', 'site.pic']
    assert found.plan.state.stages[0].due is None
    assert found.plan.today == date(2026, 6, 20)
    assert found.plan.notices == ()  # of people, while theirs are wrong


def test_lists_that_cannot_be_read_leave_those_of_the_template():
    found = sketched(lists_text='[lists', contacts={
        'first': ('bruon',), 'site.pic': ('bruon',)}, quorums={
        'first': 'x', 'site.ral': 'y'})
    assert fields(found) == ['lists', 'quorum:first', 'contact:first']
    assert len(found.plan.state.requirements) == 3


def test_too_many_items_are_not_planned():
    many = ', '.join(f'"s{n}"' for n in range(2000))
    found = sketched(lists_text=f'lists.sites = [{many}]')
    assert fields(found) == ['lists']
    assert [r.key for r in found.plan.state.requirements] == ['first']
    assert found.plan.state.groups[0].key == 'site'


def test_bounds_that_are_none_are_left_out():
    found = sketched(lists_text='[[lists.sites]]\nname = "A"\n'
                                'bounds = ["rat <= 2 %"]')
    assert fields(found) == ['lists']
    assert found.plan.state.lists[0].items[0].bounds == ()


def test_a_valid_request_has_no_problems_and_a_quorum_out_of_reach_has():
    assert sketched().problems == ()
    assert fields(sketched(quorums={'first': '3'})) == ['contact:first']
