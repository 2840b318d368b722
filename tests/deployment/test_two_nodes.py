"""The example deployment: gunicorn behind nginx, two nodes, PostgreSQL."""

from __future__ import annotations

import subprocess
from datetime import timedelta
from urllib.parse import quote

import pytest

from prodworkflow.api import CampaignRequest, CampaignSystem, TokenRequest
from prodworkflow.domain.dates import day_of
from prodworkflow.gateways.clock import now
from support.campaigns import CONTACTS, NAME
from support.deployment import Deployment, need
from support.http_client import Client
from support.remind_processes import listen, people_in, remind_at_once
from support.tokens import Machine

GATE = f'/campaign/{quote(NAME)}/gate'


@pytest.fixture(scope='module')
def deployment(shared, folder):
    need('nginx', 'curl')
    made = Deployment(folder, shared.new(), ('coordinator', 'anna', 'bruno'),
                      [('coordinator', 'TRAC_ADMIN')])
    yield made
    made.stop()


@pytest.fixture(scope='module')
def nodes(deployment):
    return [deployment.node('one'), deployment.node('two')]


@pytest.fixture(scope='module')
def site(deployment, nodes):
    return deployment.nginx(*nodes)


def curl(site, path):
    """The exit code of the guard that README puts before a submission."""
    return subprocess.run(['curl', '-fsS', f'{site}{path}?format=text'],
                          capture_output=True, text=True, check=False)


def create(site):
    return Client(site, 'coordinator').post(
        '/admin/production/campaigns', {
            'name': NAME, 'create': '1', 'template': 'path-to-production',
            'release': 'V1',
            **{f'contact:{k}': ', '.join(v) for k, v in CONTACTS.items()}})


def tickets_of(deployment):
    """The campaign's tickets by requirement: other tests make tickets, too."""
    with deployment.environment() as env:
        state = CampaignSystem(env).queries.decision(NAME).snapshot.state
        return {r.key: r.ticket for r in state.requirements}


def test_campaign_is_created_signed_and_closed_through_nginx_on_two_nodes(
        deployment, site, nodes):
    """Log in, create, be refused, sign, close the stages, pass the gate."""
    assert create(site).url.endswith(f'/campaign/{quote(NAME)}')
    assert curl(site, GATE).returncode == 22
    tickets = tickets_of(deployment)
    for number, (key, contacts) in enumerate(CONTACTS.items(), 1):
        signer = Client(site, contacts[0])
        answer = signer.post(f'/campaign/{quote(NAME)}/sign', {
            'requirement': key, 'verdict': 'approved',
            'statement': 'Looked at it.'})
        assert answer.url.endswith(
            f'/ticket/{tickets[key]}#prodworkflow-box')
        gates = {curl(f'http://{node}', GATE).returncode for node in nodes}
        assert gates == {0 if number == len(CONTACTS) else 22}
    assert 'open' in curl(site, GATE).stdout


def test_change_stored_by_one_node_is_shown_by_the_other_at_once(site, nodes):
    """No worker keeps anything to itself, not even Trac's own caches."""
    writer, reader = (f'http://{node}' for node in nodes)
    coordinator = Client(site, 'coordinator')
    direct = Client(writer)
    direct.jar = coordinator.jar
    direct.opener = coordinator.opener
    for number in range(4):
        answer = direct.post('/admin/ticket/milestones', {
            'name': f'Shown {number}', 'add': '1'})
        assert answer.status == 200
        for _ in range(4):
            assert f'Shown {number}' in Client(reader).get('/roadmap').text


def test_remote_user_header_of_a_client_is_overwritten_by_nginx(site, nodes):
    """What gunicorn believes, nginx overwrites."""
    behind = Client(f'http://{nodes[0]}')
    behind.opener.addheaders = [('X-Remote-User', 'coordinator')]
    assert 'logged in as' in behind.get('/login').text
    client = Client(site)
    for name in ('X-Remote-User', 'X_Remote_User', 'Remote-User'):
        client.opener.addheaders = [(name, 'coordinator')]
        assert 'logged in as' not in client.get('/roadmap').text
        assert client.get('/login').status == 401


def test_record_and_ledger_agree_after_work_on_two_nodes(deployment, site):
    with deployment.environment() as env:
        assert CampaignSystem(env).check(None, False, 'root') == []
    for name in ('one', 'two'):
        assert 'Traceback' not in deployment.log(name)


def test_nodes_that_remind_at_once_tell_each_person_once(deployment):
    start = (day_of(now()) + timedelta(30)).isoformat()
    with deployment.environment() as env:
        listen(env)
        CampaignSystem(env).create(CampaignRequest(
            'Reminded', 'path-to-production', 'V1', start,
            contacts=CONTACTS), 'coordinator')
    assert people_in(remind_at_once(deployment.env_path)) == [
        'Reminded, to anna:', 'Reminded, to bruno:']
    assert remind_at_once(deployment.env_path, 1) == ['']


def test_token_is_revoked_on_all_nodes_at_once(deployment, nodes):
    with deployment.environment() as env:
        made = CampaignSystem(env).tokens.add(TokenRequest(
            'anna', 'gate:read'))

        def statuses():
            return {Machine(f'http://{node}', f'Bearer {made.secret}').send(
                '/campaign/Nothing/gate').status for node in nodes}
        assert statuses() == {404}
        CampaignSystem(env).tokens.revoke(str(made.token.id))
        assert statuses() == {401}
