"""From the tables of the first release, kept literally, to today's."""

from __future__ import annotations

import pytest
from trac.admin import console
from trac.env import Environment
from trac.ticket.model import Ticket

from prodworkflow.api import CampaignSystem
from prodworkflow.domain.model.person import Person
from prodworkflow.environment import schema
from prodworkflow.services.campaigns.releases import ReleaseRequest
from support import first_release_schema
from support.campaigns import NAME
from support.environment_copies import OPTIONS


@pytest.fixture
def old(tmp_path, make_environment):
    """An environment of the first release, its campaign half signed."""
    path = tmp_path / 'old'
    env = make_environment(path, [o for o in OPTIONS
                                  if o[1] != 'prodworkflow.*'])
    first_release_schema.restore(env)
    env.shutdown()
    assert console.run([str(path), 'config', 'set', 'components',
                        'prodworkflow.*', 'enabled']) == 0
    return path


@pytest.fixture
def upgraded(old, capsys):
    assert console.run([str(old), 'upgrade', '--no-backup']) == 0
    env = Environment(str(old))
    yield env
    env.shutdown()


def test_the_old_environment_asks_for_an_upgrade(old):
    env = Environment(str(old))
    assert env.needs_upgrade()
    env.shutdown()


def test_the_upgrade_keeps_what_was_signed(upgraded):
    decision = CampaignSystem(upgraded).queries.decision(NAME)
    assert [(a.requirement.key, a.reason and a.reason.value)
            for a in decision.launch.answers] == [
        ('feature-freeze', None), ('software-quality', None),
        ('resources-estimate', None), ('release-validated', None),
        ('remote-sites-validated', 'withdrawn'),
        ('runtime-performance', 'awaiting'),
        ('physics-results', 'awaiting')]
    assert decision.closed(decision.gates[0].stage)
    assert not decision.launch.open


def test_record_ledger_and_trac_agree_after_the_upgrade(upgraded):
    assert CampaignSystem(upgraded).check(None, False, 'root') == []


def test_the_campaign_goes_on_after_the_upgrade(upgraded):
    system = CampaignSystem(upgraded)
    system.sign(NAME, 'runtime-performance', 'bruno', False, 'Fine.')
    system.release(NAME, Person('dora', grants=frozenset(
        {'CAMPAIGN_ADMIN'})), ReleaseRequest('V2', (), 'A patch.'))
    reasons = {a.requirement.key: a.reason and a.reason.value
               for a in system.queries.decision(NAME).launch.answers}
    assert reasons['feature-freeze'] is None
    assert reasons['release-validated'] == 'stale'
    assert Ticket(upgraded, 4)['status'] == 'reopened'
    assert system.check(None, False, 'root') == []


def test_an_interrupted_upgrade_is_taken_up_again(old):
    env = Environment(str(old))
    env.db_transaction('ALTER TABLE prodworkflow_campaign '
                       'ADD COLUMN released integer')
    env.shutdown()
    assert console.run([str(old), 'upgrade', '--no-backup']) == 0
    env = Environment(str(old))
    assert not env.needs_upgrade()
    assert CampaignSystem(env).check(None, False, 'root') == []
    assert schema.VERSION == 7
    env.shutdown()
