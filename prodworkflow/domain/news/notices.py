"""Notices: what people are told of a campaign, by mail or another way.

A notice says one thing to those whom it concerns. All that one cause has for
one person is their `PersonalNews`, which is one mail.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum


class Kind(str, Enum):
    """The kinds of notices; one can subscribe to each of its own."""

    MADE = 'made'
    TURN = 'turn'
    AGAIN = 'again'
    REJECTED = 'rejected'
    REMINDERS = 'reminders'
    WAIVERS = 'waivers'
    GATE = 'gate'
    RUNNING = 'running'
    NOBODY = 'nobody'
    UPSTREAM = 'upstream ticket'


@dataclass(frozen=True)
class NoticeLine:
    """One requirement or ticket that a notice is about.

    `words` are what is to be known of it beside its title; `requirement` is
    the key, '' for any other ticket; `due` None where there is no day;
    `concern` the number of what was found after the launch, 0 for nothing.
    """

    title: str
    words: str = ''
    ticket: int | None = None
    requirement: str = ''
    due: date | None = None
    concern: int = 0


@dataclass(frozen=True)
class Notice:
    """One thing that is told, and whom it is told to.

    `head` is the sentence that stands above the lines of one kind and cause;
    `subject` what a mail's subject says of it behind the campaign, such as
    'on hold', '' where the kind and the number of lines say it; `contacts`
    are as a requirement names them, logins and @groups, deputies of the day
    already in the place of those who are away; `holders` are permissions
    whose holders are told.
    """

    kind: Kind
    head: str
    line: NoticeLine | None = None
    contacts: tuple[str, ...] = ()
    holders: tuple[str, ...] = ()
    subject: str = ''


@dataclass(frozen=True)
class Section:
    """The notices of one kind and head for one person, a line each."""

    kind: Kind
    head: str
    lines: tuple[NoticeLine, ...] = ()
    subject: str = ''


@dataclass(frozen=True)
class PersonalNews:
    """All that one cause has for one person; one mail.

    Holds only what they may see.  `actor` is who caused it, '' where time
    did or they may not know it.  `waiting` is how many sign-offs of the
    campaign wait for them now, whether told of here or before.
    """

    campaign: str
    person: str
    actor: str
    sections: tuple[Section, ...]
    waiting: int = 0
