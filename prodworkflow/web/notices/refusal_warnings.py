"""Warnings of a page: what was refused, or is wrong with what was typed."""

from __future__ import annotations

from typing import Any

from trac.util.html import tag
from trac.web.chrome import add_warning

from prodworkflow.api import GateShut
from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.translation import _
from prodworkflow.web.forms import renew_revision
from prodworkflow.web.response import set_status
from prodworkflow.web.texts.ticket_links import link_tickets

MISTAKES = 12


def warn_of(req: Any, error: GateShut | InvalidRequest) -> None:
    """Warn of a refusal; the page that is then shown carries its status."""
    if isinstance(error, GateShut):
        set_status(req, 409)
        renew_revision(req, error)
        add_warning(req, tag(error.what, ':', tag.ul(
            tag.li(link_tickets(req, reason)) for reason in error.reasons)))
        return
    set_status(req, 400)
    for _field, wrong in error.problems[:MISTAKES]:
        add_warning(req, link_tickets(req, wrong))
    if error.problems[MISTAKES:]:
        add_warning(req, _('And %(count)s more.',
                           count=len(error.problems) - MISTAKES))
