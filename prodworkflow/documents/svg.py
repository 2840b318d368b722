"""SVG badge and pipeline of a campaign, for wiki pages and READMEs.

Genshi is imported when the first is drawn: what is loaded costs each request
in Trac's garbage collection.
"""

from __future__ import annotations

import os
import re
from typing import Any
from urllib.parse import unquote

from trac.core import Component, implements
from trac.resource import ResourceNotFound
from trac.web.api import IRequestHandler

from prodworkflow.api import CampaignSystem, NoSuchCampaign
from prodworkflow.domain.model.permissions import VIEW
from prodworkflow.domain.rules.decision import Decision
from prodworkflow.domain.views.progress.badge import (
    campaign_badge,
    stage_badge,
)
from prodworkflow.domain.views.readiness import Readiness
from prodworkflow.domain.views.stage import StageReadiness
from prodworkflow.domain.views.timeline import days_away
from prodworkflow.translation import _
from prodworkflow.web.campaign_page.context import PageContext
from prodworkflow.web.campaign_page.picture import wide_drawing
from prodworkflow.web.database_errors import database_errors_as_503
from prodworkflow.web.folders import resource_folder

PATH = re.compile(r'/campaign/([^/]+)/(badge|pipeline|timeline)\.svg')


COLOURS = re.compile(r':root \{[^}]*\}')
GLYPH = 7  # px, a generous width of one character at 11 px


class CampaignPictures(Component):
    """Serves `badge.svg`, `pipeline.svg` and `timeline.svg` of a campaign.

    They lie under `/campaign/<name>/` and are XML documents, rendered by
    Genshi: well-formed and escaped whatever the names hold.
    """

    implements(IRequestHandler)

    is_valid_default_handler = False

    # IRequestHandler methods

    def match_request(self, req: Any) -> bool:
        found = PATH.fullmatch(req.path_info)
        if found:
            req.args['campaign'], req.args['picture'] = found.groups()
        return bool(found)

    @database_errors_as_503
    def process_request(self, req: Any) -> None:
        req.perm.require(VIEW)
        system = CampaignSystem(self.env)
        decision = _decision(system, req.args.get('campaign'))
        told = system.queries.readiness_for(decision, req.perm)
        picture = render_svg(req.args.get('picture'), **self._data(
            system, req, told))
        req.send_header('Cache-Control', 'no-cache')
        req.send(picture, 'image/svg+xml')

    # Internal methods

    def _data(self, system: CampaignSystem, req: Any,
              told: Readiness) -> dict[str, Any]:
        """What the picture that is asked for shows."""
        if req.args.get('picture') != 'timeline':
            return {'told': told}
        entries = PageContext(self.env, req, system, told.decision,
                              told).entries
        return {'drawing': wide_drawing(req, told, entries),
                'rules': _style_sheet('prodworkflow_timeline.css')}


def _decision(system: CampaignSystem, name: str) -> Decision:
    """The decision of a campaign whose name may be encoded twice.

    Trac's Image macro encodes the address that it is given once more.
    """
    try:
        return system.queries.decision(name)
    except NoSuchCampaign as error:
        try:
            return system.queries.decision(unquote(name))
        except NoSuchCampaign:
            raise ResourceNotFound(str(error)) from error


def render_svg(name: str, **data: Any) -> bytes:
    """The picture of that name as UTF-8 encoded SVG."""
    from genshi.template import TemplateLoader
    template = TemplateLoader(resource_folder('templates')).load(
        f'prodworkflow_{name}.svg')
    return template.generate(
        width=_width, due=_due, campaign_badge=campaign_badge,
        stage_badge=stage_badge, colours=_colours(), **data).render(
        'xml', encoding='utf-8')


def _width(text: str) -> int:
    return GLYPH * len(text) + 12


def _due(stage: StageReadiness) -> str:
    """When a stage is due, and how late it is."""
    due = stage.stage.due.isoformat() if stage.stage.due else ''
    if not stage.late:
        return _('due %(day)s', day=due)
    return _('due %(day)s, %(late)s', day=due, late=days_away(-stage.late))


def _colours() -> str:
    """The custom properties of our style sheet, which a page would have."""
    found = COLOURS.search(_style_sheet('prodworkflow.css'))
    return found[0] if found else ''


def _style_sheet(name: str) -> str:
    """A style sheet of ours, to go with a picture that leaves Trac."""
    path = os.path.join(resource_folder('htdocs'), name)
    with open(path, encoding='utf-8') as file:
        return file.read()
