"""What an item that joins or drops out does to a campaign; pure."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from prodworkflow.domain.canonical_json import plain
from prodworkflow.domain.ledger.effects import EFFECTS
from prodworkflow.domain.ledger.membership import newcomers_part
from prodworkflow.domain.ledger.payloads import change_of, requirement_of
from prodworkflow.domain.model.campaign import Change
from prodworkflow.domain.model.evidence import EvidenceSpec
from prodworkflow.domain.model.item_list import Group, Item, ItemList
from prodworkflow.domain.model.person import Deputy
from support.factories import entry, KEYS, requirement, signoff, state

CNAF, RAL = Item('cnaf', 'CNAF', '6', ('anna',)), Item('ral', 'RAL')
SITES = ItemList('sites', (CNAF, RAL))
DETECTORS = ItemList('detectors', (Item('cnaf', 'A namesake'),))
GROUPS = (Group('validated', KEYS[1], 'Validated', 'sites'),
          Group('seen', KEYS[2], 'Seen', 'detectors'))
DAY = date(2026, 7, 1)


def member(group, item, ticket=9, **changes):
    return replace(requirement('release-validated'), **{
        'key': f'{group}.{item}', 'ticket': ticket, 'group': group,
        'item': item, **changes})


BASE = [requirement('feature-freeze'), member('validated', 'cnaf'),
        member('validated', 'ral'), requirement('physics-results'),
        member('seen', 'cnaf')]
SAID = (signoff(2), signoff(3, 'validated.cnaf'), signoff(4, 'seen.cnaf'))


def grouped(**changes):
    return replace(state(SAID, BASE), **{
        'lists': (DETECTORS, SITES), 'groups': GROUPS, **changes})


def after(before, verb, number=7, **payload):
    plain_payload = json.loads(json.dumps(payload))
    return EFFECTS[verb](before, replace(entry(verb, **plain_payload),
                                         number=number))


def added(item=None, list_='sites', requirements=None, before=None):
    new = [member('validated', 'new', 20)] if requirements is None \
        else requirements
    return after(before or grouped(), 'item-added', list=list_,
                 item=plain(item or Item('new', 'New', '2', ('@new',))),
                 requirements=plain(new))


def test_joining_item_comes_last_in_its_list_and_group():
    found = added()
    assert found == grouped(
        lists=(DETECTORS, ItemList('sites', (
            CNAF, RAL, Item('new', 'New', '2', ('@new',))))),
        requirements=(*BASE[:3], member('validated', 'new', 20), *BASE[3:]))


def test_joining_item_of_an_empty_group_comes_last_in_the_campaign():
    before = grouped(requirements=(BASE[0], BASE[3]))
    found = added(before=before)
    assert [r.key for r in found.requirements] == [
        'feature-freeze', 'physics-results', 'validated.new']


def test_each_requirement_of_a_joining_item_goes_to_its_own_group():
    found = added(list_='sites', requirements=[
        member('validated', 'new', 20), member('seen', 'new', 21)])
    assert [r.key for r in found.requirements] == [
        'feature-freeze', 'validated.cnaf', 'validated.ral', 'validated.new',
        'physics-results', 'seen.cnaf', 'seen.new']


WRONG = [
    pytest.param({'item': RAL}, 'ral is in sites already', id='twice'),
    pytest.param({'list_': 'farms'}, 'there is no list farms', id='no list'),
    pytest.param({'requirements': [member('nothing', 'new')]},
                 'the requirements of new fit no group', id='no group'),
    pytest.param({'requirements': [member('validated', 'other')]},
                 'the requirements of new fit no group', id='of another'),
    pytest.param({'requirements': [member('validated', 'new'),
                                   member('validated', 'other')]},
                 'the requirements of new fit no group', id='one of another'),
    pytest.param({'requirements': [member('validated', 'new',
                                          key='feature-freeze')]},
                 'there is a requirement feature-freeze', id='a taken key')]


@pytest.mark.parametrize(('given', 'words'), WRONG)
def test_item_that_cannot_join_is_an_error(given, words):
    with pytest.raises(ValueError, match=words) as error:
        added(**given)
    assert str(error.value) == words


def dropped(list_='sites', item='cnaf', before=None):
    return after(before or grouped(), 'item-dropped', list=list_, item=item,
                 reason='It burnt down.')


def test_sign_offs_of_a_dropped_item_count_no_more():
    change = Change('anna', 1000, 'cnaf', 'It burnt down.')
    assert dropped() == grouped(
        lists=(DETECTORS, ItemList('sites', (RAL,))),
        requirements=(BASE[0], *BASE[2:]), signoffs=(SAID[0], SAID[2]),
        dropped=(replace(BASE[1], dropped=change),))


def test_dropped_requirements_are_kept_in_order():
    found = dropped(item='ral', before=dropped())
    assert [r.key for r in found.dropped] == ['validated.cnaf',
                                              'validated.ral']
    assert found.lists == (DETECTORS, ItemList('sites'))


@pytest.mark.parametrize(('given', 'words'), [
    pytest.param({'item': 'new'}, 'new is not in sites', id='nobody'),
    pytest.param({'list_': 'farms'}, 'cnaf is not in farms', id='no list')])
def test_unknown_item_cannot_drop_out(given, words):
    with pytest.raises(ValueError, match=words) as error:
        dropped(**given)
    assert str(error.value) == words


def test_a_requirement_reads_back_whole():
    change = Change('anna', 5, 'was', 'why')
    full = member('validated', 'cnaf', contacts=('anna', '@emc'),
                  deputies=(Deputy('dora', 'anna', DAY, DAY),),
                  inputs=('emc',), carried=('V0',), weight='2',
                  asks=EvidenceSpec(links=('web',)), due=DAY, changed=change,
                  dropped=replace(change, by='eve'))
    assert requirement_of(json.loads(json.dumps(plain(full)))) == full
    assert change_of(None) is None


def test_a_requirement_of_the_first_release_reads_back():
    plain_one = requirement('feature-freeze')
    data = plain(plain_one)
    for word in ('deputies', 'separate_from', 'inputs', 'asks', 'stale',
                 'carried', 'changed', 'group', 'item', 'weight', 'due',
                 'dropped'):
        del data[word]
    assert requirement_of(data) == plain_one


def kept(before=None, item='cnaf', number=7):
    """An item drops out, and what was said of it is kept."""
    return after(before or grouped(), 'item-dropped', number, list='sites',
                 item=item, reason='It burnt down.', keeps=True)


def returned(before, *back, item=CNAF, number=9):
    return after(before, 'item-returned', number, list='sites',
                 item=plain(item), requirements=plain(back), reason='Built.')


def test_what_was_said_of_a_dropped_item_is_kept_with_it():
    found = kept()
    assert [r.past for r in found.dropped] == [(SAID[1],)]
    assert found.lists[1] == ItemList('sites', (RAL,),
                                      (replace(CNAF, left=7),))
    assert found.signoffs == (SAID[0], SAID[2])
    whole = found.dropped[0]
    assert requirement_of(json.loads(json.dumps(plain(whole)))) == whole


def test_an_item_that_comes_back_has_its_past():
    gone = kept()
    found = returned(gone, gone.dropped[0])
    assert found == grouped(
        lists=(DETECTORS, ItemList('sites', (RAL, CNAF))),
        requirements=(BASE[0], BASE[2], BASE[1], *BASE[3:]))


def test_an_item_that_comes_back_may_have_changed():
    gone = kept(kept(), 'ral', 8)
    heavier = replace(CNAF, weight='9', changed=Change('anna', 5, '6', 'x'))
    found = returned(gone, replace(gone.dropped[0], weight='9', stale=8),
                     item=heavier)
    assert found.lists[1] == ItemList('sites', (heavier,),
                                      (replace(RAL, left=8),))
    assert found.requirement('validated.cnaf').weight == '9'
    assert [r.key for r in found.dropped] == ['validated.ral']
    assert SAID[1] in found.signoffs


def test_an_item_that_takes_part_cannot_come_back():
    with pytest.raises(ValueError, match='cnaf is in sites already'):
        returned(grouped(), BASE[1])


def weighed(number='2', before=None, **given):
    return after(before or grouped(), 'weight-changed', **{
        'list': 'sites', 'item': 'cnaf', 'name': 'CNAF', 'weight': number,
        'was': '6', 'reason': 'Disks.', **given})


def test_a_weight_changes_and_the_agreed_one_is_kept():
    before = grouped(requirements=[
        replace(r, weight='6') if r.item == 'cnaf' else r for r in BASE])
    found = weighed('3', weighed('2', before))
    item = replace(CNAF, weight='3',
                   changed=Change('anna', 1000, '6', 'Disks.'))
    assert found.lists == (DETECTORS, ItemList('sites', (item, RAL)))
    assert [(r.key, r.weight) for r in found.requirements if r.item] == [
        ('validated.cnaf', '3'), ('validated.ral', ''), ('seen.cnaf', '6')]
    assert item.agreed == '6'


@pytest.mark.parametrize(('given', 'words'), [
    pytest.param({'item': 'new'}, 'new is not in sites', id='nobody'),
    pytest.param({'list': 'farms'}, 'cnaf is not in farms', id='no list')])
def test_unknown_item_has_no_weight_to_change(given, words):
    with pytest.raises(ValueError, match=words) as error:
        weighed(**given)
    assert str(error.value) == words


@pytest.mark.parametrize(('verb', 'payload'), [
    pytest.param('contacts-changed', {
        'contacts': ['emil'], 'deputies': [], 'quorum': 1, 'was': 'anna',
        'reason': 'New.'}, id='contacts'),
    pytest.param('deputy-named', {
        'person': 'emil', 'stands_for': 'anna', 'first': '2026-07-01',
        'last': '2026-07-02'}, id='deputy'),
    pytest.param('item-added', {
        'list': 'sites', 'item': plain(Item('new', 'New')),
        'requirements': plain([member('validated', 'new', 20)])}, id='item'),
    pytest.param('item-returned', {
        'list': 'sites', 'item': plain(Item('new', 'New')),
        'requirements': plain([member('validated', 'new', 20)])},
        id='item again'),
])
def test_newcomers_are_remembered_each_once(verb, payload):
    before = replace(grouped(), campaign=replace(
        grouped().campaign, newcomers=('dora', 'emil')))
    key = {'contacts-changed': 'feature-freeze'}.get(verb, '')
    told = EFFECTS[verb](before, entry(verb, key, **payload,
                                       newcomers=['emil', 'fred']))
    assert told.campaign.newcomers == ('dora', 'emil', 'fred')
    silent = EFFECTS[verb](before, entry(verb, key, **payload))
    assert silent.campaign.newcomers == ('dora', 'emil')


def test_entries_name_newcomers_where_there_are_some():
    assert newcomers_part(('emil', 'fred')) == {'newcomers': ['emil', 'fred']}
    assert newcomers_part(()) == {}


DORA = Deputy('dora', 'anna', DAY, DAY)


def test_the_deputies_of_one_for_another_end_and_no_others():
    before = replace(grouped(), campaign=replace(grouped().campaign, deputies=(
        DORA, replace(DORA, person='emil'),
        replace(DORA, first=date(2026, 8, 1)),
        replace(DORA, stands_for='bruno'))))
    found = after(before, 'deputy-ended', person='dora', stands_for='anna',
                  reason='She is back.')
    assert found.campaign.deputies == (
        replace(DORA, person='emil'), replace(DORA, stands_for='bruno'))


def test_what_was_not_signed_when_its_item_dropped_out_stays_unsigned():
    before = grouped(requirements=[
        replace(r, unsigned=r.item == 'ral') for r in BASE])
    closes = ['validated.cnaf']
    found = after(before, 'item-dropped', list='sites', item='cnaf',
                  reason='It burnt down.', closes=closes)
    found = after(found, 'item-dropped', list='sites', item='ral',
                  reason='It burnt down.')
    assert [(r.key, r.unsigned) for r in found.dropped] == [
        ('validated.cnaf', True), ('validated.ral', True)]
    plain_one = after(grouped(), 'item-dropped', list='sites', item='cnaf',
                      reason='It burnt down.')
    assert [r.unsigned for r in plain_one.dropped] == [False]
