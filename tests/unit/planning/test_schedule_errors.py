"""Each word about a start that moves, and about one that cannot; pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from hashlib import sha256

import pytest

from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.planning.schedule import Moved, Shift, shift
from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.template.model import StageTemplate, Template
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

START = date(2026, 6, 29)


def moved(text, trac=None, closed=(), milestones=None, dues=(1, 2, 3),
          **changes):
    """What moves of a campaign that starts on 29 June; no template left."""
    stages = tuple(stage(n, closed=n in closed, due=date(
        2026, 6, due) if due else None) for n, due in zip((1, 2, 3), dues))
    found = snapshot(
        state=replace(state(**changes), stages=stages),
        milestones=milestones or dict.fromkeys(KEYS, 0))
    return shift(decide(found, 0), text, None, trac or {})


def told(text, **changes):
    with pytest.raises(InvalidRequest) as error:
        moved(text, **changes)
    return [words for field, words in error.value.problems
            if field == 'start']


ASK = 'Write the planned start as YYYY-MM-DD, or "none" to plan none.'
OVER = 'Production was launched; its start does not move any more.'


@pytest.mark.parametrize(('text', 'changes', 'words'), [
    pytest.param(' ', {}, [ASK], id='nothing'),
    pytest.param('2026-06-29', {}, ['2011 Prod starts on 2026-06-29 already; '
                                    'write another day.'], id='the same'),
    pytest.param(' none ', {'start': None}, [
        'No start is planned for 2011 Prod; write one as YYYY-MM-DD.'],
        id='none already'),
    pytest.param('2026-06-30', {'launched': 5}, [OVER], id='launched'),
    pytest.param('', {'launched': 5}, [ASK, OVER], id='nothing, launched'),
    pytest.param('June', {}, [
        '"June" is no day between 1970 and 2999; write the planned start as '
        'YYYY-MM-DD.'], id='no day'),
])
def test_start_that_cannot_move_is_refused_in_words(text, changes, words):
    assert told(text, **changes) == words


@pytest.mark.parametrize(('to', 'words'), [
    (date(2026, 6, 30), 'to 2026-06-30, 1 day later.'),
    (date(2026, 7, 1), 'to 2026-07-01, 2 days later.'),
    (date(2026, 6, 28), 'to 2026-06-28, 1 day earlier.'),
    (date(2026, 6, 27), 'to 2026-06-27, 2 days earlier.')])
def test_moved_start_is_told_in_days(to, words):
    assert Shift(START, to, ()).words == (
        f'The start moves from 2026-06-29 {words}')


def test_moved_due_dates_keep_their_distance_from_the_start():
    found = moved('2026-07-02', {
        stage(1).milestone: date(2026, 6, 9), stage(2).milestone: None})
    assert (found.was, found.to) == (START, date(2026, 7, 2))
    assert found.moved == (
        Moved(KEYS[0], '1. Software preparation', stage(1).milestone,
              date(2026, 6, 1), date(2026, 6, 4), date(2026, 6, 9)),
        Moved(KEYS[1], '2. Release validation', stage(2).milestone,
              date(2026, 6, 2), date(2026, 6, 5)),
        Moved(KEYS[2], '3. pre-production', stage(3).milestone,
              date(2026, 6, 3), date(2026, 6, 6)))
    assert found.payload() == {
        'start': '2026-07-02', 'was': '2026-06-29',
        'stages': dict(zip(KEYS, ('2026-06-04', '2026-06-05',
                                  '2026-06-06'))), 'requirements': {},
        'by_hand': {KEYS[0]: '2026-06-09'}}
    assert found.moved[0].as_dict() == {
        'key': KEYS[0], 'milestone': stage(1).milestone,
        'was': '2026-06-01', 'to': '2026-06-04', 'by_hand': '2026-06-09'}
    assert found.moved[1].as_dict()['by_hand'] == ''


def test_stage_closed_in_trac_or_in_the_record_keeps_its_due_date():
    found = moved('2026-07-02', closed=(1,),
                  milestones={KEYS[0]: 0, KEYS[1]: 5, KEYS[2]: 0})
    assert [m.key for m in found.moved] == [KEYS[2]]
    assert found.stays == ('1. Software preparation (closed)',
                           '2. Release validation (closed)')
    assert found.payload()['stages'] == {KEYS[2]: '2026-06-06'}


def test_stage_whose_new_due_date_is_the_old_one_does_not_move():
    """By its template it was due a day earlier than it is planned."""
    found = snapshot(state=state(), milestones=dict.fromkeys(KEYS, 0))
    template = Template('T', '', (StageTemplate(KEYS[0], '', 29, ()),))
    moves = shift(decide(found, 0), '2026-06-30', template, {}).moved
    assert [m.key for m in moves] == list(KEYS[1:])


def test_stage_without_due_date_gets_none():
    found = moved('2026-07-02', dues=(0, 2, 3))
    assert [m.key for m in found.moved] == list(KEYS[1:])
    none = moved('none')
    assert [m.to for m in none.moved] == [None] * 3
    assert none.payload()['stages'] == dict.fromkeys(KEYS, '')
    assert none.payload()['start'] == ''


def test_due_date_set_by_hand_moves_where_none_was_planned():
    """Where the stage had no day, and Trac has one."""
    day = date(2026, 6, 9)
    found = moved('none', {stage(1).milestone: day}, dues=(0, 0, 0))
    assert found.moved == (Moved(KEYS[0], '1. Software preparation',
                                 stage(1).milestone, None, None, day),)


def test_confirmation_digest_changes_with_every_part_of_the_schedule():
    assert moved('2026-07-02').digest == moved('2026-07-02').digest
    assert len(moved('2026-07-02').digest) == 16
    others = [moved('2026-07-03'), moved('2026-07-02', closed=(1,)),
              moved('2026-07-02', {stage(1).milestone: START}),
              moved('none')]
    shift_ = Shift(START, date(2026, 7, 2), ())
    assert len({s.digest for s in [
        moved('2026-07-02'), *others, shift_, replace(shift_, was=None),
        replace(shift_, stays=('1. A',))]}) == 8
    assert Shift(None, None, ()).digest == sha256(
        b'["","",[],[]]').hexdigest()[:16]


def test_a_sign_off_with_a_day_of_its_own_moves_unless_signed():
    due = date(2026, 6, 5)
    asked = [requirement(k, due=due if n < 2 else None)
             for n, k in enumerate(ASKED)]
    signed = [signoff(2, 'software-quality')]
    found = snapshot(
        state=state(signed, asked), milestones=dict.fromkeys(KEYS, 0),
        tickets={k: facts(k, 'closed' if k == 'software-quality' else 'new')
                 for k in ASKED})
    moves = shift(decide(found, 0), '2026-07-02', None, {})
    assert moves.moved[3:] == (Moved(
        'feature-freeze', '#1 Feature Freeze', '', due, date(2026, 6, 8)),)
    assert moves.stays == ('#2 Software quality ok (signed)',)
    assert moves.payload()['requirements'] == {
        'feature-freeze': '2026-06-08'}
    assert set(moves.payload()['stages']) == set(KEYS)
    none = shift(decide(found, 0), 'none', None, {})
    assert none.payload()['requirements'] == {'feature-freeze': ''}
