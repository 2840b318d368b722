"""`campaign remind`: what cron runs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from trac.core import Component, implements
from trac.ticket.api import ITicketChangeListener

from prodworkflow import store
from prodworkflow.domain.dates import day_of
from prodworkflow.gateways.clock import now
from support.campaigns import CONTACTS, NAME

TODAY = day_of(now())


@pytest.fixture
def soon(create):
    """The first stage of `2011 Prod` is due in two days."""
    create(start=(TODAY + timedelta(30)).isoformat())


DUE = f'''\
{NAME}, to anna:
  Sign-offs that are due soon wait for you.
    #1 Feature Freeze: due in 2 days ({TODAY + timedelta(2)})
    #2 Software quality ok: due in 2 days ({TODAY + timedelta(2)})
    #3 Resources estimate: due in 2 days ({TODAY + timedelta(2)})
{NAME}, to bruno:
  Sign-offs that are due soon wait for you.
    #3 Resources estimate: due in 2 days ({TODAY + timedelta(2)})
'''


def test_it_prints_whom_it_tells_what_and_tells_it_once(
        soon, told_news, admin):
    told_news()
    assert admin('campaign', 'remind') == (0, DUE, '')
    assert [news.person for news in told_news()] == ['anna', 'bruno']
    assert admin('campaign', 'remind') == (0, '', '')
    assert told_news() == []


def test_dry_run_prints_the_same_and_tells_nobody(soon, told_news, admin):
    for _ in range(2):
        assert admin('campaign', 'remind', NAME, '--dry-run') == (
            0, f'{DUE}Nothing was sent or changed.\n', '')
    assert admin('campaign', 'remind', NAME) == (0, DUE, '')


def test_dry_run_says_that_a_site_without_mail_would_tell_nobody(soon, admin):
    code, out, _ = admin('campaign', 'remind', '--dry-run')
    assert code == 0
    assert out.startswith('No mail is sent by this Trac ([notification] '
                          'smtp_enabled), so nobody would be told')
    assert out.endswith(f'{DUE}Nothing was sent or changed.\n')
    assert admin('campaign', 'remind') == (0, '', '')


def test_dry_run_says_that_nothing_is_due(campaign, admin):
    assert admin('campaign', 'remind', '--dry-run') == (
        0, 'Nothing is due.\nNothing was sent or changed.\n', '')


def test_without_a_campaign_nothing_is_printed(admin):
    assert admin('campaign', 'remind') == (0, '', '')


@pytest.fixture
def lapsed(soon, sign, admin, env):
    """`2011 Prod` was launched with a waiver whose day is over."""
    sign(*CONTACTS)
    assert admin('campaign', 'launch', NAME, '--reason=Go.')[0] == 0
    with store.open_campaign(env, 1) as book:
        book.record(now(), 'anna', 'withdrawn', 'physics-results',
                    role='contact', contact='anna', statement='A hole.')
        book.record(now(), 'dora', 'waived', 'physics-results',
                    role='administrator', statement='It is small.', waiver={
                        'reason': 'withdrawn', 'until': '2020-01-01',
                        'bounds': []})


def test_it_says_what_it_did_and_would_do(lapsed, told_news, admin):
    cause = 'the waiver of #7 Physics results ok expired with 2020-01-01'
    code, out, _ = admin('campaign', 'remind', '--dry-run')
    assert code == 0
    assert f'{NAME}: would put the campaign on hold, for {cause}.' in out
    assert f'{NAME}, to coordinator:\n  A waiver has ended' in out
    code, out, _ = admin('campaign', 'remind')
    assert code == 0
    assert f'{NAME}: put the campaign on hold' in out
    assert f'{NAME}: reopened #7 Physics results ok.' in out
    assert f'{NAME}, to coordinator:\n' in out
    assert admin('campaign', 'remind') == (0, '', '')


class Refusing(Component):
    """Another plugin, whose part of the database fails."""

    implements(ITicketChangeListener)

    def ticket_created(self, ticket):
        pass

    def ticket_changed(self, ticket, comment, author, old_values):
        raise self.env.db_exc.OperationalError('the disk is full')

    def ticket_deleted(self, ticket):
        pass


def test_what_fails_in_one_campaign_keeps_nobody_from_the_others(
        lapsed, create, told_news, admin, env, verbs):
    create('2012 Prod', start=(TODAY + timedelta(30)).isoformat())
    before = verbs()
    env.config.set('components', f'{__name__}.*', 'enabled')
    env.config.save()
    env.enable_component(Refusing)
    code, out, err = admin('campaign', 'remind')
    assert code == 2
    assert f'{NAME}: OperationalError: the disk is full' in err
    assert '2012 Prod, to anna:' in out
    assert f'{NAME}, to' not in out
    assert verbs() == before
    env.config.set('components', f'{__name__}.*', 'disabled')
    env.config.save()
    code, out, _ = admin('campaign', 'remind')
    assert code == 0
    assert f'{NAME}: put the campaign on hold' in out
    assert '2012 Prod, to' not in out


def test_quiet_day_is_told_by_the_dry_run(soon, told_news, admin, env):
    env.config.set('prodworkflow', 'quiet_days',
                   'mon, tue, wed, thu, fri, sat, sun')
    env.config.save()
    assert admin('campaign', 'remind') == (0, '', '')
    assert admin('campaign', 'remind', '--dry-run') == (
        0, 'Today nothing is sent, by [prodworkflow] quiet_days.\n'
        'Nothing was sent or changed.\n', '')


def test_options_that_cannot_be_read_are_told_with_their_place(
        soon, told_news, admin, env):
    env.config.set('prodworkflow', 'quiet_days', 'saturdy')
    env.config.save()
    code, out, err = admin('campaign', 'remind')
    assert (code, out) == (0, DUE)
    assert err.startswith('[prodworkflow] quiet_days = saturdy: "saturdy" is '
                          'no day of the week; write mon, tue,')


@pytest.mark.parametrize('args', [
    pytest.param((NAME, 'No such'), id='no campaign'),
    pytest.param(('--dryrun',), id='no option'),
    pytest.param(('--dry-run', 'No such'), id='no campaign to look at')])
def test_what_is_mistyped_is_refused_and_nothing_is_told(
        args, soon, told_news, admin):
    code, out, err = admin('campaign', 'remind', *args)
    assert code == 2
    assert '2011 Prod, to' not in out
    assert 'No such' in err or '--dryrun' in err
    assert admin('campaign', 'remind') == (0, DUE, '')
