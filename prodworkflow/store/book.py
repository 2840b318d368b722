"""Event store: appends ledger entries and updates the projections.

The ledger is the truth. `Book.record` appends an entry, applies it to the
state and writes what differs to the tables, so that stored state is what a
replay of the ledger gives.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from prodworkflow.domain.ledger.chain import seal
from prodworkflow.domain.ledger.entry import Entry
from prodworkflow.domain.ledger.replay import apply
from prodworkflow.domain.model.notifications import News, TicketNews
from prodworkflow.domain.model.snapshot import Snapshot
from prodworkflow.domain.model.state import State
from prodworkflow.domain.model.vocabulary import Phase
from prodworkflow.store import entry_log, rows
from prodworkflow.store.snapshots import snapshot


class Book:
    """A campaign under its lock, for the length of one transaction.

    `recorded` holds the entries of this transaction; `news` gathers
    notifications for its contacts, sent after the commit. While `acting`, what
    our own saves trigger is neither recorded nor reconciled; the use case does
    so at its end. `before` is the last entry of earlier transactions.
    """

    def __init__(self, env: Any, db: Any, campaign: int, state: State,
                 last: Entry | None, found: Snapshot | None = None) -> None:
        self.env = env
        self.db = db
        self.campaign = campaign
        self.state = state
        self.last = last
        self.news: list[News | TicketNews] = []
        self.acting = False
        self.recorded: list[Entry] = []
        self.revision = found.revision if found else 1
        self.before = last
        self._found = found

    def record(self, time: int, actor: str, verb: str, requirement: str = '',
               **payload: Any) -> Entry:
        """Append an entry, and update the tables to the state it leads to.

        `time` is in µs UTC; `payload` holds what plain JSON can. The revision
        of the campaign goes with it: forms tell by it what came after them.
        """
        entry = seal(self.last, Entry(
            self.campaign, 0, time, actor, verb, requirement,
            self.state.campaign.release,
            {'revision': self.revision, **payload}, '', ''))
        return self._append(entry)

    def begin(self, time: int, actor: str, release: str,
              payload: Mapping[str, Any]) -> Entry:
        """Append the first entry, which creates the campaign's state."""
        return self._append(seal(None, Entry(
            self.campaign, 0, time, actor, 'created', '', release, payload,
            '', '')))

    @contextmanager
    def without_reconciling(self) -> Iterator[None]:
        """Context manager: suspend reconciliation.

        The caller reconciles once, at the end.
        """
        before, self.acting, self._found = self.acting, True, None
        try:
            yield
        finally:
            self.acting = before

    def snapshot(self) -> Snapshot:
        """The campaign as it is at this point of the transaction.

        The first caller gets, without a query, what was read when the book was
        opened; any change in between drops that.
        """
        found = self._found or snapshot(self.env, self.campaign)
        self._found = None
        assert found is not None, 'a book is opened for an existing campaign'
        return found

    def _append(self, entry: Entry) -> Entry:
        self._found = None
        self._insert('ledger', rows.ENTRY, [rows.entry_row(entry)])
        self.db('UPDATE prodworkflow_campaign SET head=%s WHERE id=%s',
                (entry.hash, self.campaign))
        state = apply(self.state, entry)
        self._project(self.state, state)
        self.last, self.state = entry, state
        self.recorded.append(entry)
        entry_log.log_entry(self.env, state.campaign.name, entry)
        return entry

    def _project(self, old: State, new: State) -> None:
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
        known = set(old.signoffs)
        self._insert('signoff', ('campaign', *rows.SIGNOFF),
                     [(self.campaign, *rows.signoff_row(s))
                      for s in new.signoffs if s not in known])

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
            if requirement != known.get(requirement.key, requirement):
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
        for table in ('stage', 'requirement', 'signoff'):
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
