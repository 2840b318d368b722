"""From the tables of the first release, kept as literal SQL, to today's."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from conftest import NAME, OPTIONS
from trac.admin import console
from trac.env import Environment
from trac.perm import PermissionSystem
from trac.ticket.model import Ticket

from prodworkflow import schema
from prodworkflow.api import CampaignSystem
from prodworkflow.model import Person
from prodworkflow.releasing import Move

FIRST = Path(__file__).parent / 'data' / 'first_release.sql'


@pytest.fixture
def old(tmp_path):
    """An environment of the first release, its campaign half signed."""
    path = tmp_path / 'old'
    Environment(str(path), create=True, options=[
        o for o in OPTIONS if o[1] != 'prodworkflow.*']).shutdown()
    with sqlite3.connect(path / 'db' / 'trac.db') as database:
        database.executescript(FIRST.read_text(encoding='utf-8'))
        database.executemany(
            "INSERT INTO session (sid, authenticated) VALUES (?, 1)",
            [('anna',), ('bruno',)])
        database.executemany(
            "INSERT INTO enum (type, name, value) VALUES "
            "('resolution', ?, ?)", [('tolerable', '6'), ('waived', '7')])
    database.close()
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
    decision = CampaignSystem(upgraded).decision(NAME)
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
    PermissionSystem(upgraded).grant_permission('dora', 'CAMPAIGN_ADMIN')
    system.release(NAME, Person('dora', grants=frozenset(
        {'CAMPAIGN_ADMIN'})), Move('V2', (), 'A patch.'))
    reasons = {a.requirement.key: a.reason and a.reason.value
               for a in system.decision(NAME).launch.answers}
    assert reasons['feature-freeze'] is None
    assert reasons['release-validated'] == 'stale'
    assert Ticket(upgraded, 4)['status'] == 'reopened'
    assert system.check(None, False, 'root') == []


def test_an_interrupted_upgrade_is_taken_up_again(old):
    with sqlite3.connect(old / 'db' / 'trac.db') as database:
        database.execute('ALTER TABLE prodworkflow_campaign '
                         'ADD COLUMN released integer')
    database.close()
    assert console.run([str(old), 'upgrade', '--no-backup']) == 0
    env = Environment(str(old))
    assert not env.needs_upgrade()
    assert CampaignSystem(env).check(None, False, 'root') == []
    assert schema.VERSION == 3
    env.shutdown()
