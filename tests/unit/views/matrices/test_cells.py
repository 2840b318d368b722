"""Cells say in few words what a sign-off's state is, whose and since when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from prodworkflow.domain.model.vocabulary import Reason
from prodworkflow.domain.rules.answers import Lift
from prodworkflow.domain.rules.duties.awaited import Awaited
from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.views.matrices.cells import Cell, cell, days_late
from prodworkflow.domain.views.readiness import readiness
from support.factories import moment, signoff
from support.groups import grouped

TODAY = date(2026, 5, 30)


def told(found, today=TODAY):
    return readiness(decide(found, moment(today)), mine=frozenset(
        {'sites.s1'}))


def of(found, key='sites.s0', today=TODAY):
    seen = told(found, today)
    return cell(seen, seen.decision.answer(key))


def saying(found, *said):
    return replace(found, state=replace(
        found.state, signoffs=(*found.state.signoffs, *said)))


def due(found, day):
    state = found.state
    return replace(found, state=replace(state, requirements=tuple(
        replace(r, due=day) for r in state.requirements)))


def test_a_rejection_is_that_of_who_gave_it():
    found = of(saying(grouped(()), signoff(
        9, 'sites.s0', 'rejected', 'bruno', time=7)))
    assert (found.state, found.people, found.time) == (
        'rejected', ('bruno',), 7)


def test_where_nobody_has_signed_it_names_who_is_awaited():
    found = of(grouped(()))
    assert found.signers == ()
    assert found.people == found.answer.awaits.contacts != ()


def test_what_the_viewer_may_sign_is_theirs():
    assert of(grouped(()), 'sites.s1').mine
    assert not of(grouped(()), 'sites.s0').mine


def test_a_stale_approval_tells_its_release():
    plain = told(grouped((0,))).decision.answer('sites.s0')
    stale = replace(plain, reason=Reason.STALE, signers=())
    found = cell(told(grouped((0,))), stale)
    assert found.again
    assert found.signers == ('anna',)
    assert found.note == f'for {found.release}'
    assert found.release


def test_an_approval_for_other_evidence_tells_no_release():
    plain = told(grouped((0,))).decision.answer('sites.s0')
    found = cell(told(grouped((0,))), replace(
        plain, reason=Reason.EVIDENCE_CHANGED, signers=()))
    assert (found.signers, found.note, found.again) == (('anna',), '', True)


def test_a_part_of_the_signatures_is_counted():
    plain = told(grouped(())).decision.answer('sites.s0')
    answer = replace(plain, reason=Reason.QUORUM_SHORT, requirement=replace(
        plain.requirement, quorum=3), awaits=Awaited(('bruno',)))
    found = Cell(answer, ('anna',))
    assert (found.note, found.people) == ('1 of 3', ('anna',))
    assert not found.again


@pytest.mark.parametrize(('day', 'words'), [
    pytest.param(date(2026, 5, 28), '2 days late', id='late'),
    pytest.param(date(2026, 5, 29), '1 day late', id='one day'),
    pytest.param(TODAY, '', id='today'),
    pytest.param(date(2026, 6, 3), '', id='later'),
])
def test_lateness_is_told_in_words(day, words):
    assert of(due(grouped(()), day)).lateness == words


def test_without_a_due_day_nothing_is_late():
    plain = grouped(())
    state = replace(plain.state, stages=tuple(
        replace(s, due=None) for s in plain.state.stages))
    assert of(due(replace(plain, state=state), None)).late == 0


def test_what_is_signed_is_not_late():
    found = due(grouped((0,)), date(2026, 5, 1))
    assert (of(found).late, of(found, 'sites.s1').late) == (0, 29)


def test_nothing_is_late_in_a_closed_stage_or_a_campaign_that_ended():
    found = due(grouped(()), date(2026, 5, 1))
    closed = replace(found, milestones=dict.fromkeys(found.milestones, 5))
    ended = replace(found, state=replace(found.state, campaign=replace(
        found.state.campaign, phase='abandoned')))
    for each in (closed, ended):
        seen = told(each)
        assert days_late(seen, seen.decision.answer('sites.s0')) == 0


def test_what_is_waived_is_that_of_who_waived_it_and_of_no_release():
    plain = told(grouped((0,))).decision.answer('sites.s0')
    leave = signoff(9, 'sites.s0', 'waived', 'dora', 'administrator', time=7)
    found = cell(told(grouped((0,))), replace(
        plain, waived=True, reason=Reason.STALE,
        lifts=(Lift(Reason.STALE, 'asked again', leave),)))
    assert (found.signers, found.time, found.release) == (('dora',), 7, '')


@pytest.mark.parametrize('met', [(0,), ()])
def test_what_is_signed_or_never_was_has_no_release(met):
    assert of(grouped(met)).release == ''


def test_the_last_of_two_rejections_is_told_and_no_release():
    found = of(saying(grouped(()), *(
        signoff(n, 'sites.s0', 'rejected', who, time=n)
        for n, who in enumerate(('bruno', 'carla'), 8))))
    assert (found.signers, found.time, found.release) == (('carla',), 9, '')
