"""Who would have to sign what is assumed, and what they would have said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from prodworkflow.domain.model.permissions import SignerFacts
from prodworkflow.domain.model.vocabulary import Role, Verdict
from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.views.assumptions.assumed import assumed
from prodworkflow.domain.views.assumptions.signers import (
    assumed_signers,
    AssumedSigner,
)
from support.factories import (
    ASKED,
    moment,
    requirement,
    signoff,
    snapshot,
    state,
)

NOW = moment(date(2026, 6, 1))
QUALITY = 'software-quality'
FREEZE, ESTIMATE = 'feature-freeze', 'resources-estimate'
APPROVED, REJECTED = Verdict.APPROVED, Verdict.REJECTED


def person(name, contact=None):
    return AssumedSigner(name, name if contact is None else contact,
                         Role.CONTACT)


def administrator(number):
    return AssumedSigner(f'administrator-{number}', '', Role.ADMINISTRATOR)


@pytest.mark.parametrize(('given', 'members', 'signers'), [
    pytest.param((), {'contacts': ('anna', 'bruno')}, [person('anna')],
                 id='one'),
    pytest.param(('anna',), {'contacts': ('anna', 'bruno', 'carla', 'dora'),
                             'quorum': 3},
                 [person('bruno'), person('carla')], id='those who lack'),
    pytest.param(('anna',), {'contacts': ('anna', 'bruno')},
                 [person('anna')], id='anew'),
    pytest.param((), {'contacts': ('@physics', '@sites'), 'quorum': 2},
                 [person('physics 1', '@physics'),
                  person('physics 2', '@physics')], id='members of a group'),
    pytest.param((), {'contacts': (), 'quorum': 2},
                 [administrator(1), administrator(2)], id='administrators'),
])
def test_as_many_sign_as_the_quorum_lacks(given, members, signers):
    asked = requirement(QUALITY, **members)
    there = state([signoff(n, QUALITY, signer=who)
                   for n, who in enumerate(given, 2)], [asked])
    assert assumed_signers(asked, there, NOW) == signers


def test_no_administrator_signs_where_trac_lets_none():
    asked = requirement(QUALITY, contacts=())
    there = replace(state(requirements=[asked]), signers=SignerFacts())
    assert assumed_signers(asked, there, NOW) == []


@pytest.mark.parametrize(('verdict', 'signer', 'role', 'contact'), [
    (APPROVED, 'anna', 'contact', 'anna'),
    (REJECTED, 'somebody', 'administrator', ''),
    (Verdict.WITHDRAWN, 'somebody', 'administrator', '')])
def test_what_is_assumed_is_said_now_for_the_release_of_now(
        verdict, signer, role, contact):
    found = assumed(decide(snapshot(), NOW), {QUALITY: verdict})
    said, = found.snapshot.state.signoffs
    assert replace(said, basis=None) == signoff(
        10**12, QUALITY, verdict.value, signer, role, time=NOW,
        statement='', contact=contact, persons=(signer,))


def resting(*signed, **rests_on):
    """The decision of a campaign whose requirements rest on others."""
    found = snapshot(signed)
    for key, bases in rests_on.items():
        key = key.replace('_', '-')
        found = replace(found, state=found.state.having(replace(
            found.state.requirement(key), rests_on=bases)))
    return decide(found, NOW)


def order(found, *keys):
    """The keys in the order in which they were approved."""
    found = assumed(found, dict.fromkeys(keys, APPROVED))
    return [s.requirement for s in found.snapshot.state.signoffs]


def test_each_is_approved_behind_all_that_it_rests_on():
    chain = resting(software_quality=(FREEZE,), resources_estimate=(QUALITY,))
    assert order(chain, ESTIMATE, QUALITY, FREEZE) == [FREEZE, QUALITY,
                                                       ESTIMATE]
    assert order(chain, ESTIMATE, FREEZE) == [FREEZE, ESTIMATE]
    forked = resting(software_quality=(FREEZE,), resources_estimate=(
        QUALITY, 'release-validated'), release_validated=('physics-results',))
    for last in (FREEZE, 'physics-results'):
        assert order(forked, ESTIMATE, last) == [last, ESTIMATE]


def test_each_is_approved_behind_the_members_of_a_group():
    found = resting(resources_estimate=('sites',)).snapshot
    member = replace(found.state.requirement('release-validated'),
                     group='sites', item='ral')
    found = decide(replace(found, state=found.state.having(member)), NOW)
    assert order(found, ESTIMATE, 'release-validated') == [
        'release-validated', ESTIMATE]


def test_only_tickets_of_what_is_said_and_rests_on_it_are_followed():
    found = resting(*ASKED, software_quality=(FREEZE,)).snapshot
    found = decide(replace(found, state=replace(
        found.state, signoffs=tuple(s for s in found.state.signoffs
                                    if s.requirement != ESTIMATE))), NOW)
    then = assumed(found, {FREEZE: REJECTED}).snapshot.tickets
    assert [then[k].status for k in (FREEZE, QUALITY, ESTIMATE)] == [
        'reopened', 'reopened', 'closed']
