"""Mistakes of a campaign request, at the fields where people see them.

Problems are (field, message).  Fields of tables are called
`item-<column>:<list>:<row>`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.logins import split_logins
from prodworkflow.domain.planning.item_tables.rows import Table, written
from prodworkflow.domain.planning.signers import REMEDY
from prodworkflow.domain.template.lists import parse_lists
from prodworkflow.domain.template.mistakes.problems import (
    Problem,
    TemplateError,
)
from prodworkflow.domain.text import Message

COLUMNS = ('name', 'weight', 'contacts')
LISTS = 'lists'
TICK = Message('Correct the login; or, if it is right, tick “Name people who '
               'have never logged in”: they can sign once they have logged '
               'in.')
_PLACE = re.compile(r'lists\.([^.\[]+)\[([0-9]+)\](?:\.([a-z_]+))?')
Problems = Iterable[tuple[str, str]]


@dataclass(frozen=True)
class TableFields:
    """The fields of tables; `lists` maps keys of groups to their lists.

    `open_groups` are those groups whose contacts stand in the tables.
    """

    tables: tuple[Table, ...]
    lists: Mapping[str, str]
    open_groups: frozenset[str] = frozenset()

    def placed(self, problems: Problems) -> list[tuple[str, str]]:
        """The problems, those of items at the cells where they stand."""
        text = written(self.tables)
        cells = [(f'item-{column}:{name}:{row}', words)
                 for name, row, column, words in text.problems]
        misread = _misread(text.text)
        cells += [(self._cell(p), p.words) for p in misread]
        for field, words in problems:
            if field == LISTS and misread:
                continue  # told above, each at its cell
            cells += [(cell, words) for cell in (
                [*self._naming(field, words)] or [field])]
        return list(dict.fromkeys(cells))

    def _cell(self, problem: Problem) -> str:
        """The field of a mistake in the text that was made of tables."""
        place = _PLACE.match(problem.path)
        table = place and next((t for t in self.tables
                                if t.name == place[1]), None)
        if not place or not table or int(place[2]) > len(table.filled):
            return LISTS
        column = place[3] if place[3] in COLUMNS else COLUMNS[0]
        row = table.filled[int(place[2]) - 1][0]
        return f'item-{column}:{table.name}:{row}'

    def _naming(self, field: str, words: str) -> Iterator[str]:
        """The cells that name the contact of which a group's problem is."""
        key = field.partition(':')[2]
        who = (words.params.get('contact') if isinstance(words, Message)
               else None)
        if who is None or key not in self.open_groups:
            return
        for table in self.tables:
            if table.name == self.lists.get(key):
                for row, each in table.filled:
                    if who in _people(each.contacts):
                        yield f'item-contacts:{table.name}:{row}'


def by_field(problems: Problems,
             titles: Mapping[str, str]) -> dict[str, list[str]]:
    """All problems of each field, with titles in place of keys."""
    found: dict[str, list[str]] = {}
    for field, words in problems:
        told = found.setdefault(field, [])
        shown = named(in_form(words), titles)
        if shown not in told:
            told.append(shown)
    return found


def in_form(words: str) -> str:
    """A message without the options of commands that it names."""
    if not isinstance(words, Message):
        return words
    if words.params.get('remedy') == REMEDY:
        return type(words)(words.msgid, **{**words.params,
                                           'remedy': TICK})
    if {'field', 'example'} <= {*words.params}:  # of a freeze
        told: str = words.params['words']
        return told
    return words


def named(words: str, titles: Mapping[str, str]) -> str:
    """A message that names a requirement by its title instead of its key."""
    if not isinstance(words, Message) or 'key' not in words.params:
        return words
    group, _, item = str(words.params['key']).partition('.')
    title = titles.get(group)
    if title is None or 'title' in words.params:
        return words
    return type(words)(words.msgid, **{
        **words.params, 'key': Message('“%(title)s”, %(item)s', title=title,
                                       item=item) if item
        else Message('“%(title)s”', title=title)})


def _misread(text: str) -> tuple[Problem, ...]:
    """The mistakes of the text of lists."""
    try:
        parse_lists(text)
    except TemplateError as error:
        return error.problems
    return ()


def _people(text: str) -> tuple[str, ...]:
    try:
        return split_logins(' '.join(text.split()), 'contacts')
    except InvalidRequest:
        return ()
