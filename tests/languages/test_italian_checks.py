"""`campaign check` and doubts are told in the reader's language."""

from __future__ import annotations

import json

import pytest
from trac.ticket.model import Milestone, Ticket

from support.campaigns import CONTACTS, NAME
from support.italian import data_of, english, our_text

PAGE = f'/campaign/{NAME.replace(" ", "%20")}'
FIRST = f'{NAME}: 1. Software preparation'
# What else people, the workflow and Trac's tables call something.
WRITTEN = (NAME, 'path-to-production', 'feature-freeze', 'contacts',
           'software-preparation', 'anna', 'bruno', 'campaign check')


@pytest.fixture
def italian_check(admin, monkeypatch, system):
    """What `campaign check` says in an Italian console, and in English."""
    def check(*options):
        monkeypatch.setenv('LANGUAGE', 'it')
        _code, out, err = admin('campaign', 'check', NAME, *options)
        assert 'Traceback' not in err
        return (out + err).splitlines()
    return check


@pytest.fixture
def change_row(env):
    """Changes rows as a database's own tools do."""
    def change(table, where, **values):
        sets = ', '.join(f'{name}=%s' for name in values)
        key, value = where
        with env.db_transaction as db:
            db(f'UPDATE {table} SET {sets} WHERE {key}=%s',
               (*values.values(), value))
    return change


@pytest.fixture
def many_findings(env, campaign, sign, change_row):
    """A campaign with whose tickets and milestones much was done unseen."""
    sign(*CONTACTS)
    ids = list(campaign.values())
    Ticket(env, ids[5]).delete()
    Milestone(env, f'{NAME}: 3. pre-production').delete()
    change_row('ticket', ('id', ids[0]), status='reopened', resolution='')
    change_row('ticket', ('id', ids[1]), milestone='')
    change_row('ticket', ('id', ids[3]), status='unheard-of')
    change_row('ticket', ('id', ids[4]), version='V9')
    change_row('milestone', ('name', FIRST), completed=10**15)
    return campaign


@pytest.mark.parametrize('options', [(), ('--dry-run',), ('--repair',)],
                         ids=['looked at', 'foretold', 'repaired'])
def test_findings_have_no_english_sentence(
        many_findings, italian_check, system, options):
    data = [*data_of(system), *WRITTEN]
    lines = italian_check(*options)
    assert len(lines) > 5
    assert english(lines, data) == []


def test_findings_of_tickets_closed_without_a_trace_have_none(
        campaign, change_row, italian_check, system):
    for n, ticket in enumerate(campaign.values()):
        change_row('ticket', ('id', ticket), status='closed',
                   **({'changetime': 9 * 10**15} if n % 2 else {}))
    change_row('milestone', ('name', FIRST), completed=10**15)
    lines = italian_check()
    assert len(lines) > 5
    assert english(lines, [*data_of(system), *WRITTEN]) == []


@pytest.mark.parametrize(('table', 'changed'), [
    ('prodworkflow_requirement', {'quorum': 0}),
    ('prodworkflow_requirement', {'contacts': '{"anna": 1}'}),
    ('prodworkflow_requirement', {'asks': '{"values": 3}'}),
    ('prodworkflow_requirement', {'title': 'Altro'}),
    ('prodworkflow_stage', {'title': 'Altro'}),
    ('prodworkflow_ledger', {'actor': 'eve'}),
    ('prodworkflow_ledger', {'payload': '3'}),
    ('prodworkflow_campaign', {'item_lists': '[1]'}),
    ('prodworkflow_campaign', {'head': 'x'})],
    ids=lambda each: ' '.join(each) if isinstance(each, dict) else each)
def test_doubts_have_no_english_sentence(
        campaign, sign, env, italian, italian_check, system, table, changed):
    data = [*data_of(system), *WRITTEN]
    sign('feature-freeze')
    (name, value), = changed.items()
    with env.db_transaction as db:
        db(f'UPDATE {table} SET {name}=%s', (value,))
    lines = italian_check()
    assert lines
    assert english(lines, [*data, "'str'", 'argument must be']) == []
    page = italian('coordinator').get(PAGE)
    assert page.status == 200
    assert english(our_text(page.text), data) == []


def test_findings_are_in_english_for_machines(
        many_findings, italian_check):
    answer = json.loads(italian_check('--json')[0])
    told = [finding['words'] for finding in answer['findings']]
    assert f'milestone {NAME}: 3. pre-production is missing' in told
    assert not [words for words in told if ' non ' in words]
