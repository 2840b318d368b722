"""A campaign without a release, a renamed version, a start in the past."""

from __future__ import annotations

import pytest
from trac.ticket.model import Version

from prodworkflow.api import (
    CampaignRequest,
    GateShut,
    ReleaseRequest,
    SignOffRequest,
    Verdict,
)
from support.campaigns import ADMIN, ANNA, CONTACTS, FULL, NAME

SET = 'trac-admin ENV campaign release NAME RELEASE'


@pytest.fixture
def bare(create):
    """A campaign that has no release yet."""
    return dict(zip(CONTACTS, create(release='')))


def test_what_is_bound_to_a_release_is_approved_when_there_is_one(
        bare, system, sign, client, admin, ticket):
    with pytest.raises(GateShut, match='has none yet') as error:
        sign('release-validated')
    assert SET in str(error.value)
    refused = client('bruno').resolve(4)
    assert refused.status == 409
    assert 'bound to a release' in refused.text
    assert ticket(4)['status'] == 'new'
    assert 'value="approved"' not in client('bruno').get('/ticket/4').text
    sign('feature-freeze')
    assert admin('campaign', 'release', NAME, 'V1', '--reason=Built.')[0] == 0
    sign('release-validated')
    assert system.queries.decision(NAME).answer('release-validated').met


def test_nothing_is_launched_without_a_release(env, create, sign, system,
                                               admin):
    create(release='')
    code, out, _ = admin('campaign', 'gate', NAME)
    assert code == 1
    assert f'{NAME} has no release yet' in out
    with pytest.raises(GateShut, match='has no release yet') as error:
        system.lifecycle.launch(NAME, ADMIN, 'Go.')
    assert SET in str(error.value)


def test_advisory_passes_without_a_release_and_keeps_it(create, system,
                                                        client, ticket):
    create(release='', enforcement='advisory')
    client('bruno').resolve(4)
    entry = next(e for e in system.queries.ledger(NAME)
                 if e.verb == 'approved')
    assert 'bound to a release' in entry.payload['against'][0]
    assert ticket(4)['status'] == 'closed'


def test_start_in_the_past_is_pointed_out_before_creating(admin, system,
                                                          client):
    for more in ('--dry-run',), ():
        code, out, _ = admin('campaign', 'create', NAME, '--release=V1',
                             '--start=2020-01-06', *more)
        assert code == 0
        assert 'The start 2020-01-06 is in the past' in out
    assert system.queries.names() == [NAME]
    page = client('coordinator').post('/admin/production/campaigns', {
        'name': 'Other', 'template': 'path-to-production',
        'start': '2020-01-06', 'preview': '1'})
    assert 'The start Jan 6, 2020 is in the past' in page.text


def test_version_that_is_renamed_is_followed_without_voiding_anything(
        ready, env, admin, system, ticket):
    before = {r.key: system.queries.decision(FULL).answer(r.key).words
              for r in system.queries.decision(FULL).snapshot.state
              .requirements}
    version = Version(env, 'V1')
    version.name = 'V1.0'
    version.update()
    code, out, _ = admin('campaign', 'check', FULL)
    assert code == 1
    assert 'release V1 is no version that Trac knows' in out
    code, out, _ = admin('campaign', 'release', FULL, 'V1.0', '--renamed',
                         '--reason=As it was built.')
    assert code == 0
    assert 'Release V1 is called V1.0; nothing is asked again.' in out
    decision = system.queries.decision(FULL)
    assert decision.snapshot.state.campaign.release == 'V1.0'
    assert decision.launch.open
    assert all(decision.answer(key).met for key in before)
    assert {ticket(n)['status'] for n in ready.values()} == {'closed'}
    assert 'Release V1 is called V1.0 now' in ' '.join(
        c[4] or '' for c in ticket(ready['release-validated'])
        .get_changelog())
    assert admin('campaign', 'check', FULL)[0] == 0


def test_texts_that_name_the_release_follow_unless_somebody_changed_them(
        system, ticket, env):
    numbers = system.create(CampaignRequest(
        NAME, 'path-to-production-full', release='V1.0'), 'coordinator')
    keys = [r.key for r
            in system.queries.decision(NAME).snapshot.state.requirements]
    by_key = dict(zip(keys, numbers))
    built, validated = (ticket(by_key[k]) for k in ('release-built',
                                                    'software-validated'))
    assert built['summary'] == 'Release built: V1.0'
    assert built['description'].startswith('V1.0 is built')
    validated['summary'] = 'Validation, as Anna calls it'
    validated.save_changes('anna', 'A better title.')
    move = system.release(NAME, ADMIN, ReleaseRequest(
        'V1.1p2', (), 'A patch.'))
    built, validated = (ticket(by_key[k]) for k in ('release-built',
                                                    'software-validated'))
    assert built['summary'] == 'Release built: V1.1p2'
    assert built['description'].startswith('V1.1p2 is built')
    assert built['version'] == 'V1.1p2'
    assert 'Follows the release: description and title.' in ' '.join(
        c[4] or '' for c in built.get_changelog())
    assert validated['summary'] == 'Validation, as Anna calls it'
    assert 'V1.1p2' in validated['description']
    assert 'Stays, for somebody changed it by hand: title.' in ' '.join(
        c[4] or '' for c in validated.get_changelog())
    state = system.queries.decision(NAME).snapshot.state
    assert state.requirement('release-built').title == 'Release built: V1.1p2'
    assert 'release-built' in move.stale
    assert system.check(NAME, False, 'root') == []


def test_reporting_needs_no_release(system, admin):
    system.create(CampaignRequest(
        NAME, 'path-to-production-full', contacts={
            'sample-produced': ('anna',)}), 'coordinator')
    system.record(NAME, 'sample-produced', ANNA, SignOffRequest(
        Verdict.REPORTED, 'A first try.'))
    with pytest.raises(GateShut, match='none yet'):
        system.record(NAME, 'sample-produced', ANNA, SignOffRequest(
            Verdict.APPROVED, 'Fine.'))
