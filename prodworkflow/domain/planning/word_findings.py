"""Findings about words: what a campaign names that is none of the site's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from prodworkflow.domain.model.campaign import Campaign
from prodworkflow.domain.model.state import State
from prodworkflow.domain.planning.freezes import misfits, SiteWords
from prodworkflow.domain.planning.site_words import CHOSEN
from prodworkflow.domain.rules.words.options import (
    NO_OPTIONS,
    no_word,
    site_word,
)
from prodworkflow.domain.rules.words.resolutions import (
    APPROVED,
    LEFT_OUT,
    resolution,
    TOLERABLE,
    WAIVED,
)
from prodworkflow.domain.text import Message, some

WAYS = (APPROVED, WAIVED, TOLERABLE, LEFT_OUT)
TicketWords = Mapping[int, Mapping[str, str]]


def names_of(campaign: Campaign, field: str) -> set[str]:
    """The words of a field that a campaign itself names."""
    found = {w.site for w in campaign.words if w.field == field}
    if field == 'resolution':
        found |= {site_word(campaign, field, way) for way in WAYS}
    if campaign.freeze and field == 'type':
        found |= set(campaign.freeze.types)
    if campaign.freeze and field == 'priority':
        found.add(campaign.freeze.priority)
    return found


def word_findings(state: State, tickets: TicketWords,
                  site: SiteWords) -> list[Message]:
    """What a campaign names that Trac lacks, each with the remedy.

    `tickets` are the words of its sign-off tickets, by their ids. A field
    without any words is no field of this Trac, and nothing is told of it.
    """
    return [*_resolution(state.campaign, site),
            *(words for _, _, words in misfits(state.campaign.freeze, site)),
            *_tickets(tickets, site)]


def _resolution(campaign: Campaign, site: SiteWords) -> Iterator[Message]:
    options = site.get('resolution', NO_OPTIONS)
    asked = site_word(campaign, 'resolution', APPROVED)
    if options.words and asked not in options.words:
        found = resolution(APPROVED, campaign, options)
        yield Message(
            '%(words)s, so "%(found)s" approves now; say which one does by '
            '"campaign change NAME --resolution=RESOLUTION"', found=found,
            words=no_word('resolution', asked, options))


def _tickets(tickets: TicketWords, site: SiteWords) -> Iterator[Message]:
    for field in CHOSEN:
        options = site.get(field, NO_OPTIONS)
        for word in dict.fromkeys(t[field] for t in tickets.values()):
            if word and options.words and word not in options.words:
                yield Message(
                    '%(words)s, and %(tickets)s still name it; choose '
                    'another one on their pages',
                    words=no_word(field, word, options), tickets=some([
                        f'#{number}' for number, t in tickets.items()
                        if t[field] == word]))
