"""Where the plugin's files lie, and what all its pages share."""

from __future__ import annotations

import os
import re
from functools import partial

import pkg_resources
from trac.core import Component, implements
from trac.util.html import tag
from trac.web.api import IRequestFilter
from trac.web.chrome import add_stylesheet, ITemplateProvider

from prodworkflow.api import CampaignSystem
from prodworkflow.domain.model.permissions import ADMIN
from prodworkflow.web import request_guard

PANELS = '/admin/production/'


def folder(name):
    """Where `templates` or `htdocs` lies: in the package, or beside it.

    The folders lie at the top of the source tree and are mapped into the
    package; an editable install leaves them where they are.
    """
    if pkg_resources.resource_isdir('prodworkflow', name):
        return pkg_resources.resource_filename('prodworkflow', name)
    return os.path.join(os.path.dirname(os.path.dirname(
        os.path.dirname(os.path.abspath(__file__)))), name)


def linked(req, text):
    """The text with every `#N` linked to its ticket."""
    parts = re.split(r'#(\d+)', text)
    return tag([tag.a('#', part, href=req.href.ticket(part)) if i % 2
                else part for i, part in enumerate(parts)])


def set_status(req, status):
    """Let the page that is rendered for this request carry that status."""
    req.send = partial(req.send, status=status)


def add_styles(req):
    """Add what all our pages and boxes need in their head."""
    add_stylesheet(req, 'prodworkflow/prodworkflow.css')


class CampaignChrome(Component):
    """Serves the plugin's templates and style, and knows who is asking."""

    implements(IRequestFilter, ITemplateProvider)

    # IRequestFilter methods

    def pre_process_request(self, req, handler):
        CampaignSystem(self.env).serving(req)
        if req.path_info.startswith(PANELS):
            # Trac itself would say that there is no such page.
            req.perm('admin', req.path_info[len('/admin/'):]).require(ADMIN)
        request_guard.check_request(req)
        return handler

    def post_process_request(self, req, template, data, metadata):
        return template, data, metadata

    # ITemplateProvider methods

    def get_htdocs_dirs(self):
        return [('prodworkflow', folder('htdocs'))]

    def get_templates_dirs(self):
        return [folder('templates')]
