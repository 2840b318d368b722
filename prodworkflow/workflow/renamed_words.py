"""Request filter of Trac's panels of words: campaigns follow a renaming.

Trac has no listener for renamed types, priorities, resolutions, components
and versions; what is renamed elsewhere, `campaign check` tells.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from trac.core import Component, implements
from trac.ticket.model import simplify_whitespace
from trac.web.api import IRequestFilter
from trac.web.chrome import add_notice

from prodworkflow.api import CampaignSystem
from prodworkflow.domain.model.permissions import VIEW
from prodworkflow.domain.text import joined
from prodworkflow.translation import _
from prodworkflow.web.forms import form_text
from prodworkflow.web.transactions import TransactionalRequest

PANEL = re.compile(
    r'/admin/ticket/(type|priority|resolution|components|versions)/(.+)')
FIELDS = {'components': 'component', 'versions': 'version'}


class Renaming(NamedTuple):
    """A word of a ticket field, and its new name."""

    field: str
    was: str
    now: str


class WordRenaming(Component):
    """Lets running campaigns follow a ticket type, priority, resolution,
    component or version that is renamed in Trac's admin panels.

    The renaming and what follows it are stored together or not at all.
    """

    implements(IRequestFilter)

    # IRequestFilter methods

    def pre_process_request(self, req: Any, handler: Any) -> Any:
        found = PANEL.fullmatch(req.path_info) if handler else None
        if found is None or req.method != 'POST' or 'save' not in req.args:
            return handler
        was, now = found[2], simplify_whitespace(form_text(req.args, 'name'))
        campaigns = CampaignSystem(
            self.env).renamed_words.running_campaigns()
        if not campaigns or now in ('', was):
            return handler
        renaming = Renaming(FIELDS.get(found[1], found[1]), was, now)
        return TransactionalRequest(
            self.env, handler, campaigns,
            lambda r: self._announce(r, campaigns, renaming))

    def post_process_request(self, req: Any, template: str | None, data: Any,
                             metadata: Any) -> tuple[Any, Any, Any]:
        return template, data, metadata

    # Internal methods

    def _announce(self, req: Any, campaigns: Sequence[int],
                  renaming: Renaming) -> None:
        """See to it that campaigns follow before Trac's page answers."""
        before = CampaignSystem(self.env).renamed_words.naming(
            campaigns, renaming.field, renaming.was)
        # Before Trac's own listener, which keeps the notices for the page.
        req.redirect_listeners.insert(
            0, lambda r, *_: self._follow(r, before, renaming))

    def _follow(self, req: Any, campaigns: Mapping[int, str],
                renaming: Renaming) -> None:
        names = CampaignSystem(self.env).renamed_words.follow(
            campaigns, renaming.field, renaming.now)
        if names and VIEW in req.perm:
            add_notice(req, _('The new name is followed by %(campaigns)s.',
                              campaigns=joined(names)))
