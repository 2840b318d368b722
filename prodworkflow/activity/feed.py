"""Atom feeds of a campaign, and of all (RFC 4287)."""

from __future__ import annotations

import re
from typing import Any

from trac.core import Component, implements
from trac.perm import PermissionError as LacksPermission
from trac.resource import ResourceNotFound
from trac.util.datefmt import from_utimestamp
from trac.web.api import IRequestFilter, IRequestHandler
from trac.web.chrome import add_link

from prodworkflow.activity.addresses import address
from prodworkflow.activity.responses import only_reading, send_unless_known
from prodworkflow.api import CampaignSystem, NoSuchCampaign, VIEW
from prodworkflow.translation import _
from prodworkflow.web.database_errors import database_errors_as_503
from prodworkflow.web.folders import resource_folder

PATH = re.compile(r'/campaign(?:/([^/]+))?/feed')
PAGES = re.compile(r'/campaign(?:/([^/]+))?/?')
ATOM = 'application/atom+xml'
MOST = 100
# What XML 1.0 cannot hold, however it is written.
UNFIT = re.compile('[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]')


class CampaignFeed(Component):
    """Serves `/campaign/feed` and `/campaign/<name>/feed` as Atom.

    To those who are logged in: the latest 100 events, newest first, without
    what is hidden from them. Pages of campaigns link to them.
    """

    implements(IRequestFilter, IRequestHandler)

    is_valid_default_handler = False

    # IRequestHandler methods

    def match_request(self, req: Any) -> bool:
        found = PATH.fullmatch(req.path_info)
        if found:
            req.args['campaign'] = found[1] or ''
        return bool(found)

    @database_errors_as_503
    def process_request(self, req: Any) -> None:
        only_reading(req)
        if not req.is_authenticated:
            raise LacksPermission(VIEW, env=self.env)
        req.perm.require(VIEW)
        try:
            feed = CampaignSystem(self.env).events.feed(
                req.args.get('campaign'), MOST, req.perm)
        except NoSuchCampaign as error:
            raise ResourceNotFound(str(error),
                                   _("No such campaign")) from error
        send_unless_known(req, self._document(req, feed), ATOM)

    # IRequestFilter methods

    def pre_process_request(self, req: Any, handler: Any) -> Any:
        return handler

    def post_process_request(self, req: Any, template: Any, data: Any,
                             metadata: Any) -> Any:
        page = template and PAGES.fullmatch(req.path_info)
        if page and str(template).startswith('prodworkflow_'):
            add_link(req, 'alternate', req.href.campaign('feed'),
                     _("Atom feed of all campaigns"), ATOM)
            if template == 'prodworkflow_campaign.html':
                add_link(req, 'alternate', req.href.campaign(page[1], 'feed'),
                         _("Atom feed of this campaign"), ATOM)
        return template, data, metadata

    # Internal methods

    def _document(self, req: Any, feed: Any) -> bytes:
        href = req.abs_href
        return render_feed({
            'feed': feed, 'text': xml_text, 'moment': _moment,
            'title': feed.name or self.env.project_name or 'Trac',
            'self_address': href.campaign(feed.name or None, 'feed'),
            'page': href.campaign(feed.name or None),
            'address': lambda event: address(href, event.campaign,
                                             event.ticket)})


def render_feed(data: dict[str, Any]) -> bytes:
    """The document of a feed, by Genshi, which is loaded with the first."""
    from genshi.template import TemplateLoader
    template = TemplateLoader(resource_folder('templates')).load(
        'prodworkflow_feed.xml')
    document: bytes = template.generate(**data).render('xml',
                                                       encoding='utf-8')
    return document


def xml_text(text: str) -> str:
    """Text that XML can hold: other characters are replaced."""
    return UNFIT.sub('\ufffd', str(text))


def _moment(time: int) -> str:
    """A time in µs as RFC 3339 has it, in UTC."""
    return str(from_utimestamp(time).isoformat())
