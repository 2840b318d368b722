"""Eight people at once, on two nodes: what was acknowledged is recorded.

Long runs, and others, by `tox run -e races -- --seed=N --seconds=N`.
"""

from __future__ import annotations

import json
import re
import threading
import time
from collections import Counter

import pytest

from prodworkflow.api import CampaignSystem
from prodworkflow.domain.ledger.chain import broken
from prodworkflow.domain.ledger.meanwhile import state_at
from prodworkflow.domain.ledger.replay import fold
from prodworkflow.store import campaign_id, entries, snapshot
from support.campaigns import CONTACTS
from support.deployment import Deployment, need, tracebacks
from support.race_clients import Racer, SAID, UNSAID

PEOPLE = [f'p{n}' for n in range(1, 9)]
ROUND = 12
READERS = 2


@pytest.fixture(scope='module')
def deployment(shared, folder):
    need('nginx')
    made = Deployment(folder, shared.new(), PEOPLE,
                      [(user, 'TRAC_ADMIN') for user in PEOPLE])
    yield made
    made.stop()


@pytest.fixture(scope='module')
def race_results(deployment, request):
    """What all did, in rounds; each begins by creating one campaign."""
    seed = request.config.getoption('seed')
    seconds = request.config.getoption('seconds')
    site = deployment.nginx(deployment.node('one', 3),
                            deployment.node('two', 3))
    racers = [Racer(site, user, seed) for user in PEOPLE]
    readers = [Racer(site, user, seed) for user in PEOPLE[:READERS]]
    rounds = max(1, round(seconds / ROUND))
    for number in range(rounds):
        _round(deployment, racers, readers, f'Round {number}',
               seconds / rounds)
    return [done for racer in [*racers, *readers] for done in racer.done]


def _round(deployment, racers, readers, name, seconds):
    _together(racers, lambda r: r.create(name, CONTACTS, PEOPLE))
    with deployment.environment() as env:
        state = CampaignSystem(env).queries.decision(name).snapshot.state
    tickets = {r.key: r.ticket for r in state.requirements}
    milestones = [s.milestone for s in state.stages]
    for racer in racers:
        racer.entered.clear()
    _together(racers, lambda r: r.begin(name, tickets, milestones))
    until = time.monotonic() + seconds
    _together([*racers, *readers], lambda r: r.ask(name, until)
              if r in readers else r.race(name, tickets, milestones, until))


