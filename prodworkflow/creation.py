"""Creates and removes campaigns: milestones, tickets and rows, or nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time
from typing import Any

from trac.resource import ResourceNotFound
from trac.ticket.model import Component as TicketComponent
from trac.ticket.model import Milestone, Ticket
from trac.util.datefmt import datetime_now, to_utimestamp, utc

from . import caches, people, store, templates
from .effects import plan_payload
from .eligibility import GROUP
from .kept import Kept
from .model import Requirement, Stage, State
from .planning import milestone_names, Plan, plan, tidy, Wish, with_tickets
from .staffing import Unfit
from .template import Template
from .tickets import ensure_version

NOON = time(12)
SKETCH = 'New campaign'


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
            return _make(book, _planned(env, wish, False), actor, wish.like)
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


def template_of(env: Any, wish: Wish) -> tuple[Template, Kept | None]:
    """The template that a wish names or brings; Unfit tells its mistakes.

    With the version that it is, unless the wish brings the text.
    """
    if wish.template_text:
        return templates.read(wish.template_text), None
    chosen = templates.chosen(env, wish.template)
    return chosen.template, chosen.kept


def sketch(env: Any, template: Template) -> Plan:
    """The campaign that a template would make, whatever its name."""
    return plan(Wish(SKETCH, ''), template, people.known(env))


def _planned(env: Any, wish: Wish, taken: bool) -> Plan:
    template, kept = template_of(env, wish)
    names = milestone_names(tidy(wish.name), template)
    known = people.known(env, tuple(store.milestones_among(env, names)),
                         taken)
    return _from(kept, plan(wish, template, known))


def _from(kept: Kept | None, plan_: Plan) -> Plan:
    """The plan, with the template's name and version in its campaign."""
    if kept is None:
        return plan_
    state = plan_.state
    return replace(plan_, state=replace(state, campaign=replace(
        state.campaign, template=kept.name, template_version=kept.version)))


def _make(book: store.Book, plan_: Plan, actor: str,
          like: str) -> list[int]:
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
               plan_payload(complete, plan_.template.source, like))
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
