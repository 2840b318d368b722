"""`campaign deputy`: somebody signs for a person while they are away."""

from __future__ import annotations

from datetime import timedelta

import pytest

from prodworkflow.api import GateShut
from prodworkflow.domain.dates import day_of
from prodworkflow.gateways.clock import now
from support.campaigns import NAME

TODAY = day_of(now())
YESTERDAY, WEEK = TODAY - timedelta(1), TODAY + timedelta(7)
DAYS = f'{TODAY}..{WEEK}'


def deputies(system, name=NAME):
    found = system.queries.decision(name).snapshot.state.campaign.deputies
    return [str(d) for d in found]


def test_a_deputy_is_named_once_for_all_requirements_of_a_campaign(
        campaign, create, admin, system):
    create('2012 Prod')
    assert admin('campaign', 'deputy', 'eve', 'for', 'anna', DAYS,
                 f'--campaign={NAME}', '--reason=Leave.') == (
        0, f'Changed: {NAME}.\n', '')
    assert deputies(system) == [f'eve for anna {DAYS}']
    assert deputies(system, '2012 Prod') == []
    for key in ('feature-freeze', 'physics-results'):
        system.sign(NAME, key, 'eve', False, 'Fine.')
    told = system.queries.decision(NAME)
    assert told.answer('feature-freeze').words == (
        'signed off by eve (for anna)')
    assert told.answer('software-quality').words == (
        'awaits anna or eve (for anna)')
    with pytest.raises(GateShut):
        system.sign('2012 Prod', 'feature-freeze', 'eve', False, 'Fine.')
    assert system.check(NAME, False, 'root') == []


def test_a_deputy_is_named_in_all_campaigns_under_way_or_in_none(
        campaign, create, admin, system):
    create('2010 Prod')
    admin('campaign', 'abandon', '2010 Prod', '--reason=No money.')
    create('2012 Prod', contacts={'feature-freeze': ('bruno',)})
    code, out, _ = admin('campaign', 'deputy', 'eve for anna ' + DAYS)
    assert (code, out) == (0, f'Changed: {NAME} and 2012 Prod.\n')
    assert deputies(system, '2012 Prod') == [f'eve for anna {DAYS}']
    assert deputies(system, '2010 Prod') == []
    entry = system.queries.ledger(NAME)[-1]
    assert (entry.verb, entry.payload['stands_for']) == ('deputy-named',
                                                         'anna')
    events = system.queries.events(system.queries.decision(NAME))
    assert events[-1].words == (
        f'named eve deputy of anna from {TODAY} to {WEEK}')
    assert admin('campaign', 'deputy', 'eve', 'for', 'anna', DAYS)[1] == (
        'Nothing was changed.\n')


@pytest.mark.parametrize(('words', 'told'), [
    pytest.param(['eve', 'for', 'anna', f'2026-07-01..{YESTERDAY}'],
                 'is in the past; nobody becomes a deputy for days that are '
                 'over', id='over'),
    pytest.param(['eve', 'for', 'anna', f'{YESTERDAY}..{WEEK}'],
                 f'begins in the past, and nobody becomes a deputy for days '
                 f'that are over; write {TODAY}..{WEEK} (UTC).',
                 id='has begun'),
    pytest.param(['eve', 'for', 'anna'], 'write "anna for bruno 2026-07-01',
                 id='no days'),
    pytest.param(['eve', 'for', 'anna', '2026-13-01..2026-14-01'],
                 'names no deputy; write', id='no such days'),
    pytest.param(['anna', 'for', 'anna', DAYS], 'are two persons',
                 id='for themselves'),
    pytest.param(['@physics', 'for', 'anna', DAYS], 'and no groups',
                 id='a group'),
    pytest.param(['nobody', 'for', 'anna', DAYS], 'no user that Trac knows',
                 id='unknown'),
    pytest.param(['anna', 'for', 'eve', DAYS], 'eve is no contact of 2011 '
                 'Prod: a deputy stands in', id='for no contact'),
    pytest.param(['eve', 'for', 'anna', '--end'],
                 '"eve for anna" names no deputy of 2011 Prod',
                 id='none to end'),
    pytest.param(['eve', 'for', 'anna', DAYS, '--campaign=2013 Prod'],
                 'There is no campaign "2013 Prod"', id='no campaign'),
    pytest.param(['eve', 'for', 'anna', DAYS, '--if-revision=1'],
                 'name it by --campaign', id='a revision of none'),
])
def test_a_deputy_who_cannot_be_named_is_refused(words, told, campaign,
                                                 admin, system):
    code, _, err = admin('campaign', 'deputy', *words)
    assert code == 2
    assert told in ' '.join(err.split())
    assert len(system.queries.ledger(NAME)) == 1


def test_a_deputyship_is_prolonged_and_taken_back(campaign, admin, system):
    admin('campaign', 'deputy', 'eve', 'for', 'anna', DAYS)
    later = f'{TODAY}..{WEEK + timedelta(7)}'
    admin('campaign', 'deputy', 'eve', 'for', 'anna', later)
    assert deputies(system) == [f'eve for anna {later}']
    system.sign(NAME, 'feature-freeze', 'eve', False, 'Fine.')
    code, out, _ = admin('campaign', 'deputy', 'eve', 'for', 'anna', '--end')
    assert (code, out) == (0, f'Changed: {NAME}.\n')
    assert deputies(system) == []
    with pytest.raises(GateShut):
        system.sign(NAME, 'software-quality', 'eve', False, 'Fine.')
    assert system.queries.decision(NAME).answer('feature-freeze').met
    assert system.check(NAME, False, 'root') == []


@pytest.mark.parametrize(('days', 'told'), [
    pytest.param(f'2026-07-01..{YESTERDAY}', 'is in the past', id='over'),
    pytest.param(f'{YESTERDAY}..{WEEK}', 'begins in the past',
                 id='has begun')])
def test_nor_does_change_name_a_deputy_in_the_past(days, told, campaign,
                                                   admin):
    code, _, err = admin('campaign', 'change', NAME, '--reason=Leave.',
                         f'--deputy=feature-freeze:eve for anna {days}')
    assert code == 2
    assert told in err


def test_a_new_deputy_makes_nothing_valid_that_was_closed_before(
        campaign, client, admin, system):
    """A script closes the ticket for eve; only then is eve deputy."""
    assert client('eve').resolve(1).status == 409
    admin('campaign', 'deputy', 'eve', 'for', 'anna', DAYS)
    assert not system.queries.decision(NAME).answer('feature-freeze').met
