"""Folds ledger entries into a campaign state (event replay)."""

from __future__ import annotations

from collections.abc import Iterable

from prodworkflow.domain.ledger.creation import NOTHING
from prodworkflow.domain.ledger.effects import EFFECTS
from prodworkflow.domain.ledger.entry import Entry
from prodworkflow.domain.model.state import State
from prodworkflow.domain.text import Message


class LedgerError(ValueError):
    """An entry that cannot be read or does not follow from those before."""


def fold(entries: Iterable[Entry], state: State = NOTHING) -> State:
    """The state that these entries lead to; LedgerError if one is unread."""
    for entry in entries:
        state = apply(state, entry)
    return state


def apply(state: State, entry: Entry) -> State:
    """The state after one more entry; the inputs stay as they are."""
    effect = EFFECTS.get(entry.verb)
    if effect is None:
        raise LedgerError(Message('entry %(number)s: unknown verb '
                                  '"%(verb)s"',
                                  number=entry.number, verb=entry.verb))
    try:
        return effect(state, entry)
    except (KeyError, TypeError, ValueError) as error:
        raise LedgerError(Message('entry %(number)s (%(verb)s) cannot be '
                                  'read: %(error)s',
                                  number=entry.number, verb=entry.verb,
                                  error=repr(error))) from error
