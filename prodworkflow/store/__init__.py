"""All the SQL there is, apart from the upgrade steps."""

from .book import Book
from .finding import (
    all_ids,
    Concern,
    concerned,
    identified,
    last_said,
    made_from,
    milestone_days,
    milestone_exists,
    milestones_among,
    names,
    open_tickets,
    Said,
    touched,
)
from .journal import in_turn, plain
from .listing import (
    Folded,
    known_users,
    over_campaigns,
    precedents,
    ticket_rows,
    TicketRow,
)
from .moment import one_moment
from .opening import enroll, lock, opened, take_news
from .reading import (
    entries,
    read_entries,
    snapshot,
    snapshot_of,
    stored_entries,
    Underway,
    underway,
)
from .record import Record, Records
from .records import underway_records
from .statuses import statuses_beside, statuses_on_roadmap
from .templates import (
    campaigns_of_templates,
    keep_template,
    last_templates,
    template_text,
    template_versions,
)

__all__ = [
    'Book', 'Concern', 'Folded', 'Record', 'Records', 'Said', 'TicketRow',
    'Underway', 'all_ids', 'campaigns_of_templates', 'concerned', 'enroll',
    'entries', 'identified', 'in_turn', 'keep_template', 'known_users',
    'last_said', 'last_templates', 'lock', 'made_from', 'milestone_days',
    'milestone_exists', 'milestones_among', 'names', 'one_moment',
    'open_tickets', 'opened', 'over_campaigns', 'plain', 'precedents',
    'read_entries', 'snapshot', 'snapshot_of', 'statuses_beside',
    'statuses_on_roadmap', 'stored_entries', 'take_news', 'template_text',
    'template_versions', 'ticket_rows', 'touched', 'underway',
    'underway_records',
]
