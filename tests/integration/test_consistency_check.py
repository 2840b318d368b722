"""What `campaign check` finds of what happened behind everybody's back."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from urllib.parse import quote

import pytest
from trac.ticket.model import Milestone, Ticket

from prodworkflow.api import (
    CampaignChanges,
    SignerChanges,
    SignOffRequest,
    Verdict,
)
from prodworkflow.domain.ledger import fold
from prodworkflow.domain.ledger.comparison import differences
from prodworkflow.domain.model.person import Person
from support.campaigns import ADMIN, CONTACTS, FULL, FULL_CONTACTS, NAME

FIRST = f'{NAME}: 1. Software preparation'
STAGE = [*CONTACTS][:3]


@pytest.fixture
def change_row(env):
    """Changes rows of Trac's as a database's own tools do."""
    def change(table, where, **values):
        sets = ', '.join(f'{name}=%s' for name in values)
        key, value = where
        with env.db_transaction as db:
            db(f'UPDATE {table} SET {sets} WHERE {key}=%s',
               (*values.values(), value))
    return change


@pytest.fixture
def check_findings(system):
    """The words of what is found, and, if asked for, repaired."""
    def words(repair=False, name=NAME):
        return [f.words for f in system.check(name, repair, 'root')]
    return words


def test_stage_closed_by_hand_behind_an_open_gate_is_recorded_by_repair(
        campaign, sign, change_row, check_findings, verbs, system):
    sign(*STAGE)
    change_row('milestone', ('name', FIRST), completed=10**15)
    told = ['stage 1. Software preparation was closed while nobody was '
            'watching']
    assert check_findings() == check_findings() == told
    assert check_findings(repair=True) == told
    assert verbs()[-1] == 'stage-closed'
    assert system.queries.ledger(NAME)[-1].payload['completed'] == 10**15
    assert check_findings() == []


def test_stage_reopened_by_hand_is_recorded_by_repair(
        campaign, sign, change_row, check_findings, verbs, admin):
    sign(*STAGE)
    assert admin('milestone', 'completed', FIRST, 'now')[0] == 0
    assert verbs()[-1] == 'stage-closed'
    change_row('milestone', ('name', FIRST), completed=0)
    told = ['stage 1. Software preparation was reopened while nobody was '
            'watching']
    assert check_findings() == told
    assert verbs()[-1] == 'stage-closed'
    assert check_findings(repair=True) == told
    assert verbs()[-1] == 'stage-reopened'
    assert check_findings() == []


@pytest.fixture
def status(env, change_row, campaign):
    """Sets the first ticket's status, as if at a time (µs), with a trace."""
    def become(status, when):
        ticket = campaign['feature-freeze']
        change_row('ticket', ('id', ticket), status=status)
        with env.db_transaction as db:
            db("""INSERT INTO ticket_change
                  (ticket, time, author, field, oldvalue, newvalue)
                  VALUES (%s, %s, 'eve', 'status', '', %s)""",
               (ticket, when, status))
    return become


def test_a_ticket_that_was_reopened_unsigned_withdraws_nothing(
        status, check_findings, verbs):
    status('closed', 2 * 10**15)
    assert check_findings(repair=True) == [
        '#1 Feature Freeze was closed (no resolution) while nobody was '
        'watching; this does not count as signed']
    assert verbs()[-1] == 'closed-unsigned'
    status('reopened', 3 * 10**15)
    assert check_findings(repair=True) == [
        '#1 Feature Freeze was reopened while nobody was watching']
    assert verbs()[-1] == 'reopened'
    assert check_findings() == []


def test_ticket_closed_without_a_trace_is_told_by_check(
        campaign, change_row, check_findings, verbs, gate):
    change_row('ticket', ('id', campaign['feature-freeze']), status='closed')
    told = ['#1 Feature Freeze is closed, but it was closed (no resolution) '
            'without a sign-off; awaits anna']
    assert check_findings() == check_findings(repair=True) == told
    assert verbs() == ['created']
    assert not gate()


@pytest.mark.parametrize(('column', 'text', 'words'), [
    pytest.param('quorum', 0, 'quorum of feature-freeze is 0', id='quorum'),
    pytest.param('contacts', '{"anna": 1}', 'contacts of feature-freeze are '
                 'no list of names', id='contacts as a table'),
    pytest.param('contacts', '[1]', 'contacts of feature-freeze are no list '
                 'of names', id='contacts as numbers'),
    pytest.param('asks', '{"values": 3}', 'makes no sense', id='evidence'),
])
def test_invalid_row_shuts_every_gate_and_is_told_by_check(
        campaign, sign, change_row, check_findings, gate, client, column, text,
        words):
    sign(*CONTACTS)
    assert gate()
    change_row('prodworkflow_requirement', ('requirement', 'feature-freeze'),
               **{column: text})
    assert not gate()
    assert any(words in each for each in check_findings())
    page = client('anna').get(f'/campaign/{quote(NAME)}/gate')
    assert page.status == 409
    assert words in page.text


