"""News: what a change of a campaign tells, and whom, as notices."""

from prodworkflow.domain.news.change import (
    as_recorded,
    CampaignChange,
    DecidedChange,
    merged,
)
from prodworkflow.domain.news.change_notices import notices_of

__all__ = ['CampaignChange', 'DecidedChange', 'as_recorded', 'merged',
           'notices_of']
