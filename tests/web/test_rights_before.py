"""Before a campaign is made: whom Trac refuses what they are named for."""

from __future__ import annotations

import pytest

from support.campaigns import NAME
from support.http_client import words_of
from support.policies import refuse_by_permission, WAYS

PANEL = '/admin/production/campaigns'
KEY = 'resources-estimate'
TICKET = 3  # the number that the ticket of KEY will get
GENERAL = ('Named to sign, but refused by Trac: anna may not change tickets '
           'in Trac.')


@pytest.fixture
def fill_in(client):
    """Sends the form of a campaign with these contacts of one sign-off."""
    def send(contacts, button='create'):
        page = client('coordinator')
        page.get(PANEL)
        return page.post(PANEL, {
            'template': 'path-to-production', 'name': NAME,
            'fields_of': 'path-to-production', f'contact:{KEY}': contacts,
            button: 'x'})
    return send


def test_preview_and_dry_run_tell_who_may_change_no_ticket(env, fill_in,
                                                           admin):
    refuse_by_permission(env, 'anna', TICKET)
    assert GENERAL in words_of(fill_in('anna, bruno', 'preview'))
    assert GENERAL in admin('campaign', 'create', NAME, '--dry-run',
                            f'--contact={KEY}:anna,bruno')[1]
    assert env.db_query('SELECT COUNT(*) FROM ticket') == [(0,)]


@pytest.mark.parametrize('way', ['authz file', 'no comments', 'no fields',
                                 'a policy that fails'])
def test_who_may_not_change_the_very_ticket_is_told_once_it_is_there(
        way, env, fill_in):
    refuse, words = WAYS[way]
    refuse(env, 'anna', TICKET)
    page = fill_in('anna, bruno')
    assert page.status == 200
    assert (f'named to sign, but refused by Trac: anna {words} #{TICKET} in '
            'Trac') in words_of(page)


def test_command_tells_the_same(env, admin):
    WAYS['no fields'][0](env, 'anna', TICKET)
    code, out, _err = admin('campaign', 'create', NAME,
                            f'--contact={KEY}:anna,bruno')
    assert code == 0
    assert out.splitlines()[-1] == (
        'named to sign, but refused by Trac: anna may not change '
        f'#{TICKET} in Trac')


@pytest.mark.parametrize('way', ['authz file', 'no comments', 'no fields',
                                 'a policy that fails'])
def test_nothing_is_made_that_nobody_could_sign(way, env, fill_in):
    refuse, words = WAYS[way]
    refuse(env, 'anna', TICKET)
    page = fill_in('anna')
    assert page.status == 400
    assert (f'The quorum of {KEY} (Resources estimate) is 1, but nobody can '
            f'sign it (anna {words} #{TICKET} in Trac); name more contacts '
            'or lower the quorum.') in words_of(page)
    assert f'name="contact:{KEY}"' in page.text
    assert 'value="anna"' in page.text
    assert env.db_query('SELECT COUNT(*) FROM ticket') == [(0,)]
    assert env.db_query('SELECT COUNT(*) FROM prodworkflow_campaign') == [
        (0,)]


def test_policies_are_asked_of_tickets_in_general_before(env, fill_in):
    """A policy of single tickets has nothing to say of tickets to come."""
    WAYS['no fields'][0](env, 'anna', TICKET)
    page = fill_in('anna, bruno', 'preview')
    assert page.status == 200
    assert 'refused by Trac' not in words_of(page)
