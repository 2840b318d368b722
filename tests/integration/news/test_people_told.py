"""Who is told what, once each cause is stored."""

from __future__ import annotations

import threading
from datetime import date, timedelta

import pytest
from trac.perm import PermissionSystem
from trac.ticket.model import Ticket

from prodworkflow.api import (
    CampaignChanges,
    DeputyRequest,
    ReleaseRequest,
    SignerChanges,
    SignOffRequest,
    Verdict,
    WaiverRequest,
)
from prodworkflow.domain.model.vocabulary import Phase
from support.campaigns import ADMIN, ANNA, CONTACTS, NAME

FIRST = ('feature-freeze', 'software-quality', 'resources-estimate')
SECOND = ('release-validated', 'remote-sites-validated')
THIRD = ('runtime-performance', 'physics-results')


@pytest.fixture
def granted(env):
    """Eve holds all our permissions; a group has one member."""
    for action in ('CAMPAIGN_ADMIN', 'CAMPAIGN_WAIVE', 'CAMPAIGN_LAUNCH'):
        PermissionSystem(env).grant_permission('eve', action)
    PermissionSystem(env).grant_permission('lonely', 'group')


@pytest.fixture
def under_way(told, campaign):
    """The campaign is there; what was told of its creation is taken."""
    told()
    return campaign


@pytest.fixture
def say(system):
    def saying(person, key, verdict, words='So.', **more):
        system.record(NAME, key, person, SignOffRequest(
            Verdict(verdict), words, **more))
    return saying


def test_creation_tells_each_contact_once_of_all_their_sign_offs(
        told, create):
    create()
    assert told() == {
        'anna': {'made': [k for k, c in CONTACTS.items() if 'anna' in c]},
        'bruno': {'made': [k for k, c in CONTACTS.items() if 'bruno' in c]}}


def test_who_creates_is_not_told_of_what_they_asked_themselves(told, create):
    create(actor='anna')
    assert [*told()] == ['bruno']


def test_last_sign_off_before_a_stage_tells_the_contacts_of_the_next(
        told, under_way, sign, system):
    sign(*FIRST[:2])
    assert told() == {}
    sign(FIRST[2])
    assert told() == {'bruno': {'turn': list(SECOND)}}
    system.sign(NAME, SECOND[0], 'bruno', False, 'Fine.')
    assert told() == {}
    system.sign(NAME, SECOND[1], 'bruno', False, 'Fine.')
    assert told() == {'anna': {'turn': [THIRD[1]]}}


def test_bulk_sign_off_tells_once(told, under_way, system):
    system.record_all([(NAME, key, SignOffRequest(Verdict.APPROVED, 'Fine.'))
                       for key in FIRST], ANNA)
    assert told() == {'bruno': {'turn': list(SECOND)}}


def test_launch_gate_that_opens_is_told_to_who_may_launch(
        told, granted, under_way, sign):
    sign(*FIRST, *SECOND, THIRD[0])
    told()
    sign(THIRD[1])
    assert told() == {'coordinator': {'gate': []}, 'eve': {'gate': []}}


@pytest.mark.parametrize(('verdict', 'person'), [
    pytest.param('rejected', ANNA, id='rejected'),
    pytest.param('withdrawn', ANNA, id='withdrawn'),
])
def test_rejection_is_told_to_the_other_contacts_with_its_words(
        told, under_way, say, sign, verdict, person, env):
    sign('resources-estimate')
    told()
    say(person, 'resources-estimate', verdict, 'The disks are full.')
    assert told() == {'bruno': {'rejected': ['resources-estimate']}}


def test_patch_asks_again_in_one_piece_of_news(told, under_way, sign, system):
    sign(*CONTACTS)
    told()
    system.release(NAME, ADMIN, ReleaseRequest('V2', (), 'A patch.'))
    assert told() == {
        'anna': {'again': ['physics-results']},
        'bruno': {'again': [*SECOND, 'runtime-performance']}}


def test_hold_resume_and_end_are_told_to_contacts_and_who_may_launch(
        told, granted, under_way, system):
    system.lifecycle.hold(NAME, ADMIN, 'A leak.')
    everybody = {p: {'running': []} for p in ('anna', 'bruno', 'eve')}
    assert told() == everybody
    system.lifecycle.resume(NAME, ADMIN, 'Mended.')
    assert told() == everybody
    system.lifecycle.end(NAME, ADMIN, Phase.ABANDONED, 'Not needed.')
    assert told() == everybody


def test_launch_is_told_and_what_comes_in_after_it(
        told, under_way, sign, system, env):
    sign(*CONTACTS)
    told()
    system.lifecycle.launch(NAME, ADMIN, 'Go.')
    assert told() == {p: {'running': []} for p in ('anna', 'bruno')}
    ticket = Ticket(env)
    ticket.populate({'summary': 'Crash', 'status': 'new', 'reporter': 'bob',
                     'type': 'defect', 'priority': 'critical',
                     'milestone': f'{NAME}: 1. Software preparation'})
    ticket.insert()
    assert told() == {p: {'upstream ticket': ['Crash']}
                      for p in ('anna', 'bruno')}