# Repair repairs: what is met again is closed again, and nothing is voided.

REOPENED = {'status': 'reopened', 'resolution': ''}


@pytest.fixture
def reopen_unseen(env, change_row):
    """Reopens a ticket as while the plugin was off, with Trac's own trace."""
    def reopen(ticket, author='eve', comment='It crashes.'):
        when = int(time.time() * 10**6) + 10**6
        change_row('ticket', ('id', ticket), **REOPENED)
        with env.db_transaction as db:
            for field, was, new in (('status', 'closed', 'reopened'),
                                    ('comment', '1', comment)):
                db("""INSERT INTO ticket_change
                      (ticket, time, author, field, oldvalue, newvalue)
                      VALUES (%s, %s, %s, %s, %s, %s)""",
                   (ticket, when, author, field, was, new))
    return reopen


@pytest.fixture
def signers(system):
    """Changes contacts and quorum of a requirement, by an administrator."""
    def change(key, contacts=None, quorum=None):
        system.change(NAME, ADMIN, CampaignChanges('So.', None, (
            (key, SignerChanges(contacts, quorum=quorum)),)))
    return change


KEY = 'resources-estimate'


def is_closed(env, ticket):
    return Ticket(env, ticket)['status'] == 'closed'


@pytest.mark.parametrize('how', ['quorum', 'contact', 'web', 'command'])
def test_what_is_met_again_is_closed_again_and_repair_withdraws_nothing(
        campaign, sign, signers, env, verbs, system, check_findings, admin,
        client, how):
    """Seen: the repair recorded "withdrawn by root"."""
    sign(KEY)
    if how == 'contact':  # removed by mistake, and put back
        signers(KEY, ('bruno',))
    else:  # a quorum that was asked for, and lowered to what was there
        signers(KEY, quorum='2')
    assert not is_closed(env, 3)
    if how == 'contact':
        signers(KEY, ('anna', 'bruno'))
    elif how == 'quorum':
        signers(KEY, quorum='1')
    elif how == 'web':
        answer = client('coordinator').post(
            f'/admin/production/campaigns/{quote(NAME)}', {
                'act': 'change', 'reason': 'One is enough.',
                f'quorum:{KEY}': '1'})
        assert answer.status == 200
    else:
        assert admin('campaign', 'change', NAME, f'--quorum={KEY}:1',
                     '--reason=One is enough.')[0] == 0
    assert system.queries.decision(NAME).answer(KEY).met
    assert is_closed(env, 3)
    assert verbs()[-1] == 'restored'
    before = verbs()
    assert check_findings() == check_findings(repair=True) == []
    assert admin('campaign', 'check', NAME, '--repair')[0] == 0
    assert verbs() == before
    assert 'withdrawn' not in verbs()


@pytest.mark.parametrize('how', ['quorum', 'contact'])
@pytest.mark.parametrize('enforcement', ['standard', 'strict', 'advisory'])
def test_stage_that_the_rules_reopened_is_closed_again(
        campaign, sign, signers, system, env, stored, admin, check_findings,
        how, enforcement):
    sign(*CONTACTS)
    if enforcement != 'standard':
        assert admin('campaign', 'change', NAME, '--reason=So.',
                     f'--enforcement={enforcement}')[0] == 0
    assert admin('milestone', 'completed', f'{NAME}: 2. Release validation',
                 'now')[0] == 0
    shut, back = (({'quorum': '2'}, {'quorum': '1'}) if how == 'quorum' else
                  ({'contacts': ('bruno',)}, {'contacts': ('anna', 'bruno')}))
    signers(KEY, **shut)
    reopened = enforcement != 'advisory'
    assert stored(1) == stored(2) == [not reopened]
    signers(KEY, **back)
    assert (stored(1), stored(2), stored(3)) == ([True], [True], [False])
    closed = [e for e in system.queries.ledger(NAME)
              if e.verb == 'stage-closed' and 'because' in e.payload]
    assert [(e.actor, e.payload['stage']) for e in closed] == [
        ('prodworkflow', s.key) for s in
        system.queries.decision(NAME).snapshot.state.stages[:2]
    ] * reopened
    assert check_findings(repair=True) == []
    assert not differences(fold(system.queries.ledger(NAME)),
                           system.queries.decision(NAME).snapshot.state)


