"""Where tickets begin and are reopened to, and which statuses are done."""

from __future__ import annotations

import pytest

from prodworkflow.domain.model.snapshot import CLOSED, TicketFacts
from prodworkflow.domain.rules.ticket_statuses import (
    done_statuses,
    FieldChange,
    has_moved_on,
    initial_status,
    is_unknown,
    moves_on,
    only_moved_on,
    reopened_status,
    StatusGroup,
    Step,
    was_moved_on,
)
from support.factories import requirement

DONE = frozenset({'closed', 'verified'})
KNOWN = ('new', 'accepted', 'closed', 'verified', 'rejected')


@pytest.mark.parametrize(('steps', 'known', 'status'), [
    pytest.param(['untriaged', 'new'], KNOWN, 'untriaged', id='the first'),
    pytest.param(['', 'neu'], KNOWN, 'neu', id='one that leads nowhere'),
    pytest.param(['closed', 'verified', 'neu'], KNOWN, 'neu',
                 id='those that end it'),
    pytest.param([], KNOWN, 'new', id='none'),
    pytest.param(['closed'], KNOWN, 'new', id='none that opens'),
    pytest.param([], (), 'new', id='no workflow'),
    pytest.param([], ('closed', 'neu', 'erledigt'), 'erledigt',
                 id='other words'),
    pytest.param([], ('closed', 'verified'), 'new', id='only ends'),
    pytest.param([], ('a', 'new'), 'new', id='new before others'),
])
def test_a_ticket_begins_where_the_first_action_leads(steps, known, status):
    assert initial_status([Step(s) for s in steps], known, DONE) == status


@pytest.mark.parametrize(('steps', 'status'), [
    pytest.param([Step('new', True)], 'new', id='one'),
    pytest.param([Step('waiting', True), Step('new', True)], 'waiting',
                 id='the first of two'),
    pytest.param([Step('waiting'), Step('new', True)], 'new',
                 id='one that keeps the resolution'),
    pytest.param([Step('', True), Step('new', True)], 'new',
                 id='one that stays'),
    pytest.param([Step('verified', True), Step('new', True)], 'new',
                 id='one to another end'),
    pytest.param([Step('verified', True)], '', id='none that opens'),
    pytest.param([], '', id='none'),
])
def test_a_ticket_is_reopened_to_where_the_first_such_action_leads(
        steps, status):
    assert reopened_status(steps, DONE) == status


def test_an_action_does_not_reopen_unless_it_says_so():
    assert Step('new') == ('new', False)


def group(*statuses, done=True):
    return StatusGroup(statuses, done)


def test_a_group_is_not_done_unless_it_says_so():
    assert not StatusGroup(('closed',)).done


@pytest.mark.parametrize(('named', 'groups', 'done'), [
    pytest.param([], [], {'closed'}, id='nothing said'),
    pytest.param([], [group('closed', 'rejected')], {'closed', 'rejected'},
                 id='a group'),
    pytest.param([], [group('verified')], DONE, id='a group without closed'),
    pytest.param([], [group('closed'), group('rejected', 'odd')],
                 {'closed', 'rejected', 'odd'}, id='two groups'),
    pytest.param([], [group('closed'), group('verified', done=False)],
                 {'closed'}, id='a group that does not count'),
    pytest.param([], [group('closed', 'verified'),
                      group('verified', done=False)], {'closed'},
                 id='groups that contradict each other'),
    pytest.param([], [group('closed'), group('*', done=False)], {'closed'},
                 id='the rest is open'),
    pytest.param([], [group('new', 'accepted', done=False), group('*')],
                 {'closed', 'verified', 'rejected'}, id='the rest is done'),
    pytest.param([], [group('accepted', done=False), group('*')],
                 {'closed', 'verified', 'rejected'},
                 id='where tickets begin is not done'),
    pytest.param([], [group('accepted', done=False), group('*'), group('*')],
                 {'closed'}, id='two rests'),
    pytest.param([], [group('accepted', done=False), group('*'),
                      group('*', done=False)],
                 {'closed'}, id='two rests, one open'),
    pytest.param([], [group('closed', '', 'new')], {'closed'},
                 id='empty, and where tickets begin'),
    pytest.param(['verified'], [group('closed', 'rejected')], DONE,
                 id='the option comes first'),
    pytest.param(['closed'], [group('closed', 'rejected')], {'closed'},
                 id='the option names closed alone'),
    pytest.param(['verified', 'new'], [], DONE,
                 id='the option names where tickets begin'),
])
def test_a_status_is_done_as_the_site_says(named, groups, done):
    assert done_statuses(named, groups, KNOWN, ['new']) == done


