"""Creates and removes campaigns: milestones, tickets and rows, or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from dataclasses import replace
from datetime import datetime, time
from typing import Any

from trac.resource import ResourceNotFound
from trac.ticket.api import TicketSystem
from trac.ticket.model import Component as TicketComponent
from trac.ticket.model import Milestone, Ticket
from trac.util.datefmt import datetime_now, to_utimestamp, utc

from . import caches, people, store, templates
from .eligibility import GROUP
from .expansion import contacts_named, examples, of_requirement
from .fitting import TICKET_FIELDS
from .founding import plan_payload
from .kept import Kept
from .model import Requirement, Stage
from .planning import milestone_names, Plan, plan, tidy, Wish, with_tickets
from .staffing import Unfit
from .state import State
from .template import QUORUM_MAX, Template
from .tickets import BORN, ensure_version, MARK
from .toml_lists import as_toml
from .wording import word_problems

NOON = time(12)
SKETCH = 'New campaign'
USUAL_TYPE = 'task'


def planned(env: Any, wish: Wish) -> Plan:
    """The campaign that would be made now; Unfit names all that is wrong."""
    return _planned(env, wish, store.identified(env, tidy(wish.name))
                    is not None)


def create(env: Any, wish: Wish, actor: str) -> list[int]:
    """Make the campaign in one transaction; the ids of its tickets.

    Raises Unfit, with nothing made, for whatever stands against it; so does
    the second of two who create the same name at once.
    """
    for _ in range(2):
        try:
            return _created(env, wish, actor)
        except env.db_exc.IntegrityError as error:
            if store.identified(env, tidy(wish.name)) is not None:
                raise Unfit([('name', f'A campaign named "{tidy(wish.name)}" '
                              'exists already; nothing was made.')]) from error
            # Of two who use a cache of Trac's for the first time at once, the
            # database refuses one, who will find it the next time.
            clash = error
    raise clash


def _created(env: Any, wish: Wish, actor: str) -> list[int]:
    try:
        with store.enroll(env, tidy(wish.name)) as book:
            return _make(book, _planned(env, wish, False), actor, wish.like)
    except BaseException:
        caches.forget(env)
        raise


def remove(env: Any, name: str, actor: str, reason: str) -> None:
    """Let go of a campaign: milestones and tickets stay as ordinary ones.

    The ledger stays too and ends with the removal; the name is free again.
    """
    if word_problems('reason', reason):
        raise Unfit(word_problems('reason', reason))
    campaign = store.identified(env, name)
    if campaign is not None:
        with store.opened(env, campaign) as book:
            if book is not None:
                moment = to_utimestamp(datetime_now(utc))
                book.record(moment, actor, 'removed', reason=reason)


def make_milestone(env: Any, stage: Stage, campaign: str, count: int,
                   description: str = '') -> None:
    """Make the milestone that a stage owns, due at noon UTC of its day."""
    milestone = Milestone(env)
    milestone.name = stage.milestone
    told = (f'Stage {stage.number} of {count} of the production campaign '
            f'{campaign}.')
    milestone.description = '\n\n'.join(filter(None, [told, description]))
    if stage.due:
        milestone.due = datetime.combine(stage.due, NOON, utc)
    milestone.insert()


def make_ticket(ticket: Ticket, state: State, requirement: Requirement,
                words: Mapping[str, str], reporter: str) -> Ticket:
    """Make the sign-off ticket of a requirement in its stage's milestone.

    `ticket` is a new one, `words` what the template writes into its fields.
    """
    component = (words.get('component') or ticket['component']
                 or _first_component(ticket))
    first, *others = [c for c in requirement.contacts
                      if c[:1] != GROUP] or ['']
    values = {'summary': requirement.title, 'reporter': reporter,
              'status': 'new', 'component': component,
              'owner': first or _component_owner(ticket.env, component),
              'cc': ', '.join(others), 'version': state.campaign.release,
              'milestone': state.stage(requirement.stage).milestone,
              'type': _type(ticket), **words}
    for field, value in values.items():
        ticket[field] = value
    setattr(ticket, MARK, BORN)
    ticket.insert()
    return ticket


def words_of(template: Template, state: State,
             requirement: Requirement) -> Mapping[str, str]:
    """What a template writes into one requirement's ticket; {} if nothing."""
    found = of_requirement(template, requirement, state.lists, state.campaign)
    return found.words if found else {}


