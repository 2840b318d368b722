"""A campaign moves to another release: what is stale, what is carried over."""

from __future__ import annotations

import pytest
from trac.ticket.model import Version

from prodworkflow.api import GateShut, InvalidRequest, SignOffRequest, Verdict
from prodworkflow.domain.model.person import Person
from prodworkflow.services.campaigns.releases import ReleaseRequest
from support.campaigns import ADMIN, EVE, FULL


def test_a_patch_makes_stale_what_it_touches_and_carries_the_rest(
        ready, admin, reasons, ticket, stored, system):
    code, out, _ = admin('campaign', 'release', FULL, 'V1.1',
                         '--touches=emc', '--reason=Clusters were split.')
    assert code == 0
    assert 'Carried over: remote-sites-validated and physics-tracking.' in out
    assert reasons() == dict.fromkeys(
        ['release-validated', 'runtime-performance', 'physics-emc',
         'physics-results'], 'stale')
    emc, tracking = (ticket(ready[k]) for k in ('physics-emc',
                                                'physics-tracking'))
    assert (emc['status'], emc['version']) == ('reopened', 'V1.1')
    assert (tracking['status'], tracking['version']) == ('closed', 'V1.1')
    assert 'Clusters were split.' in ' '.join(
        c[4] or '' for c in emc.get_changelog())
    comments = ' '.join(c[4] or '' for c in tracking.get_changelog())
    assert 'carried over' in comments
    assert stored(1, FULL) == [True]
    assert stored(2, FULL) == stored(3, FULL) == [False]
    assert system.check(FULL, False, 'root') == []


def test_new_release_makes_all_sign_offs_bound_to_it_stale(
        ready, system, reasons, stored, env):
    system.release(FULL, ADMIN, ReleaseRequest('V2', (), 'A new release.'))
    assert set(reasons()) == {
        'release-validated', 'remote-sites-validated', 'physics-tracking',
        'runtime-performance', 'physics-emc', 'physics-results'}
    assert Version(env, 'V2').name == 'V2'
    assert stored(1, FULL) == [True]
    assert stored(2, FULL) == [False]


def test_coming_back_to_an_old_release_revives_no_sign_off(
        ready, system, reasons):
    system.release(FULL, ADMIN, ReleaseRequest('V2', (), 'Forth.'))
    system.release(FULL, ADMIN, ReleaseRequest('V1', (), 'And back.'))
    assert reasons()['release-validated'] == 'stale'


def test_evidence_of_the_old_release_counts_no_more(ready, system):
    system.release(FULL, ADMIN, ReleaseRequest('V2', (), 'A new release.'))
    with pytest.raises(InvalidRequest, match='validation report'):
        system.record(FULL, 'release-validated', Person('bruno'),
                   SignOffRequest(Verdict.APPROVED, 'As before.'))


def test_sign_off_carried_over_once_is_carried_over_again(
        ready, system, reasons):
    for release, touches in (('V1.1', ('emc',)), ('V1.2', ('sites',))):
        system.release(FULL, ADMIN,
                       ReleaseRequest(release, touches, 'A patch.'))
    assert 'physics-tracking' not in reasons()
    assert reasons()['remote-sites-validated'] == 'stale'


@pytest.mark.parametrize(('move', 'words'), [
    pytest.param(ReleaseRequest('V1', (), 'Why not.'), 'is on V1 already',
                 id='same'),
    pytest.param(ReleaseRequest(' ', (), 'Why not.'), 'Name the release',
                 id='none'),
    pytest.param(ReleaseRequest('V2', (), ' '), 'Say why', id='no reason'),
    pytest.param(ReleaseRequest('V2', ('emcal',), 'A patch.'),
                 'rests on "emcal". Did you mean emc?', id='unknown input'),
    pytest.param(ReleaseRequest('V' * 65, (), 'Long.'), 'at most 64',
                 id='long'),
])
def test_invalid_release_changes_nothing(full, system, move, words):
    with pytest.raises(InvalidRequest) as error:
        system.release(FULL, ADMIN, move)
    assert words in str(error.value)
    assert len(system.queries.ledger(FULL)) == 1


def test_only_administrators_move_a_campaign_to_a_release(full, system):
    with pytest.raises(GateShut, match='only a holder of CAMPAIGN_ADMIN'):
        system.release(FULL, EVE, ReleaseRequest('V2', (), 'Mine.'))
