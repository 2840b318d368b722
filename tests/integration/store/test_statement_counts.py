"""How many SQL statements things cost, however much there is."""

from __future__ import annotations

import pytest
from trac.db import util
from trac.test import MockRequest
from trac.ticket.model import Ticket
from trac.web.api import RequestDone
from trac.web.main import RequestDispatcher

from prodworkflow.api import (
    CampaignRequest,
    EvidenceInput,
    SignOffRequest,
    Verdict,
)
from support.campaigns import ANNA, NAME


@pytest.fixture
def statements(env, monkeypatch):
    """Counts what one request sends, after another has filled the caches."""
    counted, execute = [], util.IterableCursor.execute

    def counting(self, sql, args=None):
        counted.append(sql)
        return execute(self, sql, args)
    monkeypatch.setattr(util.IterableCursor, 'execute', counting)

    def count(path, user='anna'):
        for _ in range(2):
            del counted[:]
            req = MockRequest(env, path_info=path, authname=user)
            with pytest.raises(RequestDone):
                RequestDispatcher(env).dispatch(req)
            assert req.response_sent.getvalue()
        return len(counted)
    return count


def fill(env, create, system):
    """Much more of everything: campaigns, finished ones, foreign tickets."""
    for number in range(6):
        create(f'Other {number}')
    for number in range(6):
        create(f'Gone {number}')
        system.lifecycle.remove(f'Gone {number}', 'coordinator', 'Over.')
    milestone = env.db_query('SELECT milestone FROM ticket WHERE id=1')[0][0]
    for place in [milestone] * 9 + ['milestone1'] * 9:
        ticket = Ticket(env)
        ticket.populate({'summary': 'x', 'status': 'new', 'type': 'defect',
                         'milestone': place})
        ticket.insert()


@pytest.mark.parametrize('page', [
    pytest.param('/roadmap', id='roadmap'),
    pytest.param('/ticket/1', id='ticket page'),
    pytest.param(f'/milestone/{NAME}: 3. pre-production', id='stage'),
    pytest.param('/milestone/milestone2', id='other milestone'),
    pytest.param(f'/campaign/{NAME}/gate', id='gate'),
    pytest.param(f'/campaign/{NAME}', id='campaign page'),
    pytest.param('/campaign', id='my sign-offs'),
    pytest.param('/report/1', id='report'),
])
def test_statements_of_each_page_do_not_grow_with_the_campaigns(
        campaign, env, create, system, statements, page):
    env.config.set('roadmap', 'stats_provider', 'BatchedStatsProvider')
    before = statements(page)
    fill(env, create, system)
    assert statements(page) == before


def test_statements_of_signing_do_not_grow_with_other_campaigns(
        campaign, env, create, system, sign, monkeypatch):
    counts, execute = [], util.IterableCursor.execute

    def counting(self, sql, args=None):
        counts[-1] += 1
        return execute(self, sql, args)
    monkeypatch.setattr(util.IterableCursor, 'execute', counting)
    signed = {}
    for key in ('feature-freeze', 'software-quality', 'release-validated'):
        counts.append(0)
        sign(key)
        signed[key] = counts[-1]
        if key == 'software-quality':
            fill(env, create, system)
    assert signed['software-quality'] == signed['release-validated']


def test_a_sign_off_ticket_is_saved_by_few_statements_more_than_another(
        campaign, env, client, monkeypatch):
    """Each of its readings of the campaign would be three more."""
    counted, execute = [], util.IterableCursor.execute

    def counting(self, sql, args=None):
        counted.append(sql)
        return execute(self, sql, args)
    others = [Ticket(env), Ticket(env)]
    for other in others:
        other.populate({'summary': 'x', 'status': 'new', 'type': 'defect'})
        other.insert()
    monkeypatch.setattr(util.IterableCursor, 'execute', counting)
    sent = {}
    anna = client('anna')
    for number in (*(o.id for o in others), 1):
        del counted[:]
        anna.resolve(number)
        sent[number] = len(counted)
        assert Ticket(env, number)['status'] == 'closed'
    assert sent[1] - sent[others[1].id] <= 45


@pytest.mark.parametrize('page', ['/campaign/{}/plots', '/campaign/{}'])
def test_statements_do_not_depend_on_the_number_of_plots(
        system, attach, statements, page):
    """Of twelve tickets that ask for plots, one has some, then each."""
    text = """
        title = "Many"
        [[stage]]
        key = "only"
        title = "Only"
        """ + ''.join(f"""
        [[stage.requirement]]
        key = "r{number}"
        title = "Plots {number}"
        plots = ["mass", "energy"]
        """ for number in range(12))
    tickets = system.create(CampaignRequest(
        'Many', 'many', 'V1', contacts={f'r{n}': ('anna',)
                                        for n in range(12)},
        template_text=text), 'coordinator')

    def give(number):
        attach(tickets[number], 'new.png', 'old.png')
        system.record('Many', f'r{number}', ANNA, SignOffRequest(
            Verdict.REPORTED, 'Drawn.', EvidenceInput(plots=dict.fromkeys(
                ('mass', 'energy'), ('new.png', 'old.png')))))
    give(0)
    few = statements(page.format('Many'))
    for number in range(1, 12):
        give(number)
    assert statements(page.format('Many')) == few