def template_of(env: Any, wish: Wish) -> tuple[Template, Kept | None]:
    """The template that a wish names or brings; Unfit tells its mistakes.

    With the version that it is, unless the wish brings the text.
    """
    if wish.template_text:
        return templates.read(wish.template_text), None
    chosen = templates.chosen(env, wish.template)
    return chosen.template, chosen.kept


def sketch(env: Any, template: Template, lenient: bool = False) -> Plan:
    """The campaign that a template would make, whatever its name.

    Lists that are given only when a campaign is made get examples.
    Contacts are given then, too: no quorum is out of reach here. With
    `lenient`, whatever it names is taken for known to Trac.
    """
    people_enough = frozenset(
        f'contact {number}' for number in range(QUORUM_MAX + 1))
    known = replace(people.known(env, fields=writable_fields(env)),
                    administrators=people_enough)
    if lenient:
        named = contacts_named(template)
        strange = [c[1:] for c in named
                   if c[:1] == GROUP and c[1:] not in known.groups]
        known = replace(
            known, users=(*known.users, *named), fields=None, groups={
                **known.groups, **dict.fromkeys(strange, people_enough)})
    return plan(Wish(SKETCH, '', lists_text=as_toml(examples(template))),
                template, known)


def _planned(env: Any, wish: Wish, taken: bool) -> Plan:
    template, kept = template_of(env, wish)
    names = milestone_names(tidy(wish.name), template)
    known = people.known(env, tuple(store.milestones_among(env, names)),
                         taken, writable_fields(env))
    return _from(kept, plan(wish, template, known))


def _from(kept: Kept | None, plan_: Plan) -> Plan:
    """The plan, with the template's name and version in its campaign."""
    if kept is None:
        return plan_
    state = plan_.state
    return replace(plan_, state=replace(state, campaign=replace(
        state.campaign, template=kept.name, template_version=kept.version)))


def writable_fields(env: Any) -> dict[str, tuple[str, ...] | None]:
    """The ticket fields that a template may write, with their options."""
    found: dict[str, tuple[str, ...] | None] = {}
    for each in TicketSystem(env).get_ticket_fields():
        if each['name'] in TICKET_FIELDS or each.get('custom'):
            kind = each.get('type')
            options = each.get('options')
            found[each['name']] = (
                ('0', '1') if kind == 'checkbox' else
                () if kind == 'time' else
                tuple(options) if options is not None else None)
    return found


def _make(book: store.Book, plan_: Plan, actor: str,
          like: str) -> list[int]:
    env, state = book.env, plan_.state
    if state.campaign.release:
        ensure_version(env, state.campaign.release)
    for stage in state.stages:
        make_milestone(env, stage, state.campaign.name, len(state.stages),
                       plan_.descriptions[stage.key])
    blank = Ticket(env)
    made = {r.key: make_ticket(_another(blank), state, r, plan_.words[r.key],
                               actor) for r in state.requirements}
    complete = with_tickets(state, {
        key: (ticket.id, to_utimestamp(ticket['time']))
        for key, ticket in made.items()})
    book.begin(to_utimestamp(datetime_now(utc)), actor,
               state.campaign.release,
               plan_payload(complete, plan_.template.source, like))
    return [ticket.id for ticket in made.values()]


def _another(blank: Ticket) -> Ticket:
    """Another new ticket.

    Trac reads and copies all its fields for each; that costs more than to
    store one.
    """
    ticket = copy(blank)
    ticket.values, ticket._old = dict(blank.values), {}
    return ticket


def _type(ticket: Ticket) -> str:
    """`task`, as the source has it, or what the site has in its place."""
    options = (ticket.fields.by_name('type') or {}).get('options', ())
    return USUAL_TYPE if USUAL_TYPE in options else ticket['type'] or ''


def _first_component(ticket: Ticket) -> str:
    """What Trac's own form would choose where the field may not be empty."""
    options = (ticket.fields.by_name('component') or {}).get('options')
    return options[0] if options else ''


def _component_owner(env: Any, name: str) -> str:
    try:
        return TicketComponent(env, name).owner or '' if name else ''
    except ResourceNotFound:
        return ''
