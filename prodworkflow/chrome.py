"""Where the plugin's files lie, and what all its pages share."""

from __future__ import annotations

import os
import re
from functools import partial

import pkg_resources
from trac.core import Component, implements
from trac.util.html import tag
from trac.web.api import IRequestFilter, RequestDone
from trac.web.chrome import add_stylesheet, Chrome, ITemplateProvider

from . import caches, forged
from .api import ADMIN, CampaignSystem
from .outages import outages

PANELS = '/admin/production/'


def folder(name):
    """Where `templates` or `htdocs` lies: in the package, or beside it.

    The folders lie at the top of the source tree and are mapped into the
    package; an editable install leaves them where they are.
    """
    if pkg_resources.resource_isdir('prodworkflow', name):
        return pkg_resources.resource_filename('prodworkflow', name)
    return os.path.join(os.path.dirname(os.path.dirname(
        os.path.abspath(__file__))), name)


def linked(req, text):
    """The text with every `#N` linked to its ticket."""
    parts = re.split(r'#(\d+)', text)
    return tag([tag.a('#', part, href=req.href.ticket(part)) if i % 2
                else part for i, part in enumerate(parts)])


def typed(args, field):
    """What was typed in a field, the first where it was sent twice."""
    value = args.get(field, '')
    if isinstance(value, list):
        value = next(iter(value), '')
    return value.strip() if isinstance(value, str) else ''


def answer_with(req, status):
    """Let the page that is rendered for this request carry that status."""
    req.send = partial(req.send, status=status)


def dress(req):
    """Add what all our pages and boxes need in their head."""
    add_stylesheet(req, 'prodworkflow/prodworkflow.css')


class InTurn:
    """Serves a request by another handler, while no other thread writes."""

    def __init__(self, env, handler):
        self.env = env
        self.handler = handler

    def process_request(self, req):
        self._prepare(req)
        with CampaignSystem(self.env).in_turn():
            return self.handler.process_request(req)

    def _prepare(self, req):
        """Give the page the look that it has without us."""
        req.callbacks['chrome'] = partial(Chrome(self.env).prepare_request,
                                          handler=self.handler)


class InOneTransaction(InTurn):
    """Serves a request by another handler, inside one transaction.

    It begins with the locks of these campaigns, found before: some databases
    show all of a transaction as it was at its first reading. `guard(req)`
    comes next, to refuse: what it returns, unless None, is the answer
    instead of the handler's.
    """

    def __init__(self, env, handler, campaigns, guard=lambda req: None):
        super().__init__(env, handler)
        self.campaigns = campaigns
        self.guard = guard

    def process_request(self, req):
        self._prepare(req)
        system = CampaignSystem(self.env)
        try:
            with outages(self.env), system.telling(), system.in_turn(), \
                    self.env.db_transaction:
                system.lock(self.campaigns)
                answer, done = self._answer(req)
        except BaseException:
            caches.forget(self.env)
            raise
        if done is not None:
            raise done
        return answer

    def _answer(self, req):
        """The answer, or the RequestDone that must wait for the commit."""
        try:
            refusal = self.guard(req)
            if refusal is not None:
                return refusal, None
            return self.handler.process_request(req), None
        except RequestDone as done:
            return None, done


class CampaignChrome(Component):
    """Serves the plugin's templates and style, and knows who is asking."""

    implements(IRequestFilter, ITemplateProvider)

    # IRequestFilter methods

    def pre_process_request(self, req, handler):
        CampaignSystem(self.env).serving(req)
        if req.path_info.startswith(PANELS):
            # Trac itself would say that there is no such page.
            req.perm('admin', req.path_info[len('/admin/'):]).require(ADMIN)
        forged.insist(req)
        return handler

    def post_process_request(self, req, template, data, metadata):
        return template, data, metadata

    # ITemplateProvider methods

    def get_htdocs_dirs(self):
        return [('prodworkflow', folder('htdocs'))]

    def get_templates_dirs(self):
        return [folder('templates')]