def test_stage_that_a_person_reopened_stays_open(
        campaign, sign, signers, stored, admin):
    sign(*CONTACTS)
    second = f'{NAME}: 2. Release validation'
    assert admin('milestone', 'completed', second, 'now')[0] == 0
    assert admin('milestone', 'completed', FIRST, '')[0] == 0
    signers(KEY, quorum='2')
    signers(KEY, quorum='1')
    assert stored(1) == stored(2) == [False]
    assert admin('milestone', 'completed', FIRST, 'now')[0] == 0
    assert (stored(1), stored(2)) == ([True], [False])


def test_closing_a_stage_closes_those_after_it_that_the_rules_reopened(
        campaign, sign, signers, stored, admin):
    sign(*CONTACTS)
    assert admin('milestone', 'completed', f'{NAME}: 3. pre-production',
                 'now')[0] == 0
    signers('release-validated', ('anna',))
    assert admin('milestone', 'completed', FIRST, '')[0] == 0
    signers('release-validated', ('bruno',))
    assert [stored(n) for n in (1, 2, 3)] == [[False]] * 3
    assert admin('milestone', 'completed', FIRST, 'now')[0] == 0
    assert [stored(n) for n in (1, 2, 3)] == [[True]] * 3


def test_hold_stays_when_stages_close_again(
        campaign, sign, signers, stored, system):
    sign(*CONTACTS)
    system.lifecycle.launch(NAME, ADMIN, 'Go.')
    signers(KEY, quorum='2')
    assert [stored(n) for n in (1, 2, 3)] == [[False]] * 3
    signers(KEY, quorum='1')
    assert [stored(n) for n in (1, 2, 3)] == [[True]] * 3
    assert system.queries.decision(NAME).snapshot.state.campaign.held_since


def test_dry_run_tells_which_stages_it_would_close_again(
        campaign, sign, env, change_row, stored, admin):
    sign(*CONTACTS)
    assert admin('milestone', 'completed', f'{NAME}: 2. Release validation',
                 'now')[0] == 0
    leak = Ticket(env)
    leak.populate({'summary': 'A leak', 'milestone': FIRST, 'status': 'new',
                   'reporter': 'eve', 'type': 'defect',
                   'priority': 'critical'})
    leak.insert()
    assert stored(2) == [False]
    change_row('ticket', ('id', leak.id), status='closed')
    words = 'would close stage 2. Release validation again'
    assert admin('campaign', 'check', NAME, '--dry-run')[:2] == (
        1, f'{NAME}: {words}\n')
    assert stored(2) == [False]
    assert admin('campaign', 'check', NAME, '--repair')[0] == 0
    assert stored(2) == [True]


def test_estimate_with_a_typing_error_that_is_corrected_withdraws_nothing(
        full, sign_full, system, env, admin, saying_for):
    """Seen: the repair recorded "withdrawn by root"."""
    sign_full(*FULL_CONTACTS)
    ticket = full['runtime-performance']
    assert is_closed(env, ticket)
    stage = system.queries.decision(FULL).snapshot.state.stage(
        system.queries.requirement(FULL, 'runtime-performance').stage)
    assert admin('milestone', 'completed', stage.milestone, 'now')[0] == 0
    for value in ('1 h', None):  # a slip of the pen, and what it should be
        said = saying_for('resources-estimate')
        values = {**said.typed.values, **(
            {'cpu_time_per_job': value} if value else {})}
        system.record(FULL, 'resources-estimate', Person('anna'), replace(
            said, typed=replace(said.typed, values=values)))
        assert is_closed(env, ticket) is (value is None)
        assert Milestone(env, stage.milestone).is_completed is (
            value is None)
    made = [e.verb for e in system.queries.ledger(FULL)]
    assert 'withdrawn' not in made
    assert made[-1] == 'stage-closed'
    assert system.queries.decision(FULL).answer('runtime-performance').met
    assert admin('campaign', 'check', FULL, '--repair') == (0, '', '')
    assert [e.verb for e in system.queries.ledger(FULL)] == made


def test_a_ticket_that_an_older_plugin_left_open_is_closed_by_repair(
        campaign, sign, env, change_row, check_findings, verbs, gate):
    """Of a quorum that was lowered before reconciliation closed tickets."""
    sign(*STAGE)
    change_row('ticket', ('id', 1), **REOPENED)
    told = ['#1 Feature Freeze is open, but it is signed off by anna']
    assert check_findings() == told
    assert not gate('1')
    assert check_findings(repair=True) == told
    assert verbs()[-1] == 'restored'
    assert gate('1')
    assert check_findings() == check_findings(repair=True) == []
    assert verbs().count('restored') == 1


