"""What an act recorded is told once, in the box on the page that follows."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from trac.perm import PermissionSystem
from trac.web.session import DetachedSession

from prodworkflow.api import EvidenceInput, SignOffRequest, Verdict
from prodworkflow.domain.model.person import Person
from prodworkflow.web.notices.outcomes import KEY
from support.campaigns import ANNA, FULL, NAME
from support.http_client import Client, words_of
from support.written_days import written

TOLD = 'Signed off. Not ready: 6 of 7 sign-offs missing'
OUTCOME = re.compile(
    r'(?s)<div class="pw-outcome pw-outcome-(\w+)" role="status" '
    r'tabindex="-1">(.*?)</div>\s*<p><strong>Sign-off</strong>')


def signed(site, ticket, user='anna'):
    """A client that has closed the ticket and has seen no page since."""
    client = Client(site, user, follow=False)
    assert client.resolve(ticket).status == 303
    return client


def said(client, ticket, verdict, statement='Fine, as far as one sees.',
         **fields):
    """What the box tells after an act in it: its kind, and its words."""
    box = client.get(f'/ticket/{ticket}').text
    revision = re.search(r'name="revision" value="(\d+)"', box)[1]
    key = re.search(r'name="requirement" value="([^"]+)"', box)[1]
    answer = client.post('/campaign/2011%20Prod/sign', {
        'requirement': key, 'verdict': verdict, 'statement': statement,
        'revision': revision, **fields})
    assert answer.status == 200, words_of(answer)
    return told(answer.text)


def told(page):
    """The kind of the one outcome of a page, and its words."""
    box = page[page.index('id="prodworkflow-box"'):]
    assert page.count('role="status"') == 1
    kind, html = OUTCOME.search(box).groups()
    return kind, ' '.join(re.sub('<[^>]*>', '', html).split())


def test_an_outcome_is_told_in_its_box_once(campaign, site):
    client = signed(site, 1)
    for path in ('/wiki', '/roadmap', '/ticket/2'):
        assert 'Signed off.' not in words_of(client.get(path))
    assert TOLD in told(client.get('/ticket/1').text)[1]
    for path in ('/ticket/1', '/wiki'):
        page = client.get(path)
        assert 'Signed off.' not in words_of(page)
        assert 'role="status"' not in page.text
        assert 'id="notice"' not in page.text


def test_the_page_after_an_act_leads_to_the_box(campaign, site):
    client = Client(site, 'anna', follow=False)
    client.get('/about')
    page = client.get('/ticket/1').text
    answer = client.post('/campaign/2011%20Prod/sign', {
        'requirement': 'feature-freeze', 'statement': 'Fine as it is.',
        'revision': re.search(r'name="revision" value="(\d+)"', page)[1]})
    assert answer.headers['Location'].endswith('/ticket/1#prodworkflow-box')
    page = client.get('/ticket/1').text
    assert 'prodworkflow_outcome.js' in page
    assert re.search(r'id="prodworkflow-box">\s*<div class="pw-outcome', page)


def test_an_outcome_tells_what_was_recorded_and_what_it_did(campaign, client):
    kind, words = said(client('anna'), 1, 'approved', 'All merged, I say.')
    assert kind == 'approved'
    assert re.search(r'Signed off\. Not ready: 6 of 7 .*“All merged, I say\.” '
                     r'entry \d+ 1\. Software preparation: 0 → 1 of 3 '
                     'sign-offs Stage 1. Software preparation still waits '
                     'for: #2 Software quality ok awaits anna', words)
    assert ', for V1: “All' in words
    assert words.endswith('your next: #2 → Software quality ok 2011 Prod all '
                          '2 that wait for you')


def test_after_the_last_one_nothing_else_waits(create, client):
    create(contacts={'feature-freeze': ('eve',)})
    words = said(client('eve'), 1, 'approved')[1]
    assert words.endswith('nothing else waits for you')


@pytest.mark.parametrize(('user', 'verdict', 'done', 'effect'), [
    ('anna', 'rejected', 'Rejected.', '1 → 0 of 3 sign-offs'),
    ('anna', 'withdrawn', 'Withdrawn.', '1 → 0 of 3 sign-offs'),
    ('eve', 'objected', 'Objected.', ''),
])
def test_a_no_has_the_same_place_and_a_mark_of_its_own(
        campaign, client, sign, user, verdict, done, effect):
    sign('feature-freeze')
    kind, words = said(client(user), 1, verdict, 'It leaks, as one sees.')
    assert kind == verdict
    assert done in words
    assert effect in words


def test_a_signed_box_keeps_who_signed_when_for_which_release_and_why(
        create, client, system):
    create(quorums={'resources-estimate': '2'})
    system.sign(NAME, 'resources-estimate', 'anna', False, 'Enough disks.')
    page = words_of(client('eve').get('/ticket/3'))
    assert re.search('Signed off by anna, [^:]+, for V1: “Enough disks.”',
                     page)
    system.sign(NAME, 'resources-estimate', 'bruno', False, 'And tapes.')
    page = words_of(client('eve').get('/ticket/3'))
    assert re.search('Signed off by anna, [^:]+, for V1: “Enough disks.” '
                     r'entry \d+ by bruno, [^:]+, for V1: “And tapes.”', page)


def test_a_signed_box_keeps_evidence_with_its_digest(
        full, client, sign_full, system):
    sign_full('memory-leaks')
    said_ = system.queries.decision(FULL).snapshot.state.signoffs[-1]
    page = client('eve').get(f'/ticket/{full["memory-leaks"]}').text
    row = page[page.index('<dt>Signed off</dt>'):]
    row = row[:row.index('</dd>')]
    assert said_.evidence
    for each in said_.evidence:
        assert each.text in row
        assert f'title="SHA-256 {each.digest}">{each.digest[:12]}<' in row


def test_evidence_that_another_one_had_reported_stands_with_the_signature(
        full, client, system):
    ticket, key = full['resources-estimate'], 'resources-estimate'
    asked = system.queries.requirement(FULL, key).asks.values
    assert asked
    given = EvidenceInput({v.name: f'0.1 {v.unit}' for v in asked})
    for verdict, evidence in ((Verdict.REPORTED, given),
                              (Verdict.APPROVED, EvidenceInput())):
        system.record(FULL, key, Person('anna'), SignOffRequest(
            verdict, 'Looked at it.', evidence))
    page = client('eve').get(f'/ticket/{ticket}').text
    row = page[page.index('<dt>Signed off</dt>'):]
    assert 'title="SHA-256 ' in row[:row.index('</dd>')]


@pytest.mark.parametrize('user', ['eve', 'coordinator'])
def test_a_waived_box_keeps_who_waived_it_until_when_and_why(
        full, client, system, user):
    key = 'memory-leaks'
    system.record(FULL, key, ANNA, SignOffRequest(
        Verdict.REPORTED, 'Measured.', EvidenceInput(
            {'memory_growth': '2 kB/event'},
            links={'leak report': 'https://example.org/leaks'})))
    boss = client('coordinator')
    page = boss.get(f'/ticket/{full[key]}').text
    day = (date.today() + timedelta(days=20)).isoformat()
    answer = boss.post(f'/campaign/{FULL}/sign', {
        'requirement': key, 'verdict': 'waived', 'reason': 'out-of-bounds',
        'until': day, 'bound_max:memory_growth': '3 kB/event',
        'statement': 'Small enough for two weeks.',
        'revision': re.search(r'name="revision" value="(\d+)"', page)[1]})
    assert told(answer.text)[0] == 'waived'
    box = words_of(client(user).get(f'/ticket/{full[key]}'))
    assert re.search(f'until {written(day)} by coordinator, [^:]+, for V1: '
                     '“Small enough for two weeks.”', box)


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
    session[KEY] = f'[["{NAME}", "feature-freeze", "approved", 1]]'
    session.save()
    page = Client(site, 'anna').get('/ticket/1')
    assert page.status == 200
    assert 'Signed off.' not in words_of(page)


@pytest.mark.parametrize('kept', [
    'nonsense', '[["2011 Prod", "feature-freeze", "approved"]]', '[1]'])
def test_what_another_version_kept_in_the_session_harms_no_page(
        campaign, site, env, kept):
    session = DetachedSession(env, 'anna')
    session[KEY] = kept
    session.save()
    page = Client(site, 'anna').get('/ticket/1')
    assert page.status == 200
    assert 'role="status"' not in page.text


def test_an_outcome_of_a_campaign_that_is_gone_harms_no_page(
        campaign, site, system):
    client = signed(site, 1)
    system.lifecycle.remove(NAME, 'coordinator', 'No longer wanted.')
    page = client.get('/ticket/1')
    assert page.status == 200
    assert 'Signed off.' not in words_of(page)


def test_a_draft_that_a_script_asks_for_takes_no_outcome_away(campaign, site):
    client = signed(site, 1)
    client.post('/ticket/1', {'preview': '1', 'comment': 'Hm.', 'id': '1'},
                {'X-Requested-With': 'XMLHttpRequest'})
    assert TOLD in words_of(client.get('/ticket/1'))


def revoke(env, *actions):
    permissions = PermissionSystem(env)
    for who, action in permissions.get_all_permissions():
        if action in actions:
            permissions.revoke_permission(who, action)
