"""The campaign system: what everything outside calls."""

from prodworkflow.api.interfaces import ICampaignListener
from prodworkflow.api.system import CampaignSystem
from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.model.permissions import (
           ADMIN,
           HOLD,
           LAUNCH,
           VIEW,
           WAIVE,
)
from prodworkflow.domain.model.vocabulary import Verdict
from prodworkflow.domain.planning.request import CampaignRequest
from prodworkflow.services.refusals import GateShut, NoSuchCampaign
from prodworkflow.services.signoffs.checks import SignOffRequest
from prodworkflow.services.signoffs.evidence import EvidenceInput

__all__ = [
           'ADMIN',
           'HOLD',
           'LAUNCH',
           'VIEW',
           'WAIVE',
           'CampaignRequest',
           'CampaignSystem',
           'EvidenceInput',
           'GateShut',
           'ICampaignListener',
           'InvalidRequest',
           'NoSuchCampaign',
           'SignOffRequest',
           'Verdict',
]
