"""All the SQL there is, apart from the upgrade steps."""

from .book import Book, enroll, opened, take_news
from .finding import (
    all_ids,
    Concern,
    concerned,
    identified,
    milestone_exists,
    milestones_among,
    names,
)
from .listing import (
    Folded,
    known_users,
    over_campaigns,
    past_waivers,
    ticket_rows,
    TicketRow,
)
from .reading import entries, snapshot, Underway, underway

__all__ = [
    'Book', 'Concern', 'Folded', 'TicketRow', 'Underway', 'all_ids',
    'concerned', 'enroll', 'entries', 'identified', 'known_users',
    'milestone_exists', 'milestones_among', 'names', 'opened',
    'over_campaigns', 'past_waivers', 'snapshot', 'take_news', 'ticket_rows',
    'underway',
]