@pytest.mark.parametrize('author', ['eve', 'anna', 'coordinator'])
def test_signed_ticket_reopened_while_the_plugin_was_off_is_an_objection(
        campaign, sign, env, reopen_unseen, check_findings, verbs, gate,
        system, author):
    sign(*STAGE)
    reopen_unseen(1, author)
    assert check_findings() == [
        '#1 Feature Freeze was reopened while nobody was watching']
    check_findings(repair=True)
    entry = system.queries.ledger(NAME)[-1]
    assert (entry.verb, entry.actor) == ('objected', author)
    assert entry.payload['statement'] == 'It crashes.'
    answer = system.queries.decision(NAME).answer('feature-freeze')
    assert (answer.reason.value, answer.signers) == ('objected', ('anna',))
    before = verbs()
    assert check_findings() == check_findings(repair=True) == []
    assert verbs() == before
    system.record(NAME, 'feature-freeze', Person('anna'), SignOffRequest(
        Verdict.ANSWERED, 'It does not.'))
    assert gate('1')
    assert is_closed(env, 1)


@pytest.mark.parametrize(('author', 'verb', 'goes_on'), [
    pytest.param('eve', 'reopening-refused', True, id='by somebody'),
    pytest.param('anna', 'objected', False, id='by a signer')])
def test_reopened_after_the_launch_while_the_plugin_was_off(
        campaign, sign, env, reopen_unseen, check_findings, system, gate,
        verbs, author, verb, goes_on):
    sign(*CONTACTS)
    system.lifecycle.launch(NAME, ADMIN, 'Go.')
    reopen_unseen(1, author)
    check_findings(repair=True)
    assert verb in verbs()
    assert is_closed(env, 1) is goes_on
    assert gate() is goes_on
    held = system.queries.decision(NAME).snapshot.state.campaign.held_since
    assert bool(held) is not goes_on
    before = verbs()
    assert check_findings(repair=True) == []
    assert verbs() == before


def test_dry_run_says_what_a_repair_would_do_and_changes_nothing(
        campaign, sign, env, change_row, reopen_unseen, admin, verbs, system):
    sign(*CONTACTS)
    assert admin('milestone', 'completed', FIRST, 'now')[0] == 0
    change_row('ticket', ('id', 2), **REOPENED)
    reopen_unseen(1)
    change_row('ticket', ('id', 3), milestone='milestone1')
    with env.db_transaction as db:
        db('DELETE FROM ticket WHERE id=7')
    before = verbs(), system.queries.decision(NAME).snapshot
    for args in (['--dry-run'], ['--repair', '--dry-run']):
        code, out, _ = admin('campaign', 'check', NAME, *args)
        assert code == 1
        assert out.splitlines() == [f'{NAME}: {line}' for line in (
            '#1 Feature Freeze was reopened while nobody was watching '
            '[would record an objection, and leave its approvals]',
            '#2 Software quality ok is open, but it is signed off by anna '
            '[would close it]',
            '#3 Resources estimate is in milestone1, not in '
            f'{FIRST} [would move it back]',
            'the sign-off ticket of Physics results ok (#7) is gone [would '
            'make another one, unsigned]',
            f'stage 1. Software preparation is closed while its gate is '
            'shut: #1 Feature Freeze was signed, but its ticket is open '
            'again; awaits anna; #2 Software quality ok was signed, but its '
            'ticket is open again; awaits anna; #3 Resources estimate is in '
            f'milestone1, not in {FIRST} [would reopen it]',
            'would close #2 Software quality ok, for it is signed off by '
            'anna', 'would reopen stage 1. Software preparation')]
    assert (verbs(), system.queries.decision(NAME).snapshot) == before
    document = json.loads(admin('campaign', 'check', NAME, '--dry-run',
                                '--json')[1])
    assert document['findings'][0]['remedy'].startswith('record an objection')
    assert admin('campaign', 'check', NAME, '--repair')[0] == 0
    made = verbs()[len(before[0]):]
    assert sorted(made) == ['objected', 'restored', 'stage-reopened',
                            'ticket-missing', 'ticket-moved',
                            'ticket-replaced']
    assert admin('campaign', 'check', NAME, '--repair')[:2] == (0, '')
    assert verbs()[len(before[0]):] == made


def test_a_check_that_changes_nothing_leaves_the_revision_alone(
        campaign, sign, system, admin):
    sign(*STAGE)
    before = system.queries.decision(NAME).snapshot.revision
    assert admin('campaign', 'check', NAME) == (0, '', '')
    assert admin('campaign', 'check', NAME, '--dry-run') == (0, '', '')
    assert system.queries.decision(NAME).snapshot.revision == before
