"""What a page sends besides its text: the HTTP status, and style sheets."""

from __future__ import annotations

from functools import partial
from typing import Any, Union

from trac.web.chrome import add_stylesheet

from prodworkflow.translation import METADATA

# What Trac renders: a template's name, its data, and perhaps metadata.
Rendering = Union[tuple[str, dict[str, Any]],
                  tuple[str, dict[str, Any], dict[str, Any]]]


def set_status(req: Any, status: int) -> None:
    """Let the page that is rendered for this request carry that status."""
    req.send = partial(req.send, status=status)


def with_our_texts(metadata: dict[str, Any] | None) -> dict[str, Any]:
    """The metadata of a page of Trac whose texts are ours, too.

    What ours does not say, Trac's catalogue does.  Another plugin that asked
    for its catalogue first keeps it.
    """
    return {**METADATA, **(metadata or {})}


def add_styles(req: Any) -> None:
    """Add what all our pages and boxes need in their head."""
    add_stylesheet(req, 'prodworkflow/prodworkflow.css')


def add_campaign_styles(req: Any) -> None:
    """Add what the page of a campaign needs, on screen and on paper."""
    add_stylesheet(req, 'prodworkflow/prodworkflow_roadmap.css')
    add_stylesheet(req, 'prodworkflow/prodworkflow_campaign.css')
    add_stylesheet(req, 'prodworkflow/prodworkflow_print.css', media='print')
