"""Move a campaign to a new release or patch: preview, and the act itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from trac.ticket.model import Ticket
from trac.util.datefmt import to_utimestamp

from prodworkflow import store
from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.model.notifications import TicketNews
from prodworkflow.domain.model.permissions import ADMIN
from prodworkflow.domain.model.person import Person
from prodworkflow.domain.model.state import State
from prodworkflow.domain.planning.releases.comments import comment
from prodworkflow.domain.planning.releases.effect import (
    Fate,
    MovedRequirement,
    release_effect,
    ReleaseEffect,
)
from prodworkflow.domain.planning.releases.request import (
    no_version,
    ReleaseRequest,
    renaming_problems,
)
from prodworkflow.domain.planning.releases.titles import TextChange
from prodworkflow.domain.rules.decision import Decision
from prodworkflow.domain.rules.lifecycle_actions import read_only
from prodworkflow.domain.template.model import Template
from prodworkflow.domain.text import joined, Message, phrase
from prodworkflow.domain.views.visibility import HiddenWords
from prodworkflow.gateways.clock import now
from prodworkflow.gateways.milestones import follow_description
from prodworkflow.gateways.tickets import (
    ensure_version,
    next_change_time,
    save_recorded,
    version_exists,
)
from prodworkflow.gateways.workflow import reopened_values
from prodworkflow.services import templates
from prodworkflow.services.gates.reconciliation import reconcile
from prodworkflow.services.gates.verification import verified_decision
from prodworkflow.services.opening import opened
from prodworkflow.services.refusals import GateShut
from prodworkflow.services.revisions import FormRevision, require_unchanged

STAYS = Message('The release stays as it is')
RENAMED_IN_TRAC = Message('It was renamed in Trac.')


def preview(env: Any, decision: Decision,
            wish: ReleaseRequest) -> ReleaseEffect:
    """What a move would do; nothing is changed.

    InvalidRequest names all that is wrong with it, but for its reason.
    """
    snapshot = decision.snapshot
    _check_renaming(env, snapshot.state, wish)
    return release_effect(decision, wish, _template(
        env, snapshot.id, snapshot.state), False)


def move(env: Any, campaign: int, person: Person, wish: ReleaseRequest,
         revision: FormRevision | None = None) -> ReleaseEffect:
    """Move a campaign to a release, or follow a new name of the present one.

    GateShut if the person may not, or if the effect is not the one that was
    confirmed; InvalidRequest names all that is wrong.
    """
    with opened(env, campaign) as book:
        _check_permission(book.state, person)
        require_unchanged(book, revision, {'release': wish.name}, STAYS)
        _check_renaming(env, book.state, wish)
        effect = release_effect(verified_decision(env, book.snapshot()), wish,
                                _template(env, campaign, book.state))
        if wish.confirmed not in ('', effect.digest):
            raise GateShut(STAYS, [
                Message(
                    'what the move would do has changed since it was '
                    'shown; look at it once more')])
        _Move(book, person, effect).act()
        return effect


class _Move:
    """One move: the entry, the tickets and the milestones."""

    def __init__(self, book: store.Book, person: Person,
                 effect: ReleaseEffect) -> None:
        self.book, self.person, self.effect = book, person, effect
        there = book.snapshot().tickets
        self.whens = {
            m.requirement.key: next_change_time(
                Ticket(book.env, m.requirement.ticket))
            for m in effect.moved if m.requirement.key in there}

    def act(self) -> None:
        """Record the move, let tickets and milestones follow, reconcile."""
        wish, before = self.effect.wish, self.book.state
        ensure_version(self.book.env, wish.name)
        seen = {k: to_utimestamp(self.whens[k]) for k in self.effect.reopened}
        if wish.renamed:
            self._record('release-renamed', was=self.effect.was)
        else:
            self._record('released', **self.effect.payload(seen))
        with self.book.without_reconciling():
            for each in self.effect.moved:
                if each.requirement.key in self.whens:
                    self._follow(each)
            for stage in before.stages:
                text = self.effect.texts.milestones.get(stage.key)
                if text:
                    follow_description(self.book.env, stage, text.was,
                                       text.text)
        reconcile(self.book, self.person.name, Message(
            'the campaign moved to release %(release)s', release=wish.name))

    def _record(self, verb: str, **payload: Any) -> None:
        payload.setdefault('release', self.effect.wish.name)
        payload.setdefault('reason', self.effect.wish.reason)
        payload.setdefault('titles', {
            key: each.text for key, each in self.effect.texts.titles.items()})
        self.book.record(now(), self.person.name, verb, **payload)

    def _follow(self, each: MovedRequirement) -> None:
        """Give a ticket the version and texts of the release, and say why."""
        key = each.requirement.key
        ticket = Ticket(self.book.env, each.requirement.ticket)
        texts = dict(self.effect.texts.fields.get(key, {}))
        title = self.effect.texts.titles.get(key)
        if title:
            texts['summary'] = title
        values, kept = followed(ticket, texts)
        values['version'] = self.effect.wish.name
        if each.reopened:
            values.update(reopened_values(ticket))
        self._save(each, ticket, self.whens[key], values,
                   comment(self.effect, self._alone(each), list(values),
                           kept))

    def _alone(self, each: MovedRequirement) -> MovedRequirement:
        """Why it moves so, other tickets by their numbers alone.

        Who reads a ticket's comments may not see those.
        """
        state, bases = self.book.state, each.requirement.rests_on
        if not (bases and HiddenWords.of_others(
                state, each.requirement).mention(each.why)):
            return each
        names = [f'#{m.requirement.ticket}' for m in self.effect.moved
                 if m.asked and m.requirement.key in bases]
        names += [g.title for g in state.groups if g.key in bases]
        return replace(each, why=Message(
            'it rests on what is asked again: %(bases)s',
            bases=joined(names)))

    def _save(self, each: MovedRequirement, ticket: Ticket, when: datetime,
              values: dict[str, str], words: str) -> None:
        save_recorded(ticket, self.person.name, when, words, **values)
        if each.fate in (Fate.AGAIN, Fate.CARRIED):
            self.book.news.append(TicketNews(ticket.id, when,
                                             self.person.name, words))


def follow_version(book: store.Book, name: str, person: Person) -> None:
    """Follow the present release to its new name, which Trac has given it."""
    wish = ReleaseRequest(name, (), RENAMED_IN_TRAC, renamed=True)
    _check_renaming(book.env, book.state, wish)
    _Move(book, person, release_effect(
        verified_decision(book.env, book.snapshot()), wish,
        _template(book.env, book.campaign, book.state))).act()


def followed(ticket: Ticket, texts: Mapping[str, TextChange]
             ) -> tuple[dict[str, str], list[str]]:
    """The fields of a ticket that follow, and those that somebody changed."""
    values: dict[str, str] = {}
    kept: list[str] = []
    for name, change in texts.items():
        if (ticket[name] or '').strip() == change.was.strip():
            values[name] = change.text
        else:
            kept.append(name)
    return values, kept


def unknown_version(env: Any, state: State) -> list[str]:
    """That a campaign's release is no version of Trac's; [] if it is one."""
    release = state.campaign.release
    return ([] if not release or version_exists(env, release)
            else [no_version(release)])


def _template(env: Any, campaign: int, state: State) -> Template | None:
    """The template it was created from; None if it cannot be read now."""
    try:
        return templates.of_campaign(env, campaign, state.campaign)
    except ValueError:  # InvalidRequest, too
        return None


def _check_renaming(env: Any, state: State, wish: ReleaseRequest) -> None:
    """InvalidRequest unless a release that is renamed was so in Trac."""
    if wish.renamed and state.campaign.release:
        names = (state.campaign.release, wish.name)
        problems = renaming_problems(
            state, wish, [n for n in names if version_exists(env, n)])
        if problems:
            raise InvalidRequest(problems)


def _check_permission(state: State, person: Person) -> None:
    refusal = read_only(state) if state.campaign.ended else ''
    if not person.may(ADMIN):
        refusal = Message(
            '%(person)s may not; only a holder of %(permission)s moves '
            'a campaign to another release',
            person=person.name, permission=ADMIN)
    if refusal:
        raise GateShut(STAYS, [phrase(refusal)])
