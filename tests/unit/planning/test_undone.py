"""What replacing contacts undoes, and what is kept of what they signed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from prodworkflow.domain.planning.undone import LostApprovals, Undone, undone
from prodworkflow.domain.rules.eligibility import valid_approvals
from support.factories import (
    ASKED,
    facts,
    KEYS,
    requirement,
    signoff,
    snapshot,
    stage,
    state,
)

FREEZE = 'feature-freeze'
DAY = 86400 * 10**6


def having(found, **changes):
    return found.state.having(replace(found.state.requirement(FREEZE),
                                      **changes))


def words(found, after):
    return [str(w) for w in undone(found, after, 20000 * DAY).words]


def test_approvals_and_closed_stages_that_are_undone_are_named():
    found = snapshot(tuple(ASKED), milestones={**dict.fromkeys(KEYS, 0),
                                               KEYS[0]: 5, KEYS[1]: 6})
    assert words(found, having(found, contacts=('bruno',))) == [
        '#1 Feature Freeze: what anna signed counts no more, and it is to be '
        'signed again', 'stage 1. Software preparation opens again',
        'stage 2. Release validation opens again']


def test_of_a_quorum_that_is_not_reached_only_the_approval_is_lost():
    found = snapshot(())
    found = replace(found, state=replace(
        found.state.having(requirement(FREEZE, contacts=('anna', 'bruno'),
                                       quorum=2)), signoffs=(signoff(2),)))
    assert words(found, having(found, contacts=('bruno', 'dora'))) == [
        '#1 Feature Freeze: what anna signed counts no more']


def test_a_quorum_that_is_raised_loses_no_approval_but_is_not_met():
    found = snapshot((FREEZE,))
    assert words(found, having(found, quorum=2)) == [
        '#1 Feature Freeze is not signed any more']


@pytest.mark.parametrize('changes', [
    pytest.param({'contacts': ('anna', 'bruno')}, id='one more'),
    pytest.param({'contacts': ('bruno',), 'kept': ('anna',)}, id='kept')])
def test_where_nothing_is_undone_nothing_is_told(changes):
    found = snapshot((FREEZE,), milestones=dict.fromkeys(KEYS, 5))
    assert not undone(found, having(found, **changes), 20000 * DAY)


def test_lost_approvals_alone_or_reopened_stages_alone_are_something():
    lost = LostApprovals(requirement(FREEZE), ('anna',), True)
    assert [bool(Undone(*given)) for given in (
        (), ((lost,),), ((), (stage(1),)), ((lost,), (stage(1),)))] == [
            False, True, True, True]


def test_what_is_confirmed_is_what_was_shown():
    found = snapshot((FREEZE,))
    one, two = (undone(found, having(found, **changes), 20000 * DAY).digest
                for changes in ({'contacts': ('bruno',)}, {'quorum': 2}))
    assert one != two
    assert len(one) == 64


@pytest.mark.parametrize(('contacts', 'kept', 'given', 'counts'), [
    pytest.param(('bruno',), ('anna',), signoff(2), True, id='kept'),
    pytest.param(('bruno',), ('dora',), signoff(2), False, id='of another'),
    pytest.param(('bruno',), ('',), signoff(2, role='administrator'), True,
                 id='of an administrator'),
    pytest.param((), ('anna',), signoff(2), True, id='no contacts any more'),
    pytest.param((), (), signoff(2), False, id='not kept'),
])
def test_only_what_is_kept_counts_without_the_contact(contacts, kept, given,
                                                      counts):
    asked = requirement(FREEZE, contacts=contacts, kept=kept)
    found = valid_approvals(asked, state((given,), (asked,)))
    assert bool(found) is counts


def test_the_ticket_plays_no_part_in_what_is_lost():
    found = snapshot((FREEZE,))
    found = replace(found, tickets={**found.tickets, FREEZE: facts(FREEZE)})
    assert words(found, having(found, contacts=('bruno',))) == [
        '#1 Feature Freeze: what anna signed counts no more']
