"""What happens to a campaign is told to its receivers, once and in order."""

from __future__ import annotations

from datetime import timedelta

import pytest
from trac.ticket.model import Ticket

from prodworkflow.api import (
    GateShut,
    ReceiverRequest,
    ReleaseRequest,
    SignOffRequest,
    Verdict,
    WaiverRequest,
)
from prodworkflow.domain.dates import day_of
from prodworkflow.gateways.clock import now
from support.campaigns import ADMIN, ANNA, CONTACTS, EVE, NAME

KEYS = list(CONTACTS)
DAY = 86400 * 10**6


@pytest.fixture
def told(no_worker, receiver):
    """What a receiver has got since the last time: (type, subject)."""
    no_worker.webhooks.add(ADMIN, ReceiverRequest(receiver.url))
    seen = []

    def since():
        no_worker.webhooks.deliver()
        found = receiver.events[len(seen):]
        seen.extend(found)
        return [(e['type'].rpartition('.')[2], e.get('subject'))
                for e in found]
    return since


def rows(env, table):
    return env.db_query(f'SELECT COUNT(*) FROM prodworkflow_{table}')[0][0]


def test_life_of_a_campaign_is_told_in_order(told, campaign, sign, system,
                                             env):
    assert told() == [('asked', key) for key in KEYS[:3]]
    sign('feature-freeze')
    assert told() == [('signed', 'feature-freeze')]
    sign(*KEYS[1:])
    assert told() == [
        ('signed', KEYS[1]), ('signed', KEYS[2]),
        ('asked', KEYS[3]), ('asked', KEYS[4]),
        ('gate-opened', 'software-preparation'),
        ('signed', KEYS[3]), ('signed', KEYS[4]),
        ('asked', KEYS[5]), ('asked', KEYS[6]),
        ('gate-opened', 'release-validation'),
        ('signed', KEYS[5]), ('signed', KEYS[6]),
        ('gate-opened', 'pre-production'), ('gate-opened', 'launch')]
    system.lifecycle.hold(NAME, ANNA, 'Disks full.')
    assert told() == [('held', None), ('gate-shut', 'launch')]
    system.lifecycle.resume(NAME, ADMIN, 'Tape.')
    assert told() == [('resumed', None), ('gate-opened', 'launch')]
    system.lifecycle.launch(NAME, ADMIN, 'Go.')
    assert told()[0] == ('launched', None)
    system.record(NAME, KEYS[6], ANNA,
                  SignOffRequest(Verdict.WITHDRAWN, 'Wrong map.'))
    assert [t for t in told() if t[0] != 'asked'] == [
        ('withdrawn', KEYS[6]), ('held', None),
        ('gate-shut', 'pre-production'), ('gate-shut', 'launch')]
    assert rows(env, 'event') == rows(env, 'delivery') == 0


def test_new_release_makes_approvals_stale(told, campaign, sign, system):
    sign(*KEYS[:5])
    told()
    system.release(NAME, ADMIN, ReleaseRequest('V2', (), 'Newer.'))
    found = told()
    assert ('stale', 'release-validated') in found
    assert ('asked', 'release-validated') in found
    assert ('gate-shut', 'release-validation') in found


def test_other_ticket_upstream_shuts_a_gate(told, campaign, sign, env):
    sign(*KEYS[:5])
    told()
    found = Ticket(env)
    found.populate({'summary': 'A leak', 'status': 'new',
                    'type': 'defect', 'priority': 'blocker',
                    'milestone': f'{NAME}: 1. Software preparation'})
    found.insert()
    assert ('gate-shut', 'release-validation') in told()
    found['status'] = 'closed'
    found.save_changes('eve', 'Mended.')
    assert ('gate-opened', 'release-validation') in told()


def test_ticket_that_a_freeze_turns_away_is_no_event(told, campaign, sign,
                                                     env):
    sign(*KEYS[:5])
    told()
    found = Ticket(env)
    found.populate({'summary': 'A wish', 'status': 'new', 'milestone':
                    f'{NAME}: 1. Software preparation'})
    found.insert()
    assert told() == []


