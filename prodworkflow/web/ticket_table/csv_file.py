"""The table of sign-off tickets as CSV (RFC 4180), for a spreadsheet.

The ten columns of the page come first; days are ISO 8601, UTC.
"""

from __future__ import annotations

import csv
import io
from datetime import date

from prodworkflow.domain.dates import day_of
from prodworkflow.domain.rules.answers import Answer
from prodworkflow.domain.views.marks import code
from prodworkflow.domain.views.meeting.spreadsheet import cell
from prodworkflow.domain.views.stage import StageReadiness
from prodworkflow.translation import _
from prodworkflow.web.campaign_page.context import PageContext
from prodworkflow.web.ticket_table.rows import heads


def csv_text(page: PageContext) -> str:
    """The whole file, a line a visible ticket."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow([*heads(), *_more_heads()])
    for stage in page.told.stages:
        for answer in stage.answers:
            if answer.requirement.ticket in page.tickets:
                writer.writerow(map(cell, [*_ten(page, answer),
                                           *_more(page, stage, answer)]))
    return file.getvalue()


def _more_heads() -> list[str]:
    return [_("Campaign"), _("Stage"), _("Requirement"),
            _("Site or subdetector"), _("Capacity"), _("State"),
            _("State in words"), _("Signed by"), _("Waits for"), _("Due"),
            _("Release")]


def _ten(page: PageContext, answer: Answer) -> list[str]:
    ticket = page.tickets[answer.requirement.ticket or 0]
    return [str(ticket.id), ticket.summary, ticket.component, ticket.status,
            ticket.resolution or _("None"), ticket.version, ticket.type,
            ticket.priority, ticket.owner, day_of(ticket.changed).isoformat()]


def _more(page: PageContext, stage: StageReadiness,
          answer: Answer) -> list[str]:
    requirement = answer.requirement
    due: date | None = requirement.due or stage.stage.due
    return [page.told.campaign.name, stage.stage.label, requirement.key,
            requirement.item, requirement.weight, code(answer),
            str(answer.words), ', '.join(answer.signers),
            ', '.join(answer.awaits.names),
            due.isoformat() if due else '', page.told.campaign.release]
