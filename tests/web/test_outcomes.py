"""What an act recorded is told once, on the page that follows."""

from __future__ import annotations

from trac.perm import PermissionSystem
from trac.web.session import DetachedSession

from prodworkflow.web.notices.outcomes import KEY
from support.campaigns import NAME
from support.http_client import Client, words_of

TOLD = 'Signed off. Not ready: 6 of 7 sign-offs missing'


def signed(site, ticket, user='anna'):
    """A client that has closed the ticket and has seen no page since."""
    client = Client(site, user, follow=False)
    assert client.resolve(ticket).status == 303
    return client


def test_an_outcome_is_told_on_whatever_page_follows_and_once(campaign, site):
    client = signed(site, 1)
    assert TOLD in words_of(client.get('/wiki'))
    for path in ('/wiki', '/ticket/1', '/roadmap'):
        assert 'Signed off.' not in words_of(client.get(path))


def test_outcomes_of_several_acts_are_all_told(campaign, site):
    client = signed(site, 1)
    assert client.act(1, 'reopen', comment='A doubt.').status == 303
    # The page that the form of the second act came from has told the first.
    assert 'Withdrawn. Not ready: 7 of 7' in words_of(client.get('/ticket/1'))


def test_an_outcome_tells_what_holds_when_it_is_looked_at(campaign, site,
                                                          client):
    waiting = signed(site, 1)
    assert client('bruno').resolve(4).status == 200
    assert ('Signed off. Not ready: 5 of 7 sign-offs missing'
            in words_of(waiting.get('/ticket/1')))


def test_an_outcome_is_told_to_nobody_who_may_not_see_campaigns(
        campaign, site, env):
    revoke(env, 'ROADMAP_VIEW', 'CAMPAIGN_VIEW')
    session = DetachedSession(env, 'anna')
    session[KEY] = f'[["{NAME}", "feature-freeze", "approved"]]'
    session.save()
    page = Client(site, 'anna').get('/wiki')
    assert page.status == 200
    assert 'Signed off.' not in words_of(page)
    assert KEY not in DetachedSession(env, 'anna')


def test_an_outcome_of_a_campaign_that_is_gone_harms_no_page(
        campaign, site, system):
    client = signed(site, 1)
    system.lifecycle.remove(NAME, 'coordinator', 'No longer wanted.')
    page = client.get('/wiki')
    assert page.status == 200
    assert 'Signed off.' not in words_of(page)


def test_a_draft_that_a_script_asks_for_takes_no_outcome_away(campaign, site):
    client = signed(site, 1)
    client.post('/ticket/1', {'preview': '1', 'comment': 'Hm.', 'id': '1'},
                {'X-Requested-With': 'XMLHttpRequest'})
    assert TOLD in words_of(client.get('/wiki'))


def revoke(env, *actions):
    permissions = PermissionSystem(env)
    for who, action in permissions.get_all_permissions():
        if action in actions:
            permissions.revoke_permission(who, action)