def _together(racers, act):
    threads = [threading.Thread(target=act, args=(r,)) for r in racers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.fixture(scope='module')
def node_after_race(deployment, race_results):
    """The environment when all is over."""
    with deployment.environment() as env:
        yield env


@pytest.fixture(scope='module')
def ledgers(node_after_race, race_results):
    """Each campaign's ledger, by its name."""
    system = CampaignSystem(node_after_race)
    return {name: system.queries.ledger(name) for name
            in system.queries.names()}


def test_racing_clients_did_every_kind_of_request(race_results):
    """The other tests would hold of clients who do nothing, too."""
    kinds = Counter(d.kind for d in race_results if d.acknowledged)
    print(dict(kinds), 'of', dict(Counter(d.kind for d in race_results)))
    assert {'create', 'sign', 'close'} <= set(kinds)
    refused = Counter(d.kind for d in race_results if not d.acknowledged)
    assert {'create', 'sign', 'close'} <= set(refused)


def test_racing_requests_meet_no_server_error(race_results, deployment):
    wrong = [d for d in race_results if d.status >= 500]
    assert not wrong, '\n'.join(
        f'{d.kind} {d.what}: {d.status} {_message(d.text)}' for d in wrong)
    for name in ('one', 'two'):
        log = deployment.log(name)
        assert not tracebacks(log), tracebacks(log)[0]
        assert 'deadlock' not in log


def test_no_deadlock_was_broken_by_the_database(race_results, shared):
    assert 'deadlock' not in shared.log.read_text()


def test_same_campaign_created_at_once_is_made_once(race_results, ledgers):
    for name, ledger in ledgers.items():
        winners = [d.user for d in race_results if d.kind == 'create'
                   and d.campaign == name and d.acknowledged]
        assert winners == [ledger[0].actor]
        assert [e.verb for e in ledger].count('created') == 1


def test_acknowledged_request_is_in_the_ledger_once(race_results, ledgers):
    """And what was refused is not; matched by the sentence said with it."""
    said = Counter((name, e.verb, e.actor, _sentence(e))
                   for name, ledger in ledgers.items() for e in ledger)
    for done in race_results:
        if done.kind not in SAID:
            continue
        key = (done.campaign, SAID[done.kind], done.user, done.token)
        wanted = {1} if done.acknowledged else {0}
        if done.kind == 'reopen':  # of what was not signed: see below
            wanted = {0, 1} if done.acknowledged else {0}
        count = said[key]
        if done.kind == 'resolve':  # it may have answered an objection
            count += said[done.campaign, 'answered', done.user, done.token]
        assert count in wanted, done


def test_request_without_a_statement_is_in_the_ledger_once(race_results,
                                                           ledgers):
    """Closing, reopening and coming tickets, matched by actor and time."""
    claimed = set()
    for done in race_results:
        if done.kind not in UNSAID or done.kind == 'create':
            continue
        ledger = ledgers[done.campaign]
        mine = [e for e in ledger if e.actor == done.user
                and e.verb == UNSAID[done.kind] and _by_hand(e)
                and done.began <= e.time <= done.ended]
        if done.acknowledged and not mine:
            assert _said_otherwise(done, ledger), _told(done, ledger)
        assert len(mine) <= (1 if done.acknowledged else 0), (done, mine)
        claimed |= {(done.campaign, e.number) for e in mine}
    batches = {(d.campaign, d.user) for d in race_results if d.kind == 'batch'}
    for name, ledger in ledgers.items():
        stray = [e for e in ledger if e.verb in UNSAID.values()
                 and e.verb != 'created' and e.actor in PEOPLE
                 and _by_hand(e) and (name, e.number) not in claimed
                 and (name, e.actor) not in batches]
        assert not stray


def test_each_answer_of_the_gate_stems_from_one_revision(
        race_results, ledgers):
    """What it says is what the ledger says of the revision that it names."""
    seen = Counter()
    for done in race_results:
        if done.kind != 'gate' or done.status not in (200, 409):
            continue
        told = json.loads(done.text)
        state = state_at(ledgers[done.campaign], told['revision'])
        assert _told_by_gate(told) == _told_by_ledger(state), done
        assert (done.status == 200) == told['open']
        assert not told['open'] or _all_met(told), done
        seen[done.campaign, told['revision']] += 1
    print(len(seen), 'revisions in', sum(seen.values()), 'answers')
    assert len(seen) > 5 * len(ledgers)


def test_no_stage_is_closed_behind_a_shut_gate(node_after_race, ledgers):
    for name in ledgers:
        decision = CampaignSystem(node_after_race).queries.decision(name)
        assert not decision.snapshot.doubts
        for gate in decision.gates:
            assert gate.open or not decision.closed(gate.stage), gate


def test_the_chain_is_whole_and_folds_to_the_stored_state(node_after_race,
                                                          ledgers):
    for name in ledgers:
        found = snapshot(node_after_race, campaign_id(node_after_race, name))
        ledger = list(entries(node_after_race, found.id))
        assert broken(ledger, found.head) == []
        assert fold(ledger) == found.state
        assert [e.number for e in ledger] == [*range(1, len(ledger) + 1)]


def test_campaign_check_is_silent(node_after_race, ledgers):
    assert CampaignSystem(node_after_race).check(None, False, 'root') == []


def _told_by_gate(told):
    held = told['held'] and told['held']['by']
    return (told['release'], told['phase'], held,
            {r['key']: [(s['entry'], s['by'], s['verdict'], s['statement'])
                        for s in r['signoffs']]
             for stage in told['stages'] for r in stage['requirements']})


def _told_by_ledger(state):
    said = {r.key: {} for r in state.requirements}
    for each in state.signoffs:
        if each.verdict in ('approved', 'rejected', 'withdrawn'):
            said[each.requirement][each.signer] = each
    campaign = state.campaign
    return (campaign.release, campaign.phase, campaign.held_by or None, {
        key: sorted((s.number, s.signer, s.verdict, s.statement)
                    for s in last.values()) for key, last in said.items()})


def _all_met(told):
    return all(r['answer'] != 'unmet' for stage in told['stages']
               for r in stage['requirements'])


def _told(done, ledger):
    """An action that is not in the ledger, and what is there meanwhile."""
    return '\n'.join([f'{done.user} {done.kind} {done.what} ({done.token}) '
                      f'{done.began}-{done.ended} {done.status} '
                      f'{done.text[:60]}', *(
        f'{e.time} {e.number} {e.actor} {e.verb} {e.requirement} '
        f'{dict(e.payload)}'[:160] for e in ledger
        if done.began - 2e6 <= e.time <= done.ended + 2e6)])


def _sentence(entry):
    return entry.payload.get('statement') or entry.payload.get('reason')


def _by_hand(entry):
    """Whether this was done itself, and not by something else's doing."""
    return ('along_with' not in entry.payload
            and entry.payload.get('because', 'by hand').endswith('by hand'))


def _said_otherwise(done, ledger):
    """Why an acknowledged request may have no entry of its own."""
    if done.kind == 'reopen':  # it was signed: the withdrawal is checked
        return any(_sentence(e) == done.token for e in ledger)
    if done.kind in ('close', 'open'):
        return done.kind in _states(done, ledger)
    # A freeze that was signed meanwhile turns tickets away; after a launch
    # those of others are only noted.
    number = int(done.text.rpartition('/')[2])
    return any(e.verb in ('ticket-turned-away', 'ticket-noted')
               and e.payload['ticket'] == number for e in ledger)


def _states(done, ledger):
    """Whether the stage was closed or open at any time meanwhile."""
    milestones = {s['key']: s['milestone']
                  for s in ledger[0].payload['stages']}
    state, seen = 'open', set()
    for entry in ledger:
        if entry.verb not in ('stage-closed', 'stage-reopened'):
            continue
        if milestones[entry.payload['stage']] != done.what:
            continue
        if entry.time > done.ended:
            break
        if entry.time > done.began:
            seen.add(state)
        state = 'close' if entry.verb == 'stage-closed' else 'open'
    return seen | {state}


def _message(page):
    found = re.search(r'(?s)<(?:pre class="message"|p class="message)'
                      r'[^>]*>(.*?)</', page)
    return found[1].strip() if found else page[-300:]
