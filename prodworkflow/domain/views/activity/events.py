"""Events of campaigns: entries of several ledgers as one person sees them.

Their words are those of the history on a campaign's page.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from prodworkflow.domain.ledger.entry import Entry
from prodworkflow.domain.ledger.history import Event, history
from prodworkflow.domain.model.state import State
from prodworkflow.domain.text import Message
from prodworkflow.domain.views.visibility.state_filter import StateFilter

# Ids made of hashes in this namespace are for ever.
IDS = uuid.UUID('6f5b3a52-9d0e-5f0b-8a35-0c1f6d1e7a11')


@dataclass(frozen=True)
class CampaignEvent:
    """One entry of a campaign's ledger in words.

    `ticket` is the sign-off ticket that it is about, None if it is about none.
    """

    campaign: str
    entry: Entry
    event: Event
    ticket: int | None

    @property
    def place(self) -> tuple[int, int]:
        """Campaign and number: where the entry stands among all ledgers."""
        return self.entry.campaign, self.entry.number

    @property
    def what(self) -> str:
        """What was done, without the statement or reason."""
        params = _params(self.event.words)
        return str(params['words']) if params else self.event.words

    @property
    def said(self) -> str:
        """The statement or reason on one line; '' if there is none."""
        return str(_params(self.event.words).get('said', ''))

    @property
    def title(self) -> str:
        """The campaign and what was done, in one line."""
        return Message('%(campaign)s: %(what)s', campaign=self.campaign,
                       what=self.what)

    @property
    def urn(self) -> str:
        """An id for ever: it is made of the hash that seals the entry."""
        return urn(self.entry.hash)


def urn(seal: str) -> str:
    """The id for ever of what has that hash, or text; a `urn:uuid:`."""
    return uuid.uuid5(IDS, seal).urn


def campaign_events(entries: Iterable[Entry],
                    state: State) -> list[CampaignEvent]:
    """Entries of one campaign in words, oldest first."""
    ordered = sorted(entries, key=lambda e: e.number)
    return [CampaignEvent(state.campaign.name, entry, event,
                          _ticket(entry, state))
            for entry, event in zip(ordered, history(ordered, state))]


def by_campaign(entries: Iterable[Entry]) -> dict[int, list[Entry]]:
    """Entries of several ledgers by their campaigns' ids."""
    ordered = sorted(entries, key=lambda e: e.campaign)
    return {campaign: list(group) for campaign, group
            in groupby(ordered, lambda e: e.campaign)}


def tickets_named(event: CampaignEvent) -> set[int]:
    """The ids of all tickets that an event tells of."""
    own = event.entry.payload.get('ticket')
    return event.event.tickets | {
        t for t in (event.ticket, own) if isinstance(t, int)}


def shown_events(events: Iterable[CampaignEvent],
                 seen: StateFilter) -> list[CampaignEvent]:
    """The events of a campaign that tell of nothing hidden."""
    return [e for e in events if e.event.stage not in seen.stages
            and not tickets_named(e) & seen.tickets
            and not seen.words.mention(e.event.words)]


def _ticket(entry: Entry, state: State) -> int | None:
    """The ticket of an entry's requirement, also of one that dropped out."""
    return next((r.ticket for r in (*state.requirements, *state.dropped)
                 if entry.requirement and r.key == entry.requirement), None)


def _params(words: str) -> dict[str, object]:
    """Words and quotation of a sentence that quotes; {} for others."""
    params = words.params if isinstance(words, Message) else {}
    return dict(params) if set(params) == {'words', 'said'} else {}
