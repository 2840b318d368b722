"""Saves sign-off tickets, and creates the Trac versions that they name.

A mark on the ticket object tells our change listener what is recorded in the
ledger already.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from trac.resource import ResourceNotFound
from trac.ticket.model import Milestone, MilestoneCache, Ticket, Version
from trac.util.datefmt import datetime_now, from_utimestamp, to_utimestamp, utc
from trac.util.text import exception_to_unicode

MARK = 'prodworkflow_vetted'


RECORDED = 'recorded'


BORN = 'born'


def is_born(ticket: Ticket | Milestone) -> bool:
    """Whether this is a ticket or milestone of ours that is being created.

    No campaign owns it yet. The mark is taken off: a later save of the same
    object is a change.
    """
    born = getattr(ticket, MARK, None) == BORN
    if born:
        setattr(ticket, MARK, None)
    return born


def next_change_time(ticket: Ticket) -> datetime:
    """A time later than the ticket's last change.

    Trac's key of a change is ticket, time and field: two changes of one field
    at one time would collide.
    """
    return max(datetime_now(utc),
               from_utimestamp(to_utimestamp(ticket['changetime']) + 1))


def save_recorded(ticket: Ticket, author: str, when: datetime, comment: str,
                  **values: str) -> None:
    """Save a ticket whose change the ledger has recorded already.

    The mark keeps the change listener from recording it again.
    """
    for name, value in values.items():
        ticket[name] = value
    setattr(ticket, MARK, RECORDED)
    ticket.save_changes(author, comment, when)


def restore_ticket(ticket: Ticket, author: str, when: datetime, comment: str,
                   **values: str) -> None:
    """Save a ticket as the rules require, whichever other listener fails."""
    env, number = ticket.env, ticket.id
    with ignore_other_listeners(env,
                                lambda: _holds(Ticket(env, number), values)):
        save_recorded(ticket, author, when, comment, **values)


@contextmanager
def ignore_other_listeners(env: Any,
                           stored: Callable[[], bool]) -> Iterator[None]:
    """Context manager: ignore failing listeners of other plugins.

    Exceptions are logged when the change itself was stored, as `stored()`
    says, else raised again; database errors always are. Only for what reopens
    or restores: another plugin's failure would roll it back and leave a stage
    closed behind a shut gate.
    """
    try:
        yield
    except env.db_exc.Error:
        raise
    except Exception as error:
        if not stored():
            raise
        env.log.error('Told of what was put back, another plugin failed: %s',
                      exception_to_unicode(error, traceback=True))


def _holds(ticket: Ticket, values: Mapping[str, str]) -> bool:
    return all((ticket[name] or '') == value
               for name, value in values.items())


def version_exists(env: Any, name: str) -> bool:
    """Whether Trac has a version of that name."""
    try:
        return bool(Version(env, name).name)
    except ResourceNotFound:
        return False


def ensure_version(env: Any, name: str) -> None:
    """Create the Trac version of that name, unless it exists."""
    if not version_exists(env, name):
        # Trac counts milestones' cache first, then fields'; so do we, or two
        # transactions could each hold the counter that the other needs.
        del MilestoneCache(env).milestones
        version = Version(env)
        version.name = name
        version.insert()
