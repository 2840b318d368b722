"""Reminders: what is due is told once, and what time asks for is done."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta, timezone

import pytest
from trac.perm import PermissionSystem

from prodworkflow import store
from prodworkflow.api import (
    CampaignRequest,
    KnownIssueRequest,
    NoSuchCampaign,
    SignOffRequest,
    Verdict,
)
from prodworkflow.domain.dates import day_of
from prodworkflow.domain.model.person import Person
from prodworkflow.gateways.clock import now
from prodworkflow.services.campaigns.changes import CampaignChanges
from support.campaigns import ADMIN, CONTACTS, NAME

START = date(2031, 3, 3)  # a Monday
FIRST, SECOND, THIRD = (START - timedelta(n) for n in (28, 14, 3))
AT_FIRST = {
    'anna': {'reminders': ['feature-freeze', 'software-quality',
                           'resources-estimate']},
    'bruno': {'reminders': ['resources-estimate']}}


def noon(day):
    """The moment of a day's noon in µs UTC."""
    return int(datetime.combine(day, time(12), timezone.utc).timestamp()
               ) * 10**6


@pytest.fixture
def planned(create, told):
    """`2011 Prod` is planned; its creation was told."""
    create(start=START.isoformat())
    told()


@pytest.fixture
def remind(system, told, told_news):
    """Reminds on a day: who is told which sign-offs, by kind."""
    def run(day, *names):
        told_news()
        list(system.reminders.run(names, noon(day)))
        return told()
    return run


@pytest.fixture
def option(env):
    def put(name, value):
        env.config.set('prodworkflow', name, value)
    return put


def before(day, days):
    return day - timedelta(days)


def test_nothing_is_told_before_the_first_level(planned, remind):
    assert remind(before(FIRST, 8)) == {}


@pytest.mark.parametrize('days', [7, 2, 0, -3])
def test_what_is_due_is_told_once_and_in_one_news_a_person(
        days, planned, remind):
    """A missed day is caught up, the latest level only, on any day."""
    assert remind(before(FIRST, days)) == AT_FIRST
    assert remind(before(FIRST, days)) == {}
    if days != 7:
        assert remind(before(FIRST, days - 1)) == {}


def test_each_level_is_told_on_its_day(planned, remind, sign):
    sign('feature-freeze', 'software-quality')
    told = [n for n in range(10, -7, -1) if remind(before(FIRST, n))]
    assert told == [7, 2, 0, -3]


def test_who_has_signed_is_reminded_no_more(planned, remind, sign):
    sign('feature-freeze', 'software-quality')
    assert remind(before(FIRST, 7)) == {
        'anna': {'reminders': ['resources-estimate']},
        'bruno': {'reminders': ['resources-estimate']}}
    sign('resources-estimate')
    assert remind(before(FIRST, 2)) == {}


def test_words_tell_how_far_the_day_is_and_that_it_is_over(
        planned, system, told):
    def lines(days):
        report, = system.reminders.run((), noon(before(FIRST, days)))
        return {(s.head, line.words) for news in report.news
                for s in news.sections for line in s.lines}
    soon = 'Sign-offs that are due soon wait for you.'
    assert lines(6) == {(soon, 'due in 6 days')}
    assert lines(1) == {(soon, 'due tomorrow')}
    assert lines(0) == {(soon, 'due today')}
    assert lines(-3) == {('Sign-offs that are overdue wait for you.',
                          '3 days late')}


def test_what_cannot_be_signed_yet_is_not_reminded(create, remind):
    """Its release is not set, and so only what needs none is reminded."""
    create(start=START.isoformat(), release='')
    assert remind(before(SECOND, 1)) == AT_FIRST


def test_in_strict_only_whose_turn_it_is_is_reminded(create, remind):
    create(start=START.isoformat(), enforcement='strict')
    assert remind(before(SECOND, 1)) == AT_FIRST


def test_otherwise_also_who_may_sign_before_their_turn(planned, remind):
    assert remind(before(SECOND, -3))['bruno'] == {'reminders': [
        'resources-estimate', 'release-validated', 'remote-sites-validated']}


