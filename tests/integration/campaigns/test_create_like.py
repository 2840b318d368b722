"""A new campaign like an earlier one: what it takes over, and by what door."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from urllib.parse import quote

import pytest

from prodworkflow.api import (
    CampaignRequest,
    InvalidRequest,
    SignOffRequest,
    Verdict,
)
from prodworkflow.domain.model.person import Person
from prodworkflow.domain.rules.waivers.requests import WaiverRequest
from prodworkflow.services.campaigns.changes import CampaignChanges
from prodworkflow.services.campaigns.signers import SignerChanges
from support.campaigns import CONTACTS, FULL, NAME
from support.permissions import hide
from support.signoffs import TOMORROW

ADMIN = Person('coordinator', grants=frozenset(
    {'CAMPAIGN_ADMIN', 'CAMPAIGN_WAIVE', 'CAMPAIGN_LAUNCH',
     'CAMPAIGN_HOLD'}))
PANEL = '/admin/production/campaigns'
NEW = 'Next'


@pytest.fixture
def state(system):
    """The present state of a campaign."""
    return lambda name=NEW: system.queries.decision(name).snapshot.state


@pytest.fixture
def waived_campaign(full, system):
    """The full campaign, with a rejection and a waiver of its leaks."""
    system.record(FULL, 'memory-leaks', Person('anna'),
                  SignOffRequest(Verdict.REJECTED, 'It leaks.'))
    system.record(FULL, 'memory-leaks', ADMIN, SignOffRequest(
        Verdict.WAIVED, 'Known since 2009.', leave=WaiverRequest(
            'out-of-bounds', TOMORROW,
            {'memory_growth': ('', '5 kB/event')})))
    return full


def like(admin, old=NAME, *more):
    return admin('campaign', 'create', NEW, f'--like={old}', *more)


LISTED = '''
title = "At each site"
[lists]
sites = [{name = "RAL", weight = 50}, {name = "CNAF", weight = 40}, "IFCA"]
[[stage]]
key = "sites"
title = "Sites"
due = 5
[[stage.requirement]]
key = "installed"
title = "Installed at {site}"
for_each = "sites"
[[stage.requirement]]
key = "validated"
title = "Validated at {site}"
for_each = "sites"
coverage = "at_least = 2"
'''


@pytest.fixture
def listed_campaign(system):
    """A campaign of two groups; RAL has contacts of its own since."""
    system.create(CampaignRequest(NAME, 'mine', template_text=LISTED,
                                  contacts={
        'installed': ('anna',), 'validated': ('anna',)}), 'coordinator')
    system.change(NAME, ADMIN, CampaignChanges('moved', staff=(
        ('installed.ral', SignerChanges(('bruno',))),
        ('validated.ral', SignerChanges(('bruno',))),
        ('validated.cnaf', SignerChanges(('bruno', 'anna'), quorum='2')))))


def signers(state):
    return {r.key: (r.contacts, r.quorum) for r in state.requirements}


def test_cloned_lists_have_the_latest_signers_of_their_items(
        listed_campaign, system, admin, state):
    wish = system.queries.likeness(NAME).wish
    assert 'name = "RAL", weight = 50, contacts = ["bruno"]' in \
        wish.lists_text
    assert wish.contacts == {
        'installed.cnaf': ('anna',), 'validated.cnaf': ('bruno', 'anna')}
    assert wish.quorums == {'validated.cnaf': '2'}
    assert like(admin)[0] == 0
    assert signers(state()) == signers(state(NAME))
    assert state().groups == tuple(
        replace(g, title=g.title) for g in state(NAME).groups)


def test_cloned_lists_lack_dropped_items_and_have_joined_ones(
        listed_campaign, admin, state, system):
    assert admin('campaign', 'change', NAME, '--drop-item=sites:ifca',
                 '--add-item=sites:PIC=20', '--reason=flooded')[0] == 0
    assert like(admin)[0] == 0
    assert signers(state()) == signers(state(NAME))
    assert [i.key for i in state().lists[0].items] == ['ral', 'cnaf', 'pic']


def test_creation_form_clones_lists_as_the_command_does(listed_campaign,
                                                        client, state):
    page = client('coordinator').get(f'{PANEL}?like={quote(NAME)}').text
    fields = fields_of(page)
    fields['lists'] = html.unescape(re.search(
        r'(?s)<textarea name="lists".*?>\n(.*?)</textarea>', page)[1])
    assert fields['contact:validated.cnaf'] == 'bruno, anna'
    answer = client('coordinator').post(PANEL, {
        **fields, 'name': NEW, 'create': 'Create'})
    assert answer.status == 200
    assert signers(state()) == signers(state(NAME))
    assert [i.weight for i in state().lists[0].items] == ['50', '40', '']


def test_a_campaign_with_a_start_of_its_own_moves_each_site_s_date(
        system, admin, state):
    system.create(CampaignRequest(NAME, 'mine', start='2031-06-01',
                                  template_text=LISTED.replace(
                           'coverage =', 'due = 8\ncoverage =')),
                  'coordinator')
    assert admin('campaign', 'change', NAME, '--start=2031-06-11',
                 '--reason=x')[0] == 0
    assert {str(r.due) for r in state(NAME).requirements} == {
        'None', '2031-06-03'}
    assert system.check(NAME, False, 'root') == []


# The command

def test_contacts_quorums_and_template_are_as_they_were_at_last(
        full, admin, system, state):
    assert admin('campaign', 'change', FULL, '--contact=feature-freeze:bruno',
                 '--quorum=memory-leaks:1', '--reason=anna left',
                 '--deputy=release-validated:anna for bruno '
                 '2098-01-01..2099-01-01')[0] == 0
    assert like(admin, FULL, '--start=2031-06-01', '--release=V2')[0] == 0
    old, new = state(FULL), state()
    for mine, its in zip(new.requirements, old.requirements):
        assert (mine.key, mine.contacts, mine.quorum, mine.asks) == (
            its.key, its.contacts, its.quorum, its.asks)
        assert not mine.deputies
    assert new.campaign.template == old.campaign.template
    assert (new.campaign.release, str(new.campaign.start)) == (
        'V2', '2031-06-01')
    assert all(s.due for s in new.stages)
    texts = {system.queries.ledger(n)[0].payload['template'] for n in (FULL,
                                                                       NEW)}
    assert len(texts) == 1
    assert system.queries.ledger(NEW)[0].payload['like'] == FULL
    assert f'created the campaign, like {FULL}' in admin(
        'campaign', 'show', NEW)[1]
    assert system.check(NEW, False, 'root') == []


def test_cloning_without_a_start_says_so(campaign, admin):
    assert 'give --start=YYYY-MM-DD' in like(admin)[1]


def test_options_given_beside_like_take_precedence(campaign, admin, state):
    code, _, _ = like(admin, NAME, '--contact=physics-results:bruno',
                      '--quorum=resources-estimate:2',
                      '--enforcement=strict')
    assert code == 0
    assert state().requirement('physics-results').contacts == ('bruno',)
    assert state().requirement('resources-estimate').quorum == 2
    assert state().requirement('feature-freeze').contacts == ('anna',)
    assert state().campaign.enforcement == 'strict'


@pytest.mark.parametrize('end', ['over', 'launched', 'closed', 'abandoned'])
def test_campaigns_that_are_over_can_be_cloned(
        campaign, sign, system, admin, state, end):
    if end == 'abandoned':
        admin('campaign', 'abandon', NAME, '--reason=No money.')
    else:
        sign(*CONTACTS)
        if end == 'over':
            admin('milestone', 'completed', f'{NAME}: 3. pre-production',
                  'now')
        else:
            admin('campaign', 'launch', NAME, '--reason=Go.')
        if end == 'closed':
            admin('campaign', 'close', NAME, '--reason=Over.')
    assert state(NAME).campaign.phase == end
    assert like(admin)[0] == 0
    assert state().campaign.phase == 'underway'
    assert state().requirement('physics-results').contacts == ('anna',)


def test_cloned_contacts_who_are_no_users_any_more_must_be_replaced(
        campaign, env, admin, system):
    env.db_transaction("DELETE FROM session WHERE sid='bruno'")
    code, _, err = like(admin)
    assert code == 2
    for key in ('resources-estimate', 'release-validated',
                'remote-sites-validated', 'runtime-performance'):
        assert f'Contact "bruno" of {key} is no user' in err
    assert system.queries.names() == [NAME]
    assert like(admin, NAME, *(
        f'--contact={key}:anna' for key, people in CONTACTS.items()
        if 'bruno' in people))[0] == 0


def test_cloning_tells_what_was_waived_or_rejected_last_time(
        waived_campaign, admin, client, system):
    _, out, _ = like(admin, FULL, '--dry-run')
    assert ('Last time, in Full: #2 Memory leaks was rejected by anna: “It '
            'leaks.”') in out
    assert ('was waived by coordinator (out-of-bounds, memory_growth up to '
            f'5 kB/event, until {TOMORROW}): “Known since 2009.”') in out
    assert system.queries.names() == [FULL]
    like(admin, FULL)
    ticket = system.queries.requirement(NEW, 'memory-leaks').ticket
    page = client('anna').get(f'/ticket/{ticket}').text
    assert 'Last time' in page
    assert 'Known since 2009.' in page


@pytest.mark.parametrize(('args', 'words'), [
    pytest.param(('--like=None',), 'There is no campaign "None"',
                 id='no such campaign'),
    pytest.param((f'--like={NAME}', '--template=path-to-production-full'),
                 'leave --template', id='two templates'),
    pytest.param((f'--like={NAME}', '--start=soon'), 'is no day between',
                 id='no day'),
    pytest.param((f'--like={NAME}', '--contact=nothing:anna'),
                 'There is no requirement "nothing"', id='no requirement'),
])
def test_invalid_cloning_makes_no_campaign(
        campaign, admin, system, args, words):
    code, _, err = admin('campaign', 'create', NEW, *args)
    assert (code, words in err) == (2, True), err
    assert system.queries.names() == [NAME]


def test_cloning_from_a_lost_template_text_says_so(campaign, env, system):
    env.db_transaction("UPDATE prodworkflow_ledger SET payload=%s",
                       ('{"campaign": {}}',))
    env.db_transaction("UPDATE prodworkflow_campaign SET template='gone'")
    with pytest.raises(InvalidRequest, match='There is no template "gone"'):
        system.queries.likeness(NAME)


# The form

def fields_of(page):
    """What a browser would send of the form, as it is filled in."""
    form = re.search(r'(?s)<form id="prodworkflow-create".*?</form>',
                     page)[0]
    fields = dict(re.findall(
        r'<input type="(?:text|date|hidden)" name="([^"]*)"[^>]*?'
        r'value="([^"]*)"', form))
    for name, options in re.findall(
            r'(?s)<select name="([\w-]+)"[^>]*>(.*?)</select>', form):
        chosen = re.search(r'<option(?: value="([^"]*)")? selected[^>]*>'
                           r'([^<:]*)', options)
        fields[name] = chosen[1] if chosen[1] is not None else chosen[2]
    del fields['__FORM_TOKEN']  # of the session that asked
    return fields


def test_cloning_form_is_filled_in_and_makes_the_same_campaign(
        waived_campaign, client, state, system):
    page = client('coordinator').get(f'{PANEL}?like={FULL}').text
    assert 'full, as in Full' in page
    assert '#2</a> Memory leaks was rejected by anna' in page
    fields = fields_of(page)
    assert fields['contact:physics-results'] == 'anna, bruno'
    assert fields['quorum:physics-results'] == '2'
    assert fields['name'] == fields['start'] == ''
    answer = client('coordinator').post(PANEL, {
        **fields, 'name': NEW, 'start': '2031-06-01', 'create': 'Create'})
    assert answer.status == 200
    old, new = state(FULL), state()
    assert [(r.key, r.contacts, r.quorum) for r in new.requirements] == [
        (r.key, r.contacts, r.quorum) for r in old.requirements]
    assert system.queries.ledger(NEW)[0].payload['like'] == FULL


def test_cloning_form_tells_nothing_of_hidden_tickets(waived_campaign, env,
                                                      client):
    hide(env, waived_campaign['memory-leaks'], 'anna')
    page = client('coordinator').get(f'{PANEL}?like={FULL}').text
    assert 'What was rejected or waived in' not in page
    assert 'It leaks.' not in page


def test_every_field_of_the_cloning_form_can_be_changed(
        waived_campaign, client, state):
    fields = fields_of(client('coordinator').get(
        f'{PANEL}?like={FULL}').text)
    fields.update({'name': NEW, 'contact:memory-leaks': 'bruno',
                   'quorum:physics-results': '1', 'enforcement': 'strict'})
    shown = client('coordinator').post(PANEL, {**fields, 'preview': 'Show'})
    assert 'will get 3 milestones' in ' '.join(shown.text.split())
    assert 'What was rejected or waived in' in shown.text
    client('coordinator').post(PANEL, {**fields, 'create': 'Create'})
    assert state().requirement('memory-leaks').contacts == ('bruno',)
    assert state().requirement('physics-results').quorum == 1
    assert state().campaign.enforcement == 'strict'


def test_cloning_form_points_out_contacts_who_are_no_users_any_more(
        campaign, env, client, system):
    env.db_transaction("DELETE FROM session WHERE sid='bruno'")
    page = client('coordinator').get(f'{PANEL}?like={quote(NAME)}')
    assert page.status == 200
    assert re.search('Contact "bruno" of “[^”]*” is no user',
                     page.text)
    assert page.text.count('aria-invalid="true"') == 4
    answer = client('coordinator').post(PANEL, {
        **fields_of(page.text), 'name': NEW, 'create': 'Create'})
    assert answer.status == 400
    assert system.queries.names() == [NAME]


def test_cloning_form_takes_another_template_instead(campaign, client, state):
    fields = fields_of(client('coordinator').get(
        f'{PANEL}?like={quote(NAME)}').text)
    fields = {k: v for k, v in fields.items()
              if not k.startswith(('contact:', 'quorum:'))}
    client('coordinator').post(PANEL, {
        **fields, 'name': NEW, 'template': 'path-to-production-full',
        'contact:crash-rate': 'anna, bruno', 'create': 'Create'})
    assert state().campaign.template == 'path-to-production-full'
    assert state().requirement('crash-rate').contacts == ('anna', 'bruno')


def test_campaign_page_leads_to_the_cloning_form(campaign, client):
    path = f'{PANEL}?like={quote(NAME).replace("%20", "+")}'
    assert path in client('coordinator').get(f'/campaign/{quote(NAME)}').text
    assert 'New campaign like this' not in client('anna').get(
        f'/campaign/{quote(NAME)}').text


def test_cloning_form_of_an_unknown_campaign_is_not_found(campaign, client):
    assert client('coordinator').get(f'{PANEL}?like=None').status == 404
