"""Metrics in Prometheus' text format, read by its own parser."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from prometheus_client.parser import text_string_to_metric_families
from trac.db import util
from trac.perm import PermissionCache, PermissionSystem

from prodworkflow.api import ReceiverRequest
from prodworkflow.gateways.clock import now
from support.campaigns import ADMIN, ANNA, NAME
from support.hidden_tickets import HIDING
from support.tokens import Machine

PATH = '/campaign/metrics'


def samples(text):
    """What the parser reads: each sample's name, labels and value."""
    return {(s.name, *sorted(s.labels.items())): s.value
            for family in text_string_to_metric_families(text)
            for s in family.samples}


@pytest.fixture
def scrape(site):
    """The samples that somebody without a login gets."""
    def run():
        reply = Machine(site).send(PATH)
        assert reply.status == 200
        assert reply.headers['Content-Type'].startswith(
            'text/plain; version=0.0.4')
        assert reply.headers['Cache-Control'] == 'no-store'
        return samples(reply.text)
    return run


def test_campaigns_gates_and_what_is_open_are_told(create, sign, system,
                                                   scrape):
    create()
    create('2012 Prod')
    sign('feature-freeze', 'software-quality', 'resources-estimate')
    system.lifecycle.hold('2012 Prod', ANNA, 'Disks full.')
    found = scrape()
    of_first = ('campaign', NAME)
    assert found['prodworkflow_campaigns', ('state', 'underway')] == 1
    assert found['prodworkflow_campaigns', ('state', 'on-hold')] == 1
    assert found['prodworkflow_campaigns', ('state', 'closed')] == 0
    assert found['prodworkflow_open_requirements', of_first,
                 ('reason', 'awaiting')] == 4
    assert found['prodworkflow_gate_open', of_first,
                 ('stage', 'software-preparation')] == 1
    assert found['prodworkflow_gate_open', of_first,
                 ('stage', 'launch')] == 0
    age = found['prodworkflow_oldest_open_requirement_age_seconds', of_first]
    assert 0 <= age < 3600


def test_answers_of_the_gate_are_counted(campaign, site, scrape):
    gate = f'/campaign/{quote(NAME)}/gate'
    for _ in range(3):
        assert Machine(site).send(gate).status == 409
    found = {dict(labels)['answer']: value for (name, *labels), value
             in scrape().items() if name == 'prodworkflow_gate_answers_total'}
    assert found == {'open': 0, 'shut': 3}


def test_outbox_is_told(no_worker, campaign, sign, scrape, receiver):
    no_worker.webhooks.add(ADMIN, ReceiverRequest(receiver.url))
    receiver.answer = 500
    sign('feature-freeze', 'software-quality')
    no_worker.webhooks.deliver()
    hook = ('webhook', '1')
    found = scrape()
    assert found['prodworkflow_outbox_events', ('state', 'waiting'),
                 hook] == 2
    assert found['prodworkflow_outbox_events', ('state', 'failing'),
                 hook] == 1
    assert found['prodworkflow_outbox_events', ('state', 'given-up'),
                 hook] == 0
    assert 0 <= found['prodworkflow_outbox_oldest_age_seconds', hook] < 3600


def test_any_name_of_a_campaign_is_a_label(create, system, scrape):
    name = 'Prod \u00fc (x) = y'
    create(name)
    assert scrape()['prodworkflow_gate_open', ('campaign', name),
                    ('stage', 'launch')] == 0


def test_metrics_are_for_who_may_see_campaigns(campaign, env, site):
    PermissionSystem(env).revoke_permission('anonymous', 'ROADMAP_VIEW')
    refused = Machine(site).send(PATH)
    assert refused.status == 403
    assert 'CAMPAIGN_VIEW' in refused.problem


def test_metrics_are_only_read(campaign, site, machine):
    refused = machine().send(PATH, 'POST', b'{}',
                             [('Content-Type', 'application/json')])
    assert refused.status in (403, 405)


@pytest.mark.parametrize(('scopes', 'given', 'status'), [
    pytest.param('gate:read', {}, 200, id='the scope'),
    pytest.param('hold', {}, 403, id='another scope'),
    pytest.param('gate:read', {'campaign': NAME}, 403, id='of one campaign')])
def test_token_reads_metrics_by_its_scope(campaign, machine, scopes, given,
                                          status):
    assert machine(scopes, **given).send(PATH).status == status


def test_what_is_hidden_is_counted_only(hiding, scrape):
    found = scrape()
    assert any(key[0] == 'prodworkflow_open_requirements'
               and ('reason', 'hidden') in key for key in found), HIDING


def test_statements_do_not_grow_with_the_campaigns(create, system, env,
                                                   monkeypatch):
    sent, send = [], util.IterableCursor.execute

    def sending(self, sql, args=None):
        sent.append(sql)
        return send(self, sql, args)
    monkeypatch.setattr(util.IterableCursor, 'execute', sending)
    perm = PermissionCache(env, 'anna')

    def cost():
        system.figures.read(perm)
        del sent[:]
        assert system.figures.read(perm).now <= now()
        return len(sent)
    create()
    one = cost()
    for number in range(4):
        create(f'Prod {number}')
    assert cost() == one
    assert one <= 10