def test_deputy_is_reminded_in_the_place_of_who_is_away(
        planned, remind, system, env):
    first = before(FIRST, 8)
    with store.open_campaign(env, 1) as book:
        book.record(now(), 'coordinator', 'deputy-named', person='eve',
                    stands_for='anna', first=first.isoformat(),
                    last=before(FIRST, 3).isoformat(), reason='Leave.')
    assert remind(before(FIRST, 7))['eve'] == AT_FIRST['anna']
    assert remind(before(FIRST, 3)) == {}
    assert remind(before(FIRST, 2))['anna'] == AT_FIRST['anna']


def test_administrators_are_reminded_of_what_has_no_contacts(
        create, remind):
    create(contacts={**CONTACTS, 'software-quality': ()},
           start=START.isoformat())
    assert remind(before(FIRST, 7)) == {
        'anna': {'reminders': ['feature-freeze', 'resources-estimate']},
        'bruno': {'reminders': ['resources-estimate']},
        'coordinator': {'reminders': ['software-quality']}}


def test_members_of_a_group_are_reminded_but_for_who_has_signed(
        create, remind, system, env):
    for person in ('bruno', 'eve'):
        PermissionSystem(env).grant_permission(person, 'physics')
    create(contacts={**CONTACTS, 'software-quality': ('@physics',)},
           quorums={'software-quality': '2'}, start=START.isoformat())
    told = remind(before(FIRST, 7))
    assert told['eve'] == {'reminders': ['software-quality']}
    assert 'software-quality' in told['bruno']['reminders']
    system.record(NAME, 'software-quality',
                  Person('bruno', frozenset({'physics'})),
                  SignOffRequest(Verdict.APPROVED, 'Fine.'))
    assert remind(before(FIRST, 2)) == {
        'anna': {'reminders': ['feature-freeze', 'resources-estimate']},
        'bruno': {'reminders': ['resources-estimate']},
        'eve': {'reminders': ['software-quality']}}


def test_moved_day_begins_anew(planned, remind, system):
    assert remind(before(FIRST, 2)) == AT_FIRST
    later = START + timedelta(14)
    system.change(NAME, ADMIN, CampaignChanges(
        start=later.isoformat(), reason='Not ready.'))
    assert remind(before(FIRST, 1)) == {}
    assert remind(FIRST + timedelta(7)) == AT_FIRST


def test_week_end_repeats_nothing_and_its_level_is_told_on_monday(
        planned, remind, option):
    option('quiet_days', 'Sat, sun')
    saturday, monday = before(FIRST, 2), FIRST
    assert (saturday.weekday(), monday.weekday()) == (5, 0)
    assert remind(before(FIRST, 3)) == AT_FIRST
    assert remind(saturday) == remind(before(FIRST, 1)) == {}
    assert remind(monday) == AT_FIRST


@pytest.mark.parametrize(('word', 'days'), [
    pytest.param('remind = []', [], id='never'),
    pytest.param('remind = [3, -1]', [3, -1], id='on two days')])
def test_template_says_when(word, days, system, remind):
    source = system.templates.find('path-to-production').source
    text = f'{word}\n{source}'
    system.create(CampaignRequest(
        NAME, 'mine', 'V1', START.isoformat(), contacts=CONTACTS,
        template_text=text), 'coordinator')
    assert [n for n in range(10, -7, -1)
            if remind(before(FIRST, n))] == days
    like = system.queries.likeness(NAME).wish
    assert system.queries.plan(replace(
        like, name='2012 Prod')).state.campaign.remind == tuple(days)


def test_administrators_hear_once_of_what_is_long_overdue(planned, remind):
    assert 'coordinator' not in remind(FIRST + timedelta(13))
    assert remind(FIRST + timedelta(14))['coordinator'] == {
        'reminders': ['feature-freeze', 'software-quality',
                      'resources-estimate']}
    assert 'coordinator' not in remind(FIRST + timedelta(15))
    assert remind(SECOND + timedelta(14))['coordinator'] == {
        'reminders': ['release-validated', 'remote-sites-validated']}


@pytest.mark.parametrize(('value', 'days'), [
    ('3', 3), ('soon', 14), ('367', 14), ('0', None)])
def test_option_says_when_administrators_hear(value, days, planned, remind,
                                              option):
    option('escalate_days', value)
    heard = [n for n in range(1, 17)
             if 'coordinator' in remind(FIRST + timedelta(n))]
    assert heard[:1] == [days] if days else not heard


