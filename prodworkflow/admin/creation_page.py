"""Page that lists campaigns under way, with the form that creates one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from trac.resource import ResourceNotFound
from trac.ticket.model import Version
from trac.web.chrome import add_notice, add_stylesheet, add_warning

from prodworkflow.admin.clone_warnings import clone_warnings
from prodworkflow.admin.creation_fields import CreationFields
from prodworkflow.admin.creation_form import (
    campaign_request,
    EXPLAINED,
    has_fields_of_another,
    known_logins,
    misquoted,
    same_for_all,
    switches_template,
    typed_contacts,
)
from prodworkflow.admin.creation_lists import (
    list_problems,
    numbered,
    typed_lists,
    TypedLists,
)
from prodworkflow.api import CampaignSystem, NoSuchCampaign
from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.logins import join_logins
from prodworkflow.domain.planning.cloning import Likeness
from prodworkflow.domain.planning.plan import Sketch
from prodworkflow.domain.planning.request import CampaignRequest, tidy
from prodworkflow.domain.template.lists import blank_lists
from prodworkflow.domain.template.model import Template
from prodworkflow.domain.views.creation.due_days import own_due, stage_due
from prodworkflow.translation import METADATA, tag_
from prodworkflow.web.campaign_form import freeze_fields, freeze_texts
from prodworkflow.web.response import (
    add_our_script,
    add_styles,
    Rendering,
    set_status,
)
from prodworkflow.web.texts.ticket_links import link_tickets

Problems = list[tuple[str, str]]
SCRIPTS = ('live_preview', 'campaign_form', 'people')


def creation_page(env: Any, req: Any) -> Rendering:
    """The campaigns under way, and the form as it was typed."""
    system = CampaignSystem(env)
    like = _likeness(req, system)
    wish = campaign_request(req, system, like)
    template = _template(system, wish)
    if same_for_all(req, template):
        wish = campaign_request(req, system, like)
    lists = typed_lists({} if has_fields_of_another(req, wish.template)
                        else req.args,
                        template.list_names,
                        wish.lists_text or blank_lists(template))
    if req.method == 'POST' and lists.text:
        wish = replace(wish, lists_text=lists.text)
    sketch, problems = _sketched(req, system, wish, lists)
    if req.method == 'POST' and 'create' in req.args and not problems:
        problems = _create(req, system, wish)
    fields = CreationFields(wish, template, lists)
    told = fields.by_field(_to_be_told(req, wish, problems))
    data = {**_form(req, system, wish, template, lists),
            **_preview(sketch), 'problems': told, 'fields': fields,
            'like': like, 'warnings': clone_warnings(system, like)}
    if req.is_xhr:
        return 'prodworkflow_creation_answer.html', data, METADATA
    if req.method == 'POST' and told and 'row' not in req.args:
        set_status(req, 409 if 'name' in told else 400)
    _add_head(req, system)
    return 'prodworkflow_admin_campaigns.html', {
        **data, **_others(env, req, system)}, METADATA


def _likeness(req: Any, system: CampaignSystem) -> Likeness | None:
    """The campaign that the new one takes after, if one was chosen."""
    try:
        name = req.args.get('like')
        return system.queries.likeness(name, req.perm) if name else None
    except NoSuchCampaign as error:
        raise ResourceNotFound(str(error)) from error
    except ValueError as error:  # Unfit, or a ledger that is unread
        add_warning(req, tag_('%(name)s cannot be taken after: %(error)s',
                              name=name, error=error))
        return None


def _template(system: CampaignSystem, wish: CampaignRequest) -> Template:
    """The template of a request; the first one if there is none such."""
    try:
        return system.templates.of_request(wish)
    except InvalidRequest:  # told with the plan
        return system.templates.find(system.templates.offered()[0])


def _sketched(req: Any, system: CampaignSystem, wish: CampaignRequest,
              lists: TypedLists) -> tuple[Sketch | None, Problems]:
    """What can be planned, and all that is wrong with the request."""
    wrong = [*misquoted(req), *list_problems(lists)]
    unread = {field for field, _ in wrong}
    try:
        found = system.queries.sketch(wish)
    except InvalidRequest as error:
        return None, [*error.problems, *wrong]
    return found, [*(p for p in found.problems if p[0] not in unread), *wrong]


def _to_be_told(req: Any, wish: CampaignRequest,
                problems: Problems) -> Problems:
    """Of what is wrong, that which somebody has had the time to fill in."""
    if req.method != 'POST':
        return [p for p in problems if wish.like
                and p[0].startswith(('contact:', 'quorum:', 'template'))]
    if switches_template(req, wish):
        return []
    if 'row' in req.args and not req.is_xhr:
        return [p for p in problems if p[0].startswith(('item-', 'lists'))]
    return problems


def _create(req: Any, system: CampaignSystem,
            wish: CampaignRequest) -> Problems:
    """Create and go to the campaign's page, or say what is wrong."""
    try:
        system.create(wish, req.authname)
    except InvalidRequest as error:
        return [*error.problems]
    add_notice(req, tag_('The campaign %(name)s is made. Its contacts can '
                         'sign off now.', name=tidy(wish.name)))
    req.redirect(req.href.campaign(tidy(wish.name)))
    return []


def _preview(sketch: Sketch | None) -> dict[str, Any]:
    """What the preview shows of a plan."""
    plan = sketch and sketch.plan
    return {'plan': plan, 'stage_due': stage_due, 'own_due': own_due,
            'named': bool(plan and plan.state.campaign.name)}


def _form(req: Any, system: CampaignSystem, wish: CampaignRequest,
          template: Template, lists: TypedLists) -> dict[str, Any]:
    """What stands in the fields of the form."""
    names = system.templates.offered()
    if not wish.template_text:
        names = tuple(dict.fromkeys((*names, wish.template)))
    return {
        'wish': wish, 'template': template, 'templates': names,
        'linked': link_tickets, 'join_logins': join_logins,
        'contacts': typed_contacts(req, wish),
        'apart': sorted(k for k in {*wish.contacts, *wish.quorums}
                        if '.' in k),
        'freeze': freeze_fields(system, freeze_texts(template.freeze,
                                                     wish.freeze)),
        'typed_lists': lists, 'tables': numbered(lists.tables),
        'enforcements': EXPLAINED}


def _others(env: Any, req: Any, system: CampaignSystem) -> dict[str, Any]:
    """What stands on the page beside the form."""
    decisions, found = system.queries.underway()
    return {'names': system.queries.names()[::-1],
            'users': known_logins(system),
            'versions': [v.name for v in Version.select(env)],
            'told': [system.queries.readiness_for(d, req.perm) for d
                     in decisions],
            'over': found.over, 'over_count': found.over_count}


def _add_head(req: Any, system: CampaignSystem) -> None:
    """Style sheets and scripts, and a warning of a wrong default."""
    if req.method != 'POST' and system.templates.default_problem():
        add_warning(req, system.templates.default_problem())
    add_styles(req)
    add_stylesheet(req, 'prodworkflow/prodworkflow_create.css')
    for script in SCRIPTS:
        add_our_script(req, f'prodworkflow_{script}.js')
