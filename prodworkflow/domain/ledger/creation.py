"""The `created` entry: its payload and the initial state."""

from __future__ import annotations

from typing import Any

from prodworkflow.domain.canonical_json import plain
from prodworkflow.domain.ledger.entry import Entry
from prodworkflow.domain.ledger.payloads import state_of
from prodworkflow.domain.model.campaign import Campaign
from prodworkflow.domain.model.state import State
from prodworkflow.domain.text import Message

NOTHING = State(Campaign('', '', '', None, '', ''))


def plan_payload(state: State, text: str = '',
                 like: str = '') -> dict[str, Any]:
    """The payload of `created` for a planned campaign.

    `text` is the template's text, `like` the name of the campaign from which
    it was cloned.
    """
    return {'campaign': plain(state.campaign),
            'stages': plain(state.stages),
            'requirements': plain(state.requirements),
            'lists': plain(state.lists), 'groups': plain(state.groups),
            'template': text, **({'like': like} if like else {})}


def created(state: State, entry: Entry) -> State:
    """The initial state of a campaign; ValueError if it exists already."""
    if state != NOTHING:
        raise ValueError(Message('a campaign is created once'))
    return state_of(entry.payload)
