"""Persistence: all SQL of the plugin, apart from the upgrade steps."""

from prodworkflow.store.book import Book
from prodworkflow.store.consistent_read import consistent_read
from prodworkflow.store.entry_log import one_line, process_lock
from prodworkflow.store.held import open_books, take_notifications
from prodworkflow.store.listings import (
    FinishedCampaign,
    known_users,
    over_campaigns,
    precedents,
    ticket_rows,
    TicketRow,
)
from prodworkflow.store.locking import (
    create_campaign,
    lock_campaigns,
    locked_campaigns,
    open_campaign,
    present_snapshot,
)
from prodworkflow.store.lookups import (
    all_campaign_ids,
    attached_names,
    campaign_id,
    campaign_names,
    campaigns_affected_by,
    campaigns_of_signoff,
    milestone_days,
    milestone_exists,
    milestones_among,
    open_tickets,
    owners_of,
    Ownership,
    passages,
    running_campaign_ids,
    stage_milestones,
    template_text_of,
    ticket_versions,
)
from prodworkflow.store.process_lock import is_free, when_free
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
    Reopening,
    reopening_since,
    statuses_beside,
    statuses_on_roadmap,
)

__all__ = [
    'AllCampaignRows',
    'Book',
    'CampaignRows',
    'FinishedCampaign',
    'Ownership',
    'Reopening',
    'TicketRow',
    'Underway',
    'all_campaign_ids',
    'attached_names',
    'campaign_id',
    'campaign_names',
    'campaigns_affected_by',
    'campaigns_of_signoff',
    'campaigns_of_templates',
    'consistent_read',
    'create_campaign',
    'entries',
    'is_free',
    'keep_template',
    'known_users',
    'last_templates',
    'lock_campaigns',
    'locked_campaigns',
    'milestone_days',
    'milestone_exists',
    'milestones_among',
    'one_line',
    'open_books',
    'open_campaign',
    'open_tickets',
    'over_campaigns',
    'owners_of',
    'passages',
    'precedents',
    'present_snapshot',
    'process_lock',
    'read_entries',
    'reopening_since',
    'running_campaign_ids',
    'snapshot',
    'snapshot_of',
    'stage_milestones',
    'statuses_beside',
    'statuses_on_roadmap',
    'stored_entries',
    'take_notifications',
    'template_text',
    'template_text_of',
    'template_versions',
    'ticket_rows',
    'ticket_versions',
    'underway',
    'underway_records',
    'when_free',
]
