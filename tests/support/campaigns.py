"""Campaign fixtures: how campaigns are made, signed and asked."""

from __future__ import annotations

import contextlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from trac.core import TracError
from trac.env import Environment
from trac.ticket.model import Milestone

from prodworkflow.api import (
    CampaignRequest,
    CampaignSystem,
    EvidenceInput,
    SignOffRequest,
    Verdict,
)
from prodworkflow.domain.model.person import Person

NAME = '2011 Prod'
CONTACTS = {
    'feature-freeze': ('anna',), 'software-quality': ('anna',),
    'resources-estimate': ('anna', 'bruno'),
    'release-validated': ('bruno',), 'remote-sites-validated': ('bruno',),
    'runtime-performance': ('bruno',), 'physics-results': ('anna',),
}
ADMIN = Person('coordinator', grants=frozenset(
    {'CAMPAIGN_ADMIN', 'CAMPAIGN_WAIVE', 'CAMPAIGN_LAUNCH',
     'CAMPAIGN_HOLD'}))
ANNA, BRUNO, EVE = Person('anna'), Person('bruno'), Person('eve')
PANEL_OF = '/admin/production/campaigns/{}'
FULL = 'Full'
FULL_CONTACTS = {
    'feature-freeze': ('anna',), 'memory-leaks': ('anna',),
    'resources-estimate': ('anna',), 'release-validated': ('bruno',),
    'remote-sites-validated': ('bruno',), 'runtime-performance': ('bruno',),
    'physics-tracking': ('anna',), 'physics-emc': ('bruno',),
    'physics-results': ('anna', 'bruno'),
}
FULL_TEXT = (Path(__file__).parents[1] / 'data' / 'full.toml').read_text(
    encoding='utf-8')
VALUES = {
    'memory_growth': '0.5 kB/event', 'cpu_time_per_job': '10 h',
    'peak_memory': '2 GB', 'disk_total': '100 TB', 'crash_rate': '2/1000',
}


@pytest.fixture
def system(env):
    return CampaignSystem(env)


@pytest.fixture
def create(system):
    """A factory of campaigns, with anna and bruno as contacts."""
    def factory(name=NAME, contacts=CONTACTS, actor='coordinator', **given):
        return system.create(CampaignRequest(
            name, 'path-to-production', contacts=contacts,
            **{'release': 'V1', **given}), actor)
    return factory


@pytest.fixture
def campaign(create, system):
    """The seven tickets of `2011 Prod` exist; nothing is signed."""
    return dict(zip(CONTACTS, create()))


@pytest.fixture
def sign(system):
    """Signs requirements, each by its first contact, or by a person."""
    def signing(*keys, name=NAME, person=None):
        for key in keys:
            system.sign(name, key, person or CONTACTS[key][0], False, 'Fine.')
    return signing


@pytest.fixture
def sign_elsewhere(path):
    """Signs on another node; a thread shares its connections with none."""
    env = Environment(str(path))
    with ThreadPoolExecutor(1) as pool:
        yield lambda *given: pool.submit(
            CampaignSystem(env).sign, NAME, *given, False, 'Fine.').result()
    env.shutdown()


@pytest.fixture
def full(system):
    """The nine tickets of a campaign that asks for evidence and a quorum."""
    return dict(zip(FULL_CONTACTS, system.create(
        CampaignRequest(FULL, 'full', 'V1', contacts=FULL_CONTACTS,
                        template_text=FULL_TEXT), 'coordinator')))


@pytest.fixture
def sure(system):
    """The tickets of a campaign whose crash rate is asked for at 95 %."""
    bound = 'at_most = "1 %"\n'
    return dict(zip(FULL_CONTACTS, system.create(
        CampaignRequest(FULL, 'full', 'V1', contacts=FULL_CONTACTS,
                        template_text=FULL_TEXT.replace(
                            bound, f'{bound}confidence = "95 %"\n')),
        'coordinator')))


@pytest.fixture
def saying_for(system, attach):
    """What its contacts could say of a requirement that asks for much."""
    def make(key, value=None, name=FULL):
        requirement = system.queries.requirement(name, key)
        asks = requirement.asks
        if asks.plots:
            with contextlib.suppress(TracError):  # attached already
                attach(requirement.ticket, 'new.png', 'old.png')
        return SignOffRequest(Verdict.APPROVED, 'Fine.', EvidenceInput(
            {v.name: value or VALUES[v.name] for v in asks.values},
            dict.fromkeys(asks.plots, ('new.png', 'old.png')),
            dict.fromkeys(asks.links, 'https://example.org/report')))
    return make


@pytest.fixture
def sign_full(system, saying_for):
    """Signs requirements with all they ask for, by as many as they need."""
    def signing(*keys, value=None, name=FULL):
        for key in keys:
            requirement = system.queries.requirement(name, key)
            for person in requirement.contacts[:requirement.quorum]:
                system.record(name, key, Person(person),
                              saying_for(key, value, name))
    return signing


@pytest.fixture
def gate(system):
    """Tells whether a gate is open: of a stage, or the launch gate."""
    def answer(stage='', name=NAME):
        decision = system.queries.decision(name)
        return (decision.gate(stage) if stage else decision.launch).open
    return answer


@pytest.fixture
def verbs(system):
    """The verbs of a campaign's ledger, oldest first."""
    def answer(name=NAME):
        return [e.verb for e in system.queries.ledger(name)]
    return answer


@pytest.fixture
def stored(env):
    """What the database itself says of a milestone's completion."""
    def completed(stage, name=NAME):
        rows = env.db_query("SELECT completed FROM milestone WHERE name "
                            "LIKE %s", (f'{name}: {stage}.%',))
        return [bool(row[0]) for row in rows]
    return completed


@pytest.fixture
def milestone(env):
    """Reads the milestone of a stage anew, by the stage's number."""
    def read(number, name=NAME):
        titles = ['Software preparation', 'Release validation',
                  'pre-production']
        return Milestone(env, f'{name}: {number}. {titles[number - 1]}')
    return read
