"""Section *Stages*: the pipeline, the present stage marked."""

from __future__ import annotations

from typing import Any

from trac.web.chrome import add_stylesheet

from prodworkflow.domain.views.progress.stages import stage_progress
from prodworkflow.web.campaign_page.context import PageContext


def data(page: PageContext) -> dict[str, Any]:
    """What the section shows."""
    add_stylesheet(page.req, 'prodworkflow/prodworkflow_stages.css')
    return {'steps': stage_progress(page.told),
            'count': len(page.told.stages)}