def test_moved_start_is_told_with_each_new_day_in_one_piece_of_news(
        told, create, system):
    create(start='2027-06-29')
    told()
    system.change(NAME, ADMIN, CampaignChanges('Late.', start='2027-07-29'))
    assert told() == {
        'anna': {'reminders': [k for k, c in CONTACTS.items()
                               if 'anna' in c]},
        'bruno': {'reminders': [k for k, c in CONTACTS.items()
                                if 'bruno' in c]}}


def test_contacts_who_are_named_are_told_of_all_once(told, under_way, system):
    system.change(NAME, ADMIN, CampaignChanges('New people.', staff=tuple(
        (key, SignerChanges(('eve',))) for key in (*FIRST, *SECOND))))
    assert told() == {'eve': {'made': [*FIRST, *SECOND]}}


def test_deputy_within_their_days_is_told_and_who_is_away_is_not(
        told, under_way, system, sign):
    today = date.today()
    system.deputies.name(ADMIN, DeputyRequest(
        f'eve for bruno {today}..{today + timedelta(9)}',
        'Leave.'))
    assert told() == {'eve': {'turn': ['resources-estimate']}}
    sign(*FIRST)
    assert told() == {'eve': {'turn': list(SECOND)}}


def test_what_nobody_can_sign_any_more_is_told_to_administrators(
        told, granted, under_way, system, env):
    system.change(NAME, ADMIN, CampaignChanges('Group.', staff=(
        ('feature-freeze', SignerChanges(('@group',))),)))
    told()
    PermissionSystem(env).revoke_permission('lonely', 'group')
    system.check(NAME, False, 'root')
    assert told() == {p: {'nobody': ['feature-freeze']}
                      for p in ('coordinator', 'eve')}


def test_waiver_that_a_release_ends_is_told_to_contacts_and_who_waives(
        told, granted, under_way, say, system):
    say(ADMIN, 'release-validated', 'waived', 'Known.', leave=WaiverRequest(
        'awaiting', (date.today() + timedelta(20)).isoformat()))
    told()
    system.release(NAME, ADMIN, ReleaseRequest('V2', (), 'A patch.'))
    assert told() == {p: {'waivers': ['release-validated']}
                      for p in ('bruno', 'eve')}


def test_many_acts_inside_a_transaction_of_tracs_tell_once(
        told, under_way, sign, env):
    sign(*FIRST, *SECOND)
    told()
    with env.db_transaction:
        for number in (1, 4, 5):
            ticket = Ticket(env, number)
            ticket['status'], ticket['resolution'] = 'reopened', ''
            ticket.save_changes('anna', 'No.')
        assert told() == {}
    assert told() == {'bruno': {'again': list(SECOND)}}


class Undone(Exception):
    """What a transaction ends with here."""


@pytest.mark.parametrize('scope', [
    pytest.param(lambda env, system: system.doors.transaction([1]),
                 id='ours'),
    pytest.param(lambda env, system: env.db_transaction, id="Trac's"),
])
def test_what_is_rolled_back_is_told_to_nobody(told, under_way, sign, system,
                                               env, scope):
    with pytest.raises(Undone), scope(env, system):
        sign(*FIRST)
        raise Undone
    with scope(env, system):
        pass
    assert told() == {}


def test_campaign_that_could_not_be_made_is_told_to_nobody(
        told, create, env):
    with pytest.raises(Undone), env.db_transaction:
        create()
        raise Undone
    assert told() == {}


def test_batch_of_sign_offs_tells_once(told, under_way, doors, env):
    PermissionSystem(env).grant_permission('anna', 'TICKET_BATCH_MODIFY')
    doors.batch_page('anna', 1, 2, 3, action='resolve',
                     action_resolve_resolve_resolution='fixed')
    assert told() == {'bruno': {'turn': list(SECOND)}}


def test_repair_tells_once_of_all_that_it_found(told, under_way, sign, env,
                                                system):
    sign(*CONTACTS)
    told()
    with env.db_transaction as db:
        db('DELETE FROM ticket WHERE id IN (1, 4, 5)')
    system.check(NAME, True, 'root')
    assert told() == {'anna': {'again': [FIRST[0]]},
                      'bruno': {'again': list(SECOND)}}


def test_two_threads_never_tell_twice(told, under_way, sign, system, env):
    threads = [threading.Thread(target=sign, args=(key,)) for key in FIRST]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert told() == {'bruno': {'turn': list(SECOND)}}


def test_who_holds_a_permission_counts_at_once(told, under_way, system, env):
    system.lifecycle.hold(NAME, ADMIN, 'A leak.')
    assert 'eve' not in told()
    PermissionSystem(env).grant_permission('eve', 'CAMPAIGN_LAUNCH')
    system.lifecycle.resume(NAME, ADMIN, 'Mended.')
    assert 'eve' in told()
    PermissionSystem(env).revoke_permission('eve', 'CAMPAIGN_LAUNCH')
    system.lifecycle.hold(NAME, ADMIN, 'A leak.')
    assert 'eve' not in told()


def test_gate_of_a_record_that_is_in_doubt_is_told_to_nobody(
        told, granted, under_way, sign, env):
    sign(*FIRST, *SECOND, THIRD[0])
    told()
    with env.db_transaction as db:
        db("UPDATE prodworkflow_campaign SET template='another'")
    sign(THIRD[1])
    assert told() == {}
