"""Signer register: what Trac says of those who are to sign, kept briefly.

As long as Trac itself keeps permissions, and no longer than its table and its
users stay as they are.
"""

from __future__ import annotations

import time
from typing import Any

from trac.perm import PermissionSystem

from prodworkflow.domain.rules.duties.signer_facts import SignerFacts
from prodworkflow.gateways.users import signer_facts

SECONDS = 5


class SignerRegister:
    """The signer facts of an environment, for all threads of a process."""

    def __init__(self, env: Any) -> None:
        self.env = env
        self._kept: tuple[float, Any, SignerFacts] | None = None
        self._seen: tuple[tuple[int, int], float] | None = None

    def key(self) -> object:
        """A key that changes with permissions, groups and known users.

        After a change it is another one each time, as long as Trac may still
        know the former permissions.
        """
        now, key = time.monotonic(), permissions_key(self.env)
        if self._seen is None or self._seen[0] != key:
            self._seen = (key, now if self._seen else now - 2 * SECONDS)
        return (key, now if now - self._seen[1] <= SECONDS else 0)

    def facts(self) -> SignerFacts:
        """The facts of this moment, at most SECONDS old."""
        now, key = time.monotonic(), permissions_key(self.env)
        kept = self._kept
        if kept is None or now - kept[0] > SECONDS or kept[1] != key:
            kept = self._kept = (now, key, signer_facts(self.env))
        return kept[2]


def permissions_key(env: Any) -> tuple[int, int]:
    """A key that changes with permissions, groups and known users."""
    return (hash(tuple(PermissionSystem(env).get_all_permissions())),
            hash(tuple(user for user, _, _ in env.get_known_users())))
