"""Event store: appends ledger entries and updates the projections.

The ledger is the truth. `Book.record` appends an entry, applies it to the
state and has what differs written to the tables, so that stored state is what
a replay of the ledger gives.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from trac.util.datefmt import to_utimestamp

from prodworkflow.domain.ledger.chain import seal
from prodworkflow.domain.ledger.entry import Entry
from prodworkflow.domain.ledger.replay import apply
from prodworkflow.domain.model.notifications import AnyNews
from prodworkflow.domain.model.snapshot import Snapshot
from prodworkflow.domain.model.state import State
from prodworkflow.domain.model.vocabulary import Phase, Verdict
from prodworkflow.domain.news.change import CampaignChange
from prodworkflow.domain.rules.decision import Decision
from prodworkflow.store import entry_log
from prodworkflow.store.held import HELD, token_part
from prodworkflow.store.projection import Projection
from prodworkflow.store.snapshots import snapshot

VERDICTS = frozenset(v.value for v in Verdict)


# Entries that change nothing but what is said of one requirement.
OF_ONE_TICKET = VERDICTS | {'closed-unsigned', 'moved-on', 'reopened',
                            'restored', 'refused'}


class Book:
    """A campaign under its lock, for the length of one transaction.

    `recorded` holds the entries of this transaction; `news` gathers
    notifications for its contacts, sent after the commit. While `acting`, what
    our own saves trigger is neither recorded nor reconciled; the use case does
    so at its end.  `decided` is the decision on what was read (`snapshot()`),
    `verified` whether that agreed with the ledger.  `checked` says that it was
    looked through for what nobody can sign.
    """

    def __init__(self, env: Any, db: Any, campaign: int, state: State,
                 found: Snapshot | None = None) -> None:
        self.env = env
        self.db = db
        self.campaign = campaign
        self.state = state
        self.news: list[AnyNews] = []
        self.acting = False
        self.recorded: list[Entry] = []
        self.revision = found.revision if found else 1
        self.decided: tuple[Snapshot, Decision] | None = None
        self.verified = False
        self.checked = False
        self._first = self._found = found
        self._last: Entry | None = None
        self._before: Entry | None = None

    @property
    def last(self) -> Entry | None:
        """The entry that the next one is chained to; None before the first.

        Only its number, hash and revision are sure to be known.
        """
        self._last = self._last or _last_entry(self.db, self.campaign)
        return self._last

    @property
    def before(self) -> Entry | None:
        """The last entry of earlier transactions."""
        return self._before if self.recorded else self.last

    def knows_last(self, entry: Entry | None) -> None:
        """Take the last entry from who has just read all of them."""
        self._last = self._last or entry

    def record(self, time: int, actor: str, verb: str, requirement: str = '',
               **payload: Any) -> Entry:
        """Append an entry, and update the tables to the state it leads to.

        `time` is in µs UTC; `payload` holds what plain JSON can. The revision
        of the campaign goes with it: forms tell by it what came after them;
        so does the name of the token by which the actor acts, if any.
        """
        entry = seal(self.last, Entry(
            self.campaign, 0, time, actor, verb, requirement,
            self.state.campaign.release,
            {'revision': self.revision, **token_part(actor), **payload},
            '', ''))
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
        before, self.acting = self.acting, True
        try:
            yield
        finally:
            self.acting = before

    def snapshot(self) -> Snapshot:
        """The campaign as it is at this point of the transaction.

        Read when the book was opened, and again after what changes more than
        the ledger and a sign-off ticket's status.
        """
        self._found = self._found or snapshot(self.env, self.campaign)
        assert self._found, 'a book is opened for an existing campaign'
        return self._found

    def has_read(self, found: Snapshot) -> bool:
        """Whether this is what `snapshot()` gives now."""
        return found is self._found

    def drop(self) -> None:
        """Forget what was read, for Trac or the tables have changed."""
        self._found = self.decided = None
        self.verified = False
        if HELD.owners is not None:
            HELD.owners.clear()

    def follow_ticket(self, ticket: Any, old: Mapping[str, Any]) -> None:
        """Bring what was read up to a ticket that was saved just now.

        `old` holds the former values of what has changed.
        """
        found = self._found
        if found is None or self._is_foreign(ticket, old):
            return
        requirement = found.state.for_ticket(ticket.id)
        facts = found.tickets.get(requirement.key) if requirement else None
        if (requirement is None or facts is None or 'milestone' in old
                or requirement.ticket_time != to_utimestamp(ticket['time'])):
            self.drop()
            return
        changed = (to_utimestamp(ticket['changetime'])
                   if {'status', 'resolution'} & set(old) else facts.changed)
        self._found = replace(found, tickets={
            **found.tickets, requirement.key: replace(
                facts, status=ticket['status'] or '',
                resolution=ticket['resolution'] or '', changed=changed)})

    def _is_foreign(self, ticket: Any, old: Mapping[str, Any]) -> bool:
        """Whether a ticket that was saved is nothing to this campaign."""
        return (self.state.for_ticket(ticket.id) is None
                and self.state.for_milestone(
                    ticket['milestone'], old.get('milestone')) is None)

    def change(self) -> CampaignChange | None:
        """What this transaction has changed so far; None if nothing."""
        same = self._found is self._first and not (self.recorded
                                                   or self.checked)
        if same or self.state.campaign.phase == Phase.REMOVED.value:
            return None
        return CampaignChange(self._first, self.snapshot(),
                              tuple(self.recorded), self.checked)

    def verdicts_on(self, ticket: int) -> list[Entry]:
        """The verdicts on a sign-off ticket that were recorded so far."""
        found = self.state.for_ticket(ticket)
        return [e for e in self.recorded if found and e.verb in VERDICTS
                and e.requirement == found.key]

    def _append(self, entry: Entry) -> Entry:
        tables = Projection(self.db, self.campaign)
        tables.append(entry)
        state = apply(self.state, entry)
        tables.update(self.state, state)
        if not self.recorded:
            self._before = self._last
        self._last, self.state = entry, state
        self._follow(entry)
        self.recorded.append(entry)
        entry_log.log_entry(self.env, state.campaign.name, entry)
        return entry

    def _follow(self, entry: Entry) -> None:
        """Bring what was read up to an entry; drop it for all but verdicts."""
        if entry.verb not in OF_ONE_TICKET:
            self.drop()
        elif self._found is not None:
            self._found = replace(self._found, state=self.state,
                                  head=entry.hash)


def _last_entry(db: Any, campaign: int) -> Entry | None:
    """The entry that the next one is chained to: number, hash, revision."""
    for number, seal_, text in db("""
            SELECT number, hash,
                   CASE WHEN number=1 THEN '{}' ELSE payload END
            FROM prodworkflow_ledger WHERE campaign=%s
            ORDER BY number DESC LIMIT 1""", (campaign,)):
        return Entry(campaign, int(number), 0, '', '', '', '',
                     {'revision': _revision(text)}, '', seal_)
    return None


def _revision(payload: str) -> int:
    """The revision in an entry's payload; of an unreadable one, the last."""
    try:
        return int(json.loads(payload).get('revision', 0))
    except (AttributeError, TypeError, ValueError):
        return sys.maxsize
