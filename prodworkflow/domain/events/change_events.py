"""All events of one change of a campaign."""

from __future__ import annotations

from collections.abc import Mapping

from prodworkflow.domain.events.entries import entry_events
from prodworkflow.domain.events.event import CampaignEvent
from prodworkflow.domain.events.gates import gate_events
from prodworkflow.domain.events.requests import asked_events, stale_events
from prodworkflow.domain.news.change import DecidedChange


def events_of(change: DecidedChange,
              gates: Mapping[str, bool]) -> list[CampaignEvent]:
    """What a change has to tell: first what was done, then what came of it.

    `gates` is what was told of the gates last.
    """
    return [*entry_events(change), *stale_events(change),
            *asked_events(change), *gate_events(change.after, gates)]
