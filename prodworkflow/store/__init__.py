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
from .reading import (
    entries,
    known_users,
    over_campaigns,
    snapshot,
    ticket_rows,
    TicketRow,
    Underway,
    underway,
)

__all__ = [
    'Book', 'Concern', 'TicketRow', 'Underway', 'all_ids', 'concerned',
    'enroll', 'entries', 'identified', 'known_users', 'milestone_exists',
    'milestones_among', 'names', 'opened', 'over_campaigns', 'snapshot',
    'take_news', 'ticket_rows', 'underway',
]
