"""Signers of a requirement: validation of contacts, deputies and quorum.

Pure: users and groups of Trac are arguments.  Problems are (field, message),
and each message names the remedy.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from prodworkflow.domain.logins import joined_logins, quoted_login
from prodworkflow.domain.model.permissions import (
    everybody,
    nothing_against,
    Obstruction,
    SignerFacts,
)
from prodworkflow.domain.model.person import Deputy, GROUP, parsed_deputy
from prodworkflow.domain.model.requirement import QUORUM_MAX, Requirement
from prodworkflow.domain.planning.freezes import SiteWords
from prodworkflow.domain.template.expansion import Expanded
from prodworkflow.domain.text import joined, Message, suggest


@dataclass(frozen=True)
class SignerAssignment:
    """Contacts and quorums as typed, to be validated.

    `keys` are those of the template; `contacts` and `quorums` are by the key
    of a requirement or of a whole group.  Problems are appended to `problems`.
    """

    keys: list[str]
    contacts: Mapping[str, tuple[str, ...]]
    quorums: Mapping[str, str]
    known: SiteFacts
    problems: list[tuple[str, str]]

    def staffed(self, drafts: list[Expanded]) -> tuple[Requirement, ...]:
        """Give requirements their contacts and quorums."""
        self._strange(drafts)
        found = tuple(self._one(d.requirement) for d in drafts)
        told: set[tuple[str, str]] = set()
        for each in found:
            for person in each.contacts:
                where = (each.key if each.key in self.contacts
                         else each.group or each.key)
                if (where, person) not in told:
                    told.add((where, person))
                    self.problems.extend(contact_problems(
                        where, (person,), self.known))
        return found

    def _strange(self, drafts: list[Expanded]) -> None:
        """Report the keys that no requirement has."""
        keys = [*self.keys,
                *(d.requirement.key for d in drafts if d.requirement.group)]
        known = set(keys)
        self.problems.extend(
            (f'{what}:{key}', Message(
                'There is no requirement "%(key)s".%(suggestion)s Known are '
                '%(keys)s.', key=key[:SHOWN], keys=joined(keys[:20]),
                suggestion=suggest(key, keys)))
            for what, given in (('contact', self.contacts),
                                ('quorum', self.quorums))
            for key in given if key not in known)

    def _one(self, draft: Requirement) -> Requirement:
        contacts, quorums = self.contacts, self.quorums
        people = contacts.get(draft.key)
        if people is None and draft.group:
            people = contacts.get(draft.group) or None
        number = quorums.get(draft.key) or quorums.get(draft.group) or ''
        return replace(
            draft,
            contacts=tuple(dict.fromkeys(
                draft.contacts if people is None else people)),
            quorum=quorum(draft.key, number, self.problems) if number
            else draft.quorum)


SHOWN = 64
REMEDY = Message(
    'Correct the login; or, if it is right, tick “Name people who have never '
    'logged in”, or give --unknown-contacts on the command line: they can '
    'sign once they have logged in.')
QUOTING = Message('; a login with blanks in it stands between quotation '
                  'marks, as in %(example)s', example='"Doe, Jane" for anna')


ALL = ('anonymous', 'authenticated')


LOGIN_MAX = 255


@dataclass(frozen=True)
class SiteFacts:
    """Users, groups, milestones and ticket fields of the Trac site.

    `groups` maps permission groups to their members; `administrators` hold
    CAMPAIGN_ADMIN, `waiving` CAMPAIGN_WAIVE. `fields` maps the ticket fields
    that a template may set to their options, None for free text; None as a
    whole switches the check of fields off.  `today` is the day (UTC), None
    where it does not matter. `obstruction` gives why somebody cannot sign
    although they are named. `words` are the site's words for what Trac
    chooses where a template names none that it has; None to compare with
    nothing. With `takes_unknown` people may be named whom Trac does not know;
    `known` says whether it knows one, be it only by a permission.
    """

    users: tuple[str, ...]
    milestones: tuple[str, ...] = ()
    campaign_exists: bool = False
    groups: Mapping[str, frozenset[str]] = field(default_factory=dict)
    administrators: frozenset[str] = frozenset()
    fields: Mapping[str, tuple[str, ...] | None] | None = None
    waiving: frozenset[str] = frozenset()
    today: date | None = None
    obstruction: Obstruction = nothing_against
    words: SiteWords | None = None
    takes_unknown: bool = False
    known: Callable[[str], bool] = everybody

    @property
    def signers(self) -> SignerFacts:
        """What is known of the people who are to sign."""
        return SignerFacts(self.groups, lambda: self.administrators,
                           self.obstruction, self.known,
                           self.logins.__contains__)

    @cached_property
    def logins(self) -> frozenset[str]:
        """The users, for look-ups."""
        return frozenset(self.users)

    def strangers(self, logins: Iterable[str]) -> tuple[str, ...]:
        """Those of the contacts whom Trac does not know, each once."""
        return tuple(dict.fromkeys(
            login for login in logins
            if login[:1] != GROUP and login not in self.logins))


def contact_problems(key: str, contacts: tuple[str, ...],
                     known: SiteFacts) -> list[tuple[str, str]]:
    """Validate the contacts of a requirement, given by its key.

    Problems are (field, message).
    """
    return [(f'contact:{key}', words) for contact in contacts
            for words in [unknown_contact(key, contact, known)] if words]


def quorum(key: str, text: str,
           problems: list[tuple[str, str]]) -> int:
    """Parse a quorum, 1 if empty; problems are appended to `problems`."""
    if not text.strip():
        return 1
    if re.fullmatch(r'\d{1,2}', text.strip(), re.ASCII) and int(text):
        return int(text)
    problems.append((f'quorum:{key}', Message(
        '"%(text)s" is no quorum of %(key)s; write a whole number, 1 to '
        '%(quorum_max)s.',
        text=text[:SHOWN], key=key, quorum_max=QUORUM_MAX)))
    return 1


def deputy(key: str, text: str, contacts: tuple[str, ...], known: SiteFacts,
           problems: list[tuple[str, str]]) -> Deputy | None:
    """Parse a deputy like `bruno for anna 2026-07-01..2026-07-14`.

    None if it is invalid; problems are appended to `problems`.
    """
    where = f'deputy:{key}'
    found = parsed_deputy(text)
    if found is None:
        problems.append((where, Message(
            '"%(text)s" names no deputy of %(key)s; write "bruno for anna '
            '2026-07-01..2026-07-14"%(hint)s.',
            text=text[:SHOWN], key=key, hint=QUOTING)))
        return None
    person, stands_for = found.person, found.stands_for
    wrong = unknown_contact(key, person, known) or (
        Message('%(person)s cannot stand for %(stands_for)s: %(key)s has '
                'the contacts %(contacts)s; name one of them (no group), '
                'and somebody else as deputy.',
                person=person, stands_for=stands_for, key=key,
                contacts=joined_logins(contacts) or Message('nobody'))
        if stands_for not in contacts or stands_for[:1] == GROUP
        or person == stands_for or person[:1] == GROUP else '')
    if wrong:
        problems.append((where, wrong))
        return None
    return found


def unknown_contact(key: str, contact: str, known: SiteFacts) -> str:
    """Why a contact is no user or group of Trac; '' if it is one.

    People whom Trac has not met may be named where `known` takes them.
    """
    if contact[:1] == GROUP:
        return _unknown_group(key, contact, known)
    about = {'contact': contact[:SHOWN], 'key': key}
    if contact in known.logins:
        return ''
    if not _may_be_login(contact):
        return Message('Contact "%(contact)s" of %(key)s can be no login: it '
                       'has 1 to %(most)s printable characters, and no '
                       'blanks around them.', most=LOGIN_MAX, **about)
    if contact in known.groups:
        return Message('Contact "%(contact)s" of %(key)s is no user but a '
                       'group of Trac; a group is named behind an @: '
                       '%(group)s.', group=quoted_login(GROUP + contact),
                       **about)
    return '' if known.takes_unknown else Message(
        'Contact "%(contact)s" of %(key)s is no user that Trac knows.'
        '%(suggestion)s %(remedy)s', remedy=REMEDY, suggestion=suggest(
            contact, known.users, shown=quoted_login), **about)


def _may_be_login(text: str) -> bool:
    """Whether somebody may log in under that name."""
    return (0 < len(text) <= LOGIN_MAX and text.isprintable()
            and text == text.strip() and text not in ALL)


def _unknown_group(key: str, contact: str, known: SiteFacts) -> str:
    """Why a contact behind an @ is no group of Trac; '' if it is one."""
    name = contact[1:]
    if name in known.groups and name not in ALL:
        return ''
    there = joined_logins(g for g in sorted(known.groups) if g not in ALL)
    return Message('Contact "%(contact)s" of %(key)s is no permission '
                   'group. There is %(groups)s.',
                   contact=contact[:SHOWN], key=key,
                   groups=there or Message('none'))
