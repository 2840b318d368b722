"""SQL that other queries of Trac are widened by."""

from prodworkflow.store.queries.ticket_words import (
    campaign_tickets,
    places_of,
    table_with_words,
    table_without_words,
    WORDS,
)

__all__ = [
    'WORDS',
    'campaign_tickets',
    'places_of',
    'table_with_words',
    'table_without_words',
]