def test_ended_campaign_reminds_of_nothing(planned, remind, admin):
    admin('campaign', 'abandon', NAME, '--reason=No money.')
    assert remind(FIRST) == {}
    assert remind(FIRST, NAME) == {}


def test_only_the_named_campaigns_remind(planned, create, remind, told):
    create('2012 Prod', start=START.isoformat())
    told()
    assert remind(before(FIRST, 7), '2012 Prod') == AT_FIRST
    assert remind(before(FIRST, 7)) == AT_FIRST


def test_unknown_name_does_nothing_to_the_others(planned, system, told):
    with pytest.raises(NoSuchCampaign):
        list(system.reminders.run([NAME, 'No such'], noon(FIRST)))
    assert told() == {}


def test_a_look_changes_nothing(planned, remind, system, env, told):
    def rows():
        return env.db_query('SELECT revision FROM prodworkflow_campaign')
    was = rows()
    looks = [list(system.reminders.preview((), noon(FIRST)))
             for _ in range(2)]
    assert looks[0] == looks[1]
    assert [news.person for news in looks[0][0].news] == ['anna', 'bruno']
    assert (told(), rows()) == ({}, was)
    assert remind(FIRST) == AT_FIRST


def test_run_with_nothing_due_changes_nothing(planned, remind, env):
    was = env.db_query('SELECT revision FROM prodworkflow_campaign')
    remind(before(FIRST, 8))
    assert env.db_query('SELECT revision FROM prodworkflow_campaign') == was


def test_nothing_is_kept_as_told_where_nobody_hears_it(create, system, env):
    create(start=START.isoformat())
    assert list(system.reminders.run((), noon(FIRST))) == []
    assert env.db_query('SELECT * FROM prodworkflow_told') == []


def test_campaign_in_doubt_reminds_of_nothing_and_says_why(
        planned, system, env, told):
    env.db_transaction("UPDATE prodworkflow_requirement SET quorum=2")
    report, = system.reminders.run((), noon(FIRST))
    assert [report] == list(system.reminders.preview((), noon(FIRST)))
    assert report.news == ()
    assert 'does not agree with its ledger' in report.doubts[0]
    assert told() == {}


def test_what_was_told_goes_with_the_campaign(planned, remind, system, env):
    remind(FIRST)
    assert env.db_query('SELECT person, level FROM prodworkflow_told '
                        'ORDER BY person')[0] == ('anna', 0)
    system.lifecycle.remove(NAME, 'coordinator', 'No money.')
    assert env.db_query('SELECT * FROM prodworkflow_told') == []


@pytest.fixture
def waived(create, sign, system, env):
    """`2011 Prod` was launched with a waiver that lasts to a day."""
    create(start=START.isoformat())
    sign(*CONTACTS)

    def until(day):
        system.lifecycle.launch(NAME, ADMIN, 'Go.')
        with store.open_campaign(env, 1) as book:
            book.record(now(), 'anna', 'withdrawn', 'physics-results',
                        role='contact', contact='anna', statement='A hole.')
            book.record(now(), 'dora', 'waived', 'physics-results',
                        role='administrator', statement='It is small.',
                        waiver={'reason': 'withdrawn', 'bounds': [],
                                'until': day.isoformat()})
    return until


def test_waiver_is_told_three_days_before_it_ends_and_when_it_has(
        waived, remind):
    """To its contacts and who may waive."""
    waived(START)
    of_waiver = {p: {'waivers': ['physics-results']}
                 for p in ('anna', 'coordinator')}
    found = {n: remind(before(START, n)) for n in range(6, -5, -1)}
    assert {n: news for n, news in found.items() if news} == {
        3: of_waiver, -1: of_waiver}


def test_waiver_that_ended_on_missed_days_is_told_once(waived, remind):
    waived(START)
    assert set(remind(START + timedelta(30))) == {'anna', 'coordinator'}
    assert remind(START + timedelta(31)) == {}


def of_today(day):
    return day_of(now()) + timedelta(day)


@pytest.fixture
def of_moment(system, told, told_news):
    """Reminds now: what was done, and who is told, by kind."""
    def run():
        told_news()
        reports = list(system.reminders.run())
        return [w for r in reports for w in r.carried_out], told()
    return run


