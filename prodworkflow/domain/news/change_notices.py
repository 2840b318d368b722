"""All notices of one change of a campaign."""

from __future__ import annotations

from prodworkflow.domain.news.change import DecidedChange
from prodworkflow.domain.news.kinds.asked_again import again_notices
from prodworkflow.domain.news.kinds.creation import made_notices
from prodworkflow.domain.news.kinds.findings import upstream_notices
from prodworkflow.domain.news.kinds.lapsed_waivers import waiver_notices
from prodworkflow.domain.news.kinds.moved_days import moved_notices
from prodworkflow.domain.news.kinds.rejections import rejection_notices
from prodworkflow.domain.news.kinds.running import (
    gate_notices,
    running_notices,
)
from prodworkflow.domain.news.kinds.stranded_requirements import nobody_notices
from prodworkflow.domain.news.kinds.turns import turn_notices
from prodworkflow.domain.news.notices import Notice

SOURCES = (made_notices, turn_notices, again_notices, rejection_notices,
           moved_notices, waiver_notices, gate_notices, running_notices,
           nobody_notices, upstream_notices)


def notices_of(change: DecidedChange) -> list[Notice]:
    """What a change tells, and whom."""
    return [notice for source in SOURCES for notice in source(change)]
