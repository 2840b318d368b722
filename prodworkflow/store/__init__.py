"""All the SQL there is, apart from the upgrade steps."""

from prodworkflow.store.book import Book
from prodworkflow.store.consistent_read import one_moment
from prodworkflow.store.entry_log import in_turn, plain
from prodworkflow.store.listings import (
    FinishedCampaign,
    known_users,
    over_campaigns,
    precedents,
    ticket_rows,
    TicketRow,
)
from prodworkflow.store.locking import enroll, lock, opened, take_news
from prodworkflow.store.lookups import (
    all_ids,
    concerned,
    identified,
    last_said,
    LastVerdict,
    made_from,
    milestone_days,
    milestone_exists,
    milestones_among,
    names,
    open_tickets,
    Ownership,
    touched,
)
from prodworkflow.store.record_reader import underway_records
from prodworkflow.store.records import AllCampaignRows, CampaignRows
from prodworkflow.store.snapshots import (
    entries,
    read_entries,
    snapshot,
    snapshot_of,
    stored_entries,
    Underway,
    underway,
)
from prodworkflow.store.template_versions import (
    campaigns_of_templates,
    keep_template,
    last_templates,
    template_text,
    template_versions,
)
from prodworkflow.store.ticket_statuses import (
    statuses_beside,
    statuses_on_roadmap,
)

__all__ = [
    'AllCampaignRows',
    'Book',
    'CampaignRows',
    'FinishedCampaign',
    'LastVerdict',
    'Ownership',
    'TicketRow',
    'Underway',
    'all_ids',
    'campaigns_of_templates',
    'concerned',
    'enroll',
    'entries',
    'identified',
    'in_turn',
    'keep_template',
    'known_users',
    'last_said',
    'last_templates',
    'lock',
    'made_from',
    'milestone_days',
    'milestone_exists',
    'milestones_among',
    'names',
    'one_moment',
    'open_tickets',
    'opened',
    'over_campaigns',
    'plain',
    'precedents',
    'read_entries',
    'snapshot',
    'snapshot_of',
    'statuses_beside',
    'statuses_on_roadmap',
    'stored_entries',
    'take_news',
    'template_text',
    'template_versions',
    'ticket_rows',
    'touched',
    'underway',
    'underway_records',
]
