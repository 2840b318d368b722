"""Style sheet of wiki pages that show campaigns, in their head."""

from __future__ import annotations

from typing import Any

from trac.core import Component, implements
from trac.web.api import IRequestFilter

from prodworkflow.web.campaign_page.picture import add_picture_styles
from prodworkflow.web.response import add_styles

MACROS = ('[[Campaign', '[[MySignOffs')
TIMELINE = '[[CampaignTimeline'


class WikiPageStyles(Component):
    """Adds the style sheet to wiki pages that hold a macro.

    Where a macro adds it itself, a script has to load it, for the head of the
    page is written by then.
    """

    implements(IRequestFilter)

    # IRequestFilter methods

    def pre_process_request(self, req: Any, handler: Any) -> Any:
        return handler

    def post_process_request(self, req: Any, template: str | None, data: Any,
                             metadata: Any) -> tuple[Any, Any, Any]:
        text = data.get('text') if template == 'wiki_view.html' and data \
            else None
        if isinstance(text, str) and any(m in text for m in MACROS):
            add_styles(req)
            if TIMELINE in text:
                add_picture_styles(req)
        return template, data, metadata
