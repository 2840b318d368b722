"""Words of the site: the options of Trac's ticket fields, and its defaults.

They come from Trac's cache of fields, which asks the database nothing.
"""

from __future__ import annotations

from typing import Any

from trac.ticket.api import TicketSystem

from prodworkflow.domain.model.campaign import Campaign
from prodworkflow.domain.rules.words.options import NO_OPTIONS, Options
from prodworkflow.domain.rules.words.resolutions import APPROVED, resolution

FIELDS = ('resolution', 'type', 'priority', 'component', 'severity')


def options(env: Any, field: str) -> Options:
    """The words of a ticket field: resolution, type, priority, component."""
    system = TicketSystem(env)
    found = system.fields.by_name(field)
    if not found:  # Trac leaves out a field that has no words
        return NO_OPTIONS
    return Options(tuple(found['options']),
                   str(getattr(system, f'default_{field}', '')),
                   bool(found.get('optional')))


def site_words(env: Any) -> dict[str, Options]:
    """The words of all fields that campaigns and templates name words of."""
    return {field: options(env, field) for field in FIELDS}


def known_word(env: Any, field: str, word: str) -> bool:
    """Whether the site has a word; of any field, versions as well."""
    return word in options(env, field).words


def closing_resolution(env: Any, campaign: Campaign, way: str) -> str:
    """The resolution with which a sign-off ticket is closed, APPROVED ...

    Always one of the site's; '' only where it has none.
    """
    return resolution(way, campaign, options(env, 'resolution'))


def approving_resolution(env: Any, campaign: Campaign) -> str:
    """The resolution that approves when somebody closes a sign-off ticket."""
    return closing_resolution(env, campaign, APPROVED)
