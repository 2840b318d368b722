"""Stranded requirements: those that nobody can sign any more.

An emptied group, contacts who may not see or change the ticket in Trac, users
who are gone: the rules know who is awaited, Trac knows who of them can come.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from prodworkflow.domain.dates import day_of
from prodworkflow.domain.model.person import GROUP
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.state import State
from prodworkflow.domain.model.vocabulary import Reason
from prodworkflow.domain.rules.answers import Answer, named
from prodworkflow.domain.rules.decision import Decision
from prodworkflow.domain.rules.duties.separation import signed_elsewhere
from prodworkflow.domain.rules.duties.signer_facts import (
    MOST,
    nothing_against,
    Obstruction,
    SignerFacts,
)
from prodworkflow.domain.text import joined, joined_by, Message, some

NONE_LEFT = Message('no contact is left who may sign it')


@dataclass(frozen=True)
class Stranded:
    """A requirement that too few people can sign, and why, in words."""

    requirement: Requirement
    words: str


def stranded(decision: Decision, facts: SignerFacts) -> tuple[Stranded, ...]:
    """The requirements for whose approval too few people are left.

    Those that are met, or covered by their group, need none.
    """
    state = decision.snapshot.state
    if state.campaign.ended:
        return ()
    day = day_of(decision.asked)
    found = (_Left(a, state, day, facts).words() for a in
             decision.launch.answers
             if a.blocks and a.reason is not Reason.TICKET_MISSING)
    return tuple(s for s in found if s)


@dataclass(frozen=True)
class _Left:
    """An unmet requirement beside those who could still sign it."""

    answer: Answer
    state: State
    day: date
    facts: SignerFacts

    def words(self) -> Stranded | None:
        """That too few are left; None if enough are."""
        asked = self.answer.requirement
        needed = max(asked.quorum - len(self.answer.signers), 1)
        able = self._able()
        if len(able) >= needed:
            return None
        about = {'requirement': named(self.answer), 'needed': needed,
                 'why': joined_by('; ', list(self._why()) or [NONE_LEFT]),
                 'able': joined(sorted(able))}
        return Stranded(asked, Message(
            'only %(able)s can still sign %(requirement)s, and %(needed)s '
            'have to: %(why)s; a holder of CAMPAIGN_ADMIN names others or '
            'lowers the quorum' if able else
            'nobody can sign %(requirement)s: %(why)s; a holder of '
            'CAMPAIGN_ADMIN names others', **about))

    def _able(self) -> set[str]:
        """The contacts and members for whom somebody can come."""
        who = self.answer.awaits
        if who.unstaffed:
            return self._can(set(self.facts.administrators()) - who.given)
        found = {d.stands_for for d in who.deputies if self._can({d.person})}
        for contact in who.contacts:
            found |= self._can(self._members(contact)
                               if contact[:1] == GROUP else {contact})
        return found

    def _members(self, group: str) -> frozenset[str]:
        """The members of a group who have not signed."""
        return (self.facts.members.get(group[1:], frozenset())
                - self.answer.awaits.given)

    def _can(self, people: Iterable[str]) -> set[str]:
        asked = self.answer.requirement
        return {p for p in people if not self.facts.obstruction(asked, p)
                and not signed_elsewhere(self.state, asked, p, self.day)}

    def _why(self) -> Iterable[str]:
        """Why nobody comes, a phrase for each contact."""
        who, asked = self.answer.awaits, self.answer.requirement
        if who.unstaffed:
            yield Message('it has no contacts, and nobody else who may see '
                          'and change its ticket holds CAMPAIGN_ADMIN')
        elif not who.anybody:
            yield NONE_LEFT
        for contact in who.contacts:
            people = {contact}
            if contact[:1] == GROUP:
                people = set(self._members(contact))
                if not people:
                    yield Message('%(group)s has no members left who could',
                                  group=contact[1:])
            yield from filter(None, (self.facts.obstruction(asked, p)
                                     for p in sorted(people)[:MOST]))
        if not who.unstaffed and who.anybody and self._able():
            yield Message('no more are named')


def unstaffed_notice(state: State, administrators: Iterable[str],
                     obstruction: Obstruction = nothing_against
                     ) -> Message | None:
    """That nobody can sign the requirements without contacts, if so."""
    alone = [r for r in state.requirements if not r.contacts and not any(
        not obstruction(r, person) for person in administrators)]
    return Message(
        'Nobody can sign %(requirements)s: no contacts are named, and no '
        'user who may see and change the tickets holds CAMPAIGN_ADMIN.',
        requirements=some([r.title for r in alone])) if alone else None
