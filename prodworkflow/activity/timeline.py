"""Timeline: what happened to campaigns, with a filter of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from trac.core import Component, implements
from trac.timeline.api import ITimelineEventProvider
from trac.util.datefmt import from_utimestamp, to_datetime, to_utimestamp
from trac.util.html import tag

from prodworkflow.activity.addresses import address
from prodworkflow.api import CampaignSystem, VIEW
from prodworkflow.domain.text import shortened
from prodworkflow.translation import _

FILTER = KIND = 'campaign'
# Each event costs as much as one of a ticket; a page stays short.
MOST = 100
# So many characters of a statement are shown.
SAID = 400

# Kind, time, author, what is shown: as Trac's timeline has it.
TracEvent = tuple[str, datetime, str, 'Line']


class Line(NamedTuple):
    """An event as it is shown: campaign, title, statement and ticket.

    The last line is about no campaign, and leads to a path of Trac.
    """

    campaign: str
    title: str
    said: str
    ticket: int | None
    path: str = ''
    query: Mapping[str, str] = {}


class CampaignTimeline(Component):
    """Shows in the timeline what happened to campaigns.

    Sign-offs, rejections, waivers, releases, holds, launches and changes, each
    as the history on the campaign's page has it. The filter *Campaigns* leaves
    them out. At most the latest 100 are listed.
    """

    implements(ITimelineEventProvider)

    # ITimelineEventProvider methods

    def get_timeline_filters(self, req: Any) -> Iterable[tuple[str, str]]:
        return [(FILTER, _("Campaigns"))] if VIEW in req.perm else []

    def get_timeline_events(self, req: Any, start: datetime, stop: datetime,
                            filters: list[str]) -> Iterator[TracEvent]:
        if FILTER not in filters or VIEW not in req.perm:
            return
        events = CampaignSystem(self.env).events.between(
            to_utimestamp(start), to_utimestamp(stop), MOST, req.perm)
        for event in events[:MOST]:
            yield (KIND, from_utimestamp(event.event.time), event.event.actor,
                   Line(event.campaign, event.what, event.said, event.ticket))
        if len(events) > MOST:
            yield self._more(req, events[MOST].event.time, stop)

    def render_timeline_event(self, context: Any, field: str,
                              event: TracEvent) -> Any:
        line = event[3]
        if field == 'url':
            return (address(context.href, line.campaign, line.ticket)
                    if line.campaign else context.href(line.path, line.query))
        if field == 'title':
            return (tag(tag.em(line.campaign), ': ', line.title)
                    if line.campaign else line.title)
        return (shortened(str(line.said), SAID) if field == 'description'
                else None)

    # Internal methods

    @staticmethod
    def _more(req: Any, time: int, stop: datetime) -> TracEvent:
        """A last line that leads to what happened before.

        Trac's timeline begins with the end of a day: of one on which too much
        happened the rest is on the campaigns' pages.
        """
        last = to_datetime(from_utimestamp(time), req.tz)
        line = Line('', _("Campaigns: more happened before"), '', None)
        if last.date() == stop.date():
            line = line._replace(path='campaign')
        else:
            line = line._replace(path='timeline', query={
                'from': last.date().isoformat(), FILTER: 'on'})
        return KIND, last, '', line
