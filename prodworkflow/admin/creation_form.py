"""Form that creates a campaign: what was typed becomes a CampaignRequest."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from prodworkflow.api import CampaignSystem
from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.model.vocabulary import Enforcement
from prodworkflow.domain.planning.cloning import Likeness
from prodworkflow.domain.planning.freezes import FreezeWords, NO_WORDS, TYPES
from prodworkflow.domain.planning.request import CampaignRequest
from prodworkflow.domain.template.model import Template
from prodworkflow.web.campaign_form import typed_freeze

# What is wrong, by the form's fields.
Problems = dict[str, list[str]]


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
            and _has_fields_of_another(req, wish.template))


def problems_by_field(error: InvalidRequest) -> Problems:
    """What is wrong with a request, all of each field together."""
    problems: Problems = {}
    for field, words in error.problems:
        problems.setdefault(field, []).append(words)
    return problems


def _typed_request(req: Any, system: CampaignSystem) -> CampaignRequest:
    template = req.args.get('template') or system.templates.offered()[0]
    contacts = {
        key[len('contact:'):]: tuple(
            p.strip() for value in req.args.getlist(key)
            for p in value.split(',') if p.strip())
        for key in req.args if key.startswith('contact:')}
    lists = req.args.get('lists', '')
    if _has_fields_of_another(req, template):
        lists = ''  # the fields are those of another template
        contacts = {k: v for k, v in contacts.items() if v and k in {
            r.key for r in _template_or_first(system, template).requirements}}
    return CampaignRequest(req.args.get('name', ''), template,
                           req.args.get('release', ''),
                           req.args.get('start', ''),
                           req.args.get('enforcement',
                                        Enforcement.STANDARD.value),
                           contacts,
                           {key[len('quorum:'):]: req.args.get(key)
                            for key in req.args
                            if key.startswith('quorum:')},
                           lists_text=lists)


def _typed_freeze(req: Any, system: CampaignSystem,
                  wish: CampaignRequest) -> FreezeWords:
    """What may enter after the freeze, where that is not the template's."""
    if _has_fields_of_another(req, wish.template):
        return NO_WORDS
    try:
        template = system.templates.of_request(wish)
    except InvalidRequest:  # told with the plan
        return NO_WORDS
    return typed_freeze(req.args, template.freeze)


def _has_fields_of_another(req: Any, template: str) -> bool:
    """Whether the fields of the form are those of another template."""
    return (req.args.get('template')
            and req.args.get('fields_of', template) != template)


def _template_or_first(system: CampaignSystem, name: str) -> Template:
    """The template of that name, or the first one."""
    try:
        return system.templates.find(name)
    except InvalidRequest:
        return system.templates.find(system.templates.offered()[0])
