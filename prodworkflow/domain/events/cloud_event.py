"""CloudEvents 1.0: an event as JSON, in structured mode.

https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from prodworkflow.domain.dates import moment
from prodworkflow.domain.events.event import CampaignEvent, PREFIX
from prodworkflow.domain.model.snapshot import Snapshot

Address = Callable[..., str]


def cloud_event(event: CampaignEvent, snapshot: Snapshot, uid: str,
                time: int, address: Address) -> dict[str, Any]:
    """The envelope of an event with its data.

    `uid` is the same however often it is sent; `time` in µs UTC; `address`
    gives the whole address of a path of Trac's.
    """
    name = snapshot.state.campaign.name
    return {
        'specversion': '1.0', 'id': uid, 'source': address('campaign', name),
        'type': f'{PREFIX}{event.type.value}',
        **({'subject': event.subject} if event.subject else {}),
        'time': (moment(time) or '').replace('+00:00', 'Z'),
        'datacontenttype': 'application/json',
        'data': {**_of_campaign(snapshot, address), **event.facts,
                 **_of_requirement(event, address),
                 'text': str.__str__(event.line)}}


def link_of(event: CampaignEvent, snapshot: Snapshot,
            address: Address) -> str:
    """Where a person can see what happened: the ticket, or the campaign."""
    requirement = event.requirement
    return (address('ticket', requirement.ticket)
            if requirement and requirement.ticket
            else address('campaign', snapshot.state.campaign.name))


def _of_campaign(snapshot: Snapshot, address: Address) -> dict[str, Any]:
    campaign = snapshot.state.campaign
    return {'campaign': campaign.name,
            'campaign_url': address('campaign', campaign.name),
            'release': campaign.release, 'revision': snapshot.revision}


def _of_requirement(event: CampaignEvent, address: Address) -> dict[str, Any]:
    requirement = event.requirement
    if requirement is None:
        return {}
    return {'requirement': requirement.key, 'title': requirement.title,
            'stage': requirement.stage, 'ticket': requirement.ticket,
            'ticket_url': address('ticket', requirement.ticket)
            if requirement.ticket else None}
