"""Signer register: what Trac says of those who are to sign, kept briefly.

As long as Trac itself keeps permissions, and no longer than its table and its
users stay as they are.  So many decisions ask a permission policy once.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any
from weakref import WeakKeyDictionary

from trac.perm import PermissionSystem

from prodworkflow.domain.model.permissions import SignerFacts
from prodworkflow.domain.model.snapshot import Snapshot
from prodworkflow.domain.model.state import State
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

    def forget(self) -> None:
        """Ask Trac anew, next time."""
        self._kept = None

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


_noticed: WeakKeyDictionary[Any, tuple[int, int]] = WeakKeyDictionary()


def notice_changed_permissions(env: Any) -> None:
    """Let Trac know at once who holds a permission since they changed.

    It goes on for some seconds with the holders that it has in its cache.
    """
    key = permissions_key(env)
    if _noticed.get(env) != key:
        PermissionSystem(env).permission_cache.clear()
        _noticed[env] = key


_registers: WeakKeyDictionary[Any, SignerRegister] = WeakKeyDictionary()


def signer_register(env: Any) -> SignerRegister:
    """The register of an environment."""
    return _registers.setdefault(env, SignerRegister(env))


def knowing(env: Any, state: State) -> State:
    """A state that knows what Trac says of its signers.

    Trac is asked only where somebody is named.
    """
    return replace(state, signers=_later(signer_register(env).facts))


def with_signers(env: Any, snapshot: Snapshot) -> Snapshot:
    """A snapshot whose state knows what Trac says of its signers."""
    return replace(snapshot, state=knowing(env, snapshot.state))


def _later(read: Callable[[], SignerFacts]) -> SignerFacts:
    """Facts that are read when the first of them is asked for."""
    once = lru_cache(maxsize=1)(read)
    return SignerFacts(_Members(once), lambda: once().administrators(),
                       lambda asked, person: once().obstruction(asked, person),
                       lambda person: once().known(person),
                       lambda person: once().met(person))


class _Members(Mapping[str, frozenset[str]]):
    """The members of groups, read when they are asked for."""

    def __init__(self, facts: Callable[[], SignerFacts]) -> None:
        self._facts = facts

    def __getitem__(self, group: str) -> frozenset[str]:
        return self._facts().members[group]

    def __iter__(self) -> Iterator[str]:
        return iter(self._facts().members)

    def __len__(self) -> int:
        return len(self._facts().members)
