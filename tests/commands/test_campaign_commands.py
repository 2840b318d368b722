"""What the commands print of campaigns, and complete."""

from __future__ import annotations

import json

import pytest
from trac.admin.api import AdminCommandManager

from prodworkflow.api import EvidenceInput, SignOffRequest, Verdict
from prodworkflow.domain.model.person import Person
from prodworkflow.domain.rules.waivers.requests import WaiverRequest
from support.campaigns import BRUNO, FULL, FULL_CONTACTS, NAME
from support.signoffs import TOMORROW

ADMIN = Person('coordinator', grants=frozenset({'CAMPAIGN_WAIVE'}))


def test_campaign_list_command_says_where_each_campaign_stands(
        admin, campaign, create, sign):
    create('2010 Prod', release='V1', start='2010-06-01')
    sign('feature-freeze')
    code, out, _ = admin('campaign', 'list')
    assert code == 0
    rows = [' '.join(line.split()) for line in out.splitlines() if line]
    assert rows[0] == 'Campaign Release Start Signed Verdict'
    assert sorted(rows[2:]) == [
        '2010 Prod V1 2010-06-01 0/7 Not ready: 7 of 7 sign-offs missing; '
        'next: #8 Feature Freeze, anna.',
        '2011 Prod V1 1/7 Not ready: 6 of 7 sign-offs missing; next: '
        '#2 Software quality ok, anna.']


def test_campaign_list_command_without_campaigns_says_how_to_make_one(admin):
    assert admin('campaign', 'list') == (
        0, 'There is no campaign yet; make one with "campaign create".\n', '')


@pytest.mark.parametrize('command', [
    'show', 'gate', 'hold', 'release', 'template show'])
def test_names_of_campaigns_and_templates_are_completed(
        env, campaign, command):
    words = ['campaign', *command.split()]
    complete = AdminCommandManager(env).complete_command
    offered = complete([*words, ''])
    assert ('path-to-production' if 'template' in words
            else NAME) in offered
    assert not {NAME, 'path-to-production'} & set(complete(
        [*words, NAME, '']) or ())


def test_command_for_an_unknown_stage_is_refused_with_the_known_ones(
        admin, campaign):
    code, _, err = admin('campaign', 'gate', NAME, '9')
    assert code == 2
    assert ('2011 Prod has no stage "9"; there is 1 (software-preparation), '
            '2 (release-validation), 3 (pre-production).') in err


def test_campaign_show_command_tells_waivers(admin, full, system):
    assert list(full) == list(FULL_CONTACTS)
    assert '\nWaivers\n' not in admin('campaign', 'show', FULL)[1]
    system.record(FULL, 'feature-freeze', ADMIN, SignOffRequest(
        Verdict.WAIVED, 'Frozen by mail.', leave=WaiverRequest(
            'awaiting', TOMORROW, {})))
    out = admin('campaign', 'show', FULL)[1]
    waivers = out.split('\nWaivers\n')[1].split('\n\n')[0]
    assert waivers.startswith('  #1 Feature Freeze: ')
    for word in ('coordinator', 'awaiting', TOMORROW, 'Frozen by mail.'):
        assert word in waivers


def test_show_and_gate_commands_tell_how_many_would_be_enough(
        admin, sure, system):
    system.record(FULL, 'runtime-performance', BRUNO, SignOffRequest(
        Verdict.REPORTED, 'Measured.', EvidenceInput({'crash_rate': '0/20'})))
    words = ('has not enough statistics: Crash rate is 0/20, of too few: 1 % '
             'at 95 % needs 299 without a crash; awaits bruno')
    code, out, _ = admin('campaign', 'show', FULL)
    assert (code, words in ' '.join(out.split())) == (0, True)
    code, out, _ = admin('campaign', 'gate', FULL)
    assert (code, f'  - #6 Runtime performance ok {words}' in out) == (1, True)
    value = next(
        each for stage in json.loads(
            admin('campaign', 'show', FULL, '--json')[1])['stages']
        for answer in stage['requirements']
        for each in answer['evidence'] if each['name'] == 'crash_rate')
    assert (value['fault_reason'], value['needed'], value['confidence']) == (
        'not-enough-statistics', 299, '95 %')


def test_help_begins_no_option_at_the_end_of_a_line(admin, env):
    """Trac fills lines, and breaks them behind dashes."""
    commands = [command[0] for provider in AdminCommandManager(env).providers
                if provider.__module__.startswith('prodworkflow.')
                for command in provider.get_admin_commands()]
    assert len(commands) > 15
    for command in commands:
        code, out, _ = admin('help', *command.split())
        assert code == 0
        assert [line for line in out.splitlines()
                if line.endswith('--')] == [], command
