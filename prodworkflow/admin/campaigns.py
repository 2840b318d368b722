"""Admin panel Production → Campaigns: creates and changes campaigns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from trac.admin.api import IAdminPanelProvider
from trac.core import Component, implements
from trac.resource import ResourceNotFound
from trac.ticket.model import Version
from trac.util.html import tag
from trac.web.chrome import add_notice, add_script, add_warning

from prodworkflow.admin.campaign_previews import shown_previews
from prodworkflow.admin.creation_form import (
    campaign_request,
    known_logins,
    misquoted,
    Problems,
    problems_by_field,
    switches_template,
    typed_contacts,
)
from prodworkflow.api import CampaignSystem, NoSuchCampaign
from prodworkflow.domain.dates import day_of
from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.logins import join_logins
from prodworkflow.domain.model.campaign import Campaign
from prodworkflow.domain.model.permissions import ADMIN
from prodworkflow.domain.planning.cloning import Likeness
from prodworkflow.domain.planning.freezes import FreezeWords, PRIORITY, TYPES
from prodworkflow.domain.planning.plan import Plan
from prodworkflow.domain.planning.releases.effect import Fate
from prodworkflow.domain.planning.request import CampaignRequest, tidy
from prodworkflow.domain.planning.requirement_sets import requirement_sets
from prodworkflow.domain.template.expansion import titles
from prodworkflow.domain.template.lists import blank_lists
from prodworkflow.domain.views.stage import no_of
from prodworkflow.web.campaign_form import (
    controls,
    freeze_fields,
    freeze_texts,
    handle_form,
    remove_campaign,
)
from prodworkflow.web.database_errors import database_errors_as_503
from prodworkflow.web.response import add_styles, Rendering, set_status
from prodworkflow.web.ticket_links import link_tickets

EXPLAINED = {
    'standard': 'closing stages out of turn is refused',
    'strict': 'signing out of turn is refused as well',
    'advisory': 'nothing is refused; what the rules would have refused is '
                'recorded',
}


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
        system = CampaignSystem(self.env)
        like = self._likeness(req, system)
        wish = campaign_request(req, system, like)
        plan, problems = self._plan(req, system, wish)
        unread = misquoted(req)
        if unread:
            plan, problems = None, {**problems, **unread}
        if switches_template(req, wish):
            problems = {}  # nothing is filled in yet, so nothing is wrong
        if req.method == 'POST' and 'create' in req.args and plan:
            problems = self._create(req, system, wish)
        data = self._data(req, system, wish, plan, problems)
        data.update(like=like, names=system.queries.names()[::-1])
        if req.is_xhr:
            return 'prodworkflow_plan_preview.html', data
        if req.method == 'POST' and problems:
            set_status(req, 409 if any(f == 'name' for f in problems)
                       else 400)
        add_styles(req)
        add_script(req, 'prodworkflow/prodworkflow_live_preview.js')
        add_script(req, 'prodworkflow/prodworkflow_campaign_form.js')
        add_script(req, 'prodworkflow/prodworkflow_people.js')
        return 'prodworkflow_admin_campaigns.html', data

    # Internal methods

    def _campaign_page(self, req: Any, name: str) -> Rendering:
        """The page of one running campaign."""
        system = CampaignSystem(self.env)
        try:
            system.queries.decision(name)
        except NoSuchCampaign as error:
            raise ResourceNotFound(str(error)) from error
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
                req.redirect(req.href.admin('production', 'campaigns', name))
        decision = system.queries.decision(name)
        add_styles(req)
        add_script(req, 'prodworkflow/prodworkflow_people.js')
        typed = req.args if req.method == 'POST' else {}
        told = system.queries.readiness_for(decision, req.perm)
        seen = told.decision.snapshot.state
        return 'prodworkflow_admin_campaign.html', {
            'told': told, 'campaign': told.campaign, 'linked': link_tickets,
            'today': day_of(decision.asked),
            'parts': requirement_sets(seen), 'lists': seen.lists,
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
            **shown_previews(req, system, decision, typed)}

    def _likeness(self, req: Any, system: CampaignSystem) -> Likeness | None:
        """The campaign that the new one takes after, if one was chosen."""
        try:
            name = req.args.get('like')
            return system.queries.likeness(name, req.perm) if name else None
        except NoSuchCampaign as error:
            raise ResourceNotFound(str(error)) from error
        except ValueError as error:  # Unfit, or a ledger that is unread
            add_warning(req, f'{name} cannot be taken after: {error}')
            return None

    def _plan(self, req: Any, system: CampaignSystem,
              wish: CampaignRequest) -> tuple[Plan | None, Problems]:
        """The plan, if the wish can be granted, and what is wrong with it."""
        if req.method != 'POST' and not wish.like:
            return None, {}
        try:
            return system.queries.plan(wish), {}
        except InvalidRequest as error:
            found = problems_by_field(error)
            return None, found if req.method == 'POST' else {
                field: words for field, words in found.items()
                if field.startswith(('contact:', 'quorum:'))}

    def _create(self, req: Any, system: CampaignSystem,
                wish: CampaignRequest) -> Problems:
        """Create and go to the campaign's page, or say what is wrong."""
        try:
            system.create(wish, req.authname)
        except InvalidRequest as error:
            return problems_by_field(error)
        name = tidy(wish.name)
        add_notice(req, tag('The campaign ', tag.strong(name), ' is made. ',
                            'Its contacts can sign off now.'))
        return req.redirect(req.href.campaign(name))

    def _data(self, req: Any, system: CampaignSystem, wish: CampaignRequest,
              plan: Plan | None, problems: Problems) -> dict[str, Any]:
        if not req.is_xhr:
            for words in problems.values():
                for each in words:
                    add_warning(req, link_tickets(req, each))
        names = system.templates.offered()
        if req.method != 'POST' and system.templates.default_problem():
            add_warning(req, system.templates.default_problem())
        try:
            template = system.templates.of_request(wish)
            if not wish.template_text:
                names = tuple(dict.fromkeys((*names, wish.template)))
        except InvalidRequest:
            template = system.templates.find(names[0])
        decisions, found = system.queries.underway()
        return {
            'wish': wish, 'plan': plan, 'problems': problems,
            'linked': link_tickets, 'join_logins': join_logins,
            'contacts': typed_contacts(req, wish),
            'apart': sorted(k for k in {*wish.contacts, *wish.quorums}
                            if '.' in k),
            'template': template, 'templates': names,
            'freeze': freeze_fields(system, freeze_texts(template.freeze,
                                                         wish.freeze)),
            'titles': titles(template, Campaign(
                wish.name, '', wish.release, None, '', '')),
            'lists': wish.lists_text or blank_lists(template),
            'enforcements': EXPLAINED, 'users': known_logins(system),
            'versions': [v.name for v in Version.select(self.env)],
            'told': [system.queries.readiness_for(d, req.perm) for d
                     in decisions],
            'over': found.over, 'over_count': found.over_count}
