"""Create and remove campaigns: milestones, tickets and rows, or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from trac.util.datefmt import to_utimestamp

from prodworkflow import store
from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.ledger.creation import plan_payload
from prodworkflow.domain.model.permissions import everybody, nothing_against
from prodworkflow.domain.model.person import GROUP
from prodworkflow.domain.model.requirement import QUORUM_MAX, Requirement
from prodworkflow.domain.model.state import State
from prodworkflow.domain.planning.freezes import ANYTHING, NO_WORDS
from prodworkflow.domain.planning.plan import (
    milestone_names,
    Plan,
    plan,
    Sketch,
    sketch,
    with_tickets,
)
from prodworkflow.domain.planning.request import CampaignRequest, tidy
from prodworkflow.domain.planning.signers import SiteFacts
from prodworkflow.domain.rules.duties.quorum import unreachable_quorums
from prodworkflow.domain.template.examples import contacts_named, examples
from prodworkflow.domain.template.expansion import of_requirement
from prodworkflow.domain.template.lists import as_toml
from prodworkflow.domain.template.model import Template
from prodworkflow.domain.template.versions import TemplateVersion
from prodworkflow.domain.text import Message
from prodworkflow.gateways import caches, users
from prodworkflow.gateways.clock import now
from prodworkflow.gateways.milestones import make_milestone
from prodworkflow.gateways.signoff_tickets import (
    copy_of_new_ticket,
    make_ticket,
    new_ticket,
    writable_fields,
)
from prodworkflow.gateways.tickets import ensure_version
from prodworkflow.services import templates
from prodworkflow.services.evidence_reading import reading_kinds

PREVIEW_NAME = 'New campaign'


def planned(env: Any, wish: CampaignRequest) -> Plan:
    """The plan of a campaign; nothing is created.

    InvalidRequest names all that is wrong.
    """
    return _planned(env, wish, store.campaign_id(env, tidy(wish.name))
                    is not None)


def sketched(env: Any, wish: CampaignRequest) -> Sketch:
    """What can be planned of a request, with all that is wrong with it.

    InvalidRequest if it names no template.
    """
    template, kept = template_of(env, wish)
    found = sketch(wish, template, _facts(
        env, wish, template, store.campaign_id(env, tidy(wish.name))
        is not None))
    return replace(found, plan=_with_version(kept, found.plan))


def create(env: Any, wish: CampaignRequest, actor: str) -> list[int]:
    """Create a campaign in one transaction; the ids of its tickets.

    InvalidRequest, with nothing created, names all that is wrong; so it is for
    the second of two who create the same name at once.
    """
    for _ in range(2):
        try:
            return _create_once(env, wish, actor)
        except env.db_exc.IntegrityError as error:
            if store.campaign_id(env, tidy(wish.name)) is not None:
                raise InvalidRequest([('name',
                                       Message(
                                           'A campaign named "%(name)s"'
                                           ' exists already; nothing '
                                           'was made.',
                                           name=tidy(wish.name)))]
                                     ) from error
            # Of two who use a cache of Trac's for the first time at once, the
            # database refuses one, who will find it the next time.
            clash = error
    raise clash


def _create_once(env: Any, wish: CampaignRequest, actor: str) -> list[int]:
    try:
        with store.create_campaign(env, tidy(wish.name)) as book:
            return _make_campaign(book, _planned(env, wish, False), actor,
                                  wish.like)
    except BaseException:
        caches.drop_caches(env)
        raise


def ticket_fields(template: Template, state: State,
                  requirement: Requirement) -> Mapping[str, str]:
    """The ticket fields that a template writes for a requirement.

    {} if it writes none, or does not know the requirement.
    """
    found = of_requirement(template, requirement, state.lists, state.campaign)
    return found.words if found else {}


def template_of(env: Any, wish: CampaignRequest) -> tuple[
        Template, TemplateVersion | None]:
    """The template that a request names or brings, and its version.

    The version is None where the request brings the text. InvalidRequest names
    the template's mistakes.
    """
    if wish.template_text:
        return templates.read(wish.template_text,
                              kinds=reading_kinds(env)), None
    chosen = templates.offered_template(env, wish.template)
    return chosen.template, chosen.kept


def preview(env: Any, template: Template, lenient: bool = False) -> Plan:
    """The plan that a template makes, whatever the campaign's name.

    Lists without items get examples, and any quorum can be reached, for
    contacts are given when a campaign is created. With `lenient`, the users,
    groups, ticket fields and the freeze that it names count as known to Trac.
    """
    people_enough = frozenset(
        f'contact {number}' for number in range(QUORUM_MAX + 1))
    known = replace(users.site_facts(env, fields=writable_fields(env)),
                    administrators=people_enough,
                    obstruction=nothing_against)
    if lenient:
        named = contacts_named(template)
        strange = [c[1:] for c in named
                   if c[:1] == GROUP and c[1:] not in known.groups]
        known = replace(
            known, users=(*known.users, *named), known=everybody, fields=None,
            groups={**known.groups,
                    **dict.fromkeys(strange, people_enough)})
    return plan(CampaignRequest(PREVIEW_NAME, '',
                                lists_text=as_toml(examples(template)),
                                freeze=ANYTHING if lenient and template.freeze
                                else NO_WORDS), template, known)


def _planned(env: Any, wish: CampaignRequest, taken: bool) -> Plan:
    template, kept = template_of(env, wish)
    return _with_version(kept, plan(wish, template,
                                    _facts(env, wish, template, taken)))


def _facts(env: Any, wish: CampaignRequest, template: Template,
           taken: bool) -> SiteFacts:
    names = milestone_names(tidy(wish.name), template)
    return users.site_facts(env, tuple(store.milestones_among(env, names)),
                            taken, writable_fields(env))


def _with_version(kept: TemplateVersion | None, plan_: Plan) -> Plan:
    """The plan, with its template's name and version in the campaign."""
    if kept is None:
        return plan_
    state = plan_.state
    return replace(plan_, state=replace(state, campaign=replace(
        state.campaign, template=kept.name, template_version=kept.version)))


def _check_rights(env: Any, state: State) -> None:
    """InvalidRequest where too few may see and change the very tickets.

    Before they are made, Trac can only be asked of tickets in general.
    """
    out = unreachable_quorums(state, users.signer_facts(env))
    if out:
        raise InvalidRequest([(f'contact:{key}', words) for key, words in out])


def _make_campaign(book: store.Book, plan_: Plan, actor: str,
                   like: str) -> list[int]:
    env, state = book.env, plan_.state
    if state.campaign.release:
        ensure_version(env, state.campaign.release)
    for stage in state.stages:
        make_milestone(env, stage, state.campaign.name, len(state.stages),
                       plan_.descriptions[stage.key], born=True)
    blank = new_ticket(env, actor)
    made = {r.key: make_ticket(copy_of_new_ticket(blank), state, r,
                               plan_.words[r.key],
                               actor) for r in state.requirements}
    complete = with_tickets(state, {
        key: (ticket.id, to_utimestamp(ticket['time']))
        for key, ticket in made.items()})
    _check_rights(env, complete)
    book.begin(now(), actor, state.campaign.release,
               plan_payload(complete, plan_.template.source, like))
    return [ticket.id for ticket in made.values()]
