"""Signers in Trac: who may see and change the tickets that they are to sign.

Permissions and users are looked up through Trac's own caches.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

from trac.perm import PermissionCache, PermissionSystem
from trac.resource import Resource

from prodworkflow.domain.model.permissions import CHANGE, SEE
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.rules.duties.rights import refused
from prodworkflow.gateways.rights import allowed, lacking


class SignerRights:
    """Why people cannot sign a requirement's ticket; each is asked once.

    A requirement without a ticket stands for tickets in general.
    """

    def __init__(self, env: Any) -> None:
        self.env = env
        self._perms: dict[str, PermissionCache] = {}
        self._found: dict[tuple[str, int | None], str] = {}

    def __call__(self, requirement: Requirement, person: str) -> str:
        """The obstruction in words, '' if there is none."""
        if person not in self._perms:
            self._perms[person] = PermissionCache(self.env, person)
        ticket = requirement.ticket or None
        if (person, ticket) not in self._found:
            self._found[person, ticket] = self._asked(person, ticket)
        return self._found[person, ticket]

    def _asked(self, person: str, ticket: int | None) -> str:
        """What Trac says of a person and a ticket."""
        permission = lacking(self._perms[person], (SEE, *CHANGE),
                             Resource('ticket', ticket))
        return refused(person, ticket, permission) if permission else ''


class Acquaintance:
    """Whom Trac knows: who has logged in, or stands among its permissions."""

    def __init__(self, env: Any) -> None:
        self.env = env

    def known(self, person: str) -> bool:
        """Whether somebody has logged in, or has a permission or group."""
        return self.met(person) or person in self._permitted

    def met(self, person: str) -> bool:
        """Whether somebody has logged in."""
        return person in self._users

    @cached_property
    def _users(self) -> frozenset[str]:
        return frozenset(user for user, _, _ in self.env.get_known_users())

    @cached_property
    def _permitted(self) -> frozenset[str]:
        return frozenset(name for name, _ in PermissionSystem(
            self.env).get_all_permissions())


def may_view(env: Any, person: str, ticket: int | None) -> bool:
    """Whether a person, given by name, may see a ticket."""
    return allowed(PermissionCache(env, person), SEE,
                   Resource('ticket', ticket))