REASON = ('the waiver of #7 Physics results ok expired with {} (entry {} of '
          'its ledger)')


def test_end_of_a_waiver_holds_a_launched_campaign_with_this_cause(
        waived, of_moment, system, ticket):
    yesterday = of_today(-1)
    waived(yesterday)
    done, told = of_moment()
    state = system.queries.decision(NAME).snapshot.state
    entry = next(e for e in system.queries.ledger(NAME)
                 if e.verb == 'waived')
    assert state.campaign.held_because == REASON.format(yesterday,
                                                        entry.number)
    held = next(e for e in system.queries.ledger(NAME) if e.verb == 'held')
    assert held.payload['cause'] == entry.number
    assert 'reopened #7 Physics results ok' in done
    assert ticket(7)['status'] != 'closed'
    assert told['anna']['waivers'] == ['physics-results']
    assert {p for p, kinds in told.items() if 'running' in kinds} == {
        'anna', 'bruno', 'coordinator'}
    assert of_moment() == ([], {})
    assert system.check(NAME, False, 'root') == []


def test_end_of_a_waiver_reopens_what_it_let_pass_before_the_launch(
        campaign, sign, system, of_moment, env, stored, admin, told):
    sign(*CONTACTS)
    with store.open_campaign(env, 1) as book:
        book.record(now(), 'bruno', 'withdrawn', 'release-validated',
                    role='contact', contact='bruno', statement='A hole.')
        book.record(now(), 'dora', 'waived', 'release-validated',
                    role='administrator', statement='It is small.',
                    waiver={'reason': 'withdrawn', 'bounds': [],
                            'until': '2020-01-01'})
    done, told = of_moment()
    assert done == ['reopened #4 Release validated']
    assert set(told) == {'bruno', 'coordinator'}


def test_end_of_a_toleration_holds_a_launched_campaign(
        campaign, sign, system, blocker, of_moment, env):
    sign(*CONTACTS)
    number = blocker()
    system.lifecycle.tolerate(NAME, ADMIN, KnownIssueRequest(
        f'#{number}', 'Cosmetic.', of_today(0).isoformat()))
    system.lifecycle.launch(NAME, ADMIN, 'Go.')
    assert of_moment() == ([], {})
    with store.open_campaign(env, 1) as book:
        book.record(now(), 'coordinator', 'tolerated', ticket=number,
                    stage='pre-production', reason='Cosmetic.',
                    until='2020-01-01')
    done, told = of_moment()
    assert len(done) == 1
    assert f'the toleration of #{number} ended with 2020-01-01' in \
        system.queries.decision(NAME).snapshot.state.campaign.held_because
    assert {p: list(kinds) for p, kinds in told.items()} == {
        person: ['running'] for person in ('anna', 'bruno', 'coordinator')}


def test_quiet_day_does_and_sends_nothing_and_the_hold_is_told_later(
        waived, of_moment, option, system):
    option('quiet_days', 'mon, tue, wed, thu, fri, sat, sun')
    waived(of_today(-1))
    done, told = of_moment()
    assert 'reopened #7 Physics results ok' in done
    assert told == {}
    assert system.queries.decision(NAME).snapshot.state.campaign.held_since
    assert of_moment() == ([], {})
    option('quiet_days', '')
    done, told = of_moment()
    assert done == []
    assert {p: sorted(kinds) for p, kinds in told.items()} == {
        'anna': ['running', 'waivers'], 'bruno': ['running'],
        'coordinator': ['running', 'waivers']}
    assert of_moment() == ([], {})


def test_a_look_at_what_would_be_done_does_nothing(waived, system):
    waived(of_today(-1))
    report, = system.reminders.preview()
    assert [words.partition(',')[0] for words in report.carried_out] == [
        'would reopen #7 Physics results ok',
        'would reopen stage 3. pre-production',
        'would put the campaign on hold']
    assert not system.queries.decision(
        NAME).snapshot.state.campaign.held_since
    assert system.queries.ledger(NAME)[-1].verb == 'waived'


def test_launched_campaign_on_hold_reminds_of_nothing_but_waivers(
        waived, of_moment, remind):
    waived(of_today(-1))
    of_moment()
    assert remind(START + timedelta(60)) == {}
