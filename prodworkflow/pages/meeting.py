"""Request handler of the page of a meeting about a campaign."""

from __future__ import annotations

from typing import Any

from trac.web.chrome import add_link

from prodworkflow.domain.rules.objections.concerns import concern_words
from prodworkflow.translation import METADATA
from prodworkflow.web.campaign_form import controls
from prodworkflow.web.campaign_page.below import PageBelowCampaign
from prodworkflow.web.campaign_page.context import PageContext
from prodworkflow.web.campaign_page.sections import page_data
from prodworkflow.web.meeting.addresses import kept, today
from prodworkflow.web.meeting.minutes import minutes
from prodworkflow.web.response import (
    add_campaign_styles,
    add_styles,
    Rendering,
)
from prodworkflow.web.texts.reader_days import nobody_reads


class MeetingPage(PageBelowCampaign):
    """Serves `/campaign/<name>/meeting`, for a projector and for paper.

    It shows what the page of the campaign shows, larger and without forms;
    minutes stand below as wiki text to copy.
    """

    WORD = 'meeting'

    def serve(self, req: Any, page: PageContext) -> Rendering:
        name = page.told.campaign.name
        add_styles(req)
        add_campaign_styles(req)
        add_link(req, 'up', req.href.campaign(name, **kept(req)), name)
        shown = page_data(page, plain=True)
        since = shown['since']
        with nobody_reads():
            text = minutes(page.told, since['changes'], since['day'],
                           today(req), since['move'])
        return 'prodworkflow_meeting.html', {
            **shown, 'tickets': page.tickets, 'typed': {},
            'controls': dict.fromkeys(controls(
                page.system, page.decision, page.person), False),
            'concern_words': concern_words, 'kept': kept(req),
            'minutes': text}, METADATA
