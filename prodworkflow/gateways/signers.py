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
from prodworkflow.domain.text import Message
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
        if person not in self._known:
            return Message('%(person)s is no user of Trac any more',
                           person=person)
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

    @cached_property
    def _known(self) -> frozenset[str]:
        """All who have logged in, or have a permission or group."""
        return frozenset([
            *(user for user, _, _ in self.env.get_known_users()),
            *(name for name, _ in
              PermissionSystem(self.env).get_all_permissions())])


def may_view(env: Any, person: str, ticket: int | None) -> bool:
    """Whether a person, given by name, may see a ticket."""
    return allowed(PermissionCache(env, person), SEE,
                   Resource('ticket', ticket))
