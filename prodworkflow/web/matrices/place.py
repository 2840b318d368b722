"""Place of the matrix of campaigns: `/campaign/matrix`.

A campaign that had this name before keeps its page there; the matrix is then
behind a slash more, where it always is.
"""

from __future__ import annotations

from typing import Any

from prodworkflow.api import CampaignSystem

NAME = 'matrix'
PATH = f'/campaign/{NAME}'


def is_matrix(env: Any, path: str) -> bool:
    """Whether a path is that of the matrix, not of a campaign's page."""
    return path == f'{PATH}/' or (path == PATH and not _is_campaign(env))


def matrix_href(env: Any, href: Any) -> str:
    """The address of the matrix of campaigns."""
    return f'{href.campaign(NAME)}{"/" if _is_campaign(env) else ""}'


def _is_campaign(env: Any) -> bool:
    return NAME in CampaignSystem(env).queries.names()
