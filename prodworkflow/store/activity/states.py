"""States of many campaigns without Trac's tickets; a few statements in all.

They tell what entries are about, and what of it is hidden from somebody.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from itertools import groupby
from operator import itemgetter
from typing import Any

from prodworkflow.domain.model.state import State
from prodworkflow.store import rows


def states_of(env: Any, ids: Collection[int]) -> dict[int, State]:
    """The states of these campaigns by their ids, without what was said.

    Those that were removed, or cannot be read as a whole, are left out.
    """
    wanted = sorted(ids)
    if not wanted:
        return {}
    stages = _grouped(env, 'stage', rows.STAGE, wanted, 'number')
    requirements = _grouped(env, 'requirement', rows.REQUIREMENT, wanted,
                            'position')
    found = {}
    for id_, *row in env.db_query(f"""
            SELECT c.id, {rows.columns((*rows.CAMPAIGN, *rows.BESIDE), 'c')}
            FROM prodworkflow_campaign AS c
            WHERE c.phase<>'removed' AND c.id IN ({_places(wanted)})
            """, tuple(wanted)):
        try:
            found[int(id_)] = _state(row, stages.get(id_, ()),
                                     requirements.get(id_, ()))
        except (ValueError, TypeError):
            continue
    return found


def with_signoffs(env: Any, states: Mapping[int, State]) -> dict[int, State]:
    """These states, with the verdicts in them; no statement for none."""
    if not states:
        return {}
    said = _grouped(env, 'signoff', rows.SIGNOFF, sorted(states), 'number')
    found = {}
    for id_, state in states.items():
        try:
            found[id_] = replace(state, signoffs=tuple(
                map(rows.signoff, said.get(id_, ()))))
        except (ValueError, TypeError):
            continue
    return found


def _state(row: list[Any], stages: Iterable[Any],
           requirements: Iterable[Any]) -> State:
    width = len(rows.CAMPAIGN)
    beside: dict[str, Any] = rows.beside(row[width:])
    return State(rows.campaign(row[:width]), tuple(map(rows.stage, stages)),
                 tuple(map(rows.requirement, requirements)), **beside)


def _grouped(env: Any, table: str, names: Collection[str], ids: list[int],
             order: str) -> dict[int, list[Any]]:
    """The rows of one of our tables by campaign, in that order."""
    found = env.db_query(f"""
        SELECT x.campaign, x.{order}, {rows.columns(list(names), 'x')}
        FROM prodworkflow_{table} AS x
        WHERE x.campaign IN ({_places(ids)})""", tuple(ids))
    return {int(id_): [row[2:] for row in group] for id_, group in groupby(
        sorted(found, key=itemgetter(0, 1)), itemgetter(0))}


def _places(ids: Collection[int]) -> str:
    return ','.join(['%s'] * len(ids))
