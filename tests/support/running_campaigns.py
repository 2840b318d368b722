"""Running campaigns: signed, launched, or shut after their launch."""

from __future__ import annotations

import pytest
from trac.ticket.model import Ticket

from prodworkflow import store
from prodworkflow.gateways.clock import now
from support.campaigns import ADMIN, CONTACTS, FULL, FULL_CONTACTS, NAME

DAY = 86400 * 10**6


@pytest.fixture
def reasons(system):
    """The unmet requirements of a campaign, with their reasons."""
    def answer(name=FULL):
        return {a.requirement.key: a.reason.value
                for a in system.queries.decision(name).launch.unmet}
    return answer


@pytest.fixture
def ready(full, sign_full, admin, system):
    """The full campaign, all signed and its stages closed."""
    sign_full(*FULL_CONTACTS)
    last = system.queries.decision(FULL).gates[-1].stage.milestone
    assert admin('milestone', 'completed', last, 'now')[0] == 0
    return full


@pytest.fixture
def blocker(env):
    """Makes an open ticket in a milestone, urgent enough for any freeze."""
    def make(milestone=f'{NAME}: 3. pre-production', summary='Jobs crash'):
        ticket = Ticket(env)
        ticket.populate({'summary': summary, 'reporter': 'anna',
                         'status': 'new', 'milestone': milestone,
                         'type': 'defect', 'priority': 'blocker'})
        return ticket.insert()
    return make


@pytest.fixture
def launched(campaign, sign, system):
    sign(*CONTACTS)
    system.lifecycle.launch(NAME, ADMIN, 'Go.')
    return campaign


@pytest.fixture
def expired(launched, env):
    """Production goes on; nobody changed anything since a waiver's end."""
    with store.open_campaign(env, store.campaign_id(env, NAME)) as book:
        book.record(now(), 'anna', 'withdrawn', 'physics-results',
                    role='contact', contact='anna', statement='A hole.')
        book.record(now(), 'dora', 'waived', 'physics-results',
                    role='administrator', statement='It is small.', waiver={
                        'reason': 'withdrawn', 'until': '2020-01-01',
                        'bounds': []})
    return launched


@pytest.fixture
def past_campaigns(create, sign, env):
    """A campaign before this one: anna took a day, bruno took three."""
    create('Before')
    sign(*CONTACTS, name='Before')
    for who, days in (('anna', 1), ('bruno', 3)):
        env.db_transaction("UPDATE prodworkflow_signoff SET waited=%s "
                           "WHERE signer=%s", (days * DAY, who))
