"""Events: the latest entries of all ledgers, as one person may see them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

from trac.resource import Resource

from prodworkflow import store
from prodworkflow.api import viewer
from prodworkflow.api.campaign_ids import campaign_id
from prodworkflow.domain.ledger.entry import Entry
from prodworkflow.domain.model.permissions import SEE
from prodworkflow.domain.model.snapshot import Snapshot
from prodworkflow.domain.model.state import State
from prodworkflow.domain.views.activity.events import (
    by_campaign,
    campaign_events,
    CampaignEvent,
    shown_events,
    tickets_named,
    urn,
)
from prodworkflow.domain.views.visibility import StateFilter
from prodworkflow.gateways.rights import allowed
from prodworkflow.store import activity

# Where so much is hidden that a page stays short, so often more is read.
BATCHES = 5


class Feed(NamedTuple):
    """The latest events, newest first, with an id for ever; `name` is ''
    for all campaigns.
    """

    name: str
    id: str
    events: list[CampaignEvent]


class Events:
    """Tells what happened to campaigns, in the words of their histories.

    However many campaigns there are, by a fixed number of statements; more of
    them only where much is hidden.
    """

    def __init__(self, env: Any) -> None:
        self.env = env

    def between(self, start: int, stop: int, most: int,
                perm: Any) -> list[CampaignEvent]:
        """The latest events of a time, newest first; times are in µs UTC.

        One more than so many tells that there are more.
        """
        return self._latest(activity.Span(start, stop), most, perm)

    def feed(self, name: str, most: int, perm: Any) -> Feed:
        """The latest of a campaign, '' for all of them; NoSuchCampaign."""
        one = campaign_id(self.env, name) if name else None
        first = activity.beginnings(self.env)
        seal = first[one].seal if one in first else next(
            (each.seal for each in first.values()), '')
        events = self._latest(activity.Span(campaign=one), most, perm)
        known = events[0].campaign if name and events else name
        # All campaigns are another feed than the first one alone.
        return Feed(known, urn(f'{"feed" if name else "all"} {seal}'),
                    events[:most])

    def shown(self, entries: Iterable[Entry],
              perm: Any) -> list[CampaignEvent]:
        """These entries in words, in their order, but for what is hidden."""
        ordered = list(entries)
        told = by_campaign(ordered)
        states = activity.states_of(self.env, set(told))
        events = {id_: campaign_events(told[id_], state)
                  for id_, state in states.items()}
        filters = self.filters(states, perm, {
            id_: set().union(*map(tickets_named, found))
            for id_, found in events.items()})
        found = {e.place: e for id_, seen in filters.items()
                 for e in shown_events(events[id_], seen)}
        return [found[place] for place in (
            (e.campaign, e.number) for e in ordered) if place in found]

    def filters(self, states: Mapping[int, State], perm: Any,
                more: Mapping[int, Collection[int]]) -> dict[int, StateFilter]:
        """What the holder of `perm` may not see of these campaigns.

        `more` are further tickets to ask for. What was said is read only of
        those campaigns of which anything is hidden.
        """
        hidden = {id_: self._hidden(id_, state, perm, more.get(id_, ()))
                  for id_, state in states.items()}
        partly = {id_: state for id_, state in states.items()
                  if any(hidden[id_])}
        whole = {**states, **activity.with_signoffs(self.env, partly)}
        return {id_: StateFilter(state, *hidden[id_])
                for id_, state in whole.items()}

    # Internal methods

    def _latest(self, span: activity.Span, most: int,
                perm: Any) -> list[CampaignEvent]:
        found: list[CampaignEvent] = []
        skipped = 0
        with store.consistent_read(self.env):
            for _ in range(BATCHES):
                entries, count = activity.latest_entries(
                    self.env, span, most + 1, skipped)
                found += self.shown(entries, perm)
                skipped += count
                if len(found) > most or count <= most:
                    break
        return found[:most + 1]

    @staticmethod
    def _hidden(id_: int, state: State, perm: Any, more: Collection[int]
                ) -> tuple[frozenset[int], frozenset[str]]:
        snapshot = Snapshot(id_, 0, state)
        tickets = {*viewer.hidden_tickets(snapshot, perm), *(
            t for t in more if not allowed(perm, SEE, Resource('ticket', t)))}
        return (frozenset(tickets),
                frozenset(viewer.hidden_stages(snapshot, perm)))
