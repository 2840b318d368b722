"""Reads who is to sign a requirement: contacts, deputies and quorum.

Pure: the users and groups that Trac knows come in as values.  What is wrong
is gathered as (field, words), each telling the remedy.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from typing import Any

from .answers import joined
from .asked import Deputy
from .eligibility import GROUP
from .template import QUORUM_MAX

SHOWN = 64
ALL = ('anonymous', 'authenticated')
_DEPUTY = re.compile(r'(\S+) for (\S+) (\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)',
                     re.ASCII)


@dataclass(frozen=True)
class Known:
    """What Trac knows that a plan must fit: its users and its names.

    `groups` maps permission groups to their members; `administrators` are
    the holders of CAMPAIGN_ADMIN.  `fields` maps the ticket fields that a
    template may write to their options, None for free text; None as a
    whole, where nothing is to be compared with them.
    """

    users: tuple[str, ...]
    milestones: tuple[str, ...] = ()
    campaign_exists: bool = False
    groups: Mapping[str, frozenset[str]] = field(default_factory=dict)
    administrators: frozenset[str] = frozenset()
    fields: Mapping[str, tuple[str, ...] | None] | None = None


class Unfit(ValueError):
    """What was asked for cannot be done; `problems` are (field, words)."""

    def __init__(self, problems: list[tuple[str, str]]) -> None:
        self.problems = tuple(problems)
        super().__init__('\n'.join(words for _, words in problems))


def contact_problems(key: str, contacts: tuple[str, ...],
                     known: Known) -> list[tuple[str, str]]:
    """What is wrong with the contacts of one requirement."""
    return [(f'contact:{key}', words) for contact in contacts
            for words in [_stranger(key, contact, known)] if words]


def quorum(key: str, text: str,
           problems: list[tuple[str, str]]) -> int:
    """How many different contacts must approve; 1 where nothing is said."""
    if not text.strip():
        return 1
    if re.fullmatch(r'\d{1,2}', text.strip(), re.ASCII) and int(text):
        return int(text)
    problems.append((f'quorum:{key}', f'"{text[:SHOWN]}" is no quorum of '
                     f'{key}; write a whole number, 1 to {QUORUM_MAX}.'))
    return 1


def deputy(key: str, text: str, contacts: tuple[str, ...], known: Known,
           problems: list[tuple[str, str]]) -> Deputy | None:
    """The deputy that a line like `bruno for anna 2026-07-01..2026-07-14` is.

    None, with what is wrong added to `problems`, if it is none.
    """
    where = f'deputy:{key}'
    found = _DEPUTY.fullmatch(' '.join(text.split()))
    days = _days(*found.groups()[2:]) if found else None
    if not found or not days:
        problems.append((where, f'"{text[:SHOWN]}" names no deputy of {key}; '
                         'write "bruno for anna 2026-07-01..2026-07-14".'))
        return None
    person, stands_for = found[1], found[2]
    wrong = _stranger(key, person, known) or (
        f'{person} cannot stand for {stands_for}: {key} has the contacts '
        f'{joined(contacts) or "nobody"}; name one of them (no group), and '
        'somebody else as deputy.'
        if stands_for not in contacts or stands_for[:1] == GROUP
        or person == stands_for or person[:1] == GROUP else '')
    if wrong:
        problems.append((where, wrong))
        return None
    return Deputy(person, stands_for, *days)


def _days(*texts: str) -> tuple[date, date] | None:
    try:
        first, last = map(date.fromisoformat, texts)
    except ValueError:
        return None
    return (first, last) if first <= last else None


def meant(word: str, words: Any) -> str:
    """A hint at what was meant, for behind a sentence; '' without one."""
    near = get_close_matches(word, list(words))
    return f' Did you mean {joined(near, "or")}?' if near else ''


def _stranger(key: str, contact: str, known: Known) -> str:
    """Why a contact cannot be one, if so."""
    name = contact[1:] if contact[:1] == GROUP else ''
    if name and name in known.groups and name not in ALL:
        return ''
    if name:
        there = joined([g for g in sorted(known.groups) if g not in ALL])
        return (f'Contact "{contact[:SHOWN]}" of {key} is no permission '
                f'group. There is {there or "none"}.')
    if contact in known.users:
        return ''
    return (f'Contact "{contact[:SHOWN]}" of {key} is no user that Trac '
            f'knows.{meant(contact, known.users)} Users become known when '
            'they log in, or by "trac-admin ENV session add".')
