"""Options of trac.ini beside what the site has: templates and statuses."""

from __future__ import annotations

from typing import Any

from trac.config import Option
from trac.ticket.api import TicketSystem

from prodworkflow.domain import options
from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.services import templates
from prodworkflow.services.consistency.findings import Finding

PLACE = 'trac.ini'


def check_options(env: Any) -> list[Finding]:
    """What is wrong with the options of `[prodworkflow]`; [] if nothing is."""
    given = {name: env.config.get(options.SECTION, name) for name, _
             in env.config.options(options.SECTION)}
    known = [name for section, name in Option.registry
             if section == options.SECTION]
    words: list[str] = list(options.problems(given, known))
    words += _unknown_template(env, given.get('default_template', '').strip())
    words += _unknown_statuses(env)
    return [Finding(PLACE, each) for each in words]


def _unknown_template(env: Any, name: str) -> list[str]:
    try:
        templates.offered_template(env, name or options.TEMPLATE)
    except InvalidRequest:
        return [options.unknown_template(name, templates.offered_names(env))]
    return []


def _unknown_statuses(env: Any) -> list[str]:
    known = TicketSystem(env).get_all_status()
    unknown = set(env.config.getlist(options.SECTION, 'done_statuses')
                  ).difference(known)
    return [options.unknown_statuses(unknown, known)] if unknown else []
