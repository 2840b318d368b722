"""Users and permissions: who Trac's people are, and what they may do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

from trac.perm import PermissionCache, PermissionSystem

from prodworkflow import store
from prodworkflow.domain.dates import day_of
from prodworkflow.domain.model.permissions import (
    ADMIN,
    GRANTS,
    SignerFacts,
    WAIVE,
)
from prodworkflow.domain.model.person import GROUP, Person
from prodworkflow.domain.planning.signers import SiteFacts
from prodworkflow.gateways.clock import now
from prodworkflow.gateways.signers import Acquaintance, SignerRights
from prodworkflow.gateways.site_words import site_words


def person(env: Any, name: str, perm: Any) -> Person:
    """The person of a login, with groups and our permissions.

    `perm` is Trac's permission cache of that login.
    """
    groups = PermissionSystem(env).get_permission_groups(name)
    return Person(name, frozenset(groups),
                  frozenset(g for g in GRANTS if g in perm))


def known_person(env: Any, name: str) -> Person:
    """The person of a login that somebody else has checked, or nobody."""
    if not name:
        return Person('unknown')
    return person(env, name, PermissionCache(env, name))


def notice_log_in(env: Any, req: Any) -> None:
    """Let Trac know a user whose first log-in it has not taken notice of.

    Trac 1.6 forgets to, where somebody was there before as anonymous: it
    stores the session and goes on with the users that it has in its cache.
    """
    if (not req.path_info.startswith('/chrome/') and req.is_authenticated
            and req.authname not in env.get_known_users(as_dict=True)
            and req.session.last_visit):
        env.invalidate_known_users_cache()


def shell_user(env: Any, name: str) -> Person:
    """Whoever runs trac-admin: has all our permissions, signs as nobody."""
    return Person(name, frozenset(), frozenset(GRANTS))


def site_facts(env: Any, milestones: tuple[str, ...] = (),
               taken: bool = False, fields: Mapping[str, Any] | None = None
          ) -> SiteFacts:
    """What a plan is checked against: users, groups, administrators.

    `milestones` are those in its way, `taken` says that its name is; `fields`
    are the ticket fields, where a plan has to fit them.
    """
    users = store.known_users(env)
    groups = group_members(env, users)
    return SiteFacts(tuple(users), milestones, taken, groups,
                     administrators(env, groups), fields,
                     holders(env, groups, WAIVE), day_of(now()),
                     SignerRights(env),
                     None if fields is None else site_words(env),
                     known=Acquaintance(env).known)


def signer_facts(env: Any) -> SignerFacts:
    """What Trac says of all who may be to sign."""
    groups, people = GroupMembers(env), Acquaintance(env)
    return SignerFacts(groups, lambda: administrators(env, groups),
                       SignerRights(env), people.known, people.met)


class GroupMembers(Mapping[str, frozenset[str]]):
    """The members of each permission group, looked up when it is asked."""

    def __init__(self, env: Any) -> None:
        self._env = env

    @cached_property
    def _groups(self) -> dict[str, frozenset[str]]:
        return group_members(self._env, [name for name, _, _ in
                                         self._env.get_known_users()])

    def __getitem__(self, group: str) -> frozenset[str]:
        return self._groups[group]

    def __iter__(self) -> Iterator[str]:
        return iter(self._groups)

    def __len__(self) -> int:
        return len(self._groups)


def group_members(env: Any, users: list[str]) -> dict[str, frozenset[str]]:
    """The members of each permission group, by its name.

    Of the users given and of all who have a permission.
    """
    system = PermissionSystem(env)
    groups: dict[str, set[str]] = {g: set() for g in system.get_groups_dict()}
    named = {name for name, _ in system.get_all_permissions()
             if name not in groups}
    for user in {*users, *named} - {'anonymous', 'authenticated'}:
        for group in system.get_permission_groups(user):
            groups.setdefault(group, set()).add(user)
    return {group: frozenset(people) for group, people in groups.items()}


def people_of(env: Any, contacts: Iterable[str]) -> tuple[str, ...]:
    """The people behind contacts: each group replaced by its members."""
    contacts = list(contacts)
    groups = (group_members(env, store.known_users(env))
              if any(c[:1] == GROUP for c in contacts) else {})
    return tuple(dict.fromkeys(
        name for c in contacts for name in (
            sorted(groups.get(c[1:], ())) if c[:1] == GROUP else [c])))


def administrators(env: Any,
                   groups: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """The people who hold CAMPAIGN_ADMIN, by themselves or in a group."""
    return holders(env, groups, ADMIN)


def holders(env: Any, groups: Mapping[str, frozenset[str]],
            permission: str) -> frozenset[str]:
    """The people who hold a permission, by themselves or in a group."""
    named = PermissionSystem(env).get_users_with_permission(permission)
    people = {name for name in named if name not in groups}
    for group in named:
        people |= groups.get(group, frozenset())
    return frozenset(people)
