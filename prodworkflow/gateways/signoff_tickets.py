"""Sign-off tickets: creates the Trac ticket of a requirement."""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import copy
from typing import Any

from trac.resource import ResourceNotFound
from trac.ticket.api import TicketSystem
from trac.ticket.model import Component as TicketComponent
from trac.ticket.model import Ticket

from prodworkflow.domain.model.person import GROUP
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.state import State
from prodworkflow.domain.planning.site_words import FITTED, fitting
from prodworkflow.domain.planning.ticket_fields import TICKET_FIELDS
from prodworkflow.gateways.site_words import site_words
from prodworkflow.gateways.tickets import BORN, MARK
from prodworkflow.gateways.workflow import first_status

USUAL_TYPE = 'task'
CC_MARKS = re.compile(r'[\s,;]')


def new_ticket(env: Any, reporter: str) -> Ticket:
    """A new ticket, in the status in which Trac's form would begin it."""
    ticket = Ticket(env)
    ticket['status'] = first_status(ticket, reporter)
    return ticket


def make_ticket(ticket: Ticket, state: State, requirement: Requirement,
                words: Mapping[str, str], reporter: str) -> Ticket:
    """Insert the sign-off ticket of a requirement in its stage's milestone.

    `ticket` is a `new_ticket`, `words` maps field names to what the template
    writes. The first contact owns it, the others are in its CC, by their mail
    address where Trac would take their login apart there; a component without
    contacts goes to the component's owner. Words that the site lacks give way
    to those that Trac's own form would choose.
    """
    chosen = _chosen(ticket, state, words)
    first, *others = [c for c in requirement.contacts
                      if c[:1] != GROUP] or ['']
    values = {'summary': requirement.title, 'reporter': reporter,
              'owner': first or _component_owner(ticket.env,
                                                 chosen['component']),
              'cc': ', '.join(_in_cc(ticket.env, others)),
              'version': state.campaign.release,
              'milestone': state.stage(requirement.stage).milestone,
              **words, **chosen}
    for field, value in values.items():
        ticket[field] = value
    setattr(ticket, MARK, BORN)
    ticket.insert()
    return ticket


def _in_cc(env: Any, logins: list[str]) -> list[str]:
    """Logins as Trac's field CC can hold them.

    Trac parts it at blanks, commas and semicolons, and would send mail to
    others; in place of such a login stands its mail address, if Trac has one.
    """
    known = env.get_known_users(as_dict=True) if any(
        map(CC_MARKS.search, logins)) else {}
    found = [known.get(login, ('', ''))[1] if CC_MARKS.search(login)
             else login for login in logins]
    return [each for each in found if each and not CC_MARKS.search(each)]


def writable_fields(env: Any) -> dict[str, tuple[str, ...] | None]:
    """The ticket fields that a template may write, with their options.

    None stands for free text, an empty tuple for a time.
    """
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


def copy_of_new_ticket(blank: Ticket) -> Ticket:
    """A copy of a new ticket, for the next one of many.

    Trac reads and copies the definitions of all fields for each new ticket;
    that costs more than to store one.
    """
    ticket = copy(blank)
    ticket.values, ticket._old = dict(blank.values), {}
    return ticket


def _chosen(ticket: Ticket, state: State,
            words: Mapping[str, str]) -> dict[str, str]:
    """The template's words, else `task` as the source has it, else Trac's."""
    named = {'type': USUAL_TYPE, **words}
    return fitting({name: named.get(name) or '' for name in FITTED},
                   state.campaign, site_words(ticket.env))


def _component_owner(env: Any, name: str) -> str:
    try:
        return TicketComponent(env, name).owner or '' if name else ''
    except ResourceNotFound:
        return ''
