"""Contacts, deputies, quorums and enforcement change, with a reason."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from prodworkflow.api import GateShut, InvalidRequest
from prodworkflow.domain.dates import day_of
from prodworkflow.gateways.clock import now
from prodworkflow.services.campaigns.changes import CampaignChanges
from prodworkflow.services.campaigns.signers import SignerChanges
from support.campaigns import ADMIN, EVE, NAME
from support.http_client import words_of

PAGE = f'/admin/production/campaigns/{quote(NAME)}'


def test_changed_contacts_void_old_approvals_and_show_the_reason(
        campaign, sign, admin, ticket, system, client):
    sign('feature-freeze')
    code, out, _ = admin('campaign', 'change', NAME,
                         '--contact=feature-freeze:bruno',
                         '--reason=anna has left')
    assert code == 0
    assert '1 changed.' in out
    assert ticket(1)['status'] == 'reopened'
    assert ticket(1)['owner'] == 'bruno'
    assert 'anna has left' in ' '.join(
        c[4] or '' for c in ticket(1).get_changelog())
    with pytest.raises(GateShut, match='only bruno may sign'):
        system.sign(NAME, 'feature-freeze', 'anna', False, 'Fine.')
    roadmap = client('anna').get('/roadmap').text
    assert 'anna has left' in roadmap
    system.sign(NAME, 'feature-freeze', 'bruno', False, 'Fine.')
    assert system.check(NAME, False, 'root') == []


def test_a_deputy_signs_within_the_dates(campaign, system, admin):
    today = day_of(now())
    assert admin('campaign', 'change', NAME, '--deputy=feature-freeze:bruno '
                 'for anna 2098-01-01..2099-02-01', '--reason=x')[0] == 0
    with pytest.raises(GateShut, match='only anna may sign'):
        system.sign(NAME, 'feature-freeze', 'bruno', False, 'Fine.')
    assert admin('campaign', 'change', NAME, '--deputy=feature-freeze:bruno '
                 f'for anna {today}..2099-02-01', '--reason=x')[0] == 0
    system.sign(NAME, 'feature-freeze', 'bruno', False, 'Fine.')
    answer = system.queries.decision(NAME).answer('feature-freeze')
    assert answer.words == 'signed off by bruno (for anna)'


def test_waiting_list_names_a_contact_with_their_deputy(
        campaign, system, client):
    system.change(NAME, ADMIN, CampaignChanges('Anna is away.', None, (
        ('feature-freeze', SignerChanges(deputies=(
            f'bruno for anna {day_of(now())}..2099-12-31',))),)))
    page = words_of(client('eve').get(f'/campaign/{quote(NAME)}'))
    assert 'anna or bruno (for anna)' in page


def test_changed_enforcement_is_shown_while_it_matters(
        campaign, system, client, admin):
    admin('campaign', 'change', NAME, '--enforcement=advisory',
          '--reason=the conference')
    roadmap = client('anna').get('/roadmap').text
    assert 'enforcement lowered to advisory by' in roadmap
    assert 'the conference' in roadmap
    admin('campaign', 'change', NAME, '--enforcement=standard',
          '--reason=over')
    assert 'the conference' not in client('anna').get('/roadmap').text


def test_raising_enforcement_reopens_stages_behind_shut_gates(
        create, system, admin, stored):
    create(enforcement='advisory')
    admin('milestone', 'completed', f'{NAME}: 1. Software preparation',
          'now')
    assert stored(1) == [True]
    admin('campaign', 'change', NAME, '--enforcement=standard',
          '--reason=enough')
    assert stored(1) == [False]


CHANGES = [
    pytest.param(CampaignChanges('', 'strict'), 'Say why', id='no reason'),
    pytest.param(CampaignChanges('x', 'lax'), 'no way of enforcement',
                 id='lax'),
    pytest.param(CampaignChanges('x', None, (('feature-freeze',
                                              SignerChanges(('ana',))),)),
                 'Did you mean anna', id='unknown user'),
    pytest.param(CampaignChanges('x', None,
                                 (('freeze', SignerChanges(('anna',))),)),
                 'There is no requirement "freeze"', id='unknown key'),
    pytest.param(CampaignChanges('x', None, (('feature-freeze',
                                              SignerChanges(quorum='2')),)),
                 'The quorum of feature-freeze (Feature Freeze) is 2, but '
                 'only anna can sign it', id='quorum out of reach'),
    pytest.param(CampaignChanges('x', None, (('feature-freeze', SignerChanges(
        deputies=('bruno for eve 2026-01-01..2026-02-01',))),)),
        'cannot stand for eve', id='deputy of nobody'),
    pytest.param(CampaignChanges('x', None, (('feature-freeze', SignerChanges(
        deputies=('bruno instead of anna',))),)),
        'names no deputy', id='no deputy'),
    pytest.param(CampaignChanges('x', None, (('feature-freeze', SignerChanges(
        deputies=('bruno for anna 2026-02-02..2026-02-01',))),)),
        'names no deputy', id='dates turned round'),
]


@pytest.mark.parametrize(('wish', 'words'), CHANGES)
def test_invalid_campaign_changes_change_nothing(
        campaign, system, wish, words):
    with pytest.raises(InvalidRequest) as error:
        system.change(NAME, ADMIN, wish)
    assert words in str(error.value)
    assert len(system.queries.ledger(NAME)) == 1


def test_only_administrators_change_a_campaign(campaign, system, client):
    with pytest.raises(GateShut, match='only a holder of CAMPAIGN_ADMIN'):
        system.change(NAME, EVE, CampaignChanges('x', 'advisory'))
    assert client('anna').get(PAGE).status == 403
