"""What moves with a start, and what stays; pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from prodworkflow.domain import ledger
from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.ledger import effects
from prodworkflow.domain.planning.plan import plan
from prodworkflow.domain.planning.request import CampaignRequest
from prodworkflow.domain.planning.schedule import shift
from prodworkflow.domain.planning.signers import SiteFacts
from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.template.parser import parse
from prodworkflow.domain.views.readiness import readiness
from support import factories

TEXT = """
title = "Two steps"
[[stage]]
key = "first"
title = "First"
due = 30
[[stage.requirement]]
key = "a"
title = "A"
[[stage]]
key = "last"
title = "Last"
due = 5
[[stage.requirement]]
key = "b"
title = "B"
[[stage.requirement]]
key = "c"
title = "C"
due = 8
"""
TEMPLATE = parse(TEXT)


def decision(start='2026-06-01', closed=(), **changes):
    state = plan(CampaignRequest('P', 'two-steps', start=start), TEMPLATE,
                 SiteFacts(())).state
    state = replace(
        state, campaign=replace(state.campaign, **changes),
        stages=tuple(replace(s, closed=s.key in closed)
                     for s in state.stages))
    return decide(factories.snapshot(state=state, tickets={}, milestones={
        s.key: 0 for s in state.stages}), 0)


def moves(text, template=TEMPLATE, trac=None, **changes):
    found = shift(decision(**changes), text, template, trac or {})
    return {m.key: (m.was, m.to) for m in found.moved}


FIRST, LAST, OWN = date(2026, 5, 2), date(2026, 5, 27), date(2026, 5, 24)


@pytest.mark.parametrize(('text', 'changes', 'moved'), [
    pytest.param('2026-06-11', {}, {
        'first': (FIRST, date(2026, 5, 12)),
        'last': (LAST, date(2026, 6, 6)), 'c': (OWN, date(2026, 6, 3))},
                 id='later'),
    pytest.param('2026-05-31', {}, {
        'first': (FIRST, date(2026, 5, 1)),
        'last': (LAST, date(2026, 5, 26)), 'c': (OWN, date(2026, 5, 23))},
                 id='earlier'),
    pytest.param('2026-06-11', {'closed': ('first',)}, {
        'last': (LAST, date(2026, 6, 6)), 'c': (OWN, date(2026, 6, 3))},
                 id='the first is closed'),
    pytest.param('2026-06-11', {'closed': ('first', 'last')}, {
        'c': (OWN, date(2026, 6, 3))}, id='what is unmet moves all the same'),
    pytest.param('2026-06-11', {'start': ''}, {
        'first': (None, date(2026, 5, 12)),
        'last': (None, date(2026, 6, 6)), 'c': (None, date(2026, 6, 3))},
                 id='a first start'),
    pytest.param('none', {}, {
        'first': (FIRST, None), 'last': (LAST, None), 'c': (OWN, None)},
        id='no start any more'),
    pytest.param('2026-06-11', {'template': None}, {
        'first': (FIRST, date(2026, 5, 12)),
        'last': (LAST, date(2026, 6, 6)), 'c': (OWN, date(2026, 6, 3))},
                 id='without its template'),
    pytest.param('2026-06-11', {'template': None, 'start': ''}, {},
                 id='a first start without its template'),
])
def test_stages_and_requirements_move_with_the_start(text, changes, moved):
    assert moves(text, **changes) == moved


def test_due_date_set_by_hand_is_told_and_overwritten():
    trac = {'P: 1. First': date(2026, 4, 1), 'P: 2. Last': LAST}
    found = shift(decision(), '2026-06-11', TEMPLATE, trac)
    assert [m.by_hand for m in found.moved] == [date(2026, 4, 1), None, None]
    assert found.payload()['by_hand'] == {'first': '2026-04-01'}


def test_closed_stage_that_does_not_move_is_named():
    found = shift(decision(closed=('first',)), '2026-06-11', TEMPLATE, {})
    assert found.stays == ('1. First (closed)',)
    assert found.words == ('The start moves from 2026-06-01 to 2026-06-11, '
                           '10 days later.')


@pytest.mark.parametrize(('text', 'start', 'words'), [
    pytest.param('2026-05-31', '2026-06-01', 'The start moves from '
                 '2026-06-01 to 2026-05-31, 1 day earlier.', id='earlier'),
    pytest.param('2026-06-01', '', 'The start is planned for 2026-06-01.',
                 id='first'),
    pytest.param('none', '2026-06-01', 'No start is planned any more; it was '
                 '2026-06-01.', id='none'),
])
def test_moved_start_is_told_in_words(text, start, words):
    assert shift(decision(start), text, TEMPLATE, {}).words == words


@pytest.mark.parametrize(('text', 'changes', 'words'), [
    pytest.param('2026-06-01', {}, 'starts on 2026-06-01 already',
                 id='the same'),
    pytest.param('none', {'start': ''}, 'No start is planned for P',
                 id='none to take away'),
    pytest.param('', {}, 'or "none" to plan none', id='nothing'),
    pytest.param('1 June', {}, 'is no day between', id='no day'),
    pytest.param('9999-01-01', {}, 'is no day between', id='too late'),
    pytest.param('2026-06-11', {'launched': 5}, 'Production was launched',
                 id='launched'),
])
def test_start_that_cannot_move_is_refused_with_the_reason(
        text, changes, words):
    with pytest.raises(InvalidRequest, match=words):
        moves(text, **changes)


def test_digest_of_a_shown_schedule_changes_with_anything_in_it():
    def digest(text, trac=None, **changes):
        return shift(decision(**changes), text, TEMPLATE, trac or {}).digest
    shown = digest('2026-06-11')
    assert digest('2026-06-11') == shown
    assert len({shown, digest('2026-06-12'),
                digest('2026-06-11', closed=('first',)),
                digest('2026-06-11', {'P: 2. Last': FIRST})}) == 4


def rescheduled(was, start, **stages):
    return factories.entry('rescheduled', reason='The magnet.', was=was,
                           start=start, stages=stages, by_hand={})


@pytest.mark.parametrize(('moves_', 'start', 'note'), [
    pytest.param([('2026-06-29', '2026-07-09')], date(2026, 7, 9),
                 'start moved from 2026-06-29 to 2026-07-09 by anna on '
                 '1970-01-01: “The magnet.”', id='once'),
    pytest.param([('2026-06-29', '2026-07-09'), ('2026-07-09', '2026-08-01')],
                 date(2026, 8, 1),
                 'start moved from 2026-06-29 to 2026-08-01 by anna on '
                 '1970-01-01: “The magnet.”', id='twice: from the first'),
    pytest.param([('2026-06-29', '2026-07-09'), ('2026-07-09', '2026-06-29')],
                 date(2026, 6, 29), None, id='and back'),
    pytest.param([('2026-06-29', '')], None,
                 'start moved from 2026-06-29 to none by anna on 1970-01-01: '
                 '“The magnet.”', id='taken away'),
])
def test_the_ledger_leads_to_the_new_start_and_a_note(moves_, start, note):
    entries = [rescheduled(*m, **{'pre-production': m[1]}) for m in moves_]
    state = ledger.fold(factories.chain(*entries))
    assert state.campaign.start == start
    assert state.stage('pre-production').due == start
    assert state.stage('software-preparation').due == date(2026, 6, 1)
    told = readiness(decide(factories.snapshot(state=state), 0))
    assert told.notes == ([note] if note else [])


def test_a_requirement_s_own_date_follows_too():
    state = ledger.fold(factories.chain(factories.entry(
        'rescheduled', reason='x', was='2026-06-29', start='2026-07-09',
        stages={}, requirements={'physics-results': '2026-07-01'})))
    assert state.requirement('physics-results').due == date(2026, 7, 1)
    assert state.requirement('feature-freeze').due is None


def test_signed_requirement_keeps_its_own_due_date():
    unsigned = decision()
    answers = tuple(
        replace(a, reason=None) if a.requirement.key == 'c' else a
        for a in unsigned.launch.answers)
    signed = replace(unsigned, gates=tuple(
        replace(g, answers=answers) for g in unsigned.gates))
    found = shift(signed, '2026-06-11', TEMPLATE, {})
    assert 'c' not in {m.key for m in found.moved}
    assert found.stays == ('C (signed)',)


def test_a_first_start_is_no_move():
    state = factories.state(start=None)
    moved = effects.EFFECTS['rescheduled'](
        state, rescheduled('', '2026-06-29'))
    assert moved.campaign.start == date(2026, 6, 29)
    assert moved.campaign.moved is None


def test_moved_start_is_not_told_after_the_launch():
    state = ledger.fold(factories.chain(
        rescheduled('2026-06-29', '2026-07-09')))
    launched = replace(state, campaign=replace(state.campaign, launched=5))
    assert readiness(decide(factories.snapshot(state=launched),
                            0)).notes == []
