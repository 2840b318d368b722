"""Tickets that were open in milestones at an earlier moment."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from prodworkflow.store.ticket_statuses import done_statuses


def open_tickets_at(env: Any, stages: Mapping[str, str],
                    own: Collection[int], moment: int
                    ) -> tuple[dict[str, list[int]], dict[int, int]]:
    """Other open tickets at a moment (µs UTC), and when they were created.

    `stages` maps milestones to the keys under which their tickets come; `own`
    are left out.  Two statements.
    """
    places = ','.join(['%s'] * len(stages)) or 'NULL'
    names = tuple(stages)
    rows = env.db_query(f"""
        SELECT id, milestone, status, time FROM ticket
        WHERE time<=%s AND (milestone IN ({places}) OR id IN (
            SELECT ticket FROM ticket_change WHERE field='milestone'
            AND (oldvalue IN ({places}) OR newvalue IN ({places}))))
        ORDER BY id""", (moment, *names, *names, *names))
    found = {int(id_): {'milestone': milestone or '', 'status': status or ''}
             for id_, milestone, status, _time in rows}
    for id_, field, was in _changes_after(env, moment, list(found)):
        found[int(id_)][field] = was or ''
    done = done_statuses(env)
    there: dict[str, list[int]] = {key: [] for key in stages.values()}
    for id_, ticket in found.items():
        if (id_ not in own and ticket['milestone'] in stages
                and ticket['status'] not in done):
            there[stages[ticket['milestone']]].append(id_)
    return there, {int(id_): int(time) for id_, *_words, time in rows}


def _changes_after(env: Any, moment: int, ids: list[int]) -> Any:
    """What fields were before their changes since, the first change last."""
    places = ','.join(['%s'] * len(ids)) or 'NULL'
    return env.db_query(f"""
        SELECT ticket, field, oldvalue FROM ticket_change
        WHERE time>%s AND field IN ('milestone', 'status')
          AND ticket IN ({places}) ORDER BY time DESC""", (moment, *ids))
