"""Event replay: fold ledger entries into the state of a campaign."""

from __future__ import annotations

from collections.abc import Iterable

from prodworkflow.domain.ledger.creation import NOTHING
from prodworkflow.domain.ledger.effects import EFFECTS
from prodworkflow.domain.ledger.entry import Entry
from prodworkflow.domain.model.state import State
from prodworkflow.domain.text import Message


class LedgerError(ValueError):
    """An entry whose verb is unknown or whose payload is invalid."""


def fold(entries: Iterable[Entry], state: State = NOTHING) -> State:
    """Replay entries on a state; LedgerError if one is invalid."""
    for entry in entries:
        state = apply(state, entry)
    return state


def apply(state: State, entry: Entry) -> State:
    """Apply one entry to a state, which stays unchanged itself.

    LedgerError if its verb is unknown or its payload invalid.
    """
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
