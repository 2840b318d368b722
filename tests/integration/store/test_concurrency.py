"""Two people at once: the second sees what the first did; nothing is lost."""

from __future__ import annotations

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor, wait
from urllib.parse import quote

import pytest
from trac.env import Environment
from trac.ticket.model import Milestone, Ticket
from trac.util.datefmt import datetime_now, utc

from prodworkflow import store
from prodworkflow.api import CampaignRequest, CampaignSystem, GateShut
from prodworkflow.domain.model.person import Person
from support.campaigns import CONTACTS, FULL, NAME

FIRST = f'{NAME}: 1. Software preparation'


@pytest.fixture
def run_at_once(path):
    """Lets people act at once, each on a node of their own.

    Called with what each does with a node's environment; gives what came of
    it, in words if it was refused.
    """
    def acting(*deeds):
        barrier = threading.Barrier(len(deeds))

        def act(deed):
            env = Environment(str(path))
            barrier.wait()
            try:
                return deed(env)
            except GateShut as refusal:
                return str(refusal)
        with ThreadPoolExecutor(len(deeds)) as pool:
            return list(pool.map(act, deeds))
    return acting


@pytest.fixture
def checked_verbs(system, admin):
    """That record, ledger and Trac agree and nothing is doubled or lost."""
    def checking(name=NAME):
        entries = system.queries.ledger(name)
        assert [e.number for e in entries] == list(
            range(1, len(entries) + 1))
        assert admin('campaign', 'check') == (0, '', '')
        return [e.verb for e in entries]
    return checking


def signing(person, key, name=NAME):
    return lambda env: CampaignSystem(env).sign(name, key, person, False,
                                                f'Fine, says {person}.')


def closing(env):
    milestone = Milestone(env, FIRST)
    milestone.completed = datetime_now(utc)
    milestone.update()


def test_second_of_two_equal_sign_offs_at_once_is_refused(
        campaign, run_at_once, checked_verbs):
    said = run_at_once(*[signing('anna', 'feature-freeze')] * 3)
    assert said.count(None) == 1
    refused = [words for words in said if words]
    assert all('anna has signed #1 already' in words for words in refused)
    assert checked_verbs().count('approved') == 1


def test_sign_offs_of_two_contacts_at_once_are_both_in_the_ledger(
        campaign, run_at_once, checked_verbs, ticket):
    said = run_at_once(signing('anna', 'resources-estimate'),
                       signing('bruno', 'resources-estimate'))
    assert said == [None, None]
    assert checked_verbs().count('approved') == 2
    assert ticket(3)['status'] == 'closed'


def test_a_quorum_of_two_that_sign_at_once_is_reached(
        full, sign_full, saying_for, system, run_at_once, checked_verbs,
        ticket):
    sign_full(*list(full)[:-1])
    what = saying_for('physics-results')
    said = run_at_once(*[
        lambda env, who=who: CampaignSystem(env).record(
            FULL, 'physics-results', Person(who), what)
        for who in ('anna', 'bruno')])
    assert said == [None, None]
    assert system.queries.decision(FULL).answer('physics-results').met
    assert ticket(full['physics-results'])['status'] == 'closed'
    checked_verbs(FULL)


def test_different_requirements_are_signed_at_once(
        campaign, run_at_once, checked_verbs, gate):
    said = run_at_once(*[signing(CONTACTS[key][0], key) for key in CONTACTS])
    assert said == [None] * 7
    assert checked_verbs().count('approved') == 7
    assert gate()


def test_milestone_closed_twice_at_once_is_one_entry(
        campaign, sign, run_at_once, checked_verbs, stored):
    sign('feature-freeze', 'software-quality', 'resources-estimate')
    assert run_at_once(closing, closing) == [None, None]
    assert checked_verbs().count('stage-closed') == 1
    assert stored(1) == [True]


def test_stage_closed_while_its_last_sign_off_is_given_is_consistent(
        campaign, sign, run_at_once, checked_verbs, stored):
    """Either it was early enough, or the stage stays open."""
    sign('feature-freeze', 'software-quality')
    signed, closed = run_at_once(signing('bruno', 'resources-estimate'),
                                 closing)
    assert signed is None
    assert stored(1) == [closed is None]
    checked_verbs()


