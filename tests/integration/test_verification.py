"""A ledger that was found sound is looked at again, each word of it."""

from __future__ import annotations

import pytest

from prodworkflow import store
from prodworkflow.services.gates import verification
from prodworkflow.store import rows
from support.campaigns import CONTACTS, NAME


@pytest.fixture
def ledger_verified(campaign, sign, system, env):
    """All is signed, and found sound; tells whether it still is."""
    sign(*CONTACTS)

    def still():
        decision = system.queries.decision(NAME)
        doubts = [o for o in decision.launch.obstacles
                  if o.kind == 'in-doubt']
        assert decision.launch.open is not bool(doubts)
        return not doubts
    assert still()
    return still


@pytest.mark.parametrize('column', rows.ENTRY)
@pytest.mark.parametrize('number', [
    pytest.param(1, id='the first entry'),
    pytest.param(4, id='one between'),
    pytest.param(8, id='the last')])
def test_entry_changed_by_hand_is_in_doubt_until_mended(
        ledger_verified, env, column, number):
    where = 'WHERE campaign=1 AND number=%s'
    (was,), = env.db_query(
        f'SELECT {column} FROM prodworkflow_ledger {where}', (number,))
    odd = was + 100 if isinstance(was, int) else was + ' '
    with env.db_transaction as db:
        db(f'UPDATE prodworkflow_ledger SET {column}=%s {where}',
           (odd, number))
    # White space around a payload is none of its words.
    assert ledger_verified() is (column == 'payload')
    changed = {'campaign': odd}.get(column, 1), {
        'number': odd}.get(column, number)
    with env.db_transaction as db:
        db(f"""UPDATE prodworkflow_ledger SET {column}=%s
               WHERE campaign=%s AND number=%s""", (was, *changed))
    assert ledger_verified()


@pytest.mark.parametrize('gone', [
    pytest.param('number=8', id='the last'),
    pytest.param('number=3', id='one between'),
    pytest.param('number>0', id='all')])
def test_deleted_entries_put_the_campaign_in_doubt(ledger_verified, env, gone):
    env.db_transaction(f'DELETE FROM prodworkflow_ledger WHERE {gone}')
    assert not ledger_verified()
    assert not ledger_verified()


def test_rolled_back_entry_leaves_no_doubt(ledger_verified, env, system):
    with pytest.raises(ZeroDivisionError), env.db_transaction as db:
        db("""UPDATE prodworkflow_ledger SET actor='eve'
              WHERE number=8""")
        assert not ledger_verified()
        with store.open_campaign(env, 1) as book:
            book.record(1, 'eve', 'reopened', 'feature-freeze', ticket=1,
                        seen=1)
        assert not ledger_verified()
        raise ZeroDivisionError
    assert ledger_verified()


def test_more_ledgers_than_are_cached_are_all_verified(ledger_verified, create,
                                                       system):
    for number in range(12):
        create(f'Other {number}')
    for _ in range(2):
        assert all(not system.queries.decision(f'Other {n}').snapshot.doubts
                   for n in range(12))
        assert ledger_verified()
    assert len(verification._replays) == verification.REPLAYS
