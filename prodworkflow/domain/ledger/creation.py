"""What the first entry of a ledger keeps, and the state it leads to."""

from __future__ import annotations

from typing import Any

from prodworkflow.domain.canonical_json import plain
from prodworkflow.domain.dates import day_or_none
from prodworkflow.domain.ledger.entry import Entry
from prodworkflow.domain.ledger.payloads import change_of, requirement_of
from prodworkflow.domain.model.campaign import Campaign, Freeze, Stage
from prodworkflow.domain.model.item_list import Group, ItemList
from prodworkflow.domain.model.state import State

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
        raise ValueError('a campaign is created once')
    campaign = dict(entry.payload['campaign'])
    campaign['start'] = day_or_none(campaign['start'])
    freeze = campaign.get('freeze')
    campaign['freeze'] = Freeze.of(freeze) if freeze else None
    campaign['changed'] = change_of(campaign.get('changed'))
    campaign['moved'] = change_of(campaign.get('moved'))
    payload = entry.payload
    stages = [dict(s, due=day_or_none(s['due'])) for s in payload['stages']]
    return State(Campaign(**campaign), tuple(Stage(**s) for s in stages),
                 tuple(requirement_of(r) for r in payload['requirements']),
                 lists=tuple(map(ItemList.of, payload.get('lists', ()))),
                 groups=tuple(map(Group.of, payload.get('groups', ()))))
