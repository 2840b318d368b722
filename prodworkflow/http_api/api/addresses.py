"""Addresses of the API: `/campaign/api/v1/` and what lies below."""

from __future__ import annotations

from typing import Any

ROOT = '/campaign/api/v1'


def is_api(path: str) -> bool:
    """Whether a path belongs to the API."""
    return path == ROOT or path.startswith(ROOT + '/')


def api_address(req: Any, *parts: str) -> str:
    """The whole address of something in the API."""
    return str(req.abs_href('campaign', 'api', 'v1', *parts))
