"""Creates and removes campaigns: milestones, tickets and rows, or nothing."""

from __future__ import annotations

import pkgutil
from datetime import datetime, time
from typing import Any

from trac.resource import ResourceNotFound
from trac.ticket.model import Component as TicketComponent
from trac.ticket.model import Milestone, Ticket
from trac.util.datefmt import datetime_now, to_utimestamp, utc

from . import caches, people, store
from .effects import plan_payload
from .eligibility import GROUP
from .model import Requirement, Stage, State
from .planning import milestone_names, Plan, plan, tidy, Wish, with_tickets
from .staffing import Unfit
from .template import parse, Template
from .tickets import ensure_version
from .toml_fields import TemplateError

BUILT_IN = ('path-to-production', 'path-to-production-full')
NOON = time(12)


def template_named(name: str) -> Template:
    """The built-in template of that name; Unfit says which there are."""
    if name not in BUILT_IN:
        raise Unfit([('template', f'There is no template "{name[:64]}"; '
                                  f'there is {", ".join(BUILT_IN)}.')])
    text = pkgutil.get_data('prodworkflow', f'builtin/{name}.toml')
    assert text is not None, 'built-in templates are part of the package'
    return parse(text.decode('utf-8'))


def planned(env: Any, wish: Wish) -> Plan:
    """The campaign that would be made now; Unfit names all that is wrong."""
    return _planned(env, wish, store.identified(env, tidy(wish.name))
                    is not None)


def create(env: Any, wish: Wish, actor: str) -> list[int]:
    """Make the campaign in one transaction; the ids of its tickets.

    Raises Unfit, with nothing made, for whatever stands against it; so does
    the second of two who create the same name at once.
    """
    try:
        with store.enroll(env, tidy(wish.name)) as book:
            return _make(book, _planned(env, wish, False), actor)
    except env.db_exc.IntegrityError as error:
        caches.forget(env)
        raise Unfit([('name', f'A campaign named "{tidy(wish.name)}" exists '
                              'already; nothing was made.')]) from error
    except BaseException:
        caches.forget(env)
        raise


def remove(env: Any, name: str, actor: str, reason: str) -> None:
    """Let go of a campaign: milestones and tickets stay as ordinary ones.

    The ledger stays too and ends with the removal; the name is free again.
    """
    campaign = store.identified(env, name)
    if campaign is not None:
        with store.opened(env, campaign) as book:
            if book is not None:
                moment = to_utimestamp(datetime_now(utc))
                book.record(moment, actor, 'removed', reason=reason)
                env.log.warning('campaign %s was removed by %s: %s', name,
                                actor, reason)


def make_milestone(env: Any, stage: Stage, campaign: str,
                   count: int) -> None:
    """Make the milestone that a stage owns, due at noon UTC of its day."""
    milestone = Milestone(env)
    milestone.name = stage.milestone
    milestone.description = (f'Stage {stage.number} of {count} of the '
                             f'production campaign {campaign}.')
    if stage.due:
        milestone.due = datetime.combine(stage.due, NOON, utc)
    milestone.insert()


def make_ticket(env: Any, state: State, requirement: Requirement,
                words: dict[str, str], reporter: str) -> Ticket:
    """Make the sign-off ticket of a requirement in its stage's milestone.

    `words` holds the ticket's description, type and priority.
    """
    ticket = Ticket(env)
    component = ticket['component'] or _first_component(ticket)
    first, *others = [c for c in requirement.contacts
                      if c[:1] != GROUP] or ['']
    values = {'summary': requirement.title, 'reporter': reporter,
              'status': 'new', 'component': component,
              'owner': first or _component_owner(env, component),
              'cc': ', '.join(others), 'version': state.campaign.release,
              'milestone': state.stage(requirement.stage).milestone, **words}
    for field, value in values.items():
        ticket[field] = value
    ticket.insert()
    return ticket


def words_of(template: Template, key: str) -> dict[str, str]:
    """What a template writes into one requirement's ticket; {} if nothing."""
    for requirement in template.requirements:
        if requirement.key == key:
            return {'description': requirement.description.strip(),
                    'type': requirement.type,
                    'priority': requirement.priority}
    return {}


def template_of(wish: Wish) -> Template:
    """The template that a wish names or brings; Unfit tells its mistakes."""
    if not wish.template_text:
        return template_named(wish.template)
    try:
        return parse(wish.template_text)
    except TemplateError as error:
        raise Unfit([('template', str(p)) for p in error.problems]) from error


def _planned(env: Any, wish: Wish, taken: bool) -> Plan:
    template = template_of(wish)
    names = milestone_names(tidy(wish.name), template)
    known = people.known(env, tuple(store.milestones_among(env, names)),
                         taken)
    return plan(wish, template, known)


def _make(book: store.Book, plan_: Plan, actor: str) -> list[int]:
    env, state = book.env, plan_.state
    if state.campaign.release:
        ensure_version(env, state.campaign.release)
    for stage in state.stages:
        make_milestone(env, stage, state.campaign.name, len(state.stages))
    made = {r.key: make_ticket(env, state, r,
                               words_of(plan_.template, r.key), actor)
            for r in state.requirements}
    complete = with_tickets(state, {
        key: (ticket.id, to_utimestamp(ticket['time']))
        for key, ticket in made.items()})
    book.begin(to_utimestamp(datetime_now(utc)), actor,
               state.campaign.release,
               plan_payload(complete, plan_.template.source))
    env.log.info('campaign %s was created by %s', state.campaign.name, actor)
    return [ticket.id for ticket in made.values()]


def _first_component(ticket: Ticket) -> str:
    """What Trac's own form would choose where the field may not be empty."""
    options = (ticket.fields.by_name('component') or {}).get('options')
    return options[0] if options else ''


def _component_owner(env: Any, name: str) -> str:
    try:
        return TicketComponent(env, name).owner or '' if name else ''
    except ResourceNotFound:
        return ''
