"""Stranded requirements: those that nobody can sign any more.

An emptied group, contacts who may not see or change the ticket in Trac, users
who are gone: the rules know who is awaited, Trac knows who of them can come.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from prodworkflow.domain.dates import day_of
from prodworkflow.domain.logins import joined_logins
from prodworkflow.domain.model.permissions import (
    nothing_against,
    Obstruction,
    SignerFacts,
)
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.state import State
from prodworkflow.domain.model.vocabulary import Reason
from prodworkflow.domain.rules.answers import Answer, named
from prodworkflow.domain.rules.decision import Decision
from prodworkflow.domain.rules.duties.awaited import Awaited, within_rights
from prodworkflow.domain.rules.duties.rights import SignerRights, told_once
from prodworkflow.domain.text import joined_by, Message, some

NONE_LEFT = Message('no contact is left who may sign it')


@dataclass(frozen=True)
class Stranded:
    """A requirement that too few people can sign, and why, in words."""

    requirement: Requirement
    words: Message


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
             if a.blocks and a.reason is not Reason.TICKET_MISSING
             and not a.awaits.reported)
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
                 'able': joined_logins(sorted(able))}
        return Stranded(asked, Message(
            'only %(able)s can still sign %(requirement)s, and %(needed)s '
            'have to: %(why)s; a holder of CAMPAIGN_ADMIN names others or '
            'lowers the quorum' if able else
            'nobody can sign %(requirement)s: %(why)s; a holder of '
            'CAMPAIGN_ADMIN names others', **about))

    def _able(self) -> set[str]:
        """The contacts and members for whom somebody can come."""
        who = self._who
        return {*who.administrators, *(d.stands_for for d in who.deputies),
                *(p for c in who.contacts
                  for p in self._rights.able(self._rights.people(c)))}

    def _why(self) -> Iterable[str]:
        """Why nobody comes, a phrase for each contact."""
        who = self._who
        if not (who.anybody or who.obstructions):
            yield NONE_LEFT
        yield from who.obstructions
        for contact in who.contacts:
            yield from self._rights.against(contact)
        if who.anybody and not who.unstaffed:
            yield Message('no more are named')

    @cached_property
    def _who(self) -> Awaited:
        """Those who are awaited and whom Trac lets come."""
        return within_rights(self.answer.awaits, self.answer.requirement,
                             self.state, self.day, self.facts)

    @cached_property
    def _rights(self) -> SignerRights:
        return SignerRights(self.answer.requirement, self.state, self.day,
                            self.facts, self.answer.awaits.given)


def left_out(answers: Iterable[Answer],
             told: Iterable[Stranded]) -> list[str]:
    """That people are named whom Trac refuses, where enough others can sign.

    One sentence for all of them, a phrase for each; [] if there are none.
    What is `told` already is not told again.
    """
    known = {each.requirement.key for each in told}
    found = told_once(words for a in answers
                      if a.blocks and a.requirement.key not in known
                      for words in a.awaits.obstructions)
    return [Message('named to sign, but refused by Trac: %(why)s',
                    why=joined_by('; ', found))] if found else []


def refused_notice(state: State, facts: SignerFacts) -> Message | None:
    """That people are named whom Trac refuses, before a campaign is made."""
    found = told_once(
        words for r in state.requirements for contact in r.contacts
        if not facts.lets(r, contact, state.campaign.newcomers)
        for words in SignerRights(r, state, date.min, facts).against(contact))
    return Message('Named to sign, but refused by Trac: %(why)s.',
                   why=joined_by('; ', found)) if found else None


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
