"""Deputies of a person in whole campaigns: what is typed, and its problems.

A deputy is named for days to come: nobody becomes one in the past.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.logins import unquoted_login
from prodworkflow.domain.model.permissions import ADMIN
from prodworkflow.domain.model.person import (
    Deputy,
    GROUP,
    LOGIN,
    parsed_deputy,
    with_deputy,
)
from prodworkflow.domain.model.state import State
from prodworkflow.domain.planning.signers import (
    QUOTING,
    SHOWN,
    SiteFacts,
    unknown_contact,
)
from prodworkflow.domain.text import joined, Message

DEPUTIES_MAX = 100
FORM = Message('anna for bruno 2026-07-01..2026-07-14')
_PAIR = re.compile(rf'\s*{LOGIN}\s+for\s+{LOGIN}(\s|\Z)')


@dataclass(frozen=True)
class DeputyRequest:
    """A deputy to be named for a person, or to be one no more, as typed.

    `words` are like FORM, without days where it is to `end`.  With
    `unknown_contacts` Trac need not know the deputy.
    """

    words: str
    reason: str = ''
    end: bool = False
    unknown_contacts: bool = False

    @property
    def pair(self) -> tuple[str, str] | None:
        """Deputy and person of a deputyship that ends; None if unread."""
        found = _PAIR.match(self.words)
        return (unquoted_login(found[1]),
                unquoted_login(found[2])) if found else None


def named_deputy(wish: DeputyRequest, known: SiteFacts) -> Deputy:
    """The deputy that is asked for; InvalidRequest if it cannot be one."""
    known = replace(known, takes_unknown=wish.unknown_contacts)
    problems: list[tuple[str, str]] = []
    found = parsed_deputy(wish.words)
    if found is None:
        problems.append(('deputy', Message(
            '"%(text)s" names no deputy; write "%(form)s"%(hint)s.',
            text=wish.words[:SHOWN], form=FORM, hint=QUOTING)))
    elif (found.person == found.stands_for
          or GROUP in (found.person[:1], found.stands_for[:1])):
        problems.append(('deputy', Message(
            '%(person)s cannot stand for %(stands_for)s: a deputy and the '
            'one they stand for are two persons, and no groups.',
            person=found.person, stands_for=found.stands_for)))
    else:
        stranger = unknown_contact('deputy', found.person, known)
        problems = [('deputy', stranger)] if stranger else []
    if problems or found is None:
        raise InvalidRequest(problems)
    return found


def past_problem(deputy: Deputy, before: Iterable[Deputy],
                 today: date) -> Message | None:
    """Why a deputy cannot be named for these days; None if they can.

    `before` are the deputies that there are: one who began may be prolonged
    or end earlier.
    """
    began = any((d.person, d.stands_for, d.first) == (
        deputy.person, deputy.stands_for, deputy.first) for d in before)
    if deputy in before or (deputy.last >= today
                            and (began or deputy.first >= today)):
        return None
    if deputy.last < today:
        return Message('%(deputy)s is in the past; nobody becomes a deputy '
                       'for days that are over. Today is %(today)s (UTC).',
                       deputy=str(deputy), today=today)
    return Message('%(deputy)s begins in the past, and nobody becomes a '
                   'deputy for days that are over; write %(today)s..%(last)s '
                   '(UTC).', deputy=str(deputy), today=str(today),
                   last=str(deputy.last))


def is_named(state: State, person: str) -> bool:
    """Whether a person is a contact of a campaign by name."""
    return any(person in r.contacts for r in state.requirements)


def naming_problem(deputy: Deputy, state: State, today: date
                   ) -> Message | None:
    """Why a campaign cannot have a deputy; None if it can."""
    campaign = state.campaign
    past = past_problem(deputy, campaign.deputies, today)
    if past:
        return past
    if len(with_deputy(campaign.deputies, deputy)) > DEPUTIES_MAX:
        return Message('%(campaign)s has %(most)s deputies, and no more are '
                       'allowed; a holder of %(permission)s ends some.',
                       campaign=campaign.name, most=DEPUTIES_MAX,
                       permission=ADMIN)
    return None


def no_deputyship(wish: DeputyRequest, campaigns: Iterable[str]) -> Message:
    """That there is no such deputy in any of these campaigns to end."""
    return Message('"%(text)s" names no deputy of %(campaigns)s; their '
                   'pages name those there are.',
                   text=wish.words[:SHOWN],
                   campaigns=joined(list(campaigns), 'or')
                   or Message('any campaign under way'))


def nobody_to_stand_for(person: str, campaigns: Iterable[str]) -> Message:
    """That a person is no contact by name in any of these campaigns."""
    return Message('%(person)s is no contact of %(campaigns)s: a deputy '
                   'stands in for somebody who is named as a contact there, '
                   'not as a member of a group.', person=person[:SHOWN],
                   campaigns=joined(list(campaigns), 'or')
                   or Message('any campaign under way'))
