"""Request filter that puts the production-readiness panel on the roadmap."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import cache, partial
from typing import Any

from trac.config import BoolOption
from trac.core import Component, implements
from trac.util.html import Markup
from trac.web.api import IRequestFilter
from trac.web.chrome import add_stylesheet, Chrome

from prodworkflow.api import CampaignSystem
from prodworkflow.domain import options
from prodworkflow.domain.model.permissions import ADMIN, VIEW
from prodworkflow.domain.model.person import Person
from prodworkflow.domain.rules.decision import Decision
from prodworkflow.domain.views.readiness import Readiness
from prodworkflow.domain.views.roadmap.card import CampaignCard
from prodworkflow.domain.views.waiting_signoffs import WaitingCount
from prodworkflow.translation import PAGE_DOMAIN, TRACINI_DOMAIN
from prodworkflow.web.cards.card_cache import Card, CardCache, ViewerKey
from prodworkflow.web.notices.waiting_number import tell_waiting_number
from prodworkflow.web.response import add_styles
from prodworkflow.web.texts.ticket_links import link_tickets

# From so many campaigns on they are rows of a table, and of the table so many
# are seen before it is unfolded.
MANY = 8
ROWS = 12


class RoadmapPanel(Component):
    """Shows the readiness of each campaign above the roadmap's milestones.

    Costs three SQL statements, whatever the number of campaigns.
    """

    implements(IRequestFilter)

    roadmap_panel = BoolOption(
        options.SECTION, 'roadmap_panel', 'enabled', doc="""Whether the roadmap
        shows the panel *Production readiness* above its milestones.""",
        doc_domain=TRACINI_DOMAIN)

    def __init__(self) -> None:
        self._cards = CardCache()

    # IRequestFilter methods

    def pre_process_request(self, req: Any, handler: Any) -> Any:
        return handler

    def post_process_request(self, req: Any, template: str | None, data: Any,
                             metadata: Any) -> tuple[Any, Any, Any]:
        if template and data and self._is_roadmap(req, data):
            add_styles(req)
            add_stylesheet(req, 'prodworkflow/prodworkflow_roadmap.css')
            data.update(prodworkflow_panel=self._panel(req),
                        prodworkflow_page=template)
            template = 'prodworkflow_roadmap_panel.html'
        return template, data, metadata

    # Internal methods

    def _panel(self, req: Any) -> Markup:
        """The panel in the reader's language; '' where it says nothing."""
        return Chrome(self.env).render_fragment(
            req, 'prodworkflow_panel.html', self._data(req),
            domain=PAGE_DOMAIN)

    def _data(self, req: Any) -> dict[str, Any]:
        system = CampaignSystem(self.env)
        found = system.queries.records()
        person = system.context.person(req)
        viewer = ViewerKey(self.env, req, person, system.context.now(),
                           system.queries.signers.key())
        as_rows = len(found.now) >= MANY
        shape = ('row',) if as_rows else ()
        decisions = [(viewer.key(record, shape),
                      cache(partial(system.queries.evaluate, record)))
                     for record in found.now]
        cards = sorted((Card(self._cards, key, partial(
            self._readiness, system, decision, req.perm))
            for key, decision in decisions), key=lambda c: c.urgency)
        return {
            'prodworkflow_linked': link_tickets, 'as_rows': as_rows,
            'cards': cards[:ROWS], 'folded': cards[ROWS:],
            'waiting': self._waiting(req, system, person, decisions),
            'over_count': found.over_count, 'card_of': CampaignCard,
            'may_create': ADMIN in req.perm}

    @staticmethod
    def _waiting(req: Any, system: CampaignSystem, person: Person,
                 decisions: Iterable[tuple[bytes, Callable[[], Decision]]]
                 ) -> dict[str, Any] | None:
        """What waits for the viewer, whom the navigation tells the same.

        Its number, and the one that is most urgent.
        """
        if not req.is_authenticated:
            return None
        found = system.waiting.signoffs_among(decisions, person, req.perm)
        count = WaitingCount.of(found)
        tell_waiting_number(req, count)
        return {'count': count, 'first': min(
            found, key=lambda w: (not w.late, w.due or date.max),
            default=None)}

    @staticmethod
    def _readiness(system: CampaignSystem, decision: Callable[[], Decision],
                   perm: Any) -> Readiness:
        return system.queries.readiness_for(decision(), perm)

    def _is_roadmap(self, req: Any, data: Any) -> bool:
        """Whether this is the roadmap, under its own path or as the start."""
        shown = self.config.get(options.SECTION, 'roadmap_panel')
        return (options.switch(shown) and VIEW in req.perm and (
            req.path_info == '/roadmap'
            or (req.path_info in ('', '/') and 'milestone_stats' in data)))
