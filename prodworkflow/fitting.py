"""Fits the requirements that a template becomes to what Trac knows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from .answers import joined
from .asked import Freeze
from .expansion import Expanded
from .model import Requirement
from .staffing import contact_problems, Known, meant, quorum, SHOWN

TICKET_FIELDS = ('type', 'component', 'priority', 'keywords')


def field_problems(drafts: Iterable[Expanded],
                   known: Known) -> list[tuple[str, str]]:
    """What the tickets would hold that Trac does not know."""
    return list(dict.fromkeys(
        ('template', f'{d.requirement.group or d.requirement.key}: {words}')
        for d in drafts for name, text in d.words.items()
        for words in [_misfit(name, text, known)] if words))


def freeze_problems(freeze: Freeze | None,
                    known: Known) -> list[tuple[str, str]]:
    """What may enter a frozen campaign that Trac does not know.

    The language's own words, which the built-in templates use as well, are
    no problem: those make campaigns on a site that has others, too.
    """
    if freeze is None or known.fields is None:
        return []
    usual = Freeze('')
    asked = [('types', 'type', each) for each in freeze.types
             if each not in usual.types]
    if freeze.priority != usual.priority:
        asked.append(('priority', 'priority', freeze.priority))
    return [('template', f'freeze.{where}: {words}')
            for where, name, text in asked
            for words in [_misfit(name, text, known)] if words]


def _misfit(name: str, text: str, known: Known) -> str:
    """Why a ticket's field cannot hold a text; '' if it can."""
    if name == 'description' or known.fields is None:
        return ''
    if name not in known.fields:
        there = [f for f in known.fields if f not in TICKET_FIELDS]
        return (f'Trac has no custom ticket field "{name[:SHOWN]}".'
                f'{meant(name, there)} It has {joined(there) or "none"}.')
    options = known.fields[name]
    if options is None or text in options:
        return ''
    return (f'"{text[:SHOWN]}" is no {name} that Trac knows.'
            f'{meant(text, options)} It has '
            f'{joined([o for o in options if o][:20])}.')


@dataclass(frozen=True)
class Staffing:
    """Who is to sign what, as somebody wishes it.

    `keys` are those of the template; `contacts` and `quorums` are by the
    key of a requirement or of a whole group.
    """

    keys: list[str]
    contacts: Mapping[str, tuple[str, ...]]
    quorums: Mapping[str, str]
    known: Known
    problems: list[tuple[str, str]]

    def staffed(self, drafts: list[Expanded]) -> tuple[Requirement, ...]:
        """The requirements with their contacts and quorums."""
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
        """Tell the keys that nothing has."""
        keys = [*self.keys,
                *(d.requirement.key for d in drafts if d.requirement.group)]
        known = set(keys)
        self.problems.extend(
            (f'{what}:{key}', f'There is no requirement "{key[:SHOWN]}".'
             f'{meant(key, keys)} Known are {joined(keys[:20])}.')
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
