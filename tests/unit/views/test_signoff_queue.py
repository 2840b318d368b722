"""The queue of one person over all campaigns: order, filters, groups."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from prodworkflow.domain.model.evidence import EvidenceSpec, ValueSpec
from prodworkflow.domain.model.item_list import Group, Item, ItemList
from prodworkflow.domain.model.person import Deputy, Person
from prodworkflow.domain.model.requirement import Objection
from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.views.my_signoffs import keys_for, waiting_keys
from prodworkflow.domain.views.readiness import readiness
from prodworkflow.domain.views.signoff_queue import (
    blocks,
    MANY,
    Queue,
    queue_for,
    QueueRow,
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
FREEZE, QUALITY, RESOURCES, VALIDATED, REMOTE, SPEED, PHYSICS = ASKED
TODAY = date(2026, 5, 30)
LISTS = (ItemList('sites', (Item('cnaf', 'CNAF'), Item('ral', 'RAL'))),)
GROUPS = (Group('validated', KEYS[1], 'Validated on each site', 'sites'),)


def told(name='2011 Prod', day=TODAY, refused=None, given=(), mine=('anna',),
         hidden=frozenset(), person=ANNA, closed=(), **changes):
    """A campaign as anna sees it; she signs all, two of them for sites."""
    asked = [replace(requirement(k, contacts=mine), **changes.get(k, {}))
             for k in ASKED]
    asked[3] = replace(asked[3], group='validated', item='cnaf')
    asked[4] = replace(asked[4], group='validated', item='ral')
    found = state(given, asked, name=name)
    decision = decide(snapshot(
        state=replace(found, lists=LISTS, groups=GROUPS),
        tickets={k: facts(k, 'closed' if k in closed else 'new')
                 for k in ASKED},
        milestones=dict.fromkeys(KEYS, 0)), moment(day))
    refused = refused or {}
    return readiness(
        decision, mine=keys_for(decision, person) - {*refused},
        refused=refused, hidden_tickets=hidden,
        waiting_keys=waiting_keys(decision, person, refused))


def keys(rows):
    return [r.answer.requirement.key for r in rows]


def test_parts_are_those_of_each_campaign_the_first_due_first():
    early = {RESOURCES: {'due': date(2026, 5, 31)}}
    queue = queue_for([told(), told('2012 Prod', **early)], ANNA)
    assert [r.id for r in queue.now] == [
        '2012 Prod/resources-estimate', '2011 Prod/feature-freeze',
        '2011 Prod/software-quality', '2011 Prod/resources-estimate',
        '2012 Prod/feature-freeze', '2012 Prod/software-quality']
    assert keys(queue.early) == [
        VALIDATED, REMOTE, VALIDATED, REMOTE, SPEED, PHYSICS, SPEED, PHYSICS]
    assert (queue.late, queue.later) == ((), ())
    assert queue.due == queue.now
    assert queue.signable == queue.now + queue.early == queue.rows


def test_what_is_asked_again_stands_first_over_all_campaigns():
    given = [signoff(3, PHYSICS), signoff(5, PHYSICS, verdict='withdrawn')]
    queue = queue_for([told('One'), told('Two', given=given)], ANNA)
    assert queue.early[0].id == 'Two/physics-results'
    assert [r.again for r in queue.early[:2]] == [True, False]


def test_late_and_later_are_parts_too():
    queue = queue_for([told(day=date(2026, 6, 2),
                            **{PHYSICS: {'rests_on': (SPEED,)}})], ANNA)
    assert keys(queue.late) == [FREEZE, QUALITY, RESOURCES]
    assert keys(queue.later) == [PHYSICS]
    assert keys(queue.rows) == [FREEZE, QUALITY, RESOURCES, VALIDATED, REMOTE,
                                SPEED, PHYSICS]


def test_what_trac_refuses_is_told_apart():
    queue = queue_for([told(refused={FREEZE: 'anna may not change #1'})],
                      ANNA)
    assert keys(queue.now) == [QUALITY, RESOURCES]
    row, = queue.refused
    assert (row.refusal, row.id) == ('anna may not change #1',
                                     '2011 Prod/feature-freeze')
    assert [r.refusal for r in queue.now] == ['', '']


def test_what_trac_refuses_is_told_of_all_campaigns_but_not_once_signed():
    refused = {FREEZE: 'anna may not change #1'}
    queue = queue_for([told('One', refused=refused),
                       told('Two', refused=refused)], ANNA)
    assert [r.id for r in queue.refused] == ['One/feature-freeze',
                                             'Two/feature-freeze']
    assert queue_for([told(refused=refused, given=[signoff(2)],
                           closed=(FREEZE,))], ANNA).refused == ()


def test_a_row_has_its_stage_and_the_title_of_its_group():
    queue = queue_for([told()], ANNA)
    assert [(r.stage.key, r.group) for r in (queue.now[0], queue.early[0])
            ] == [(KEYS[0], ''), (KEYS[1], 'Validated on each site')]


def test_an_item_of_no_list_is_found_by_its_key(monkeypatch):
    monkeypatch.setitem(globals(), 'LISTS', ())
    row = queue_for([told()], ANNA).early[0]
    assert row.words == {'campaign': ('2011 Prod',), 'site': ('cnaf',)}


def test_what_is_hidden_has_no_row():
    queue = queue_for([told(hidden=frozenset([1]))], ANNA)
    assert keys(queue.now) == [QUALITY, RESOURCES]


@pytest.mark.parametrize(('days', 'words'), [
    pytest.param(3, 'in 3 days', id='some days'),
    pytest.param(1, 'tomorrow', id='tomorrow'),
    pytest.param(0, 'today', id='today'),
    pytest.param(-1, '1 day late', id='yesterday'),
    pytest.param(-2, '2 days late', id='long ago'),
])
def test_distance_of_the_day(days, words):
    queue = queue_for([told(**{FREEZE: {'due': TODAY + timedelta(days)}})],
                      ANNA)
    row = next(r for r in queue.rows if r.answer.requirement.key == FREEZE)
    assert (row.due, row.days) == (TODAY + timedelta(days), days)
    assert row.distance == words


def test_without_a_day_there_is_no_distance():
    row = queue_for([told()], ANNA).now[0]
    assert replace(row, days=None, due=None).distance == 'no day'


def test_the_day_is_that_of_the_stage_where_there_is_no_other():
    assert queue_for([told()], ANNA).now[0].due == date(2026, 6, 1)


@pytest.mark.parametrize(('wanted', 'chosen'), [
    pytest.param({}, 7, id='no filter'),
    pytest.param({'site': ['CNAF']}, 1, id='name'),
    pytest.param({'site': ['ral']}, 1, id='key'),
    pytest.param({'site': ['cNaF']}, 1, id='any case'),
    pytest.param({'site': ['RAL', 'CNAF']}, 2, id='either'),
    pytest.param({'site': ['RAL'], 'campaign': ['2011 Prod']}, 1, id='both'),
    pytest.param({'site': ['RAL'], 'campaign': ['2012']}, 0, id='not both'),
    pytest.param({'subdetector': ['emc']}, 0, id='no such list'),
    pytest.param({'for': ['bruno']}, 0, id='for nobody'),
])
def test_filters(wanted, chosen):
    assert len(queue_for([told()], ANNA).chosen(wanted).rows) == chosen


def test_choices_count_the_rows_of_each_word():
    queue = queue_for([told(), told('2012 Prod')], ANNA)
    assert queue.choices() == {
        'campaign': {'2011 Prod': 7, '2012 Prod': 7},
        'site': {'CNAF': 2, 'RAL': 2}}
    assert Queue().choices() == {'campaign': {}}


def test_a_deputy_sees_for_whom_they_stand_in():
    emil = Person('emil')
    deputies = (Deputy('emil', 'anna', TODAY, TODAY),)
    queue = queue_for([told(person=emil, mine=('emil',), **{
        FREEZE: {'contacts': ('anna',), 'deputies': deputies}})], emil)
    assert [r.stands_for for r in queue.now] == ['anna', '', '']
    assert keys(queue.chosen({'for': ['anna']}).rows) == [FREEZE]


def test_an_objection_is_not_ticked_but_answered_by_itself():
    against = {'objection': Objection('eve', 5, 'It crashes.', 3)}
    queue = queue_for([told(given=[signoff(2)], closed=(FREEZE,),
                            **{FREEZE: against})], ANNA)
    row = next(r for r in queue.now if r.answer.requirement.key == FREEZE)
    assert (row.apart, row.plots) == (True, ())
    assert row not in queue.tickable
    assert len(queue.tickable) == len(queue.signable) - 1


def test_plots_are_not_ticked_values_and_links_are_fields():
    asks = EvidenceSpec((ValueSpec('growth', 'Growth', 'kB'),), ('mass',),
                        ('report',))
    queue = queue_for([told(**{FREEZE: {'asks': asks}, QUALITY: {
        'asks': replace(asks, plots=())}})], ANNA)
    assert [line.name for line in queue.now[0].plots] == ['mass']
    assert [line.name for line in queue.now[0].inputs] == ['growth', 'report']
    assert keys(queue.tickable)[:2] == [QUALITY, RESOURCES]
    assert FREEZE not in keys(queue.tickable)


def test_what_waits_is_said_in_a_phrase():
    queue = queue_for([told()], ANNA)
    assert queue.words == ('3 sign-offs wait for you; 4 more may be signed '
                           'early')
    assert Queue(now=queue.now).words == '3 sign-offs wait for you'
    assert Queue(late=queue.now).words == '3 sign-offs wait for you, 3 late'
    assert Queue().words == 'nothing waits for you'


def rows(count, campaign='A', group='Sites'):
    row = queue_for([told()], ANNA).now[0]
    return tuple(QueueRow(campaign, row.stage, row.answer, group=group)
                 for _ in range(count))


def test_few_rows_are_one_block_without_a_heading():
    few = rows(MANY)
    assert blocks(few) == [('', few)]
    assert blocks(()) == []


def test_many_rows_stand_below_the_names_of_their_groups():
    sites, other = rows(MANY), rows(1, group='')
    more = rows(2, 'B')
    assert blocks((*more[:1], *other, *sites, *more[1:])) == [
        ('B: Sites', more), ('', other), ('A: Sites', sites)]
