"""Projection: the tables that hold the present state of a campaign."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from prodworkflow.domain.ledger.entry import Entry
from prodworkflow.domain.model.state import State
from prodworkflow.domain.model.vocabulary import Phase
from prodworkflow.store import rows


@dataclass(frozen=True)
class Projection:
    """The rows of one campaign: its ledger, and what that leads to.

    `db` is the connection of a transaction that has the campaign's lock.
    """

    db: Any
    campaign: int

    def append(self, entry: Entry) -> None:
        """Append an entry to the ledger."""
        self._insert('ledger', rows.ENTRY, [rows.entry_row(entry)])
        self.db('UPDATE prodworkflow_campaign SET head=%s WHERE id=%s',
                (entry.hash, self.campaign))

    def update(self, old: State, new: State) -> None:
        """Write what differs between two states."""
        if new.campaign.phase == Phase.REMOVED.value:
            self._forget()
            return
        if old.campaign != new.campaign:
            self._update('campaign', rows.CAMPAIGN,
                         rows.campaign_row(new.campaign), 'id=%s', ())
        if rows.beside_of(old) != rows.beside_of(new):
            self._update('campaign', rows.BESIDE, rows.beside_row(new),
                         'id=%s', ())
        self._stages(old, new)
        self._requirements(old, new)
        known = {s.number for s in old.signoffs}
        self._insert('signoff', ('campaign', *rows.SIGNOFF),
                     [(self.campaign, *rows.signoff_row(s))
                      for s in new.signoffs if s.number not in known])

    def _stages(self, old: State, new: State) -> None:
        known = {s.key: s for s in old.stages}
        self._insert('stage', ('campaign', *rows.STAGE),
                     [(self.campaign, *rows.stage_row(s))
                      for s in new.stages if s.key not in known])
        for stage in new.stages:
            if stage.key in known and stage != known[stage.key]:
                self._update('stage', rows.STAGE, rows.stage_row(stage),
                             'campaign=%s AND stage=%s', (stage.key,))

    def _requirements(self, old: State, new: State) -> None:
        known = {r.key: r for r in old.requirements}
        self._insert('requirement', ('campaign', 'position',
                                     *rows.REQUIREMENT),
                     [(self.campaign, position, *rows.requirement_row(r))
                      for position, r in enumerate(new.requirements)
                      if r.key not in known])
        self._order(old, new)
        for requirement in new.requirements:
            was = known.get(requirement.key, requirement)
            if requirement is not was and requirement != was:
                self._update('requirement', rows.REQUIREMENT,
                             rows.requirement_row(requirement),
                             'campaign=%s AND requirement=%s',
                             (requirement.key,))

    def _order(self, old: State, new: State) -> None:
        """Delete requirements that were dropped; keep the order of the rest.
        """
        kept = {r.key: n for n, r in enumerate(new.requirements)}
        for requirement in old.requirements:
            if requirement.key not in kept:
                for table in ('requirement', 'signoff'):
                    self.db(f"""DELETE FROM prodworkflow_{table}
                                WHERE campaign=%s AND requirement=%s""",
                            (self.campaign, requirement.key))
        moved = [(kept[r.key], self.campaign, r.key)
                 for n, r in enumerate(old.requirements)
                 if kept.get(r.key, n) != n]
        if moved:
            self.db.executemany("""
                UPDATE prodworkflow_requirement SET position=%s
                WHERE campaign=%s AND requirement=%s""", moved)

    def _forget(self) -> None:
        """Delete the projections; the ledger and the campaign's row stay."""
        for table in ('stage', 'requirement', 'signoff', 'told'):
            self.db(f'DELETE FROM prodworkflow_{table} WHERE campaign=%s',
                    (self.campaign,))
        self.db("""UPDATE prodworkflow_campaign SET name=NULL, phase='removed'
                   WHERE id=%s""", (self.campaign,))

    def _insert(self, table: str, names: tuple[str, ...],
                values: list[tuple]) -> None:
        if values:
            places = ','.join(['%s'] * len(names))
            self.db.executemany(
                f'INSERT INTO prodworkflow_{table} ({",".join(names)}) '
                f'VALUES ({places})', values)

    def _update(self, table: str, names: tuple[str, ...], values: tuple,
                where: str, keys: tuple) -> None:
        changes = ','.join(f'{name}=%s' for name in names)
        self.db(f'UPDATE prodworkflow_{table} SET {changes} WHERE {where}',
                (*values, self.campaign, *keys))
