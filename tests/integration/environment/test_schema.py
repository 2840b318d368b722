"""Installing, upgrading, switching off and on leave an ordinary Trac."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from trac.admin import console
from trac.env import Environment
from trac.ticket.model import Milestone, Ticket
from trac.util.datefmt import datetime_now, utc

from support.campaigns import CONTACTS, NAME

FIRST = f'{NAME}: 1. Software preparation'


@pytest.fixture
def switch(env):
    """Opens the same environment with the plugin off, as its own process."""
    def open_without():
        env.config.set('components', 'prodworkflow.*', 'disabled')
        env.config.save()
        return Environment(env.path)

    def open_with():
        env.config.set('components', 'prodworkflow.*', 'enabled')
        env.config.save()
        return Environment(env.path)
    return open_without, open_with


def change(env, id_, author='eve', **values):
    ticket = Ticket(env, id_)
    for name, value in values.items():
        ticket[name] = value
    ticket.save_changes(author, 'While nobody watched.')


def complete(env, name):
    milestone = Milestone(env, name)
    milestone.completed = datetime_now(utc)
    milestone.update()


def test_upgrade_leaves_tickets_and_trac_ini_as_they_are(
        tmp_path, make_environment, capsys):
    path = tmp_path / 'old'
    env = make_environment(path, [('components', 'prodworkflow.*',
                                   'disabled')])
    ticket = Ticket(env)
    ticket.populate({'summary': 'of its own', 'status': 'new'})
    ticket.insert()
    before = env.db_query('SELECT * FROM ticket')
    env.config.set('components', 'prodworkflow.*', 'enabled')
    env.config.save()
    env.shutdown()
    ini = (path / 'conf' / 'trac.ini').read_bytes()
    assert console.run([str(path), 'upgrade', '--no-backup']) == 0
    env = Environment(str(path))
    assert env.db_query('SELECT * FROM ticket') == before
    assert (path / 'conf' / 'trac.ini').read_bytes() == ini
    resolutions = [n for n, in env.db_query("""
        SELECT name FROM enum WHERE type='resolution'
        ORDER BY CAST(value AS integer)""")]
    assert resolutions == ['fixed', 'invalid', 'wontfix', 'duplicate',
                           'worksforme', 'tolerable', 'waived']
    assert not env.needs_upgrade()
    env.shutdown()


def test_upgrade_keeps_resolutions_that_the_site_has(tmp_path,
                                                     make_environment):
    path = tmp_path / 'old'
    env = make_environment(path, [])
    env.db_transaction("INSERT INTO enum (type, name, value) VALUES "
                       "('resolution', 'waived', '1.5')")
    env.shutdown()
    env.config.set('components', 'prodworkflow.*', 'enabled')
    env.config.save()
    assert console.run([str(path), 'upgrade', '--no-backup']) == 0
    env = Environment(str(path))
    assert env.db_query("SELECT value FROM enum WHERE name='waived'") == \
        [('1.5',)]
    env.shutdown()


def test_trac_with_the_plugin_disabled_is_an_ordinary_trac(
        campaign, sign, switch, path, client):
    sign('feature-freeze')
    off, _ = switch
    env = off()
    change(env, 3, status='closed', resolution='wontfix')
    complete(env, FIRST)
    env.shutdown()
    for page in ('/roadmap', '/ticket/1', '/ticket/3', '/query', '/wiki',
                 '/admin', '/milestone/' + quote(FIRST)):
        answer = client('coordinator').get(page)
        assert answer.status == 200, page
        assert 'pw-' not in answer.text
    assert client('eve').act(3, 'reopen').status == 200
    assert client('coordinator').get('/campaign').status == 404


def test_plugin_enabled_again_has_lost_nothing_and_tells_all_changes(
        campaign, sign, switch, admin):
    """Nothing that happened meanwhile counts as signed."""
    sign('feature-freeze', 'software-quality', 'release-validated')
    off, on = switch
    env = off()
    change(env, 3, 'anna', status='closed', resolution='fixed')
    change(env, 1, status='reopened', resolution='')
    change(env, 2, status='reopened', resolution='')
    change(env, 2, status='closed', resolution='fixed')
    complete(env, FIRST)
    Ticket(env, 6).delete()
    Milestone(env, f'{NAME}: 2. Release validation').delete()
    env.shutdown()
    env = on()
    assert admin('campaign', 'gate', NAME)[0] == 1
    code, out, _ = admin('campaign', 'check')
    assert code == 1
    for words in ('#3 Resources estimate was closed (fixed) while nobody '
                  'was watching; this does not count as signed',
                  '#1 Feature Freeze was reopened while nobody was watching',
                  '#2 Software quality ok was closed (fixed) while nobody',
                  'sign-off ticket of Runtime performance ok (#6) is gone',
                  f'milestone {NAME}: 2. Release validation is missing',
                  'stage 1. Software preparation is closed while its gate '
                  'is shut'):
        assert words in out
    assert admin('campaign', 'check', '--repair')[0] == 0
    assert admin('campaign', 'check') == (0, '', '')
    assert not Milestone(env, FIRST).is_completed
    code, out, _ = admin('campaign', 'show', NAME)
    assert '#4 Release validated: signed off by bruno' in out
    assert '#2 Software quality ok: was closed (fixed) without' in out
    env.shutdown()


@pytest.mark.parametrize(('sql', 'words'), [
    pytest.param("UPDATE prodworkflow_signoff SET signer='eve'",
                 "signer is 'eve', the ledger says 'anna'", id='sign-off'),
    pytest.param("UPDATE prodworkflow_requirement SET contacts='[\"eve\"]' "
                 "WHERE requirement='feature-freeze'",
                 "contacts is ('eve',), the ledger says ('anna',)",
                 id='contacts'),
    pytest.param("UPDATE prodworkflow_requirement SET contacts='?'",
                 'requirement feature-freeze cannot be read', id='nonsense'),
    pytest.param("UPDATE prodworkflow_campaign SET enforcement='advisory'",
                 "enforcement is 'advisory', the ledger says 'standard'",
                 id='enforcement'),
    pytest.param("DELETE FROM prodworkflow_stage WHERE number=1",
                 'stage software-preparation is in the ledger, not in its '
                 'table', id='stage'),
    pytest.param("UPDATE prodworkflow_ledger SET actor='eve' WHERE number=2",
                 'entry 2 (approved) was changed after it was written',
                 id='ledger'),
    pytest.param("DELETE FROM prodworkflow_ledger WHERE number=1",
                 'entry 1 is missing', id='first entry'),
    pytest.param("DELETE FROM prodworkflow_ledger WHERE number=8",
                 'the last entry is not the one', id='last entry'),
    pytest.param("DELETE FROM prodworkflow_stage",
                 'stage software-preparation is in the ledger', id='stages'),
    pytest.param("UPDATE prodworkflow_stage SET due='soon'",
                 'stage pre-production cannot be read', id='due date'),
    pytest.param("UPDATE prodworkflow_ledger SET payload='{' "
                 "WHERE number=2", 'the ledger cannot be read',
                 id='payload'),
])
def test_check_tells_of_a_row_changed_by_hand(campaign, sign, env, admin,
                                              gate, sql, words):
    sign(*CONTACTS)
    assert gate()
    env.db_transaction(sql)
    code, out, _ = admin('campaign', 'check', '--repair')
    assert code == 1
    assert words in out
    assert not gate()
