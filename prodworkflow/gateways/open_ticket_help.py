"""Who can help with open tickets: close them, or tolerate them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from trac.perm import PermissionCache
from trac.resource import Resource

from prodworkflow import store
from prodworkflow.domain.model.permissions import CHANGE, SEE, WAIVE
from prodworkflow.domain.rules.launch.open_tickets import TicketHelp
from prodworkflow.gateways.rights import lacking
from prodworkflow.gateways.users import administrators, group_members, holders


def ticket_help(env: Any,
                tickets: Collection[int]) -> dict[int, TicketHelp]:
    """Who can close or tolerate each of these tickets; one statement.

    Its owner closes one, or else administrators do: who may change it in Trac.
    """
    if not tickets:
        return {}
    users = [name for name, _, _ in env.get_known_users()]
    groups = group_members(env, users)
    admins, waiving = administrators(env, groups), holders(env, groups, WAIVE)
    owners = {number: row.owner for number, row in store.ticket_rows(
        env, list(tickets)).items()}

    def able(people: Collection[str], ticket: int,
             actions: tuple[str, ...]) -> tuple[str, ...]:
        resource = Resource('ticket', ticket)
        return tuple(p for p in sorted(people) if not lacking(
            PermissionCache(env, p), actions, resource))

    return {ticket: TicketHelp(
        able({owner} & {*users}, ticket, (SEE, *CHANGE))
        or able(admins, ticket, (SEE, *CHANGE)),
        able(waiving, ticket, (SEE,))) for ticket, owner in owners.items()}
