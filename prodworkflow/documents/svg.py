"""SVG badge and pipeline of a campaign, for wiki pages and READMEs.

Genshi is imported when the first is drawn: what is loaded costs each request
in Trac's garbage collection.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote

from trac.core import Component, implements
from trac.resource import ResourceNotFound
from trac.web.api import IRequestHandler

from prodworkflow.api import CampaignSystem, NoSuchCampaign
from prodworkflow.domain.model.permissions import VIEW
from prodworkflow.domain.rules.decision import Decision
from prodworkflow.domain.views.readiness import Readiness
from prodworkflow.web.database_errors import database_errors_as_503
from prodworkflow.web.folders import resource_folder

PATH = re.compile(r'/campaign/([^/]+)/(badge|pipeline)\.svg')


GLYPH = 7  # px, a generous width of one character at 11 px


class CampaignPictures(Component):
    """Serves `/campaign/<name>/badge.svg` and `/campaign/<name>/pipeline.svg`.

    Both are XML documents, rendered by Genshi: well-formed and escaped
    whatever the names hold.
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
        picture = render_svg(req.args.get('picture'), told)
        req.send_header('Cache-Control', 'no-cache')
        req.send(picture, 'image/svg+xml')


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


def render_svg(name: str, told: Readiness) -> bytes:
    """The picture of that name as UTF-8 encoded SVG."""
    from genshi.template import TemplateLoader
    template = TemplateLoader(resource_folder('templates')).load(
        f'prodworkflow_{name}.svg')
    return template.generate(told=told, width=_width).render(
        'xml', encoding='utf-8')


def _width(text: str) -> int:
    return GLYPH * len(text) + 12
