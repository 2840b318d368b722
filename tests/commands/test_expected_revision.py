"""`--if-revision`: a command that others were faster than changes nothing."""

from __future__ import annotations

import json

import pytest

from prodworkflow.api import CampaignChanges
from support.campaigns import ADMIN, NAME


@pytest.fixture
def revision(admin):
    def told():
        code, out, _ = admin('campaign', 'show', NAME, '--json')
        assert code == 0
        return json.loads(out)['revision']
    return told


COMMANDS = [
    ('change', '--enforcement=strict'), ('release', 'V2'), ('hold',),
    ('launch',), ('abandon',), ('close',), ('resume',),
    ('waive', 'feature-freeze', 'awaiting', '--until=2099-01-01'),
]


def test_show_tells_the_revision(admin, campaign, revision):
    assert f', revision {revision()}\n' in admin('campaign', 'show', NAME)[1]


@pytest.mark.parametrize('words', COMMANDS, ids=lambda w: w[0])
def test_a_command_says_what_came_since_and_changes_nothing(
        admin, campaign, revision, system, words):
    if words[0] == 'resume':
        system.lifecycle.hold(NAME, ADMIN, 'Stop.')
    seen = revision()
    system.change(NAME, ADMIN, CampaignChanges('So.', enforcement='advisory'))
    entries = len(system.queries.ledger(NAME))
    verb, *rest = words
    code, _, err = admin('campaign', verb, NAME, *rest, '--reason=Mine.',
                         f'--if-revision={seen}')
    assert code == 2
    assert 'coordinator changed enforcement to advisory: “So.”' in err or \
        verb == 'close'
    assert len(system.queries.ledger(NAME)) == entries


def test_a_command_at_the_expected_revision_is_done(
        admin, campaign, revision, system):
    code, _, _ = admin('campaign', 'hold', NAME, '--reason=Stop.',
                         f'--if-revision={revision()}')
    assert code == 0
    assert system.queries.decision(NAME).snapshot.state.campaign.held_since


def test_a_look_that_recorded_nothing_is_in_no_ones_way(
        admin, campaign, revision, system, env):
    seen = revision()
    with system.doors.transaction(list({1})):
        pass
    assert revision() > seen
    assert admin('campaign', 'hold', NAME, '--reason=x',
                 f'--if-revision={seen}')[0] == 0


def test_a_revision_that_is_no_number_is_a_mistake(admin, campaign):
    code, _, err = admin('campaign', 'hold', NAME, '--if-revision=x',
                         '--reason=x')
    assert code == 2
    assert '"x" is no revision' in err


def test_a_revision_that_never_was_is_refused(admin, campaign):
    code, _, err = admin('campaign', 'hold', NAME, '--if-revision=4711',
                         '--reason=x')
    assert (code, 'never was at revision 4711' in err) == (2, True)
