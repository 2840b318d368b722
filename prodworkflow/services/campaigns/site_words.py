"""Words of the site in running campaigns: change what a freeze lets in."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from prodworkflow import store
from prodworkflow.domain.canonical_json import plain
from prodworkflow.domain.model.campaign import Freeze
from prodworkflow.domain.model.person import Person
from prodworkflow.domain.model.state import State
from prodworkflow.domain.planning.freezes import chosen, FreezeWords
from prodworkflow.gateways.clock import now
from prodworkflow.gateways.site_words import site_words


def with_freeze(env: Any, state: State, asked: FreezeWords,
                problems: list[tuple[str, str]]) -> State:
    """The state with the freeze that is asked for.

    Problems are appended to `problems`.
    """
    if not asked:
        return state
    return replace(state, campaign=replace(state.campaign, freeze=chosen(
        state.campaign.freeze, asked, site_words(env), problems)))


def record_freeze(book: store.Book, after: Freeze | None, person: Person,
                  reason: str) -> int:
    """Record what may enter after the freeze from now on; 1 if it changed."""
    before = book.state.campaign.freeze
    if after is None or before is None or after == before:
        return 0
    book.record(now(), person.name, 'freeze-changed',
                **_words(after), was=_words(before), reason=reason)
    return 1


def _words(freeze: Freeze) -> dict[str, Any]:
    return {'types': plain(freeze.types), 'priority': freeze.priority}
