"""Request handler of `/campaign` (my sign-offs) and `/campaign/<name>`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from trac.config import Option
from trac.core import Component, implements
from trac.resource import ResourceNotFound
from trac.util.datefmt import from_utimestamp
from trac.util.html import tag
from trac.util.translation import _
from trac.web.api import IRequestHandler
from trac.web.chrome import (
    add_link,
    add_notice,
    add_warning,
    INavigationContributor,
)

from prodworkflow.api import (
    CampaignSystem,
    ChangedMeanwhile,
    GateShut,
    NoSuchCampaign,
    SignOffRequest,
)
from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.model.permissions import ADMIN, VIEW
from prodworkflow.domain.model.vocabulary import Verdict
from prodworkflow.domain.options import address
from prodworkflow.domain.planning.request import TAKEN
from prodworkflow.domain.rules.objections.concerns import concern_words
from prodworkflow.domain.views.signoff_queue import sorted_for
from prodworkflow.web.campaign_form import controls, handle_form
from prodworkflow.web.database_errors import database_errors_as_503
from prodworkflow.web.forms import form_revision, form_text, REVISION
from prodworkflow.web.lifecycle_form import hold_filled_in
from prodworkflow.web.response import add_styles, Rendering, set_status
from prodworkflow.web.ticket_links import link_tickets
from prodworkflow.web.ticket_rights import rights_refusal

PATH = re.compile(r'/campaign(?:/([^/]+))?/?')


# A campaign that had such a name before is behind a slash more.
NO_CAMPAIGNS = {f'/campaign/{name}' for name in TAKEN}


class CampaignPages(Component):
    """Serves `/campaign` and `/campaign/<name>`.

    The first lists what waits for whoever looks at it, and lets them sign
    several at once. The page of a campaign shows the decision, the sign-off
    tickets by stage and the history; its contacts can put it on hold there.
    """

    implements(INavigationContributor, IRequestHandler)

    pictures_base = Option('prodworkflow', 'pictures_base', '', doc="""
        Address of this Trac for pictures of campaigns that are shown
        elsewhere, for example `https://trac.example.org/production`.
        Campaign pages put it at the head of the lines to copy. If it is
        empty, `[trac] base_url` is taken, or else the address that the page
        was asked for by.""")

    # INavigationContributor methods

    def get_active_navigation_item(self, req: Any) -> str:
        return 'production'

    def get_navigation_items(self, req: Any) -> Iterable[Any]:
        return ()

    # IRequestHandler methods

    def match_request(self, req: Any) -> bool:
        found = PATH.fullmatch(req.path_info)
        if not found or req.path_info in NO_CAMPAIGNS:
            return False
        req.args['campaign'] = found[1] or ''
        return True

    @database_errors_as_503
    def process_request(self, req: Any) -> Rendering:
        name = req.args.get('campaign')
        req.perm.require(VIEW)
        add_styles(req)
        add_link(req, 'up', req.href.roadmap(), _("Roadmap"))
        return self._page(req, name) if name else self._index(req)

    # Internal methods

    def _index(self, req: Any) -> Rendering:
        system = CampaignSystem(self.env)
        if req.method == 'POST' and self._sign_all(req, system):
            req.redirect(req.href.campaign())
        decisions, _found = system.queries.underway()
        revisions = {d.snapshot.state.campaign.name: d.snapshot.revision
                     for d in decisions}
        told = [system.queries.readiness_for(d, req.perm) for d in decisions]
        return 'prodworkflow_my_signoffs.html', {
            'told': told, 'mine': sorted_for(told, system.context.person(req)),
            'typed': req.args, 'chosen': req.args.getlist('sel'),
            'revisions': {**revisions, **_posted_revisions(req)},
            'over': system.queries.over(), 'linked': link_tickets,
            'may_create': ADMIN in req.perm,
            'from_utimestamp': from_utimestamp}

    def _sign_all(self, req: Any, system: CampaignSystem) -> bool:
        """Sign the chosen tickets, all or nothing; whether it was done."""
        statement = form_text(req.args, 'statement')
        chosen = [tuple(each.rpartition('/')[::2])
                  for each in req.args.getlist('sel')]
        try:
            if not chosen:
                raise InvalidRequest([('sel', 'Choose what to sign.')])
            refusals = list(filter(None, (rights_refusal(
                req, name, system.queries.requirement(name, key),
                Verdict.APPROVED) for name, key in chosen)))
            if refusals:
                return self._refused(req, system, refusals)
            made = _posted_revisions(req)
            system.record_all([
                (name, key, SignOffRequest(
                    Verdict.APPROVED, statement,
                    revision=form_revision(req.args, made.get(name, ''))))
                for name, key in chosen], system.context.person(req))
        except (GateShut, InvalidRequest, NoSuchCampaign) as error:
            if isinstance(error, ChangedMeanwhile):
                req.args['revision'] = []
            set_status(req, 409 if isinstance(error, GateShut) else 400)
            add_warning(req, link_tickets(req, f'Nothing was signed. {error}'))
            return False
        add_notice(req, tag(f'{len(chosen)} signed off.', [
            tag(f' {name}: ', link_tickets(req, system.queries.readiness_for(
                system.queries.decision(name), req.perm).verdict))
            for name in dict.fromkeys(name for name, _ in chosen)]))
        return True

    @staticmethod
    def _refused(req: Any, system: CampaignSystem,
                 refusals: list[str]) -> bool:
        """Tell what Trac refuses; the form keeps what was typed."""
        set_status(req, 403)
        for words in refusals:
            system.doors.log_refusal(words)
            add_warning(req, link_tickets(req, f'Nothing was signed. {words}'))
        return False

    def _page(self, req: Any, name: str) -> Rendering:
        system = CampaignSystem(self.env)
        try:
            system.queries.decision(name)
        except NoSuchCampaign as error:
            raise ResourceNotFound(str(error),
                                   _("No such campaign")) from error
        if req.method == 'POST':
            notice = handle_form(self.env, req, name)
            if notice is not None:
                add_notice(req, notice)
                req.redirect(req.href.campaign(name))
        decision = system.queries.decision(name)
        told = system.queries.readiness_for(decision, req.perm)
        return 'prodworkflow_campaign.html', {
            'told': told, 'campaign': told.campaign, 'linked': link_tickets,
            'tickets': system.queries.tickets(told), 'waivers': told.waivers,
            'controls': controls(system, decision, system.context.person(req)),
            'typed': req.args if req.method == 'POST' else
            hold_filled_in(req, told), 'concern_words': concern_words,
            'history': system.queries.history(decision, req.perm),
            'picture_lines': _picture_lines(
                name, address(self.pictures_base) or self.env.base_url
                or req.abs_href.base),
            'from_utimestamp': from_utimestamp}


def _picture_lines(name: str, base: str) -> dict[str, str]:
    """The lines that show a campaign's badge, by where they are written.

    All that has a meaning in wiki text or Markdown is percent-encoded.
    """
    badge = f'/campaign/{quote(name, safe="")}/badge.svg'
    return {'Wiki': f'[[Image({badge})]]',
            'Markdown': f'![{name}]({base.rstrip("/")}{badge})'}


def _posted_revisions(req: Any) -> dict[str, str]:
    """The revisions that a form was made from, by campaign."""
    return {name: number for number, _, name in (
        each.partition('/') for each in req.args.getlist('revision'))
        if name and REVISION.fullmatch(number)}
