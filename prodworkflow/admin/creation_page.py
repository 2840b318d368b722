"""Page that lists campaigns under way, with the form that creates one."""

from __future__ import annotations

from typing import Any

from trac.resource import ResourceNotFound
from trac.ticket.model import Version
from trac.util.html import tag
from trac.web.chrome import add_notice, add_script, add_warning

from prodworkflow.admin.creation_form import (
    campaign_request,
    EXPLAINED,
    known_logins,
    misquoted,
    Problems,
    problems_by_field,
    switches_template,
    typed_contacts,
)
from prodworkflow.api import CampaignSystem, NoSuchCampaign
from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.logins import join_logins
from prodworkflow.domain.model.campaign import Campaign
from prodworkflow.domain.planning.cloning import Likeness
from prodworkflow.domain.planning.plan import Plan
from prodworkflow.domain.planning.request import CampaignRequest, tidy
from prodworkflow.domain.template.expansion import titles
from prodworkflow.domain.template.lists import blank_lists
from prodworkflow.web.campaign_form import freeze_fields, freeze_texts
from prodworkflow.web.response import add_styles, Rendering, set_status
from prodworkflow.web.ticket_links import link_tickets


def creation_page(env: Any, req: Any) -> Rendering:
    """The campaigns under way, and the form as it was typed."""
    system = CampaignSystem(env)
    like = _likeness(req, system)
    wish = campaign_request(req, system, like)
    plan, problems = _plan(req, system, wish)
    unread = misquoted(req)
    if unread:
        plan, problems = None, {**problems, **unread}
    if switches_template(req, wish):
        problems = {}  # nothing is filled in yet, so nothing is wrong
    if req.method == 'POST' and 'create' in req.args and plan:
        problems = _create(req, system, wish)
    data = _data(env, req, system, wish, plan, problems)
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


def _likeness(req: Any, system: CampaignSystem) -> Likeness | None:
    """The campaign that the new one takes after, if one was chosen."""
    try:
        name = req.args.get('like')
        return system.queries.likeness(name, req.perm) if name else None
    except NoSuchCampaign as error:
        raise ResourceNotFound(str(error)) from error
    except ValueError as error:  # Unfit, or a ledger that is unread
        add_warning(req, f'{name} cannot be taken after: {error}')
        return None


def _plan(req: Any, system: CampaignSystem,
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


def _create(req: Any, system: CampaignSystem,
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


def _data(env: Any, req: Any, system: CampaignSystem, wish: CampaignRequest,
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
        'versions': [v.name for v in Version.select(env)],
        'told': [system.queries.readiness_for(d, req.perm) for d
                 in decisions],
        'over': found.over, 'over_count': found.over_count}
