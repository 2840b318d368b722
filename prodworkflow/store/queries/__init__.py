"""SQL that other queries of Trac are widened by."""

from prodworkflow.store.queries.ticket_words import (
    campaign_tickets,
    table_with_words,
    table_without_words,
    unknown_campaigns,
    WORDS,
)

__all__ = [
    'WORDS',
    'campaign_tickets',
    'table_with_words',
    'table_without_words',
    'unknown_campaigns',
]
