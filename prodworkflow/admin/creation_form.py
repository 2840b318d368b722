"""Form that creates a campaign: what was typed becomes a CampaignRequest."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from prodworkflow.api import CampaignSystem
from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.logins import join_logins, quoted_login
from prodworkflow.domain.planning.cloning import Likeness
from prodworkflow.domain.planning.freezes import FreezeWords, NO_WORDS, TYPES
from prodworkflow.domain.planning.request import CampaignRequest
from prodworkflow.domain.template.model import Template
from prodworkflow.translation import N_
from prodworkflow.web.campaign_form import typed_freeze
from prodworkflow.web.forms import form_text, logins_field, raw_form_text

EXPLAINED = {
    'standard': N_('closing stages out of turn is refused'),
    'strict': N_('signing out of turn is refused as well'),
    'advisory': N_('nothing is refused; what the rules would have refused is '
                   'recorded'),
}


def campaign_request(req: Any, system: CampaignSystem,
                     like: Likeness | None) -> CampaignRequest:
    """What the form asks for, as typed; at first, what `like` has."""
    if like and req.method != 'POST':
        return like.wish
    wish = _typed_request(req, system)
    if like and not req.args.get('template'):
        wish = replace(wish, template=like.wish.template,
                       template_text=like.wish.template_text,
                       template_version=like.wish.template_version)
    return replace(wish, like=like.wish.like if like else '',
                   freeze=like.wish.freeze if like and TYPES not in req.args
                   else _typed_freeze(req, system, wish))


def switches_template(req: Any, wish: CampaignRequest) -> bool:
    """Whether the form only came to fetch another template's fields."""
    return ('create' not in req.args and not req.is_xhr
            and has_fields_of_another(req, wish.template))


def known_logins(system: CampaignSystem) -> list[str]:
    """The logins that fields offer, as they are written in a list."""
    return [quoted_login(user) for user in system.queries.known_users()]


def misquoted(req: Any) -> list[tuple[str, str]]:
    """The fields of contacts that cannot be read, and what is wrong."""
    found: list[tuple[str, str]] = []
    for key in req.args:
        if key.startswith('contact:'):
            try:
                logins_field(req.args, key)
            except InvalidRequest as error:
                found += error.problems
    return found


def same_for_all(req: Any, template: Template) -> bool:
    """Fill the empty fields of contacts, where the form asks for that.

    Not those of groups whose items have contacts of their own.
    """
    people = form_text(req.args, 'same')
    if form_text(req.args, 'row') != 'same' or not people:
        return False
    listed = {key.split(':')[1] for key in req.args
              if key.startswith('item-contacts:')
              and form_text(req.args, key)}
    for each in template.requirements:
        field = f'contact:{each.key}'
        if each.for_each not in listed and not form_text(req.args, field):
            req.args[field] = people
    return True


def typed_contacts(req: Any, wish: CampaignRequest) -> dict[str, str]:
    """The contacts of a request as they stand in the form, by key.

    As they were typed; at first, as logins are written.
    """
    return {key: raw_form_text(req.args, f'contact:{key}', join_logins(logins))
            for key, logins in wish.contacts.items()}


def _logins(req: Any, field: str) -> tuple[str, ...]:
    """The contacts in a field; none where they cannot be read."""
    try:
        return logins_field(req.args, field) or ()
    except InvalidRequest:
        return ()


def _typed_request(req: Any, system: CampaignSystem) -> CampaignRequest:
    template = req.args.get('template') or system.templates.offered()[0]
    contacts = {key[len('contact:'):]: _logins(req, key)
                for key in req.args if key.startswith('contact:')}
    quorums = {key[len('quorum:'):]: raw_form_text(req.args, key)
               for key in req.args if key.startswith('quorum:')}
    lists = req.args.get('lists', '')
    if has_fields_of_another(req, template):
        lists, quorums = '', {}  # the fields are those of another template
        contacts = {k: v for k, v in contacts.items() if v and k in {
            r.key for r in _template_or_first(system, template).requirements}}
    return CampaignRequest(req.args.get('name', ''), template,
                           req.args.get('release', ''),
                           req.args.get('start', ''),
                           req.args.get(
                               'enforcement',
                               system.templates.default_enforcement()),
                           contacts, quorums,
                           lists_text=lists, unknown_contacts=(
                               'unknown_contacts' in req.args))


def _typed_freeze(req: Any, system: CampaignSystem,
                  wish: CampaignRequest) -> FreezeWords:
    """What may enter after the freeze, where that is not the template's."""
    if has_fields_of_another(req, wish.template):
        return NO_WORDS
    try:
        template = system.templates.of_request(wish)
    except InvalidRequest:  # told with the plan
        return NO_WORDS
    return typed_freeze(req.args, template.freeze)


def has_fields_of_another(req: Any, template: str) -> bool:
    """Whether the fields of the form are those of another template."""
    return (req.args.get('template')
            and req.args.get('fields_of', template) != template)


def _template_or_first(system: CampaignSystem, name: str) -> Template:
    """The template of that name, or the first one."""
    try:
        return system.templates.find(name)
    except InvalidRequest:
        return system.templates.find(system.templates.offered()[0])
