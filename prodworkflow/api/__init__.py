"""The campaign system: what everything outside calls."""

from prodworkflow.api.interfaces import ICampaignListener
from prodworkflow.api.system import CampaignSystem
from prodworkflow.domain.errors import Unfit
from prodworkflow.domain.model.permissions import (
           ADMIN,
           HOLD,
           LAUNCH,
           VIEW,
           WAIVE,
)
from prodworkflow.domain.model.vocabulary import Verdict
from prodworkflow.domain.planning.request import Wish
from prodworkflow.services.refusals import GateShut, NoSuchCampaign
from prodworkflow.services.signoffs.checks import Saying
from prodworkflow.services.signoffs.evidence import Typed

__all__ = ['ADMIN', 'HOLD', 'LAUNCH', 'VIEW', 'WAIVE', 'CampaignSystem',
           'GateShut', 'ICampaignListener', 'NoSuchCampaign', 'Saying',
           'Typed', 'Unfit', 'Verdict', 'Wish']