def test_closed_is_done_though_tickets_may_begin_so():
    assert done_statuses([], [], KNOWN, ['new', 'closed']) == CLOSED


@pytest.mark.parametrize(('status', 'resolution', 'to', 'left', 'moves'), [
    pytest.param('closed', 'fixed', 'verified', 'fixed', True, id='on'),
    pytest.param('verified', 'fixed', 'closed', 'fixed', True, id='back'),
    pytest.param('closed', 'fixed', 'verified', '', True,
                 id='resolution taken off'),
    pytest.param('closed', 'fixed', 'verified', 'wontfix', False,
                 id='another resolution'),
    pytest.param('verified', '', 'closed', 'fixed', False,
                 id='a resolution anew'),
    pytest.param('closed', 'fixed', 'closed', 'fixed', False, id='stays'),
    pytest.param('closed', 'fixed', 'closed', '', False,
                 id='resolution alone'),
    pytest.param('closed', 'fixed', 'new', '', False, id='reopened'),
    pytest.param('new', '', 'verified', '', False, id='ended'),
    pytest.param('new', '', 'closed', 'fixed', False, id='closed'),
])
def test_a_done_ticket_moves_on_to_another_done_status(
        status, resolution, to, left, moves):
    before = TicketFacts(status, resolution, 'M', 1, DONE)
    assert moves_on(before, to, left) is moves


@pytest.mark.parametrize(('status', 'changes', 'moved'), [
    pytest.param('verified', {}, True, id='moved on'),
    pytest.param('closed', {}, False, id='closed'),
    pytest.param('new', {}, False, id='open'),
    pytest.param('verified', {'unsigned': True}, False, id='never signed'),
    pytest.param('verified', {'seen': 6}, False, id='unseen'),
    pytest.param('verified', {'seen': 8}, True, id='seen later'),
])
def test_a_ticket_that_was_signed_has_moved_on(status, changes, moved):
    asked = requirement('feature-freeze', **{'seen': 7, **changes})
    facts = TicketFacts(status, 'fixed', 'M', 7, DONE)
    assert has_moved_on(asked, facts) is moved


def status(old, new):
    return FieldChange('status', old, new)


def resolution(old, new):
    return FieldChange('resolution', old, new)


@pytest.mark.parametrize(('changes', 'moved'), [
    pytest.param([], True, id='nothing'),
    pytest.param([status('closed', 'verified')], True, id='on'),
    pytest.param([status('closed', 'verified'), resolution('fixed', '')],
                 True, id='resolution taken off'),
    pytest.param([status('closed', 'verified'), status('verified', 'closed')],
                 True, id='on and back'),
    pytest.param([status('closed', 'new'), status('new', 'verified')], False,
                 id='open in between'),
    pytest.param([status('new', 'closed')], False, id='closed'),
    pytest.param([status('closed', 'new')], False, id='reopened'),
    pytest.param([status('closed', 'verified'),
                  resolution('fixed', 'wontfix')], False,
                 id='another resolution'),
    pytest.param([resolution('closed', 'verified')], False,
                 id='a resolution named like a status'),
])
def test_a_ticket_was_done_all_the_time(changes, moved):
    assert only_moved_on(changes, DONE) is moved
    assert was_moved_on(changes, DONE) is (moved and bool(changes))


def test_a_resolution_alone_moves_nothing_on():
    assert only_moved_on([resolution('fixed', '')], DONE)
    assert not was_moved_on([resolution('fixed', '')], DONE)


@pytest.mark.parametrize(('status', 'known', 'unknown'), [
    pytest.param('reopened', KNOWN, True, id='unknown'),
    pytest.param('new', KNOWN, False, id='known'),
    pytest.param('closed', ('new',), False, id='closed'),
    pytest.param('verified', ('new',), True, id='another end'),
    pytest.param('reopened', (), False, id='no workflow'),
    pytest.param('', KNOWN, True, id='no status'),
])
def test_a_status_is_unknown_where_the_workflow_has_only_others(
        status, known, unknown):
    assert is_unknown(status, known) is unknown


def test_a_ticket_is_done_by_each_status_that_counts_so():
    assert TicketFacts('verified', '', 'M', 1, DONE).closed
    assert not TicketFacts('verified', '', 'M', 1).closed
    assert TicketFacts('closed', '', 'M', 1).closed


def test_a_ticket_that_is_open_again_is_so_whatever_counts_as_done():
    odd = TicketFacts('closed', 'fixed', 'M', 1, frozenset({'reopened',
                                                            'closed'}))
    found = odd.reopened(7)
    assert found == TicketFacts('reopened', '', 'M', 7, CLOSED)
    assert not found.closed
