"""Forecasts: when, by whom decided, and when there is none; pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prodworkflow.domain.forecast.estimate import quantile, response
from prodworkflow.domain.forecast.result import Outlook
from prodworkflow.domain.model.item_list import Group
from support import factories
from support.forecasts import (
    ALL,
    asked,
    campaign,
    DAY,
    days,
    LAST,
    NOW,
    STEADY,
)

SPREAD = {'anna': [DAY, 2 * DAY, 3 * DAY, 4 * DAY, 30 * DAY]}


@pytest.mark.parametrize(('signed', 'made', 'pace', 'expected'), [
    pytest.param((), 0, STEADY, (3, 3), id='a day for each stage'),
    pytest.param(ALL[:3], 0, STEADY, (2, 2), id='one stage done'),
    pytest.param(ALL[:-1], 0, STEADY, (1, 1), id='one left'),
    pytest.param(ALL[:-1], 0, SPREAD, (3, 30), id='median and 90 %'),
    pytest.param(ALL[:-1], 2, SPREAD, (2, 28), id='two days of waiting'),
    pytest.param(ALL[:-1], 10, SPREAD, (20, 20), id='a slow one this time'),
    pytest.param(ALL[:-1], 31, SPREAD, (0, 0), id='slower than ever'),
    pytest.param((), 2, {'anna': [DAY, 2 * DAY, 8 * DAY]}, (10, 22),
                 id='later stages begin when the first has passed'),
])
def test_forecast_adds_what_contacts_usually_take_to_what_was_waited(
        signed, made, pace, expected):
    found = asked(campaign(signed, made), pace)
    assert found.outlook is Outlook.EXPECTED
    assert days(found) == expected


def test_the_sign_off_that_takes_longest_decides():
    requirements = [factories.requirement(k, contacts=(
        'dora' if k == 'release-validated' else 'anna',))
        for k in factories.ASKED]
    found = asked(campaign(requirements=requirements))
    assert days(found) == (11, 11)
    assert found.critical.answer.requirement.key == 'release-validated'
    assert found.words == (
        'Forecast: ready 15 October (median), 15 October (90 %); decided by '
        '#4 Release validated, dora.')


def test_of_equally_slow_sign_offs_the_last_decides_the_forecast():
    assert asked(campaign()).critical.answer.requirement.stage == \
        'pre-production'


@pytest.mark.parametrize(('quorum', 'signed', 'expected'), [
    pytest.param(1, (), (1, 'anna'), id='the fastest'),
    pytest.param(2, (), (2, 'bruno'), id='the second fastest'),
    pytest.param(3, (), (9, 'dora'), id='the slowest'),
    pytest.param(2, ('anna',), (2, 'bruno'), id='one of two has signed'),
    pytest.param(3, ('dora', 'bruno'), (1, 'anna'), id='two of three have'),
])
def test_a_quorum_waits_for_as_many_as_it_needs(quorum, signed, expected):
    snapshot = campaign(ALL[:-1])
    last = replace(snapshot.state.requirements[-1], quorum=quorum,
                   contacts=('dora', 'anna', 'bruno'))
    state = replace(
        snapshot.state, requirements=(*snapshot.state.requirements[:-1],
                                      last),
        signoffs=(*snapshot.state.signoffs, *(
            factories.signoff(n, LAST, signer=who)
            for n, who in enumerate(signed, 20))))
    found = asked(replace(snapshot, state=state))
    assert (days(found)[0], found.critical.contact) == expected


@pytest.mark.parametrize(('contacts', 'pace', 'outlook'), [
    pytest.param(('anna',), {'anna': [DAY] * 2}, 'too-little-known',
                 id='two answers'),
    pytest.param(('anna',), {'anna': [DAY] * 3}, 'expected',
                 id='three answers'),
    pytest.param(('anna', 'bruno'), {'bruno': [DAY] * 3}, 'expected',
                 id='one of those who may'),
    pytest.param(('anna',), {}, 'too-little-known', id='none at all'),
    pytest.param(('@shifters',), {'@shifters': [DAY] * 3}, 'expected',
                 id='a group'),
    pytest.param((), {'': [DAY] * 3}, 'expected', id='administrators'),
    pytest.param((), {}, 'too-little-known', id='unknown administrators'),
])
def test_forecast_needs_three_past_answers_of_a_contact(
        contacts, pace, outlook):
    requirements = [factories.requirement(k, contacts=contacts)
                    for k in factories.ASKED]
    found = asked(campaign(requirements=requirements), pace)
    assert found.outlook.value == outlook
    assert bool(found.median) is (outlook == 'expected')


def test_forecast_with_too_little_history_says_how_many_sign_offs_lack_it():
    assert asked(campaign(ALL[:2]), {}).words == (
        'No forecast: too little is known of how fast 5 of 5 open sign-offs '
        'are given (it takes 3 past ones of a contact).')


def test_contact_group_answers_as_often_as_its_quorum_needs():
    requirements = [factories.requirement(k, contacts=('@shifters',),
                                          quorum=3)
                    for k in factories.ASKED]
    found = asked(campaign(requirements=requirements),
                  {'@shifters': [DAY] * 3})
    assert days(found) == (3, 3)
    assert 'the group shifters' in found.words


@pytest.mark.parametrize(('changes', 'outlook', 'words'), [
    pytest.param({'held_since': 5, 'held_by': 'anna',
                  'held_because': 'Jobs crash.'}, 'on-hold',
                 'No forecast: the campaign is on hold by anna: Jobs crash.',
                 id='on hold'),
    pytest.param({'phase': 'abandoned'}, 'ended',
                 'No forecast: the campaign is abandoned.', id='abandoned'),
    pytest.param({'enforcement': 'lax'}, 'blocked',
                 'No forecast: the record of the campaign is in doubt.',
                 id='in doubt'),
])
def test_forecast_is_withheld_where_no_date_can_be_known(
        changes, outlook, words):
    found = asked(campaign(**changes))
    assert (found.outlook.value, found.words) == (outlook, words)


def test_forecast_is_withheld_while_a_ticket_is_lost_or_an_obstacle_stands():
    lost = campaign()
    tickets = {k: f for k, f in lost.tickets.items() if k != LAST}
    assert 'a sign-off ticket is missing' in asked(
        replace(lost, tickets=tickets)).words
    assert 'something else is in the way' in asked(replace(
        campaign(ALL), others={'software-preparation': (99,)})).words


def test_forecast_of_a_campaign_all_signed_is_ready_now():
    found = asked(campaign(ALL))
    assert (found.outlook, found.words) == (Outlook.READY,
                                            'Forecast: ready now.')


def test_a_stage_has_a_forecast_of_its_own():
    assert days(asked(campaign(), stage='2')) == (2, 2)
    assert asked(campaign(ALL[:3]), stage='1').outlook is Outlook.READY


@pytest.mark.parametrize(('start', 'words', 'late'), [
    pytest.param(date(2024, 10, 7), ', late by up to 27 days;', (0, 27),
                 id='only the 90 %'),
    pytest.param(date(2024, 10, 6), ', late by 1 to 28 days;', (1, 28),
                 id='both'),
    pytest.param(date(2024, 11, 2), ', late by up to 1 day;', (0, 1),
                 id='one day'),
    pytest.param(date(2024, 11, 3), ', in time for the planned start;',
                 (0, 0), id='in time'),
    pytest.param(date(2024, 10, 1), ', late by 6 to 33 days;', (6, 33),
                 id='past already'),
    pytest.param(None, '(90 %); decided', (0, 0), id='no start'),
])
def test_forecast_is_compared_with_the_planned_start(start, words, late):
    found = asked(campaign(ALL[:-1], start=start), SPREAD)
    assert words in found.words
    assert found.late == late
    assert found.as_dict()['days_late'] == {'median': late[0],
                                            'percentile_90': late[1]}


def test_a_production_that_has_started_is_not_late_for_its_start():
    found = asked(campaign(ALL[:-1], start=date(2024, 10, 1), launched=5,
                           phase='launched'), SPREAD)
    assert found.late == (0, 0)
    assert 'late' not in found.words
    assert 'planned start' not in asked(campaign(
        start=date(2024, 10, 1), launched=5, phase='launched'), {}).words


def test_past_start_is_told_without_a_forecast_too():
    found = asked(campaign(start=date(2024, 10, 1)), {})
    assert found.words.endswith('; the planned start was 3 days ago.')


def test_forecast_day_in_another_year_names_the_year():
    found = asked(campaign(ALL[:-1]), {'anna': [100 * DAY] * 3})
    assert '12 January 2025 (median)' in found.words


def test_contact_who_never_took_so_long_is_named_in_the_forecast():
    assert 'anna, who never took so long before' in asked(
        campaign(ALL[:-1], 31), SPREAD).words


def test_forecast_as_plain_data():
    found = asked(campaign(ALL[:-1], start=date(2024, 10, 6)), SPREAD)
    assert found.as_dict() == {
        'state': 'expected', 'words': found.words, 'median': '2024-10-07',
        'percentile_90': '2024-11-03',
        'days_late': {'median': 1, 'percentile_90': 28},
        'decided_by': {'key': LAST, 'ticket': 7, 'contact': 'anna',
                       'title': 'Physics results ok'}}
    assert asked(campaign(), {}).as_dict()['decided_by'] is None


@pytest.mark.parametrize(('values', 'share', 'expected'), [
    pytest.param([3, 1, 2], 0.5, 2, id='odd'),
    pytest.param([1, 2, 4, 8], 0.5, 3, id='even'),
    pytest.param([1, 2, 3], 0.9, 3, id='90 % of three'),
    pytest.param(list(range(1, 11)), 0.9, 9, id='90 % of ten'),
    pytest.param(list(range(1, 21)), 0.9, 18, id='90 % of twenty'),
    pytest.param([5], 0.9, 5, id='one'),
])
def test_quantile_of_past_waits(values, share, expected):
    assert quantile(values, share) == expected


PAST = st.lists(st.integers(0, 100 * DAY), min_size=3, max_size=20)


@given(PAST, st.integers(0, 200 * DAY), st.integers(0, 50 * DAY),
       st.sampled_from([0.5, 0.9]))
def test_response_after_more_waiting_is_never_earlier(
        past, waits, more, share):
    assert response(past, waits + more, share) >= response(past, waits,
                                                           share)
    assert response(past, waits, share) >= waits


@given(st.fixed_dictionaries(
    dict.fromkeys(('anna', 'bruno', 'dora'), PAST)),
       st.integers(0, 150), st.integers(1, 3), st.integers(0, 6))
def test_every_forecast_is_ordered_and_waits_for_its_slowest_sign_off(
        pace, made, quorum, signed):
    def found(quorum, pace=pace, signed=signed):
        requirements = [factories.requirement(
            k, contacts=('anna', 'bruno', 'dora'), quorum=quorum if
            i >= signed else 1) for i, k in enumerate(ALL)]
        return asked(campaign(ALL[:signed], made, requirements), pace)
    one = found(quorum)
    assert one.asked <= one.median <= one.ninety
    assert one.critical.answer.requirement.key in ALL[signed:]
    more = found(min(quorum + 1, 3))
    assert (more.median, more.ninety) >= (one.median, one.ninety)
    slower = found(quorum, {w: [p * 2 for p in past]
                            for w, past in pace.items()})
    assert made or (slower.median >= one.median
                    and slower.ninety >= one.ninety)


# Groups

def sites(rule, met=(), unknown=()):
    """Sites of capacity 50, 40 and 10, which take one, two and nine days."""
    people = dict(zip(('ral', 'cnaf', 'ifca'), ('anna', 'bruno', 'dora')))
    weights = {'ral': '50', 'cnaf': '40', 'ifca': '10'}
    last = factories.requirement('physics-results')
    members = [replace(last, key=f'sites.{s}', group='sites', item=s,
                       weight=weights[s], ticket=10 + n, title=f'At {s}',
                       contacts=(who,))
               for n, (s, who) in enumerate(people.items())]
    snapshot = campaign(tuple(f'sites.{s}' for s in met),
                        requirements=members)
    state = replace(snapshot.state, stages=snapshot.state.stages[2:],
                    groups=(Group('sites', 'pre-production', 'Sites',
                                  'sites', rule),))
    return asked(replace(snapshot, state=state,
                         milestones={'pre-production': 0}),
                 {w: p for w, p in STEADY.items() if w not in unknown})


@pytest.mark.parametrize(('rule', 'met', 'expected'), [
    pytest.param('all', (), (9, 'sites.ifca'), id='all of them'),
    pytest.param('at_least = 2', (), (2, 'sites.cnaf'), id='two of three'),
    pytest.param('at_least = 1', (), (1, 'sites.ral'), id='one'),
    pytest.param('weight >= 0.9', (), (2, 'sites.cnaf'), id='90 % of it'),
    pytest.param('weight >= 0.91', (), (9, 'sites.ifca'), id='91 % of it'),
    pytest.param('at_least = 2', ('ifca',), (1, 'sites.ral'),
                 id='one is there already'),
    pytest.param('weight >= 0.5', ('ifca',), (1, 'sites.ral'),
                 id='the small one is there'),
])
def test_forecast_of_a_group_waits_for_as_many_as_its_coverage_needs(
        rule, met, expected):
    found = sites(rule, met)
    assert (days(found)[0], found.critical.answer.requirement.key) == expected


def test_forecast_of_a_group_leaves_out_members_without_history():
    assert days(sites('at_least = 2', unknown=('dora',))) == (2, 2)
    assert sites('all', unknown=('dora',)).outlook is \
        Outlook.TOO_LITTLE_KNOWN


def test_forecast_of_a_covered_group_is_ready():
    assert sites('at_least = 1', ('ral',)).outlook is Outlook.READY


def test_sign_offs_without_history_are_counted_over_all_stages():
    requirements = [factories.requirement(k, contacts=(
        'zoe' if k == 'physics-results' else 'anna',))
        for k in factories.ASKED]
    assert asked(campaign(requirements=requirements)).because == (
        'too little is known of how fast 1 of 7 open sign-offs are given '
        '(it takes 3 past ones of a contact)')
    assert asked(campaign(ALL[:3], requirements=requirements)).because == (
        'too little is known of how fast 1 of 4 open sign-offs are given '
        '(it takes 3 past ones of a contact)')


def test_coverage_of_a_group_is_expected_with_its_fastest_members():
    """The 90 % are those of whoever is fastest by them."""
    first = factories.requirement('release-validated')
    members = [replace(first, key=f'g.{who}', group='g', item=who,
                       contacts=(who,))
               for who in ('anna', 'bruno', 'dora', 'emil')]
    base = campaign(ALL)
    signed = [r for r in base.state.requirements if r.key != first.key]
    group = Group('g', first.stage, 'Group', 'sites', 'at_least = 2')
    state = replace(base.state, requirements=(*signed, *(
        replace(m, ticket_time=NOW, seen=NOW) for m in members)),
        groups=(group,))
    pace = {'anna': [DAY, DAY, 10 * DAY],
            'bruno': [2 * DAY, 2 * DAY, 4 * DAY],
            'dora': [3 * DAY] * 3, 'emil': [3 * DAY] * 3}
    found = asked(replace(base, state=state, tickets={
        **base.tickets, **{m.key: factories.facts(first.key)
                           for m in members}}), pace)
    assert days(found) == (2, 3)
    assert found.critical.contact == 'bruno'
