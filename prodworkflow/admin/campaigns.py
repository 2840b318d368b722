"""Admin panel Production → Campaigns: creates and changes campaigns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from trac.admin.api import IAdminPanelProvider
from trac.core import Component, implements
from trac.resource import ResourceNotFound
from trac.web.chrome import add_notice, add_stylesheet

from prodworkflow.admin.campaign_previews import shown_previews
from prodworkflow.admin.creation_form import EXPLAINED, known_logins
from prodworkflow.admin.creation_page import creation_page
from prodworkflow.admin.field_mistakes import field_mistakes
from prodworkflow.api import CampaignSystem, NoSuchCampaign
from prodworkflow.domain.dates import day_of
from prodworkflow.domain.logins import join_logins
from prodworkflow.domain.model.permissions import ADMIN
from prodworkflow.domain.planning.freezes import FreezeWords, PRIORITY, TYPES
from prodworkflow.domain.planning.releases.effect import Fate
from prodworkflow.domain.planning.requirement_sets import (
    found_sets,
    requirement_sets,
)
from prodworkflow.domain.views.moves.asked_again import touch_counts
from prodworkflow.domain.views.roadmap.card import CampaignCard
from prodworkflow.domain.views.stage import no_of
from prodworkflow.translation import METADATA
from prodworkflow.web.campaign_form import (
    controls,
    freeze_fields,
    freeze_texts,
    handle_form,
    remove_campaign,
)
from prodworkflow.web.database_errors import database_errors_as_503
from prodworkflow.web.forms import form_text
from prodworkflow.web.response import add_our_script, add_styles, Rendering
from prodworkflow.web.texts.ticket_links import link_tickets

FIND_MAX = 200


class CampaignPanel(Component):
    """Adds *Production → Campaigns*, where campaigns are created.

    Shows the milestones, due dates, tickets and contacts that would be made
    before anything is made. A page for each running campaign moves it to a
    new release, stops and launches it, and changes who signs.
    """

    implements(IAdminPanelProvider)

    # IAdminPanelProvider methods

    def get_admin_panels(self,
                         req: Any) -> Iterator[tuple[str, str, str, str]]:
        if ADMIN in req.perm('admin', 'production/campaigns'):
            yield 'production', 'Production', 'campaigns', 'Campaigns'

    @database_errors_as_503
    def render_admin_panel(self, req: Any, category: str, page: str,
                           path_info: str | None) -> Rendering:
        req.perm('admin', 'production/campaigns').require(ADMIN)
        if path_info:
            return self._campaign_page(req, path_info)
        return creation_page(self.env, req)

    # Internal methods

    def _campaign_page(self, req: Any, name: str) -> Rendering:
        """The page of one running campaign."""
        system = CampaignSystem(self.env)
        try:
            system.queries.decision(name)
        except NoSuchCampaign as error:
            raise ResourceNotFound(str(error)) from error
        find = form_text(req.args, 'find')[:FIND_MAX]
        if req.method == 'POST':
            if req.args.get('act') == 'remove':
                notice = remove_campaign(self.env, req, name)
                if notice is not None:
                    add_notice(req, notice)
                    req.redirect(req.href.admin('production', 'campaigns'))
            else:
                notice = handle_form(self.env, req, name)
            if notice is not None:
                add_notice(req, notice)
                req.redirect(req.href.admin('production', 'campaigns', name,
                                            find=find or None))
        decision = system.queries.decision(name)
        add_styles(req)
        add_stylesheet(req, 'prodworkflow/prodworkflow_roadmap.css')
        add_stylesheet(req, 'prodworkflow/prodworkflow_admin.css')
        add_our_script(req, 'prodworkflow_people.js')
        add_our_script(req, 'prodworkflow_find.js')
        typed = req.args if req.method == 'POST' else {}
        told = system.queries.readiness_for(decision, req.perm)
        seen = told.decision.snapshot.state
        parts = requirement_sets(seen)
        shown = found_sets(parts, find) if find else parts
        return 'prodworkflow_admin_campaign.html', {
            'told': told, 'campaign': told.campaign, 'linked': link_tickets,
            'today': day_of(decision.asked),
            'parts': shown, 'lists': seen.lists, 'find': find,
            'found_count': sum(len(p.requirements) for p in shown),
            'touch_counts': touch_counts(told.decision),
            'card_of': CampaignCard, 'mistakes': field_mistakes(req, parts),
            'join_logins': join_logins,
            'dropped': [r for s in told.stages for r in s.dropped],
            'no_of': no_of, 'weighed': any(
                i.weight for x in decision.snapshot.state.lists
                for i in x.items),
            'controls': controls(system, decision, system.context.person(req)),
            'enforcements': EXPLAINED, 'users': known_logins(system),
            'typed': typed, 'fates': Fate,
            'freeze': freeze_fields(system, freeze_texts(
                seen.campaign.freeze, FreezeWords(
                    typed.get(TYPES), typed.get(PRIORITY)))),
            'touched': req.args.getlist('touches'),
            **shown_previews(req, system, decision, typed)}, METADATA
