"""Verification: compare a record with a replay of its ledger."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from prodworkflow import store
from prodworkflow.domain.errors import error_words
from prodworkflow.domain.ledger.chain import broken
from prodworkflow.domain.ledger.comparison import differences
from prodworkflow.domain.ledger.creation import NOTHING
from prodworkflow.domain.ledger.entry import Entry
from prodworkflow.domain.ledger.replay import fold
from prodworkflow.domain.model.snapshot import Snapshot
from prodworkflow.domain.model.state import State
from prodworkflow.domain.rules.decision import Decision
from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.text import Message
from prodworkflow.gateways.clock import now

MISMATCH = Message(
    'the record of the campaign does not agree with its ledger; see '
    '"trac-admin ENV campaign check"')


# So many ledgers are not gone through again but for what is new in them.
REPLAYS = 8


def verified_decision(env: Any, snapshot: Snapshot) -> Decision:
    """Decide on a snapshot after verifying it against its ledger.

    A mismatch becomes a doubt, which closes every gate: so does a record that
    was changed by hand. Use this, not `decide()`, before anything is written.
    Under a campaign's lock its ledger is verified once, and what was decided
    already is not decided again.
    """
    book = next((b for b in store.open_books(env)
                 if b.has_read(snapshot)), None)
    return (_under_lock(book, snapshot) if book
            else _verified_decision(env, snapshot))


def _under_lock(book: store.Book, snapshot: Snapshot) -> Decision:
    if book.decided is None or book.decided[0] is not snapshot:
        sound = snapshot
        if not book.verified:
            wrong, last = _verify(book.env, snapshot)
            book.verified = not wrong
            book.knows_last(last)
            sound = _with_doubt(snapshot) if wrong else snapshot
        book.decided = snapshot, decide(sound, now())
    return book.decided[1]


def _verified_decision(env: Any, snapshot: Snapshot) -> Decision:
    if ledger_mismatches(env, snapshot):
        snapshot = _with_doubt(snapshot)
    return decide(snapshot, now())


def ledger_mismatches(env: Any, snapshot: Snapshot) -> list[str]:
    """Where record and ledger disagree, a sentence each; [] if they agree."""
    return _verify(env, snapshot)[0]


def _verify(env: Any, snapshot: Snapshot) -> tuple[list[str], Entry | None]:
    """Where record and ledger disagree, and the ledger's last entry."""
    try:
        stored = store.stored_entries(env, snapshot.id)
        found = _replay(env, snapshot, stored)
        wrong = [*found.wrong, *snapshot.doubts]
        return (wrong or differences(found.state, snapshot.state), found.last)
    except ValueError as error:
        return [Message('the ledger cannot be read: %(error)s',
                        error=error_words(error))], None


@dataclass(frozen=True)
class _Replay:
    """A ledger replayed from its first row to its last."""

    stored: tuple[tuple, ...] = ()
    last: Entry | None = None
    wrong: tuple[str, ...] = ()
    state: State = NOTHING

    def leads_to(self, stored: tuple[tuple, ...], head: str) -> _Replay:
        """The replay of more rows, of which only the new ones are gone over.
        """
        new = list(store.read_entries(stored[len(self.stored):]))
        wrong = tuple(broken(new, head, self.last))
        return _Replay(stored, new[-1] if new else self.last, wrong,
                       NOTHING if wrong else fold(new, self.state))


_replays: dict[tuple[str, int], _Replay] = {}


def _replay(env: Any, snapshot: Snapshot,
            stored: tuple[tuple, ...]) -> _Replay:
    """Replay a ledger, incrementally where its earlier rows are known.

    The rows are kept and compared, so that any changed word in one of them is
    noticed.
    """
    key = env.path, snapshot.id
    known = _replays.pop(key, _Replay())
    if stored[:len(known.stored)] != known.stored:
        known = _Replay()
    found = known.leads_to(stored, snapshot.head)
    if not found.wrong:
        _replays[key] = found
        for oldest in list(_replays)[:-REPLAYS]:
            _replays.pop(oldest, None)
    return found


def _with_doubt(snapshot: Snapshot) -> Snapshot:
    return replace(snapshot, doubts=(*snapshot.doubts, MISMATCH))
