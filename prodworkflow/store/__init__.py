"""Persistence: all SQL of the plugin, apart from the upgrade steps."""

from prodworkflow.store.book import Book
from prodworkflow.store.consistent_read import consistent_read
from prodworkflow.store.entry_log import one_line, process_lock
from prodworkflow.store.held import (
    hear_changes,
    open_books,
    take_notifications,
)
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
    owners_of,
    Ownership,
    passages,
    retargeted_tickets,
    running_campaign_ids,
    stage_milestones,
    template_text_of,
    ticket_versions,
    ticket_words,
)
from prodworkflow.store.process_lock import is_free, when_free
from prodworkflow.store.quick_reads import (
    records_concerning,
    underway_fingerprint,
)
from prodworkflow.store.record_reader import underway_records
from prodworkflow.store.records import AllCampaignRows, CampaignRows
from prodworkflow.store.reminders.told import keep_told, told
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
    done_statuses,
    Reopening,
    reopening_since,
    status_changes_since,
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
    'done_statuses',
    'entries',
    'hear_changes',
    'is_free',
    'keep_template',
    'keep_told',
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
    'over_campaigns',
    'owners_of',
    'passages',
    'precedents',
    'present_snapshot',
    'process_lock',
    'read_entries',
    'records_concerning',
    'reopening_since',
    'retargeted_tickets',
    'running_campaign_ids',
    'snapshot',
    'snapshot_of',
    'stage_milestones',
    'status_changes_since',
    'statuses_beside',
    'statuses_on_roadmap',
    'stored_entries',
    'take_notifications',
    'template_text',
    'template_text_of',
    'template_versions',
    'ticket_rows',
    'ticket_versions',
    'ticket_words',
    'told',
    'underway',
    'underway_fingerprint',
    'underway_records',
    'when_free',
]
