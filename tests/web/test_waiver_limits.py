"""Waivers: how far they may go, who may not give them, and how they end."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone

import pytest
from trac.perm import PermissionSystem

from prodworkflow.api import CampaignRequest, SignOffRequest, Verdict
from support.campaigns import (
    ADMIN,
    ANNA,
    FULL,
    FULL_CONTACTS,
    FULL_TEXT,
    NAME,
    PANEL_OF,
)
from support.http_client import words_of
from support.signoffs import leak, LEAKS, waiver
from support.written_days import written

FREEZE = 'feature-freeze'
OWN = ('anna signs #1 Feature Freeze as contact, so another holder of '
       'CAMPAIGN_WAIVE, who does not sign it, has to give a waiver of it')


def in_days(days):
    """That day from today on (UTC), as a form has it."""
    return (datetime.now(timezone.utc).date()
            + timedelta(days=days)).isoformat()


@pytest.fixture
def anna_may_waive(env):
    PermissionSystem(env).grant_permission('anna', 'CAMPAIGN_WAIVE')


def test_contact_is_not_offered_a_waiver_of_their_own(
        campaign, anna_may_waive, client, post, system):
    page = client('anna').get(f'/ticket/{campaign[FREEZE]}')
    assert 'class="pw-waive"' not in page.text
    assert f'Waive: {OWN}.' in words_of(page)
    answer = post('anna', NAME, FREEZE, 'waived', statement='Mine.',
                  reason='awaiting', until=in_days(2))
    assert answer.status == 409
    assert OWN in words_of(answer)
    assert len(system.queries.ledger(NAME)) == 1
    other = client('anna').get(f'/ticket/{campaign["release-validated"]}')
    assert 'class="pw-waive"' in other.text


def test_contact_waives_where_the_template_allows_it(
        env, anna_may_waive, system, client, post):
    tickets = system.create(CampaignRequest(
        'Own', 'full', contacts=FULL_CONTACTS,
        template_text=FULL_TEXT.replace(
            '[freeze]', '[waivers]\nown = true\n[freeze]', 1)), 'coordinator')
    page = client('anna').get(f'/ticket/{tickets[0]}')
    assert 'class="pw-waive"' in page.text
    assert post('anna', 'Own', FREEZE, 'waived', statement='Mine.',
                reason='awaiting', until=in_days(2)).status == 200
    assert system.queries.decision('Own').answer(FREEZE).waived


def test_the_box_and_the_command_name_the_limits_of_a_waiver(
        full, client, post, admin, system):
    page = client('coordinator').get(f'/ticket/{full[LEAKS]}')
    assert ('How far it may go: at most 90 days, so up to '
            f'{written(in_days(90))}; Memory growth: not beyond 10 kB/event.'
            ) in words_of(page)
    assert f'max="{in_days(90)}"' in page.text
    answer = post('coordinator', FULL, LEAKS, 'waived', statement='Small.',
                  reason='out-of-bounds', until=in_days(91),
                  **{'bound_max:memory_growth': '11 kB/event'})
    assert answer.status == 400
    too_long = (f'A waiver in Full lasts at most 90 days; write a day up to '
                f'{in_days(90)}, and give another one then if it is still '
                'needed.')
    too_much = ('Memory growth: at most 10 kB/event may be declared '
                'tolerable; write a bound up to that, or have the value '
                'mended.')
    assert too_long.replace(in_days(90), written(in_days(90))) in words_of(
        answer)
    assert too_much in words_of(answer)
    assert 'value="11 kB/event"' in answer.text
    code, _, err = admin('campaign', 'waive', FULL, LEAKS, 'out-of-bounds',
                         f'--until={in_days(91)}', '--reason=Small.',
                         '--bound=memory_growth <= 11 kB/event')
    assert code == 2
    assert too_long in err
    assert too_much in err
    assert len(system.queries.ledger(FULL)) == 1


@pytest.mark.parametrize(('days', 'words'), [
    pytest.param(6, '6 days left', id='six days'),
    pytest.param(1, '1 day left', id='one day'),
    pytest.param(0, 'today is its last day', id='the last day'),
    pytest.param(8, '', id='later'),
])
def test_a_waiver_about_to_end_is_told_everywhere(
        campaign, system, client, admin, days, words):
    system.record(NAME, FREEZE, ADMIN, waiver('awaiting', in_days(days), ''))
    pages = [words_of(client('bruno').get(path)) for path in (
        '/roadmap', '/campaign/2011%20Prod', f'/ticket/{campaign[FREEZE]}')]
    pages.append(words_of(client('coordinator').get(
        PANEL_OF.format('2011%20Prod'))))
    pages.append(admin('campaign', 'show', NAME)[1])
    last = in_days(days)
    for page in pages:
        assert (words in page) if words else ('days left' not in page)
    for page, day in ((pages[0], written(last)), (pages[1], written(last)),
                      (pages[4], last)):
        assert (f'ends with {day}: {words}' in page) == bool(words)
    told = json.loads(client('bruno').get(
        '/campaign/2011%20Prod/gate').text)
    given = told['stages'][0]['requirements'][0]['waivers'][0]
    assert (given['days_left'], given['until']) == (days, in_days(days))
    assert any(f'ends with {last}: {words}' in n
               for n in told['notes']) == bool(words)


def test_creation_tells_where_nobody_else_could_waive(
        env, client, admin, system):
    """All who may waive are contacts of the freeze, and of nothing else."""
    permissions = PermissionSystem(env)
    holders = permissions.get_users_with_permission('CAMPAIGN_WAIVE')
    contacts = {FREEZE: tuple(holders), 'release-validated': ('bruno',)}
    words = 'Nobody could waive anything of “Feature Freeze”'
    code, out, _ = admin(
        'campaign', 'create', 'Next', '--dry-run',
        f'--contact={FREEZE}:{",".join(holders)}',
        '--contact=release-validated:bruno')
    assert code == 0
    assert words in out
    page = client('coordinator').post('/admin/production/campaigns', {
        'name': 'Next', 'template': 'path-to-production',
        **{f'contact:{k}': ', '.join(v) for k, v in contacts.items()}})
    assert words in words_of(page)


def test_a_bound_that_nobody_typed_goes_with_no_other_reason(
        full, client, post, system):
    """The form comes with the measured value as bound, whatever it lifts."""
    system.record(FULL, LEAKS, ANNA, leak('6 kB/event'))
    system.record(FULL, LEAKS, ANNA, SignOffRequest(
        Verdict.REJECTED, 'Too much.'))
    page = client('coordinator').get(f'/ticket/{full[LEAKS]}').text
    assert 'name="proposed_max:memory_growth" value="6 kB/event"' in page
    sent = {'statement': 'Known.', 'reason': 'rejected', 'until': in_days(2),
            'proposed_max:memory_growth': '6 kB/event'}
    typed = post('coordinator', FULL, LEAKS, 'waived', **sent,
                 **{'bound_max:memory_growth': '7 kB/event'})
    assert typed.status == 400
    assert 'Only a waiver of "out-of-bounds" has bounds' in words_of(typed)
    assert post('coordinator', FULL, LEAKS, 'waived', **sent,
                **{'bound_max:memory_growth': '6 kB/event'}).status == 200
