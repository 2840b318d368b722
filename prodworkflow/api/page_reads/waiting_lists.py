"""Waiting lists: which sign-offs wait for the viewer of any page of Trac.

At most two statements a page: a fingerprint of all campaigns, and, where it is
another one than before, the rows of those that name the viewer. What the rules
say is kept by what it was made of; Trac is asked each time whether the viewer
may see and sign what waits, so that nothing hidden counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from hashlib import blake2b
from typing import Any

from jinja2.utils import LRUCache
from trac.perm import PermissionSystem
from trac.resource import Resource

from prodworkflow import store
from prodworkflow.domain.dates import day_of
from prodworkflow.domain.model.permissions import CHANGE, SEE
from prodworkflow.domain.model.person import Person
from prodworkflow.domain.rules.decision import Decision
from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.views.waiting_signoffs import (
    waiting_signoffs,
    WaitingSignOff,
)
from prodworkflow.gateways import clock
from prodworkflow.gateways.rights import allowed, lacking

# Policies of Trac that say the same of all tickets, and of all milestones.
ALIKE = {'DefaultPermissionPolicy', 'DefaultTicketPolicy',
         'DefaultWikiPolicy', 'LegacyAttachmentPolicy', 'ReadonlyWikiPolicy'}
PEOPLE, CAMPAIGNS = 2000, 20000


class WaitingLists:
    """Finds what waits for people, for all threads of a process."""

    def __init__(self, env: Any) -> None:
        self.env = env
        self._people = LRUCache(PEOPLE)
        self._campaigns = LRUCache(CAMPAIGNS)

    def signoffs(self, person: Person, perm: Any) -> list[WaitingSignOff]:
        """What waits for a person; at most two statements."""
        asked = clock.now()
        who = repr((person.name, sorted(person.groups), sorted(person.grants),
                    day_of(asked)))
        key = (store.underway_fingerprint(self.env), who,
               store.done_statuses(self.env))
        found = self._people.get(key)
        if found is None:
            found = [each for record in store.records_concerning(
                self.env, person) for each in self._candidates(
                    blake2b(record.text() + who.encode()).digest(),
                    partial(_decided, record, asked), person)]
            self._people[key] = found
        return self._allowed(found, perm)

    def signoffs_among(self, campaigns: Iterable[tuple[
            bytes, Callable[[], Decision]]],
            person: Person, perm: Any) -> list[WaitingSignOff]:
        """The same of campaigns that were read; no statement.

        Each has a key of all that its decision and the person are made of;
        it is decided where that key is new.
        """
        return self._allowed([each for key, decision in campaigns
                              for each in self._candidates(key, decision,
                                                           person)], perm)

    # Internal methods

    def _candidates(self, key: bytes, decision: Callable[[], Decision],
                    person: Person) -> list[WaitingSignOff]:
        found: list[WaitingSignOff] | None = self._campaigns.get(key)
        if found is None:
            found = self._campaigns[key] = list(
                waiting_signoffs(decision(), person))
        return found

    def _allowed(self, found: list[WaitingSignOff],
                 perm: Any) -> list[WaitingSignOff]:
        """Those that Trac lets the holder of `perm` see and sign."""
        if self._tickets_are_alike():
            return found if found and _may_sign(perm, found[0]) else []
        return [each for each in found if _may_sign(perm, each)]

    def _tickets_are_alike(self) -> bool:
        """Whether no policy of the site tells one ticket from another."""
        return all(type(policy).__name__ in ALIKE
                   for policy in PermissionSystem(self.env).policies)


def _decided(record: store.CampaignRows, asked: int) -> Decision:
    return decide(store.snapshot_of(record), asked)


def _may_sign(perm: Any, each: WaitingSignOff) -> bool:
    return not lacking(perm, (SEE, *CHANGE), Resource(
        'ticket', each.ticket)) and allowed(
        perm, 'MILESTONE_VIEW', Resource('milestone', each.milestone))
