"""What a decision would be if something were said, and nothing else is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from prodworkflow.domain.model.evidence import EvidenceSpec, ValueSpec
from prodworkflow.domain.model.item_list import Group, Item, ItemList
from prodworkflow.domain.model.person import Deputy
from prodworkflow.domain.model.requirement import Objection
from prodworkflow.domain.model.vocabulary import Verdict
from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.views.assumptions import assumed
from support.factories import (
    ASKED,
    facts,
    moment,
    requirement,
    snapshot,
    state,
)

NOW = moment(date(2026, 6, 1))
APPROVED, REJECTED = Verdict.APPROVED, Verdict.REJECTED
FREEZE, QUALITY, ESTIMATE = list(ASKED)[:3]


def decision(signed=(), **changed):
    """The decision, each requirement in `changed` with other members."""
    found = snapshot(signed)
    for key, members in changed.items():
        key = key.replace('_', '-')
        found = replace(found, state=found.state.having(
            replace(found.state.requirement(key), **members)))
    return decide(found, NOW)


def after(found, **said):
    return assumed(found, {k.replace('_', '-'): v for k, v in said.items()})


def reason(found, key):
    answer = found.answer(key)
    return None if answer.met else answer.reason.value


def test_last_approval_would_open_the_gate():
    rest = [k for k in ASKED if k != QUALITY]
    found = decision(rest)
    assert not found.launch.open
    then = after(found, software_quality=APPROVED)
    assert then.launch.open
    assert then.answer(QUALITY).signers == ('anna',)
    assert not found.launch.open


@pytest.mark.parametrize('verdict', [REJECTED, Verdict.WITHDRAWN])
def test_word_against_it_would_shut_the_gate(verdict):
    found = decision(ASKED)
    assert found.launch.open
    then = after(found, software_quality=verdict)
    assert reason(then, QUALITY) == verdict.value
    assert [a.requirement.key for a in then.launch.unmet] == [QUALITY]


@pytest.mark.parametrize(('members', 'signers'), [
    pytest.param({'contacts': ('anna', 'bruno', 'carla'), 'quorum': 2},
                 {'anna', 'bruno'}, id='people'),
    pytest.param({'contacts': ('anna', '@physics'), 'quorum': 3},
                 {'anna', 'physics 1', 'physics 2'}, id='a group'),
    pytest.param({'contacts': (), 'quorum': 2},
                 {'administrator-1', 'administrator-2'}, id='nobody named'),
    pytest.param({'deputies': (Deputy('anna', 'eve', date(2026, 1, 1),
                                      date(2026, 12, 31)),)},
                 {'anna'}, id='a deputy'),
])
def test_quorum_is_by_different_people(members, signers):
    then = after(decision(software_quality=members),
                 software_quality=APPROVED)
    assert reason(then, QUALITY) is None
    assert set(then.answer(QUALITY).signers) == signers


def test_what_nobody_is_left_to_sign_stays_unmet():
    then = after(decision(software_quality={'quorum': 2}),
                 software_quality=APPROVED)
    assert reason(then, QUALITY) == 'quorum-short'


def test_approval_helps_nothing_where_evidence_lacks():
    asks = EvidenceSpec((ValueSpec('leak', 'Leak', 'kB'),))
    then = after(decision(software_quality={'asks': asks}),
                 software_quality=APPROVED)
    assert reason(then, QUALITY) == 'evidence-missing'


def test_approval_answers_an_objection():
    found = decision(ASKED, software_quality={
        'objection': Objection('eve', 5, 'No.', 5)})
    assert reason(found, QUALITY) == 'objected'
    assert after(found, software_quality=APPROVED).launch.open


def test_bases_are_approved_first_in_whatever_order():
    found = decision(software_quality={'rests_on': (FREEZE,)},
                     resources_estimate={'rests_on': (QUALITY,)})
    then = after(found, resources_estimate=APPROVED,
                 software_quality=APPROVED, feature_freeze=APPROVED)
    assert [reason(then, k) for k in (FREEZE, QUALITY, ESTIMATE)] == [
        None, None, None]
    alone = after(found, resources_estimate=APPROVED)
    assert reason(alone, ESTIMATE) == 'stale'


def test_what_rests_on_a_rejected_one_is_unmet_with_it():
    found = after(decision(software_quality={'rests_on': (FREEZE,)}),
                  feature_freeze=APPROVED, software_quality=APPROVED)
    then = after(found, feature_freeze=REJECTED)
    assert reason(then, FREEZE) == 'rejected'
    assert reason(then, QUALITY) == 'stale'
    assert reason(after(then, feature_freeze=APPROVED), QUALITY) is None


def test_bases_may_be_a_group_or_gone_or_a_circle():
    found = decision(
        feature_freeze={'group': 'sites', 'item': 'ral',
                        'rests_on': ('software-quality',)},
        software_quality={'rests_on': ('feature-freeze', 'gone')},
        resources_estimate={'rests_on': ('sites',)})
    state = replace(
        found.snapshot.state, lists=(ItemList('sites', (
            Item('ral', 'RAL', '1'),)),),
        groups=(Group('sites', 'software-preparation', 'Sites', 'sites',
                      'all'),))
    found = decide(replace(found.snapshot, state=state), NOW)
    then = after(found, resources_estimate=APPROVED, feature_freeze=APPROVED,
                 software_quality=APPROVED)
    assert not then.launch.open


def test_lost_ticket_and_one_closed_past_the_rules_stay_so():
    found = decision(software_quality={'unsigned': True})
    tickets = {**found.snapshot.tickets, QUALITY: facts(QUALITY, 'closed')}
    del tickets[FREEZE]
    found = decide(replace(found.snapshot, tickets=tickets), NOW)
    then = after(found, feature_freeze=APPROVED)
    assert reason(then, FREEZE) == 'ticket-missing'
    assert reason(then, QUALITY) == 'closed-unsigned'
    assert reason(after(found, software_quality=REJECTED),
                  QUALITY) == 'rejected'


def test_automatic_one_needs_no_approval():
    asks = EvidenceSpec((ValueSpec('leak', 'Leak', 'kB'),), automatic=True)
    found = state(requirements=[requirement(FREEZE, asks=asks)])
    then = after(decide(replace(snapshot(), state=found), NOW),
                 feature_freeze=APPROVED)
    assert reason(then, FREEZE) == 'evidence-missing'
