"""What the first entry of a ledger keeps, and the state it leads to."""

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
    """What the entry `created` keeps of a planned campaign.

    `text` is the template that it was made from, `like` the campaign that
    it takes after.
    """
    return {'campaign': plain(state.campaign),
            'stages': plain(state.stages),
            'requirements': plain(state.requirements),
            'lists': plain(state.lists), 'groups': plain(state.groups),
            'template': text, **({'like': like} if like else {})}


def created(state: State, entry: Entry) -> State:
    """The state of a campaign that was just made; nothing before it."""
    if state != NOTHING:
        raise ValueError(Message('a campaign is created once'))
    return state_of(entry.payload)