def test_waiver_is_told_before_it_ends_and_its_end_shuts_the_gate(
        told, campaign, sign, system, env):
    sign(*KEYS[1:3])
    until = day_of(now()) + timedelta(9)
    system.record(NAME, KEYS[0], ADMIN, SignOffRequest(
        Verdict.WAIVED, 'No time.',
        leave=WaiverRequest('awaiting', until.isoformat())))
    assert ('gate-opened', 'software-preparation') in told()
    for days, found in [
            (0, []), (6, [('waiver-ending', KEYS[0])]), (7, []),
            (10, [('gate-shut', 'software-preparation')])]:
        list(system.reminders.run([NAME], now() + days * DAY))
        assert told()[:1] == found, days


def test_quiet_day_keeps_the_end_of_a_waiver_for_the_next(
        told, campaign, system, env):
    until = day_of(now()) + timedelta(1)
    system.record(NAME, KEYS[0], ADMIN, SignOffRequest(
        Verdict.WAIVED, 'No time.',
        leave=WaiverRequest('awaiting', until.isoformat())))
    told()
    env.config.set('prodworkflow', 'quiet_days', 'mon,tue,wed,thu,fri,sat,'
                                                 'sun')
    list(system.reminders.run([NAME]))
    assert told() == []
    env.config.set('prodworkflow', 'quiet_days', '')
    list(system.reminders.preview([NAME]))
    assert told() == []
    list(system.reminders.run([NAME]))
    assert told() == [('waiver-ending', KEYS[0])]


def test_refused_or_undone_acts_are_told_to_nobody(told, campaign, system,
                                                   sign, env):
    told()
    with pytest.raises(GateShut):
        system.record(NAME, KEYS[0], EVE,
                      SignOffRequest(Verdict.APPROVED, 'I say so.'))

    def undone():
        with env.db_transaction:
            sign(KEYS[0])
            raise KeyError(KEYS[0])
    with pytest.raises(KeyError):
        undone()
    assert rows(env, 'event') == 0
    assert told() == []


def test_without_receivers_nothing_is_written(campaign, sign, env):
    sign(*KEYS[:3])
    assert [rows(env, t) for t in ('event', 'delivery', 'told_gate')] == [
        0, 0, 0]


def test_gates_that_were_open_before_are_not_told_to_a_new_receiver(
        no_worker, campaign, sign, receiver):
    sign(*KEYS[:3])
    no_worker.webhooks.add(ADMIN, ReceiverRequest(receiver.url))
    sign(KEYS[3])
    no_worker.webhooks.deliver()
    assert receiver.types == ['signed']


def test_receiver_gets_only_the_types_that_it_wants(
        no_worker, campaign, sign, receivers):
    chosen, other = receivers(), receivers()
    no_worker.webhooks.add(ADMIN, ReceiverRequest(
        chosen.url, types=('gate-opened', 'held')))
    no_worker.webhooks.add(ADMIN, ReceiverRequest(other.url))
    sign(*KEYS[:3])
    no_worker.webhooks.deliver()
    assert chosen.types == ['gate-opened']
    assert len(other.types) == 6


def test_removed_campaign_is_told_no_more(told, campaign, system, env):
    told()
    system.lifecycle.remove(NAME, 'coordinator', 'Test.')
    assert told() == []
    assert rows(env, 'told_gate') == 0


def test_removed_receiver_takes_what_waits_with_it(no_worker, campaign, sign,
                                                   receivers, env):
    first, second = receivers(), receivers()
    for each in (first, second):
        no_worker.webhooks.add(ADMIN, ReceiverRequest(each.url))
    sign(KEYS[0])
    no_worker.webhooks.remove(ADMIN, '1')
    assert [o.receiver.url for o in no_worker.webhooks.deliver()] == [
        second.url]
    sign(KEYS[1])
    no_worker.webhooks.remove(ADMIN, second.url)
    assert [rows(env, t) for t in ('event', 'delivery', 'told_gate')] == [
        0, 0, 0]
    assert first.arrivals == []