def reopening(env):
    ticket = Ticket(env, 1)
    ticket['status'], ticket['resolution'] = 'reopened', ''
    ticket.save_changes('anna', 'Not yet.')


def test_stage_closed_while_a_sign_off_is_withdrawn_is_consistent(
        campaign, sign, run_at_once, checked_verbs, stored, gate):
    """Whichever comes first, nothing is closed behind a shut gate."""
    sign('feature-freeze', 'software-quality', 'resources-estimate')
    run_at_once(reopening, closing)
    assert not gate('software-preparation')
    assert stored(1) == [False]
    assert 'withdrawn' in checked_verbs()


class Taken(Exception):
    """Back, what was begun."""


def creating(name):
    return lambda env: len(CampaignSystem(env).create(CampaignRequest(
        name, 'path-to-production', contacts=CONTACTS), 'coordinator'))


def test_campaigns_made_at_once_are_all_made(system, run_at_once, admin):
    names = [f'Prod {n}' for n in range(4)]
    assert run_at_once(*map(creating, names)) == [7] * 4
    assert sorted(system.queries.names()) == names
    assert admin('campaign', 'check') == (0, '', '')


def test_creating_a_campaign_waits_for_another_creation_under_way(
        env, path, system):
    """Or MariaDB breaks deadlocks close to what is taken back."""
    other = Environment(str(path))
    with ThreadPoolExecutor(1) as pool:
        with pytest.raises(Taken), store.create_campaign(env, 'Prod 1'):
            second = pool.submit(creating('Prod 2'), other)
            assert not wait([second], 1).done
            raise Taken
        assert second.result() == 7
    other.shutdown()
    assert system.queries.names() == ['Prod 2']


def test_commands_of_several_processes_change_a_campaign_in_turn(
        campaign, sign, path, checked_verbs):
    """Held and resumed by trac-admin commands that run side by side."""
    sign(*CONTACTS)
    commands = [('hold', '--reason=Stop.'), ('hold', '--reason=Wait.'),
                ('release', 'V2', '--reason=A patch.')]
    running = [subprocess.Popen(
        [sys.executable, '-W', 'ignore', '-m', 'trac.admin.console',
         str(path), 'campaign', act, NAME, *more],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        for act, *more in commands]
    said = [process.communicate(timeout=120)[0] for process in running]
    codes = [process.returncode for process in running]
    assert sorted(codes[:2]) == [0, 2], said
    assert codes[2] == 0, said
    verbs = checked_verbs()
    assert verbs.count('held') == verbs.count('released') == 1


@pytest.fixture
def clients(client):
    """Lets several act at once on one node, each in a thread of its server."""
    def acting(*deeds):
        people = [client(user) for user, _, _ in deeds]
        for each in people:
            each.get('/about')
        barrier = threading.Barrier(len(deeds))

        def act(person, path, fields):
            barrier.wait()
            return person.post(path, fields)
        with ThreadPoolExecutor(len(deeds)) as pool:
            return [f.result() for f in [
                pool.submit(act, person, path, fields)
                for person, (_, path, fields) in zip(people, deeds)]]
    return acting


def test_threads_of_one_node_create_and_close_without_deadlock(
        campaign, sign, clients, checked_verbs, system, stored):
    """Milestones of others are made meanwhile, as on any Trac."""
    sign('feature-freeze', 'software-quality', 'resources-estimate')
    close = ('eve', '/milestone/' + quote(FIRST), {
        'action': 'edit', 'name': FIRST, 'completed': 'on',
        'completeddate': datetime_now(utc).isoformat(), 'save': '1'})
    creations = [('coordinator', '/admin/production/campaigns', {
        'name': f'Prod {n}', 'template': 'path-to-production',
        'create': '1'}) for n in range(3)]
    foreign = [('eve', '/milestone', {
        'action': 'edit', 'name': f'Of others {n}', 'add': '1'})
        for n in range(2)]
    answers = clients(close, *creations, *foreign)
    assert [a.status for a in answers] == [200] * 6
    assert stored(1) == [True]
    assert len(system.queries.names()) == 4
    checked_verbs()
