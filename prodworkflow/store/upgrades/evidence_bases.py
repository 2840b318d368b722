"""Fill in the evidence that approvals of before were given for.

It is what their ledger says was there then, so no approval is voided.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from prodworkflow.domain.canonical_json import canonical, plain
from prodworkflow.domain.ledger.entry import Entry
from prodworkflow.domain.ledger.replay import fold
from prodworkflow.domain.model.state import State


def fill_bases(cursor: Any) -> None:
    """Write what the ledgers lead to; unreadable ones stay as they are.

    Those are in doubt, and keep their gates shut.
    """
    cursor.execute("SELECT id FROM prodworkflow_campaign "
                   "WHERE phase<>'removed'")
    for campaign, in list(cursor.fetchall()):
        try:
            state = fold(_entries(cursor, campaign))
        except ValueError:
            continue
        _fill(cursor, campaign, state)


def _entries(cursor: Any, campaign: int) -> Iterator[Entry]:
    cursor.execute("""
        SELECT campaign, number, time, actor, verb, requirement, release_name,
               payload, previous, hash
        FROM prodworkflow_ledger WHERE campaign=%s ORDER BY number""",
                   (campaign,))
    for (of, number, time, actor, verb, key, release, payload, previous,
         seal) in list(cursor.fetchall()):
        yield Entry(int(of), int(number), int(time), actor or '', verb or '',
                    key or '', release or '', json.loads(payload or ''),
                    previous or '', seal or '')


def _fill(cursor: Any, campaign: int, state: State) -> None:
    for signoff in state.signoffs:
        if signoff.basis is not None:
            cursor.execute("""
                UPDATE prodworkflow_signoff SET basis=%s
                WHERE campaign=%s AND number=%s""",
                           (canonical(plain(signoff.basis)), campaign,
                            signoff.number))
    for requirement in state.requirements:
        if requirement.files:
            cursor.execute("""
                UPDATE prodworkflow_requirement SET files=%s
                WHERE campaign=%s AND requirement=%s""",
                           (canonical(plain(requirement.files)), campaign,
                            requirement.key))
