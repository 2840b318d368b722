"""What a page sends besides its text: the HTTP status, and style sheets."""

from __future__ import annotations

import os
from functools import partial
from typing import Any, Union

from trac.web.chrome import add_script, add_stylesheet

from prodworkflow.translation import METADATA
from prodworkflow.web.folders import resource_folder

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


def add_our_script(req: Any, name: str) -> None:
    """Add a script of ours, and what it says in the reader's language."""
    texts = f'messages/{req.locale}.js'
    if os.path.isfile(os.path.join(resource_folder('htdocs'), texts)):
        add_script(req, f'prodworkflow/{texts}')
    add_script(req, f'prodworkflow/{name}')


def add_styles(req: Any) -> None:
    """Add what all our pages and boxes need in their head."""
    add_stylesheet(req, 'prodworkflow/prodworkflow.css')


def add_campaign_styles(req: Any) -> None:
    """Add what the page of a campaign needs, on screen and on paper."""
    add_stylesheet(req, 'prodworkflow/prodworkflow_roadmap.css')
    add_stylesheet(req, 'prodworkflow/prodworkflow_campaign.css')
    add_print_styles(req)


def add_print_styles(req: Any) -> None:
    """Add what leaves navigation, forms and buttons out on paper."""
    add_stylesheet(req, 'prodworkflow/prodworkflow_print.css', media='print')
