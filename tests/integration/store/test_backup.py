"""Backed up in mid-campaign and restored, a campaign goes on."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from trac.admin import console
from trac.env import Environment

from prodworkflow.api import CampaignRequest, CampaignSystem
from support.campaigns import CONTACTS, NAME
from support.environment_copies import point, uri_of

CONTRIB = Path(__file__).parents[3] / 'contrib'
# Letters, signs and emoji of the planes 0 to 3.
WORDS = 'Größe ≤ 5 kB/événement — 粒子物理 𝛍⁺𝛍⁻ 🚦 𠮷 𰻝'


@pytest.fixture
def half_signed_campaign(campaign, sign, system, admin):
    """A campaign whose first stage is closed, the second half signed."""
    sign('feature-freeze', 'software-quality', 'resources-estimate')
    system.sign(NAME, 'release-validated', 'bruno', False, WORDS)
    assert admin('milestone', 'completed',
                 f'{NAME}: 1. Software preparation', 'now')[0] == 0
    assert admin('campaign', 'check') == (0, '', '')
    return admin('campaign', 'show', NAME)


@pytest.fixture
def continue_campaign(half_signed_campaign, capsys):
    """That a restored environment holds the same campaign, and works."""
    def checking(folder):
        def run(*args):
            capsys.readouterr()
            code = console.run([str(folder), *args])
            return code, *capsys.readouterr()
        assert run('campaign', 'check') == (0, '', '')
        assert WORDS in run('campaign', 'show', NAME)[1]
        assert shown(run('campaign', 'show', NAME)) == shown(
            half_signed_campaign)
        env = Environment(str(folder))
        system = CampaignSystem(env)
        for key in list(CONTACTS)[4:]:
            system.sign(NAME, key, CONTACTS[key][0], False, 'Fine.')
        assert system.queries.decision(NAME).launch.open
        system.create(CampaignRequest('Next', 'path-to-production',
                                      contacts=CONTACTS), 'coordinator')
        env.shutdown()
        assert run('campaign', 'check') == (0, '', '')
    return checking


@pytest.fixture(autouse=True)
def dump_tool(env, database):
    """On MariaDB, a hotcopy needs `[trac] mysqldump_path`."""
    if database.name == 'mariadb':
        env.config.set('trac', 'mysqldump_path', str(CONTRIB / 'mysqldump'))
        env.config.save()


def shown(answer):
    """What was printed, but for the revision, which a check counts up."""
    return [re.sub(', revision [0-9]+', '', text) for text in answer[1:]]


def test_restored_hotcopy_holds_the_whole_campaign(
        half_signed_campaign, continue_campaign, database, path, env, admin,
        tmp_path):
    code, out, err = admin('hotcopy', str(tmp_path / 'copy'))
    assert (code, err) == (0, '')
    assert 'Hotcopy done.' in out
    env.shutdown()
    uri = database.restore_hotcopy(tmp_path / 'copy', uri_of(path))
    point(tmp_path / 'copy', uri)
    continue_campaign(tmp_path / 'copy')
    database.drop(uri)


@pytest.mark.only('postgres', 'mariadb')
def test_restored_database_dump_holds_the_whole_campaign(
        half_signed_campaign, continue_campaign, database, path, env,
        tmp_path):
    database.dump(uri_of(path), tmp_path / 'dump.sql')
    shutil.copytree(path, tmp_path / 'restored')
    uri = database.restore((tmp_path / 'dump.sql').read_bytes())
    point(tmp_path / 'restored', uri)
    continue_campaign(tmp_path / 'restored')
    database.drop(uri)
