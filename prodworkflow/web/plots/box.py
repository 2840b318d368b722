"""Plots in the sign-off box: what is given, and the fields for more."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from trac.web.chrome import add_stylesheet

from prodworkflow.api import CampaignSystem
from prodworkflow.domain.rules.answers import Answer
from prodworkflow.domain.views.plots.pairs import answer_pairs
from prodworkflow.web.plots.pictures import pictures, tickets_of
from prodworkflow.web.plots.uploads import ACCEPT
from prodworkflow.web.response import add_our_script


def add_plot_files(req: Any) -> None:
    """Add the style sheet and the script of plots to the page's head."""
    add_stylesheet(req, 'prodworkflow/prodworkflow_plots.css')
    add_our_script(req, 'prodworkflow_plots.js')


def box_plots(req: Any, system: CampaignSystem, answer: Answer,
              problems: Mapping[str, str]) -> dict[str, Any]:
    """What the box of a ticket shows of the plots that it asks for.

    `problems` are what is wrong with its fields, by their names.
    """
    pairs = answer_pairs(answer)
    attached = system.attached.of(tickets_of(pairs), req.perm)
    return {'plots': [(pair, pictures(pair, attached)) for pair in pairs],
            'accept': ACCEPT, 'problems': problems}
