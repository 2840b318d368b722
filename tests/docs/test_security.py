"""Each line of docs/administration/security.rst is tried, and no other."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

import pytest
from trac.perm import PermissionSystem

from prodworkflow.api import (
    GateShut,
    InvalidRequest,
    KnownIssueRequest,
    ReceiverRequest,
    SignOffRequest,
    TokenRequest,
    Verdict,
)
from prodworkflow.domain.model.permissions import ADMIN, HOLD, LAUNCH, WAIVE
from prodworkflow.domain.model.person import Person
from prodworkflow.domain.model.vocabulary import Phase
from prodworkflow.domain.rules.waivers.requests import WaiverRequest
from prodworkflow.services.campaigns.changes import CampaignChanges
from prodworkflow.services.campaigns.releases import ReleaseRequest
from support.campaigns import CONTACTS, NAME
from support.logs import listening
from support.plots import ENERGY, MASS, png
from support.signoffs import TOMORROW

DOCS = Path(__file__).parents[2] / 'docs' / 'administration'
DOCUMENT = (DOCS / 'security.rst').read_text(encoding='utf-8')
PAGE = f'/campaign/{quote(NAME)}'
PANELS = ('/admin/production/campaigns', '/admin/production/templates')
STAGE = f'{NAME}: 1. Software preparation'
LEAVE = WaiverRequest('awaiting', TOMORROW, {})


def holder(*grants):
    """Somebody who is no contact and has only these permissions of ours."""
    return Person('eve', grants=frozenset(grants))


DEEDS = {
    'sign': lambda s, p: s.record(NAME, 'feature-freeze', p,
                                  SignOffRequest(Verdict.APPROVED, 'x')),
    'reject': lambda s, p: s.record(NAME, 'feature-freeze', p,
                                    SignOffRequest(Verdict.REJECTED, 'x')),
    'waive': lambda s, p: s.record(NAME, 'feature-freeze', p,
                                   SignOffRequest(Verdict.WAIVED, 'x',
                                                  leave=LEAVE)),
    'tolerate': lambda s, p: s.lifecycle.tolerate(NAME, p, KnownIssueRequest(
        '8', 'x', TOMORROW)),
    'hold': lambda s, p: s.lifecycle.hold(NAME, p, 'x'),
    'resume': lambda s, p: s.lifecycle.resume(NAME, p, 'x'),
    'launch': lambda s, p: s.lifecycle.launch(NAME, p, 'x'),
    'release': lambda s, p: s.release(NAME, p, ReleaseRequest('V9', (), 'x')),
    'change': lambda s, p: s.change(NAME, p, CampaignChanges('x', 'advisory')),
    'abandon': lambda s, p: s.lifecycle.end(NAME, p, Phase.ABANDONED, 'x'),
}


@pytest.fixture
def refuses(unchanged_site):
    """Asserts that a person is refused these deeds, or all but some."""
    def check(person, *deeds):
        for deed in deeds:
            with pytest.raises(GateShut):
                DEEDS[deed](unchanged_site.system, person)
    return check


def test_the_document_and_the_tests_name_each_other():
    claimed = re.findall(r'\(``(\w+)``\)', DOCUMENT)
    tried = [name[len('test_that_'):] for name in globals()
             if name.startswith('test_that_')]
    assert sorted(claimed) == sorted(tried)


def test_every_line_is_a_claim_with_its_test():
    lines = re.findall(r'(?m)^\* (.*(?:\n  .*)*)', DOCUMENT)
    assert len(lines) > 20
    assert [line for line in lines
            if not re.search(r'\(``\w+``\)$', line)] == []


# Anybody

def test_that_nobody_sees_without_view(campaign, env, client):
    PermissionSystem(env).revoke_permission('anonymous', 'ROADMAP_VIEW')
    for where in ('', '/gate', '/badge.svg', '/pipeline.svg', '/feed'):
        assert client().get(PAGE + where).status == 403


def test_that_links_change_nothing(unchanged_site):
    for where in (f'{PAGE}?act=hold&reason=x',
                  f'{PAGE}/launch?act=launch&reason=x',
                  f'{PANELS[0]}?create=1&name=Evil',
                  f'{PANELS[1]}/mine?act=remove&reason=x',
                  f'{PAGE}/sign?requirement=feature-freeze&verdict=rejected'
                  '&statement=x'):
        assert unchanged_site.get(where).status < 500


def test_that_forms_need_their_token(unchanged_site):
    for kind in ('application/x-www-form-urlencoded', 'text/plain'):
        answer = unchanged_site.send(
            f'{PANELS[0]}?create=1&name=Evil&template=path-to-production',
            b'', headers={'Content-Type': kind})
        assert answer.status == 400


def test_that_ticket_admin_signs_nothing(unchanged_site, refuses):
    refuses(Person('eve'), 'sign', 'reject', 'waive')
    answer = unchanged_site.post(f'{PAGE}/sign', {
        'requirement': 'feature-freeze', 'verdict': 'approved',
        'statement': 'x'}, 'eve')
    assert answer.status == 409


def test_that_milestone_admin_closes_no_shut_stage(unchanged_site):
    answer = unchanged_site.post(f'/milestone/{quote(STAGE)}', {
        'action': 'edit', 'save': '1', 'name': STAGE, 'completed': 'on',
        'completeddate': '2026-01-01T00:00:00Z'}, 'eve')
    assert answer.status == 409


# Contacts

def test_that_contacts_sign_their_own(campaign, client, verbs):
    answer = client('anna').post(f'{PAGE}/sign', {
        'requirement': 'feature-freeze', 'verdict': 'approved',
        'statement': 'Fine.'})
    assert (answer.status, verbs()[-1]) == (200, 'approved')


def test_that_contacts_sign_nothing_of_others(refuses):
    refuses(Person('bruno'), 'sign', 'reject')


def test_that_contacts_hold(campaign, system, gate, sign):
    sign(*CONTACTS)
    system.lifecycle.hold(NAME, Person('bruno'), 'x')
    assert not gate()


def test_that_contacts_do_not_resume(campaign, system, refuses):
    system.lifecycle.hold(NAME, Person('bruno'), 'x')
    with pytest.raises(GateShut, match='CAMPAIGN_HOLD'):
        system.lifecycle.resume(NAME, Person('anna'), 'x')
    refuses(Person('anna'), 'resume')


def test_that_contacts_do_not_waive(refuses):
    refuses(Person('anna'), 'waive', 'tolerate')


def test_that_contacts_do_not_steer(refuses):
    refuses(Person('anna'), 'launch', 'release', 'change', 'abandon')


def test_that_tickets_must_be_changeable(campaign, env, client, verbs):
    for who in ('anonymous', 'authenticated'):
        for action in ('TICKET_MODIFY', 'TICKET_CHGPROP', 'TICKET_APPEND'):
            held = PermissionSystem(env).get_all_permissions()
            if (who, action) in held:
                PermissionSystem(env).revoke_permission(who, action)
    answer = client('anna').post(f'{PAGE}/sign', {
        'requirement': 'feature-freeze', 'verdict': 'approved',
        'statement': 'Fine.'})
    assert (answer.status, verbs()) == (403, ['created'])


# Those with one permission of ours

def test_that_view_changes_nothing(refuses):
    refuses(holder('CAMPAIGN_VIEW'), *DEEDS)


def test_that_asking_a_gate_only_records(create, client, verbs, system):
    create(enforcement='advisory')
    before = system.queries.decision(NAME)
    for _ in range(3):
        assert client('anna').get(f'{PAGE}/gate').status == 200
    assert verbs() == ['created', 'passed']
    after = system.queries.decision(NAME)
    assert after.snapshot.state == before.snapshot.state
    assert after.gates == before.gates


def test_that_hold_stops(campaign, system, gate, sign):
    sign(*CONTACTS)
    system.lifecycle.hold(NAME, holder('CAMPAIGN_HOLD'), 'x')
    assert not gate()


def test_that_hold_does_nothing_else(refuses):
    refuses(holder('CAMPAIGN_HOLD'), *(d for d in DEEDS if d != 'hold'))


def test_that_waive_lifts_one_reason(campaign, system):
    DEEDS['waive'](system, holder('CAMPAIGN_WAIVE'))
    answer = system.queries.decision(NAME).answer
    assert answer('feature-freeze').waived
    assert not any(answer(k).met for k in CONTACTS
                   if k != 'feature-freeze')


def test_that_waive_tolerates_one_ticket(campaign, system, sign, gate,
                                         blocker):
    sign(*CONTACTS)
    assert blocker() == 8
    assert not gate()
    DEEDS['tolerate'](system, holder('CAMPAIGN_WAIVE'))
    assert gate()


def test_that_waive_does_nothing_else(refuses):
    refuses(holder('CAMPAIGN_WAIVE'),
            *(d for d in DEEDS if d not in ('waive', 'tolerate')))


def test_that_launch_needs_the_gate(refuses):
    refuses(holder('CAMPAIGN_LAUNCH'), 'launch')


def test_that_launch_resumes_by_the_gate_only(campaign, system, sign, gate):
    person = holder('CAMPAIGN_LAUNCH')
    sign(*CONTACTS)
    system.lifecycle.launch(NAME, person, 'x')
    reject = SignOffRequest(Verdict.REJECTED, 'x')
    system.record(NAME, 'feature-freeze', Person('anna'), reject)
    with pytest.raises(GateShut):
        system.lifecycle.resume(NAME, person, 'x')
    sign('feature-freeze')
    system.lifecycle.resume(NAME, person, 'x')
    assert gate()


def test_that_launch_does_nothing_else(refuses):
    refuses(holder('CAMPAIGN_LAUNCH'),
            *(d for d in DEEDS if d not in ('launch', 'resume')))


def test_that_only_admin_creates(unchanged_site):
    for user in ('anna', 'eve', None):
        for panel in PANELS:
            assert unchanged_site.get(panel, user).status == 403
            assert unchanged_site.post(panel, {
                'create': '1', 'name': 'Evil', 'act': 'import',
                'reason': 'x'}, user).status == 403


def test_that_admin_signs_for_nobody(refuses):
    refuses(holder('CAMPAIGN_ADMIN', 'CAMPAIGN_VIEW', 'CAMPAIGN_HOLD',
                   'CAMPAIGN_WAIVE', 'CAMPAIGN_LAUNCH'), 'sign')


def test_that_admin_launches_by_the_gate(refuses):
    refuses(holder('CAMPAIGN_ADMIN', 'CAMPAIGN_LAUNCH'), 'launch')


# Files that people send

@pytest.mark.parametrize(('name', 'data'), [
    ('x.svg', b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
    ('x.png', b'<html><script>alert(1)</script></html>'),
    ('x.html', png()), ('x.svg', png()), ('x.png', b'')])
def test_that_plots_are_pictures(drawn, send_plots, attachments, name, data):
    for field in ('target_file:mass', 'reference_file:mass'):
        good = [f for f in MASS if f[0] != field]
        assert send_plots((field, name, data), *good).status == 400
    assert attachments(drawn) == {}


def test_that_plots_need_the_right_to_attach(
        drawn, env, send_plots, attachments):
    env.config.set('trac', 'permission_policies', ', '.join(
        p for p in env.config.getlist('trac', 'permission_policies')
        if p != 'LegacyAttachmentPolicy'))
    env.config.save()
    assert send_plots(*MASS, *ENERGY).status == 403
    assert attachments(drawn) == {}


def test_that_refused_plots_leave_nothing(
        drawn, env, send_plots, attachments):
    for fields in ({'user': 'bruno'}, {'statement': ''},
                   {'verdict': 'waived'}):
        assert send_plots(*MASS, *ENERGY, **fields).status in (400, 403, 409)
    assert attachments(drawn) == {}
    assert not any(p.is_file() for p in Path(env.attachments_dir).rglob('*'))


# Events that leave Trac

def test_that_only_admin_sets_up_webhooks(system, receiver):
    wish = ReceiverRequest(receiver.url)
    for person in (Person('anna'), holder(HOLD, WAIVE, LAUNCH)):
        with pytest.raises(GateShut):
            system.webhooks.add(person, wish)
    system.webhooks.add(holder(ADMIN), wish)
    with pytest.raises(GateShut):
        system.webhooks.remove(holder(LAUNCH), '1')
    assert len(system.webhooks.listed()) == 1


def test_that_webhook_secrets_are_not_told(no_worker, campaign, env, sign,
                                           admin, receivers):
    hook, room = receivers(), receivers()
    secret = no_worker.webhooks.add(
        holder(ADMIN), ReceiverRequest(hook.url)).secret
    no_worker.webhooks.add(holder(ADMIN), ReceiverRequest(
        f'{room.url}/geheim', 'slack'))
    hook.answer = room.answer = 500
    with listening(env) as heard:
        sign('feature-freeze')
        told = [words for args in (
            ('webhook', 'list'), ('deliver',), ('check',), ('check', '--json'),
            ('webhook', 'add', f'{room.url}/geheim', '--kind=slack'))
            for words in map(str, admin('campaign', *args))]
        told += [line for _, line in heard.records]
    assert len(hook.arrivals) == len(room.arrivals) == 1
    assert any('webhook 2' in words for words in told)
    assert not [words for words in told
                if secret in words or 'geheim' in words]


def test_that_redirects_are_not_followed(no_worker, campaign, sign,
                                         receivers):
    hook, other = receivers(), receivers()
    no_worker.webhooks.add(holder(ADMIN), ReceiverRequest(hook.url))
    hook.answer, hook.headers = 307, {'Location': other.url}
    sign('feature-freeze')
    outcome, = no_worker.webhooks.deliver()
    assert 'redirects are not followed.' in outcome.failed[0].error
    assert other.arrivals == []


def test_that_chats_call_nobody(no_worker, campaign, system, receivers):
    for kind in ('slack', 'mattermost'):
        room = receivers()
        no_worker.webhooks.add(holder(ADMIN), ReceiverRequest(
            room.url, kind, types=('held',)))
        system.lifecycle.hold(NAME, Person('anna'), '@all <!here> @channel')
        no_worker.webhooks.deliver()
        system.lifecycle.resume(NAME, Person('anna'), 'Go.')
        body = room.arrivals[0].body.decode()
        assert not [w for w in ('@all', '<!', '@channel') if w in body]


# The record

def test_that_forged_ledgers_shut(campaign, sign, env, client):
    sign(*CONTACTS)
    assert client().get(PAGE + '/gate').status == 200
    env.db_transaction("UPDATE prodworkflow_ledger SET actor='eve' "
                       "WHERE number=2")
    assert client().get(PAGE + '/gate').status == 409


def test_that_refusals_change_nothing(unchanged_site, refuses):
    refuses(Person('eve'), *DEEDS)
    assert unchanged_site.system.check(None, False, 'root') == []


def test_that_tokens_open_no_page(campaign, machine):
    sent = machine('gate:read,evidence:write,hold,feed:read')
    assert sent.send(f'{PAGE}/gate').status == 409
    for path in ('/campaign', PAGE, f'{PAGE}/launch', f'{PAGE}/plots'):
        assert sent.send(path).status == 403


def test_that_tokens_report_and_do_not_sign(campaign, machine, system):
    sent = machine('gate:read,evidence:write,hold,feed:read')
    before = system.queries.ledger(NAME)
    for act in ('sign', 'launch', 'hold', 'lifecycle'):
        assert sent.send(f'{PAGE}/{act}', 'POST', b'{}', [
            ('Content-Type', 'application/json')]).status == 403
    assert system.queries.ledger(NAME) == before
    with pytest.raises(InvalidRequest, match='There is no scope "sign"'):
        system.tokens.add(TokenRequest('anna', 'sign'))


def test_that_tokens_hold_only(campaign, machine, token, system):
    """To resume is no scope, and no address of a token."""
    system.lifecycle.hold(NAME, holder(HOLD), 'x')
    for path in (f'{PAGE}/resume', f'/campaign/api/v1/campaigns/{NAME}/resume'
                 .replace(' ', '%20')):
        reply = machine('hold').send(path, 'POST', b'{"reason": "x"}', [
            ('Content-Type', 'application/json')])
        assert reply.status in (403, 404)
    assert system.queries.decision(NAME).snapshot.state.campaign.held_since


def test_that_tokens_mean_nothing_elsewhere(campaign, machine):
    sent = machine('gate:read,evidence:write,hold,feed:read')
    for path in ('/about', '/prefs', '/roadmap'):
        assert 'logged in as' not in sent.send(path).text


def test_that_secrets_are_kept_by_nobody(campaign, env, client, token,
                                         machine):
    made = token('gate:read')
    assert machine(secret=made.secret).send(f'{PAGE}/gate').status == 409
    random = made.secret.split('_', 2)[2]
    for table in ('prodworkflow_token', 'prodworkflow_ledger', 'session',
                  'session_attribute', 'auth_cookie'):
        assert random not in str(env.db_query(f'SELECT * FROM {table}'))
    assert random not in client('anna').get('/prefs/production-tokens').text
