"""What a person may do to a campaign as a whole."""

from __future__ import annotations

from datetime import date

import pytest

from prodworkflow.domain.model.person import Deputy, Person
from prodworkflow.domain.rules.lifecycle_actions import (
    allowed_lifecycle_actions,
    is_contact,
    lifecycle_refusal,
    LifecycleAction,
    may_hold,
    removal_refusal,
)
from support.factories import requirement, signoff, state

DAY = date(2026, 6, 1)
NOT_HELD = {}
HELD = {'held_since': 5, 'held_by': 'anna', 'held_because': 'disks full'}
LAUNCHED = {'launched': 5, 'phase': 'launched'}
OVER = {'phase': 'over'}


def holder(*grants):
    return Person('dora', grants=frozenset(f'CAMPAIGN_{g}' for g in grants))


@pytest.mark.parametrize(('person', 'campaign', 'actions'), [
    pytest.param(holder('HOLD'), NOT_HELD, 'hold', id='may hold'),
    pytest.param(holder('HOLD'), HELD, 'resume', id='may hold, is held'),
    pytest.param(Person('anna'), NOT_HELD, 'hold', id='contact'),
    pytest.param(Person('anna'), HELD, 'resume', id='placed it'),
    pytest.param(Person('anna'), {**HELD, 'held_by': 'eve'}, '',
                 id='contact, another placed it'),
    pytest.param(Person('eve'), {**HELD, 'held_by': 'eve'}, 'resume',
                 id='placed it and is no contact any more'),
    pytest.param(Person('anna'), {**LAUNCHED, **HELD}, '',
                 id='placed it, launched'),
    pytest.param(holder('HOLD'), {**LAUNCHED, **HELD}, '',
                 id='may hold, launched and held'),
    pytest.param(Person('anna'), LAUNCHED, 'hold', id='contact, launched'),
    pytest.param(Person('eve'), NOT_HELD, '', id='anybody'),
    pytest.param(holder('LAUNCH'), NOT_HELD, 'launch', id='may launch'),
    pytest.param(holder('LAUNCH'), HELD, 'launch',
                 id='may launch, is held'),
    pytest.param(holder('LAUNCH'), LAUNCHED, '', id='may launch, launched'),
    pytest.param(holder('LAUNCH'), {**LAUNCHED, **HELD}, 'resume',
                 id='may launch, launched and held'),
    pytest.param(holder('ADMIN'), NOT_HELD, 'abandon',
                 id='administers, under way'),
    pytest.param(holder('ADMIN'), LAUNCHED, 'close abandon',
                 id='administers, launched'),
    pytest.param(holder('ADMIN'), OVER, 'close abandon',
                 id='administers, over'),
    pytest.param(holder('HOLD', 'LAUNCH', 'ADMIN'), {'phase': 'closed'}, '',
                 id='closed'),
    pytest.param(holder('HOLD', 'LAUNCH', 'ADMIN'), {'phase': 'abandoned'},
                 '', id='abandoned'),
])
def test_actions_are_allowed_by_permission_and_phase(person, campaign,
                                                     actions):
    found = allowed_lifecycle_actions(state(**campaign), person, DAY)
    assert ' '.join(a.value for a in LifecycleAction
                    if a in found) == actions


