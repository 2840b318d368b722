"""A person and their deputy are one at every door: others sign the other."""

from __future__ import annotations

import pytest

from prodworkflow.api import CampaignRequest, DeputyRequest
from prodworkflow.domain.dates import day_of
from prodworkflow.gateways.clock import now
from support.campaigns import ADMIN, NAME
from support.signoffs import TWO_OF_PHYSICS

FIXED = {'action': 'resolve', 'action_resolve_resolve_resolution': 'fixed'}
PAGE = f'/campaign/{NAME.replace(" ", "%20")}/sign'


@pytest.fixture
def separate(system):
    """Eve stands for anna; what is made is reviewed by others."""
    system.create(CampaignRequest(
        NAME, 'two', 'V1', template_text=TWO_OF_PHYSICS, contacts={
            'made': ('anna', 'bruno'), 'reviewed': ('anna', 'bruno')}),
        'coordinator')
    today = day_of(now())
    system.deputies.name(ADMIN, DeputyRequest(
        f'eve for anna {today}..{today}'))


WAYS = [
    pytest.param(lambda d, user: d.client(user).post(PAGE, {
        'requirement': 'reviewed', 'verdict': 'approved',
        'statement': 'Fine.'}), id='box'),
    pytest.param(lambda d, user: d.client(user).post('/campaign', {
        'sel': f'{NAME}/reviewed', 'statement': 'Fine.'}),
        id='many at once'),
    pytest.param(lambda d, user: d.client(user).resolve(2), id='resolve'),
    pytest.param(lambda d, user: d.client(user).act(2, 'finish'),
                 id='custom action'),
    pytest.param(lambda d, user: d.batch(user, 2, **FIXED), id='batch'),
    pytest.param(lambda d, user: d.rpc_by_action(user, 2, **FIXED),
                 id='xml-rpc'),
    pytest.param(lambda d, user: d.save(2, user, status='closed',
                                        resolution='fixed'), id='script'),
    pytest.param(lambda d, user: d.commit(user, 'Closes #2'), id='commit'),
    pytest.param(lambda d, user: d.json_rpc(user, 2), id='json-rpc'),
]


@pytest.mark.parametrize('way', WAYS)
@pytest.mark.parametrize(('signer', 'user'), [
    pytest.param('anna', 'eve', id='the deputy of the signer'),
    pytest.param('eve', 'anna', id='the one whose deputy signed'),
])
def test_no_door_lets_both_of_a_person_and_their_deputy_sign(
        way, signer, user, separate, doors, system, verbs):
    system.sign(NAME, 'made', signer, False, 'Made.')
    way(doors, user)
    assert verbs().count('approved') == 1
    assert not system.queries.decision(NAME).answer('reviewed').met


@pytest.mark.parametrize(('signer', 'user'), [('anna', 'eve'),
                                              ('eve', 'anna')])
def test_the_refusal_names_who_can_sign(signer, user, separate, doors,
                                        system):
    system.sign(NAME, 'made', signer, False, 'Made.')
    answer = doors.client(user).resolve(2)
    assert answer.status == 409
    assert 'has to be signed by somebody else: bruno' in answer.text
    assert doors.client('bruno').resolve(2).status == 200
    assert system.queries.decision(NAME).answer('reviewed').met
    assert system.check(NAME, False, 'root') == []
