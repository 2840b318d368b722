"""Which tickets may enter a campaign that is frozen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from prodworkflow.domain.model.campaign import ANY, Freeze
from prodworkflow.domain.model.person import Deputy
from prodworkflow.domain.rules.freeze import (
    enters,
    entry_refusal,
    freeze_in_force,
    kind_refusal,
    may_enter,
    TicketKind,
    TicketPosition,
)
from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.rules.words.options import Options
from support.factories import (
    ASKED,
    facts,
    requirement,
    signoff,
    snapshot,
    stage,
    state,
)

FREEZE = 'feature-freeze'
JUNE_10 = 1781049600 * 10**6
RANKS = {'blocker': 1, 'critical': 2, 'major': 3}
INSIDE, OUTSIDE = stage(2).milestone, 'some other milestone'
URGENT = TicketKind('defect', 'critical')
FEATURE = TicketKind('enhancement', 'critical')
TASK = TicketKind('task', 'major')
REFUSAL = ('2011 Prod is frozen ("Feature Freeze" is signed): only defect '
           'tickets of priority critical or higher may enter its milestones, '
           'and #12 is {}. Ask anna or bruno (for anna)')


def decided(signed=(FREEZE,), verdict='approved', key=FREEZE, **changes):
    deputies = [Deputy('bruno', 'anna', date(2026, 6, 10), date(2026, 6, 10))]
    asked = [requirement(k, deputies=deputies) for k in ASKED]
    said = [signoff(n, k, verdict) for n, k in enumerate(signed, 2)]
    return decide(snapshot(
        state=state(said, asked, **{'freeze': Freeze(key), **changes}),
        tickets={k: facts(k, 'closed' if k in signed else 'new')
                 for k in ASKED}), JUNE_10)


def at(milestone, kind=FEATURE, status='new'):
    return TicketPosition(status, milestone, kind)


@pytest.mark.parametrize(('decision', 'in_force'), [
    pytest.param(decided(), True, id='signed'),
    pytest.param(decided(()), False, id='not signed'),
    pytest.param(decided(verdict='rejected'), False, id='rejected'),
    pytest.param(decided(freeze=None), False, id='no freeze'),
    pytest.param(decided(phase='abandoned'), False, id='ended'),
    pytest.param(decided(key='gone'), False, id='requirement unknown'),
])
def test_a_freeze_is_in_force_once_it_is_signed(decision, in_force):
    assert (freeze_in_force(decision) is not None) is in_force
    assert bool(kind_refusal(decision, FEATURE, RANKS, '#12')) is in_force


@pytest.mark.parametrize(('type_', 'priority', 'allowed'), [
    pytest.param('defect', 'critical', True, id='just urgent enough'),
    pytest.param('defect', 'blocker', True, id='more urgent'),
    pytest.param('defect', 'major', False, id='less urgent'),
    pytest.param('defect', 'urgent', False, id='priority unknown'),
    pytest.param('defect', '', False, id='no priority'),
    pytest.param('task', 'blocker', False, id='another type'),
    pytest.param('', 'blocker', False, id='no type'),
])
def test_urgent_tickets_of_some_types_may_enter(type_, priority, allowed):
    freeze = Freeze(FREEZE)
    assert may_enter(freeze, TicketKind(type_, priority), RANKS) is allowed


def test_nothing_is_urgent_enough_where_the_limit_is_unknown():
    freeze = Freeze(FREEZE, priority='gone')
    assert not may_enter(freeze, TicketKind('defect', 'blocker'), RANKS)


@pytest.mark.parametrize(('before', 'after', 'found'), [
    pytest.param(None, at(INSIDE), True, id='made there'),
    pytest.param(None, at(OUTSIDE), False, id='made elsewhere'),
    pytest.param(None, at(INSIDE, status='closed'), False, id='made closed'),
    pytest.param(at(OUTSIDE), at(INSIDE), True, id='moved there'),
    pytest.param(at(INSIDE), at(OUTSIDE), False, id='moved away'),
    pytest.param(at(INSIDE), at(INSIDE, status='assigned'), False,
                 id='stays as it is'),
    pytest.param(at(INSIDE), at(stage(3).milestone), False,
                 id='moved within'),
    pytest.param(at(INSIDE, status='closed'), at(INSIDE), True,
                 id='reopened there'),
    pytest.param(at(INSIDE, URGENT), at(INSIDE), True, id='another kind'),
])
def test_a_ticket_enters_when_it_comes_to_be_open_there(before, after, found):
    assert enters(state(), before, after) is found


@pytest.mark.parametrize(('before', 'after', 'kind'), [
    pytest.param(None, at(INSIDE), 'enhancement, critical', id='made there'),
    pytest.param(None, at(INSIDE, URGENT), '', id='urgent'),
    pytest.param(at(OUTSIDE), at(INSIDE), 'enhancement, critical',
                 id='moved there'),
    pytest.param(at(INSIDE), at(INSIDE), '', id='stays as it is'),
    pytest.param(at(INSIDE, URGENT), at(INSIDE), 'enhancement, critical',
                 id='no more urgent'),
    pytest.param(at(INSIDE, TASK), at(INSIDE), '',
                 id='was there before the freeze'),
    pytest.param(None, at(INSIDE, TicketKind('', '')),
                 'of no type, without priority', id='no kind'),
])
def test_a_refused_entry_says_whom_to_ask(before, after, kind):
    found = entry_refusal(decided(), before, after, RANKS, '#12')
    assert found == (REFUSAL.format(kind) if kind else None)


LACKING = ('2011 Prod is frozen ("Feature Freeze" is signed), and nothing may '
           'enter its milestones as long as its freeze names words that Trac '
           'lacks: {}. A holder of CAMPAIGN_ADMIN can choose others; ask anna '
           'or bruno (for anna)')
KINDS = ('2011 Prod is frozen ("Feature Freeze" is signed): only {} may enter '
         'its milestones, and #12 is enhancement, critical. Ask anna or bruno '
         '(for anna)')
NO_DEFECT = '"defect" is no type (Trac has bug and wish)'
NO_P1 = '"P1" is no priority (Trac has blocker, critical and major)'


def refused(types, known, least='critical'):
    return kind_refusal(decided(freeze=Freeze(FREEZE, types, least)), FEATURE,
                        RANKS, '#12', None if known is None
                        else Options(known))


@pytest.mark.parametrize(('types', 'known', 'least', 'words'), [
    pytest.param(('defect',), ('bug', 'wish'), 'critical',
                 LACKING.format(NO_DEFECT), id='no type is there'),
    pytest.param(('defect', 'x'), ('bug', 'wish'), 'P1', LACKING.format(
        f'{NO_DEFECT}, "x" is no type (Trac has bug and wish) and {NO_P1}'),
        id='nothing is there'),
    pytest.param(('bug',), ('bug',), 'P1', LACKING.format(NO_P1),
                 id='no such priority'),
    pytest.param(('defect',), None, 'P1', LACKING.format(NO_P1),
                 id='no such priority, types unknown'),
    pytest.param(('defect', 'bug'), ('bug', 'wish'), 'critical',
                 REFUSAL.replace('defect', 'bug').format(
                     'enhancement, critical'), id='one type is there'),
    pytest.param(('a, b', 'c d'), ('c d', 'a, b'), 'critical',
                 REFUSAL.replace('defect', '"a, b" or "c d"').format(
                     'enhancement, critical'), id='types with commas'),
    pytest.param((ANY,), ('bug',), 'blocker',
                 KINDS.format('tickets of priority blocker or higher'),
                 id='any type'),
    pytest.param(('defect', 'bug', 'wish'), ('bug', 'wish'), ANY,
                 KINDS.format('bug or wish tickets'), id='any priority'),
    pytest.param((ANY,), ('bug',), ANY, None, id='anything'),
])
def test_a_refusal_names_what_is_there(types, known, least, words):
    assert refused(types, known, least) == words


@pytest.mark.parametrize(('types', 'least', 'kind', 'allowed'), [
    ((ANY,), 'critical', ('x', 'critical'), True),
    ((ANY,), 'critical', ('x', 'major'), False),
    (('x',), ANY, ('x', ''), True), (('x',), ANY, ('y', 'blocker'), False)])
def test_any_type_and_any_priority_may_be_let_in(
        types, least, kind, allowed):
    assert may_enter(Freeze(FREEZE, types, least), TicketKind(*kind),
                     RANKS) is allowed


@pytest.mark.parametrize('old', [
    pytest.param({}, id='as it is'),
    pytest.param({'type': 'task', 'milestone': None}, id='as it was'),
])
def test_a_position_is_read_from_a_ticket(old):
    ticket = {'type': 'defect', 'priority': None, 'status': 'new',
              'milestone': INSIDE}
    now = TicketPosition('new', INSIDE, TicketKind('defect', ''))
    was = replace(now, milestone='', kind=TicketKind('task', ''))
    found = TicketPosition.of(ticket, frozenset({'closed', 'verified'}), old)
    assert found == replace(was if old else now,
                            ended=frozenset({'closed', 'verified'}))


@pytest.mark.parametrize(('status', 'done'), [
    ('new', False), ('reopened', False), ('closed', True), ('verified', True),
    ('', False)])
def test_a_ticket_that_is_done_is_not_open_in_its_milestone(status, done):
    found = replace(at(INSIDE, status=status), ended=frozenset({
        'closed', 'verified'}))
    assert found.done is done
    assert found.open_in(INSIDE) is not done
    assert found.inside(state()) is not done


def test_only_closed_is_done_where_nothing_else_is_said():
    assert at(INSIDE, status='closed').done
    assert not at(INSIDE, status='verified').done


@pytest.mark.parametrize(('old', 'position'), [
    pytest.param(None, ('closed', 'm2', 'defect', 'major'), id='now'),
    pytest.param({'status': 'new', 'milestone': 'm1', 'type': 'task'},
                 ('new', 'm1', 'task', 'major'), id='before'),
    pytest.param({'status': None, 'milestone': None, 'type': None,
                  'priority': None}, ('', '', '', ''), id='none'),
])
def test_the_position_of_a_ticket_is_that_of_its_fields(old, position):
    found = TicketPosition.of(
        {'status': 'closed', 'milestone': 'm2', 'type': 'defect',
         'priority': 'major'}, frozenset({'closed'}), old)
    assert (found.status, found.milestone, found.kind.type,
            found.kind.priority) == position


def test_a_change_is_refused_with_the_types_that_the_site_lacks():
    refusal = entry_refusal(decided(), None, at(INSIDE), RANKS, '#12',
                            Options(('task',)))
    assert 'names words that Trac lacks' in refusal
