"""What `campaign check` finds of what happened behind everybody's back."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from support.campaigns import CONTACTS, NAME

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
