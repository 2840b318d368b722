"""Wide query: what Trac's query does where it names one of our words.

Trac offers no way to extend its queries.  So methods of its class `Query` are
replaced, once in a process; for a query that names none of the three words
they are Trac's own.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from trac.core import TracError
from trac.perm import PermissionCache
from trac.ticket.api import TicketFieldList
from trac.ticket.query import Query, QueryValueError, TicketQueryMacro
from trac.web.chrome import add_warning
from trac.wiki.formatter import MacroError

from prodworkflow.api import CampaignSystem
from prodworkflow.query.ticket_fields import our_words

TABLE = '\nFROM ticket AS t'


MODES = ('!', '~', '^', '$')


TRACS_SQL = Query.get_sql


TRACS_COLUMNS = Query.get_default_columns


TRACS_MACRO = TicketQueryMacro.expand_macro


_macro = threading.local()


class NothingFound(QueryValueError, MacroError):
    """That a query names what is not there: a macro shows it in its place."""

    def __init__(self, errors: list[str]) -> None:
        super().__init__(errors)
        TracError.__init__(self, ' '.join(errors))


def get_sql(query: Query, req: Any = None, cached_ids: Any = None,
            authname: str | None = None) -> tuple[str, Any]:
    """SQL and parameters of a query, with our words for whoever asks.

    A program that does not say who asks is answered as anybody would be.
    """
    sql, args = TRACS_SQL(query, req, cached_ids, authname)
    asked = our_words(query.fields)
    conditions = asked & set(query.constraint_cols)
    if not conditions and not asked & {*query.cols, *query.rows, query.order,
                                       query.group}:
        return sql, args
    perm = (req.perm if req is not None else
            PermissionCache(query.env, authname or 'anonymous'))
    tickets = CampaignSystem(query.env).ticket_queries
    if conditions:
        _tell(req, tickets.problems(perm, _asked(query, conditions)))
    head, tail = sql.split(TABLE)
    table = tickets.table(perm, bool(conditions), lambda table: (
        f'{head}\nFROM {table} AS t{tail}', args))
    return f'{head}\nFROM {table} AS t{tail}', args


def get_default_columns(query: Query) -> list[str]:
    """Trac's columns; ours are among them where a condition names them."""
    fields = query.fields
    left_out = our_words(fields) - set(query.constraint_cols)
    query.fields = TicketFieldList(
        f for f in fields if f['name'] not in left_out)
    try:
        return list(TRACS_COLUMNS(query))
    finally:
        query.fields = fields


def expand_macro(macro: TicketQueryMacro, *args: Any) -> Any:
    """What the macro shows; an error names a campaign that is not there."""
    with _in_macro():
        return TRACS_MACRO(macro, *args)


@contextmanager
def _in_macro() -> Iterator[None]:
    before = getattr(_macro, 'runs', False)
    _macro.runs = True
    try:
        yield
    finally:
        _macro.runs = before


def _asked(query: Query, words: set[str]) -> dict[str, list[str]]:
    """The values that a query names in full, to find their tickets."""
    return {word: [value for values in query.constraint_cols[word]
                   if values[0][:1] not in MODES for value in values if value]
            for word in words}


def _tell(req: Any, problems: list[str]) -> None:
    """Say why nothing is found where a person looks: page or macro."""
    if problems and getattr(_macro, 'runs', False):
        raise NothingFound(problems)
    if req is not None and req.path_info == '/query':
        for problem in problems:
            add_warning(req, problem)
