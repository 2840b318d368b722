"""Whom a campaign waits for: the most harmful first, each once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from prodworkflow.domain.model.person import Deputy
from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.views.my_signoffs import Waiting
from prodworkflow.domain.views.readiness import readiness
from prodworkflow.domain.views.waits.people import SHOWN, waited_people
from support.factories import (
    ASKED,
    moment,
    requirement,
    signoff,
    snapshot,
    state,
)
from support.groups import grouped

# The second stage was due three days ago, the third is due in five: its turn
# has come where the others are signed.
TODAY = date(2026, 6, 5)
LATE_STAGE = {'software-preparation': date(2026, 6, 1),
              'release-validation': date(2026, 6, 2),
              'pre-production': date(2026, 6, 10)}
BEFORE = list(ASKED)[:5]


def asked(reader='eve', signable=(), signed=(), **contacts):
    """Who is waited for; `contacts` by keys, with `_` for `-`."""
    found = [requirement(k, contacts=contacts.get(k.replace('-', '_'),
                                                  ('anna',)))
             for k in ASKED]
    plain = snapshot(signed)
    whole = replace(plain, state=replace(
        state(plain.state.signoffs, found), stages=tuple(
            replace(s, due=LATE_STAGE[s.key]) for s in plain.state.stages)))
    told = readiness(decide(whole, moment(TODAY)), waiting_keys=Waiting(
        now=tuple(signable)))
    return waited_people(told, reader)


def names(people):
    return [p.name for p in people]


def test_each_person_is_one_block_with_numbers():
    anna, = asked().shown
    assert (len(anna.asked), anna.late) == (5, 5)
    assert all(line.first.late for line in anna.lines)


def test_what_has_not_its_turn_is_told_by_name_and_number():
    people = asked('bea', signable=['physics-results'],
                   physics_results=('anna', 'bea'))
    assert [(p.name, len(p.asked), p.late, p.signable)
            for p in people.unasked] == [
                ('bea', 1, 0, ('physics-results',)), ('anna', 2, 0, ())]
    assert names(people.shown) == ['anna']
    assert people.count == 1


def test_lines_begin_with_what_is_latest():
    anna, = asked().shown
    assert [line.distance for line in anna.lines[:4]] == [
        '4 days late', '4 days late', '4 days late', '3 days late']
    assert anna.lines[0].title == 'Feature Freeze'
    assert anna.lines[0].name(anna.lines[0].first) == ''


def test_people_begin_with_who_is_latest():
    people = asked(feature_freeze=('carl',), release_validated=('bea',),
                   **{k.replace('-', '_'): ('dora',) for k in ASKED
                      if k not in ('feature-freeze', 'release-validated')})
    assert names(people.shown) == ['carl', 'dora', 'bea']


def test_the_reader_and_what_they_may_sign_stand_before_what_is_later():
    mine = asked('bea', release_validated=('bea',))
    assert names(mine.shown) == ['bea', 'anna']
    group = asked('eve', ['release-validated'],
                  release_validated=('@physics',))
    assert names(group.shown) == ['@physics', 'anna']


def test_each_sign_off_says_when_it_is_due_and_what_stands_against_it():
    plain = snapshot()
    no = signoff(2, verdict='rejected', signer='bea', statement='No.')
    told = waited_people(readiness(decide(replace(plain, state=state(
        [no])), moment(TODAY))), 'eve')
    anna, = told.shown
    first, second, *_ = sorted(anna.asked,
                               key=lambda a: a.answer.requirement.ticket)
    assert (first.due, first.days, first.why) == (
        date(2026, 6, 1), -4, 'rejected by bea: “No.”')
    assert (second.due, second.why) == (date(2026, 6, 1), '')


def test_who_is_not_late_is_told_by_name_and_number():
    people = asked(signed=BEFORE, physics_results=('bea',))
    assert names(people.early) == ['anna', 'bea']
    assert people.early[0].lines[0].distance == ''
    assert names(people.shown) == []
    assert people.count == 2


def test_the_reader_stands_first_even_where_nothing_is_late():
    people = asked('bea', signed=BEFORE, physics_results=('bea',))
    assert names(people.shown) == ['bea']
    assert names(people.early) == ['anna']


def test_what_the_reader_may_sign_for_a_group_stands_before_others():
    people = asked('eve', ['physics-results'], BEFORE,
                   physics_results=('@physics',))
    assert names(people.shown) == ['@physics']
    group = people.shown[0]
    assert (group.group, group.written) == (True, 'physics')
    assert group.signable == ('physics-results',)
    assert people.early[0].signable == ()


@pytest.mark.parametrize(('reader', 'first'), [
    ('bea', 'bea'), ('olga', 'olga'), ('carl', '@physics')])
def test_one_block_lets_sign_what_several_may(reader, first):
    deputy = Deputy('olga', 'anna', TODAY, date(2026, 6, 9))
    told = _with(replace(
        requirement('feature-freeze'), deputies=(deputy,),
        contacts=('anna', 'bea', '@physics')), reader=reader)
    assert {p.name: p.signable for p in told.shown if p.signable} == {
        first: ('feature-freeze',)}
    assert names(told.shown)[0] == first


def test_a_deputy_stands_beside_whom_they_stand_for():
    deputy = Deputy('olga', 'anna', TODAY, date(2026, 6, 9))
    told = _with(replace(requirement('feature-freeze'), deputies=(deputy,)))
    anna, olga = told.shown
    assert (anna.deputies, anna.stands_for) == ((deputy,), ())
    assert (olga.deputies, olga.stands_for) == ((), ('anna',))
    assert [a.answer.requirement.key for a in olga.asked] == [
        'feature-freeze']
    assert anna.in_list('Doe, Jane') == '"Doe, Jane"'
    assert anna.written == 'anna'


def test_a_deputy_is_waited_for_beside_all_contacts():
    deputy = Deputy('olga', 'bea', TODAY, date(2026, 6, 9))
    told = _with(replace(
        requirement('feature-freeze'), contacts=('bea', 'carl'),
        deputies=(deputy,)))
    assert {p.name: p.stands_for for p in told.shown} == {
        'bea': (), 'carl': (), 'olga': ('bea',), 'anna': ()}


def test_administrators_are_waited_for_where_nobody_is_named():
    told = _with(replace(requirement('feature-freeze'), contacts=()))
    assert '' in names(told.shown)


def test_what_nobody_may_sign_is_shown_though_it_is_not_late():
    """Anna has signed the sample, which others than her have to validate."""
    found = [replace(requirement(k), separate_from='feature-freeze'
                     if k == 'physics-results' else '') for k in ASKED]
    plain = snapshot(('feature-freeze',))
    told = waited_people(readiness(decide(replace(plain, state=state(
        plain.state.signoffs, found)), moment(date(2026, 5, 1)))), 'eve')
    assert names(told.shown) == ['!']
    assert told.count == 1


def test_nobody_is_waited_for_in_a_campaign_that_is_over():
    plain = snapshot()
    over = replace(plain, state=replace(plain.state, campaign=replace(
        plain.state.campaign, phase='closed')))
    assert waited_people(readiness(decide(over, moment(TODAY))),
                         'anna').count == 0


def test_too_many_harmful_people_are_told_by_name():
    people = asked(feature_freeze=tuple(f'p{n:02}' for n in range(20)))
    assert len(people.shown) == SHOWN
    assert len(people.more) == 20 + 1 - SHOWN


def test_what_is_late_but_not_needed_is_told_by_name():
    """The heaviest site that is open is enough."""
    told = waited_people(readiness(decide(_sites(), moment(TODAY))), 'eve')
    assert names(told.shown) == ['c0']
    assert names(told.unneeded) == ['c1', 'c3']


def test_members_of_a_group_that_are_alike_are_one_line():
    told = waited_people(readiness(decide(
        grouped(()), moment(TODAY))), 'eve')
    lines = told.shown[0].lines
    group = [line for line in lines if line.first.group]
    assert len(group) == 1
    line = group[0]
    assert line.title == 'Validated at each site'
    assert [line.name(a) for a in line.asked][:2] == ['Site 0', 'Site 1']


@pytest.mark.parametrize('due', [None, date(2026, 6, 20)])
def test_what_has_no_day_is_not_late(due):
    whole = snapshot()
    bare = replace(whole, state=replace(whole.state, stages=tuple(
        replace(s, due=due) for s in whole.state.stages)))
    people = waited_people(readiness(decide(bare, moment(TODAY))), 'eve')
    assert names(people.early) == ['anna']
    assert people.early[0].lines[0].distance == ''


def _with(*changed, reader='eve'):
    """Who is waited for with these requirements in place of the others."""
    keys = {r.key for r in changed}
    return waited_people(readiness(decide(replace(
        snapshot(), state=state(requirements=[
            *changed, *(requirement(k) for k in ASKED if k not in keys)])),
        moment(TODAY)), waiting_keys=Waiting(
            now=() if reader == 'eve' else tuple(keys))), reader)


def _sites():
    """Sites of weights 40, 30, 20 and 10: the third is signed."""
    whole = grouped((2,), text='weight >= 0.6')
    return replace(whole, state=replace(whole.state, requirements=tuple(
        replace(r, contacts=(f'c{r.item[1:]}',))
        if r.item in ('s0', 's1', 's3') else r
        for r in whole.state.requirements)))
