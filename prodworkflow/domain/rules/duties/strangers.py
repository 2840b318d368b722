"""Strangers: people who are named to sign, and have never logged in to Trac.

Where users come from htpasswd or LDAP, Trac knows nobody before the first
log-in.  Who is named can sign from then on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from prodworkflow.domain.logins import quoted_login
from prodworkflow.domain.model.person import GROUP
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.state import State
from prodworkflow.domain.text import Message, nearest, some


@dataclass(frozen=True)
class Stranger:
    """A login that has never logged in, and the requirements it is named for.

    `near` is the known login that is most like it, '' if none is.
    """

    login: str
    requirements: tuple[Requirement, ...]
    near: str = ''

    @property
    def words(self) -> Message:
        """Who that is, as a phrase, with what may have been meant."""
        found = Message(
            '%(person)s is named for %(requirements)s and has never logged '
            'in to Trac; they can sign once they have',
            person=quoted_login(self.login), requirements=some(
                [_title(r) for r in self.requirements]))
        return Message('%(found)s (did you mean %(near)s?)', found=found,
                       near=quoted_login(self.near)) if self.near else found


def strangers(requirements: Iterable[Requirement], state: State, day: date,
              met: Callable[[str], bool],
              known: Iterable[str] = ()) -> tuple[Stranger, ...]:
    """Those who are named for these requirements and have never logged in.

    By contact, or as a deputy for days that are not over; `met` says who has
    logged in, `known` holds the logins among which the nearest is looked for.
    """
    found: dict[str, list[Requirement]] = {}
    for requirement in requirements:
        for login in _named(requirement, state, day):
            if not met(login):
                found.setdefault(login, []).append(requirement)
    names = list(known)
    return tuple(Stranger(login, tuple(asked), nearest(login, names))
                 for login, asked in found.items())


def in_one_phrase(found: Iterable[Stranger]) -> Message | None:
    """All of them together; None if there are none."""
    people = [quoted_login(each.login) for each in found]
    return Message(
        'never logged in to Trac, and can sign once they have: %(people)s',
        people=some(people)) if people else None


def _named(requirement: Requirement, state: State, day: date) -> list[str]:
    """The logins of contacts and deputies, each once."""
    deputies = (*requirement.deputies, *state.campaign.deputies)
    return list(dict.fromkeys((
        *(c for c in requirement.contacts if c[:1] != GROUP),
        *(d.person for d in deputies
          if d.last >= day and d.stands_for in requirement.contacts))))


def _title(requirement: Requirement) -> str:
    return (f'#{requirement.ticket} {requirement.title}'
            if requirement.ticket else requirement.title)
