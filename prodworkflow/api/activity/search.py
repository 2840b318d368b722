"""Search: names of campaigns, statements, evidence and reasons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from prodworkflow import store
from prodworkflow.api.activity.events import Events
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.text import joined, Message
from prodworkflow.domain.views.activity.findings import (
    asked_texts,
    Finding,
    holds,
    texts_of,
)
from prodworkflow.store import activity

NULL = '\0'


class Search:
    """Finds words in campaigns, as far as somebody may see them."""

    def __init__(self, env: Any, events: Events) -> None:
        self.env, self.events = env, events

    def findings(self, terms: Sequence[str], perm: Any) -> list[Finding]:
        """All in which each of the terms stands; [] for no terms.

        Empty ones are left out: they stand everywhere.
        """
        terms = [term for term in terms if term]
        if not terms or any(NULL in term for term in terms):
            return []
        with store.consistent_read(self.env):
            return [*self._campaigns(terms), *self._entries(terms, perm),
                    *self._asked(terms, perm)]

    # Internal methods

    def _campaigns(self, terms: Sequence[str]) -> Iterator[Finding]:
        for found in activity.campaigns_named(self.env, terms):
            words = (Message('%(phase)s, release %(release)s',
                             phase=found.phase, release=found.release)
                     if found.release else found.phase)
            yield Finding(found.name, None, found.name, words, found.time,
                          found.actor)

    def _entries(self, terms: Sequence[str],
                 perm: Any) -> Iterator[Finding]:
        entries = [e for e in activity.entries_saying(self.env, terms)
                   if holds(texts_of(e), terms)]
        for event in self.events.shown(entries, perm):
            yield Finding(event.campaign, event.ticket, event.title,
                          ' — '.join(texts_of(event.entry)),
                          event.event.time, event.event.actor)

    def _asked(self, terms: Sequence[str], perm: Any) -> Iterator[Finding]:
        asking = [(id_, r) for id_, r
                  in activity.requirements_asking(self.env, terms)
                  if holds(asked_texts(r), terms)]
        if not asking:
            return
        states = activity.states_of(self.env, {id_ for id_, _ in asking})
        filters = self.events.filters(states, perm, {})
        first = activity.beginnings(self.env)
        for id_, requirement in asking:
            seen = filters.get(id_)
            if seen and seen.visible(requirement):
                yield Finding(
                    seen.state.campaign.name, requirement.ticket,
                    _asks(seen.state.campaign.name, requirement),
                    joined(asked_texts(requirement)), first[id_].made,
                    first[id_].maker)


def _asks(campaign: str, requirement: Requirement) -> str:
    what = (f'#{requirement.ticket} {requirement.title}'
            if requirement.ticket else requirement.title)
    return Message('%(campaign)s: %(what)s asks for evidence',
                   campaign=campaign, what=what)
