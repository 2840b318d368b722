"""Rows of the "waits for" table: one sign-off, or one group of sign-offs."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from prodworkflow.domain.logins import quoted_login
from prodworkflow.domain.model.person import Deputy
from prodworkflow.domain.rules.answers import Answer, named
from prodworkflow.domain.rules.decision import Coverage
from prodworkflow.domain.text import joined_by, Message

WHY = {
    'awaiting': Message('nobody has signed yet'),
    'quorum-short': Message('more signatures needed'),
    'rejected': Message('rejected'),
    'withdrawn': Message('the sign-off was withdrawn'),
    'objected': Message('an objection awaits an answer'),
    'stale': Message('signed before the release, or what it '
                     'rests on, changed'),
    'evidence-changed': Message('approved for other evidence'),
    'evidence-missing': Message('evidence is missing'),
    'out-of-bounds': Message('out of bounds'),
    'closed-unsigned': Message('closed without a sign-off'),
    'ticket-missing': Message('its ticket is gone'),
}


@dataclass(frozen=True)
class WaitingLine:
    """One row: an unmet sign-off, or the unmet ones of `group`."""

    answers: tuple[Answer, ...]
    group: Coverage | None = None

    @property
    def words(self) -> str:
        """The sign-off's name, or the state of the group."""
        if self.group is None:
            return named(self.answers[0])
        return Message('%(group)s: %(words)s', group=self.group.group.title,
                       words=self.group.brief)

    @property
    def contacts(self) -> tuple[str, ...]:
        """The contacts that are awaited, each once, in order."""
        return tuple(dict.fromkeys(
            c for a in self.answers for c in a.awaits.contacts))

    def deputies(self, contact: str) -> tuple[str, ...]:
        """The deputies of a contact who can help, each once, in order."""
        return tuple(dict.fromkeys(
            d.person for a in self.answers for d in a.awaits.deputies
            if d.stands_for == contact))

    @property
    def stand_ins(self) -> tuple[Deputy, ...]:
        """The deputies of contacts who are not awaited themselves."""
        contacts = self.contacts
        return tuple(dict.fromkeys(
            d for a in self.answers for d in a.awaits.deputies
            if d.stands_for not in contacts))

    @staticmethod
    def written(login: str) -> str:
        """A login as it stands in a list."""
        return quoted_login(login)

    @property
    def unstaffed(self) -> bool:
        """Whether an administrator is awaited, for want of contacts."""
        return any(a.awaits.unstaffed and a.awaits.anybody
                   for a in self.answers)

    @property
    def deserted(self) -> bool:
        """Whether nobody is left who could help with one of them."""
        return any(not a.awaits.anybody for a in self.answers)

    @property
    def why(self) -> str:
        """The reasons in few words; of several, the number of each."""
        found = Counter(WHY[a.reason.value] for a in self.answers if a.reason)
        if len(found) == 1:
            return next(iter(found))
        return joined_by(', ', [
            Message('%(count)s × %(words)s', count=count, words=words)
            for words, count in found.most_common()])


def waits(waiting: tuple[Answer, ...],
          groups: tuple[Coverage, ...]) -> tuple[WaitingLine, ...]:
    """The rows for unmet answers, in the campaign's order."""
    whole = {g.group.key: g for g in groups}
    lines: dict[str, list[Answer]] = {}
    for answer in waiting:
        requirement = answer.requirement
        group = requirement.group if requirement.group in whole else ''
        lines.setdefault(f'{group}/' if group else requirement.key,
                         []).append(answer)
    return tuple(WaitingLine(tuple(answers), whole.get(key[:-1])
                             if key[-1:] == '/' else None)
                 for key, answers in lines.items())


def awaited_counts(waiting: tuple[Answer, ...]) -> dict[str, int]:
    """How many unmet sign-offs each contact or stand-in can help with.

    Groups stand behind an @, '' for the administrators; the busiest first.
    """
    found = Counter(
        name for a in waiting for name in dict.fromkeys((
            *a.awaits.contacts,
            *(d.person for d in a.awaits.deputies
              if d.stands_for not in a.awaits.contacts),
            *([''] if a.awaits.unstaffed and a.awaits.anybody else []))))
    return dict(found.most_common())