@pytest.mark.parametrize(('action', 'person', 'campaign', 'refusal'), [
    pytest.param('hold', Person('eve'), NOT_HELD,
                 'only its contacts and holders of CAMPAIGN_HOLD may',
                 id='hold, no right'),
    pytest.param('hold', Person('anna'), HELD,
                 'it is on hold by anna: disks full; anna or a holder of '
                 'CAMPAIGN_HOLD may lift it', id='hold, is held'),
    pytest.param('hold', Person('anna'), {**LAUNCHED, **HELD},
                 'it is on hold by anna: disks full; a holder of '
                 'CAMPAIGN_LAUNCH may resume it',
                 id='hold, launched and held'),
    pytest.param('resume', holder('LAUNCH'), HELD,
                 'only anna, who put it on hold, or a holder of '
                 'CAMPAIGN_HOLD may', id='resume, no right'),
    pytest.param('resume', Person('anna'), {**LAUNCHED, **HELD},
                 'only a holder of CAMPAIGN_LAUNCH may',
                 id='resume, launched'),
    pytest.param('resume', holder('LAUNCH'), NOT_HELD,
                 'it is not on hold; a contact or a holder of CAMPAIGN_HOLD '
                 'would put it there', id='resume, not held'),
    pytest.param('launch', holder('ADMIN'), NOT_HELD,
                 'only a holder of CAMPAIGN_LAUNCH may',
                 id='launch, no right'),
    pytest.param('launch', holder('LAUNCH'), LAUNCHED,
                 'it was launched already; a holder of CAMPAIGN_ADMIN may '
                 'close it when production is over', id='launch, launched'),
    pytest.param('close', holder('LAUNCH'), LAUNCHED,
                 'only a holder of CAMPAIGN_ADMIN may', id='close, no right'),
    pytest.param('close', holder('ADMIN'), NOT_HELD,
                 'it was never launched; a holder of CAMPAIGN_ADMIN may '
                 'abandon it instead', id='close, never launched'),
    pytest.param('abandon', holder('HOLD'), OVER,
                 'only a holder of CAMPAIGN_ADMIN may',
                 id='abandon, no right'),
    pytest.param('abandon', holder('ADMIN'), {'phase': 'closed'},
                 '2011 Prod is closed: its record is read-only. To set its '
                 'milestones and tickets free, a holder of CAMPAIGN_ADMIN '
                 'removes it with "trac-admin ENV campaign remove".',
                 id='abandon, ended'),
])
def test_a_refused_action_says_what_speaks_against_it(action, person,
                                                      campaign, refusal):
    assert lifecycle_refusal(LifecycleAction(action), state(**campaign),
                             person, DAY) == refusal


def test_who_signed_what_counts_may_hold_after_leaving_the_group():
    asked = [requirement('feature-freeze', contacts=('@software',))]
    said = [signoff(2, signer='carlo', contact='@software')]
    assert may_hold(state(said, asked), Person('carlo'), DAY)
    assert not may_hold(state(said, asked), Person('eve'), DAY)
    assert not may_hold(state(requirements=asked), Person('carlo'), DAY)


@pytest.mark.parametrize(('person', 'asked', 'found'), [
    pytest.param(Person('anna'), {}, True, id='named'),
    pytest.param(Person('bruno'),
                 {'deputies': [Deputy('bruno', 'anna', DAY, DAY)]}, True,
                 id='deputy'),
    pytest.param(Person('carlo', groups=frozenset({'software'})),
                 {'contacts': ('@software',)}, True, id='member of a group'),
    pytest.param(Person('eve'), {}, False, id='anybody'),
    pytest.param(holder('ADMIN'), {'contacts': ()}, False,
                 id='administrator who signs where no contacts are named'),
])
def test_contacts_are_those_who_may_sign_as_one(person, asked, found):
    requirements = [requirement('feature-freeze', **asked)]
    assert is_contact(state(requirements=requirements), person, DAY) is found


def test_a_campaign_of_which_nothing_was_said_is_removed_with_its_tickets():
    assert removal_refusal(state(), 0) is None


@pytest.mark.parametrize(('campaign', 'said', 'words'), [
    pytest.param({}, 2, '2 verdicts are recorded. "campaign remove" without '
                 '--with-tickets leaves the tickets there, "campaign abandon" '
                 'ends it and keeps the record', id='signed'),
    pytest.param(LAUNCHED, 0, 'it is launched, and what was done stays on '
                 'record', id='launched'),
    pytest.param({'phase': 'abandoned'}, 0, 'it is abandoned, and what was '
                 'done stays on record', id='ended'),
    pytest.param(LAUNCHED, 1, '1 verdicts are recorded.', id='both'),
])
def test_what_was_done_is_not_removed_with_its_tickets(campaign, said, words):
    told = removal_refusal(state(**campaign), said)
    assert told.startswith(
        f'2011 Prod cannot be removed with its tickets: {words}')
