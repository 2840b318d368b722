"""The public API: CampaignSystem, its requests, errors and permissions.

Pages, commands and other plugins import from here only.
"""

from prodworkflow.api.evidence_files import EvidenceFiles
from prodworkflow.api.interfaces import ICampaignListener
from prodworkflow.api.machines.figures import SiteFigures
from prodworkflow.api.page_reads.attached_files import AttachedFile
from prodworkflow.api.page_reads.page_campaigns import PageCampaigns
from prodworkflow.api.reminders.runs import ReminderReport
from prodworkflow.api.system import CampaignSystem
from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.events.event import EventType
from prodworkflow.domain.events.receiver import (
    Receiver,
    ReceiverKind,
    ReceiverRequest,
)
from prodworkflow.domain.model.permissions import (
    ADMIN,
    HOLD,
    LAUNCH,
    VIEW,
    WAIVE,
)
from prodworkflow.domain.model.readings.reading import (
    Provenance,
    Reading,
    ReadingKind,
    UnreadableEvidence,
)
from prodworkflow.domain.model.vocabulary import Verdict
from prodworkflow.domain.planning.deputies import DeputyRequest
from prodworkflow.domain.planning.releases.request import ReleaseRequest
from prodworkflow.domain.planning.request import CampaignRequest
from prodworkflow.domain.planning.successors.replacement import Replacement
from prodworkflow.domain.planning.tokens import TokenRequest
from prodworkflow.domain.rules.freeze import TicketKind, TicketPosition
from prodworkflow.domain.rules.launch.requests import KnownIssueRequest
from prodworkflow.domain.rules.waivers.requests import WaiverRequest
from prodworkflow.domain.template.versions import TemplateDraft
from prodworkflow.evidence_readers.evidence_file import EvidenceFile
from prodworkflow.evidence_readers.interface import IEvidenceReader
from prodworkflow.evidence_readers.reader import (
    EvidenceReader,
    Findings,
    Found,
)
from prodworkflow.gateways.attachments import PlotFile
from prodworkflow.gateways.mail.site_links import is_whole, site_link
from prodworkflow.gateways.rights import allowed, lacking
from prodworkflow.services.campaigns.changes import CampaignChanges
from prodworkflow.services.campaigns.item_requests import (
    ItemAddition,
    ItemRemoval,
    ItemWeight,
)
from prodworkflow.services.campaigns.signers import SignerChanges
from prodworkflow.services.outbox.delivery import Deliveries, FailedDelivery
from prodworkflow.services.refusals import (
    BatchRefused,
    GateShut,
    NoSuchCampaign,
)
from prodworkflow.services.revisions import ChangedMeanwhile, FormRevision
from prodworkflow.services.signoffs.evidence import EvidenceInput
from prodworkflow.services.signoffs.evidence_reports import EvidenceReport
from prodworkflow.services.signoffs.requests import SignOffRequest
from prodworkflow.services.signoffs.ticket_closing import (
    Objection,
    TicketChange,
)
from prodworkflow.store.machines.answers import KeptAnswer, Repeated, RepeatKey

__all__ = [
    'ADMIN',
    'HOLD',
    'LAUNCH',
    'VIEW',
    'WAIVE',
    'AttachedFile',
    'BatchRefused',
    'CampaignChanges',
    'CampaignRequest',
    'CampaignSystem',
    'ChangedMeanwhile',
    'Deliveries',
    'DeputyRequest',
    'EventType',
    'EvidenceFile',
    'EvidenceFiles',
    'EvidenceInput',
    'EvidenceReader',
    'EvidenceReport',
    'FailedDelivery',
    'Findings',
    'FormRevision',
    'Found',
    'GateShut',
    'ICampaignListener',
    'IEvidenceReader',
    'InvalidRequest',
    'ItemAddition',
    'ItemRemoval',
    'ItemWeight',
    'KeptAnswer',
    'KnownIssueRequest',
    'NoSuchCampaign',
    'Objection',
    'PageCampaigns',
    'PlotFile',
    'Provenance',
    'Reading',
    'ReadingKind',
    'Receiver',
    'ReceiverKind',
    'ReceiverRequest',
    'ReleaseRequest',
    'ReminderReport',
    'RepeatKey',
    'Repeated',
    'Replacement',
    'SignOffRequest',
    'SignerChanges',
    'SiteFigures',
    'TemplateDraft',
    'TicketChange',
    'TicketKind',
    'TicketPosition',
    'TokenRequest',
    'UnreadableEvidence',
    'Verdict',
    'WaiverRequest',
    'allowed',
    'is_whole',
    'lacking',
    'site_link',
]
