"""Reminders: what time alone has to tell of a campaign, and whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from prodworkflow.domain.dates import day_of
from prodworkflow.domain.model.person import Deputy
from prodworkflow.domain.model.signoff import Waiver
from prodworkflow.domain.news.notices import Kind
from prodworkflow.domain.news.reminders import (
    distance,
    held_in_silence,
    level_of,
    reminders,
    Told,
)
from prodworkflow.domain.rules.gates import decide
from support.factories import (
    ASKED,
    facts,
    moment,
    requirement,
    signoff,
    snapshot,
    state,
)

# As the factories have it: when the first stage is due.
DUE = date(2026, 6, 1)
FREEZE, QUALITY, ESTIMATE = list(ASKED)[:3]
USUAL = (7, 2, 0, -3)


def before(days):
    return DUE - timedelta(days)


def found(day, told=(), days=14, signoffs=(), requirements=None, signed=(),
          changes=None, **of_snapshot):
    """The reminders of a campaign on a day."""
    asked = requirements or [requirement(FREEZE)]
    at = snapshot(state=state(signoffs, asked, **(changes or {})), tickets={
        r.key: facts(r.key, 'closed' if r.key in signed else 'new')
        for r in asked})
    return reminders(decide(replace(at, **of_snapshot), moment(day)), told,
                     days)


@pytest.mark.parametrize(('days', 'level'), [
    (400, None), (8, None), (7, 7), (6, 7), (3, 7), (2, 2), (1, 2), (0, 0),
    (-1, 0), (-2, 0), (-3, -3), (-400, -3)])
def test_level_is_the_latest_that_is_reached(days, level):
    assert level_of(days, USUAL) == level
    assert level_of(days, USUAL[::-1]) == level
    assert level_of(days, ()) is None


def test_reminder_names_the_sign_off_its_day_and_who_can_give_it():
    reminder, = found(before(2))
    notice = reminder.notice
    assert (notice.kind, notice.contacts, notice.holders) == (
        Kind.REMINDERS, ('anna',), ())
    assert notice.head == 'Sign-offs that are due soon wait for you.'
    assert notice.line.words == 'due in 2 days'
    assert (notice.line.title, notice.line.ticket, notice.line.requirement,
            notice.line.due) == ('Feature Freeze', 1, FREEZE, DUE)
    assert reminder.told == Told('due', FREEZE, 'anna', DUE, 2)


@pytest.mark.parametrize(('day', 'head'), [
    (DUE, 'due soon'), (DUE + timedelta(1), 'overdue')])
def test_what_is_due_today_is_not_overdue(day, head):
    assert found(day)[0].notice.head == (
        f'Sign-offs that are {head} wait for you.')


@pytest.mark.parametrize(('days', 'words'), [
    (12, 'due in 12 days'), (2, 'due in 2 days'), (1, 'due tomorrow'),
    (0, 'due today'), (-1, '1 day late'), (-2, '2 days late')])
def test_distance_of_a_day_in_words(days, words):
    assert distance(days) == words


@pytest.mark.parametrize(('told', 'again'), [
    pytest.param(Told('due', FREEZE, 'anna', DUE, 7), True, id='earlier'),
    pytest.param(Told('due', FREEZE, 'anna', DUE, 2), False, id='the same'),
    pytest.param(Told('due', FREEZE, 'anna', DUE, 0), False, id='later'),
    pytest.param(Told('due', QUALITY, 'anna', DUE, 2), True, id='another'),
    pytest.param(Told('due', FREEZE, 'bruno', DUE, 2), True, id='others'),
    pytest.param(Told('due', FREEZE, 'anna', before(1), 2), True,
                 id='another day'),
    pytest.param(Told('waiver', FREEZE, 'anna', DUE, 2), True,
                 id='of another kind')])
def test_level_is_told_once_and_none_before_one_that_was(told, again):
    assert bool(found(before(2), [told])) == again


def test_the_latest_of_several_that_were_told_counts():
    told = [Told('due', FREEZE, 'anna', DUE, n) for n in (0, 7, 2)]
    assert found(DUE, told) == found(DUE, told[::-1]) == []


@pytest.mark.parametrize(('given', 'people'), [
    pytest.param({'contacts': ('anna', 'bruno')}, ['anna', 'bruno'],
                 id='all who can'),
    pytest.param({'contacts': ('anna', 'bruno'), 'quorum': 2}, ['bruno'],
                 id='not who has signed'),
    pytest.param({'contacts': ('bruno',), 'deputies': (
        Deputy('eve', 'bruno', before(9), before(2)),)}, ['eve'],
        id='a deputy in office'),
    pytest.param({'contacts': ('bruno',), 'deputies': (
        Deputy('eve', 'bruno', before(9), before(3)),)}, ['bruno'],
        id='no former deputy')])
def test_who_can_still_help_is_reminded(given, people):
    told = found(before(2), requirements=[requirement(FREEZE, **given)],
                 signoffs=[signoff(2, FREEZE)] if 'quorum' in given else [])
    assert [c for r in told for c in r.notice.contacts] == people


@pytest.mark.parametrize('given', [
    pytest.param({'signed': [FREEZE], 'signoffs': [signoff(2, FREEZE)]},
                 id='met'),
    pytest.param({'tickets': {}}, id='its ticket is gone'),
    pytest.param({'changes': {'phase': 'closed'}}, id='closed'),
    pytest.param({'changes': {'phase': 'abandoned'}}, id='abandoned'),
    pytest.param({'doubts': ('no ledger',)}, id='in doubt'),
    pytest.param({'changes': {'remind': ()}}, id='no days'),
    pytest.param({'changes': {'phase': 'launched', 'launched': 5}},
                 id='to be held'),
    pytest.param({'changes': {'phase': 'launched', 'launched': 5,
                              'held_since': 6}}, id='held'),
    pytest.param({'requirements': [requirement(FREEZE, release_bound=True)],
                  'changes': {'release': ''}}, id='without a release')])
def test_nothing_is_reminded_that_cannot_be_signed(given):
    assert found(before(2), **given) == []


def test_campaign_on_hold_before_its_launch_goes_on_reminding():
    assert found(before(2), changes={'held_since': 6})


def test_what_rests_on_something_unmet_is_not_reminded_but_that_is():
    rests = requirement(QUALITY, rests_on=(FREEZE,))
    told = found(before(2), requirements=[requirement(FREEZE), rests])
    assert [r.told.subject for r in told] == [FREEZE]
    told = found(before(2), requirements=[requirement(FREEZE), rests],
                 signoffs=[signoff(2, FREEZE)], signed=[FREEZE])
    assert [r.told.subject for r in told] == [QUALITY]


def test_in_advisory_also_that_is_reminded_for_it_can_be_signed():
    rests = requirement(QUALITY, rests_on=(FREEZE,))
    told = found(before(2), requirements=[requirement(FREEZE), rests],
                 changes={'enforcement': 'advisory'})
    assert [r.told.subject for r in told] == [FREEZE, QUALITY]


@pytest.mark.parametrize(('enforcement', 'keys'), [
    ('standard', [FREEZE, 'release-validated']), ('strict', [FREEZE])])
def test_in_strict_no_stage_is_reminded_before_its_turn(enforcement, keys):
    told = found(DUE, requirements=[
        requirement(FREEZE), requirement('release-validated')],
        changes={'enforcement': enforcement})
    assert [r.told.subject for r in told] == keys


def test_own_day_of_a_sign_off_counts_and_none_reminds_of_nothing():
    own = requirement(FREEZE, due=before(-20))
    assert [r.told for r in found(before(-18), requirements=[own])] == [
        Told('due', FREEZE, 'anna', before(-20), 2)]
    stages = state((), [requirement(FREEZE)])
    at = snapshot(state=replace(stages, stages=tuple(
        replace(s, due=None) for s in stages.stages)))
    assert reminders(decide(at, moment(DUE)), (), 14) == []


def escalated(told):
    return [r for r in told if r.told.kind == 'escalated']


@pytest.mark.parametrize(('days', 'late', 'heard'), [
    (14, 13, False), (14, 14, True), (14, 90, True), (1, 1, True),
    (0, 90, False)])
def test_administrators_hear_of_what_is_so_many_days_overdue(
        days, late, heard):
    told = escalated(found(DUE + timedelta(late), days=days))
    assert bool(told) == heard
    for each in told:
        assert each.told == Told('escalated', '', '', DUE, 0)
        assert (each.notice.kind, each.notice.contacts,
                each.notice.holders) == (Kind.REMINDERS, (),
                                         ('CAMPAIGN_ADMIN',))
        assert each.notice.head == (
            'Nobody has signed what was due on 2026-06-01.')
        assert each.notice.line.words == (
            f'{distance(-late)}: awaits anna')


def test_administrators_hear_once_of_a_day_and_of_all_that_was_due_then():
    asked = [requirement(FREEZE), requirement(QUALITY, rests_on=(FREEZE,)),
             requirement('release-validated')]
    late = DUE + timedelta(14)
    told = escalated(found(late, requirements=asked))
    assert [r.notice.line.requirement for r in told] == [FREEZE, QUALITY]
    assert {r.told for r in told} == {Told('escalated', '', '', DUE, 0)}
    assert escalated(found(late, [told[0].told], requirements=asked)) == []
    later = escalated(found(late + timedelta(1), [told[0].told],
                            requirements=asked))
    assert [r.notice.line.requirement for r in later] == ['release-validated']


UNTIL = date(2026, 7, 1)


def waived(until=UNTIL, number=5, reason='awaiting', **changes):
    return signoff(number, FREEZE, 'waived', 'dora', 'administrator',
                   waiver=Waiver(reason, until, ()), **changes)


WAIVED = (waived(),)


def of_waiver(day, told=(), signoffs=WAIVED, signed=(FREEZE,), **changes):
    return found(day, told, signoffs=signoffs, signed=signed,
                 changes={'remind': (), **changes}, days=0)


@pytest.mark.parametrize(('left', 'words'), [
    (4, None), (3, 'in 3 days'), (2, 'in 2 days'), (1, 'tomorrow'),
    (0, 'today')])
def test_waiver_is_told_when_its_last_day_is_near(left, words):
    told = of_waiver(UNTIL - timedelta(left))
    if words is None:
        assert told == []
        return
    reminder, = told
    notice = reminder.notice
    assert reminder.told == Told('waiver', '5', '', UNTIL, 3)
    assert (notice.kind, notice.contacts, notice.holders) == (
        Kind.WAIVERS, ('anna',), ('CAMPAIGN_WAIVE',))
    assert notice.head == 'A waiver is about to end.'
    assert notice.subject == 'a waiver of #1 ends with 2026-07-01'
    assert notice.line.words == (
        'waived by dora (nobody has signed it); the last day of the waiver '
        f'is {words}, 2026-07-01')
    assert notice.line.requirement == FREEZE
    assert of_waiver(UNTIL - timedelta(left), [reminder.told]) == []


def test_waiver_that_has_ended_is_told_once_more():
    reminder, = of_waiver(UNTIL + timedelta(1),
                          [Told('waiver', '5', '', UNTIL, 3)])
    assert reminder.told == Told('waiver', '5', '', UNTIL, -1)
    assert reminder.notice.head == (
        'A waiver has ended, and what it lifted counts again.')
    assert reminder.notice.subject == 'a waiver of #1 has ended'
    assert reminder.notice.line.words == (
        'the waiver by dora ended with 2026-07-01; awaits anna')
    assert of_waiver(UNTIL + timedelta(9), [reminder.told]) == []


@pytest.mark.parametrize('signoffs', [
    pytest.param([waived(), waived(UNTIL + timedelta(60), 6)],
                 id='another one is in force'),
    pytest.param([waived(), signoff(6)], id='signed since'),
    pytest.param([waived(), signoff(6, verdict='rejected')],
                 id='rejected before it ended')])
def test_waiver_whose_end_changes_nothing_is_not_told(signoffs):
    assert of_waiver(UNTIL + timedelta(1), signoffs=signoffs) == []


def test_waivers_are_told_also_of_a_launched_campaign_on_hold():
    assert of_waiver(UNTIL + timedelta(1), phase='launched', launched=5,
                     held_since=6)
    assert not of_waiver(UNTIL + timedelta(1), phase='closed')


def test_of_waivers_the_deputy_hears_of_one_who_is_away():
    day = UNTIL - timedelta(1)
    reminder, = of_waiver(day, deputies=(Deputy('eve', 'anna', day, day),))
    assert reminder.notice.contacts == ('eve',)


def test_hold_of_a_quiet_day_is_told_later_and_once():
    held = {'phase': 'launched', 'launched': 5, 'held_since': 6,
            'held_by': 'prodworkflow', 'held_because': 'the waiver ended'}
    at = snapshot(state=state((), [requirement(FREEZE)], **held))
    fact = held_in_silence(decide(at, moment(DUE)))
    assert fact == Told('held', '6', '', DUE, 1)
    reminder, = found(before(-9), [fact], changes=held)
    assert reminder.notice.kind is Kind.RUNNING
    assert (reminder.notice.contacts, reminder.notice.holders) == (
        ('anna',), ('CAMPAIGN_LAUNCH',))
    assert reminder.notice.head == (
        '2011 Prod is on hold by prodworkflow: the waiver ended; a holder '
        'of CAMPAIGN_LAUNCH may resume it.')
    assert reminder.notice.subject == 'on hold'
    away = {**held, 'deputies': (Deputy('eve', 'anna', before(-9),
                                        before(-9)),)}
    reminder, = found(before(-9), [fact], changes=away)
    assert reminder.notice.contacts == ('eve',)
    assert reminder.told == Told('held', '6', '', DUE, 0)
    assert found(before(-9), [fact, reminder.told], changes=held) == []
    assert found(before(-9), [fact], changes={**held, 'held_since': 7}) == []
    assert found(before(-9), [fact], changes={
        **held, 'held_since': 0, 'remind': ()}, days=0) == []


def test_day_is_that_of_utc():
    at = snapshot(state=state((), [requirement(FREEZE)]))
    last = moment(before(7)) - 12 * 3600 * 10**6 - 1
    assert day_of(last) == before(8)
    assert reminders(decide(at, last), (), 14) == []
    assert reminders(decide(at, last + 1), (), 14)
