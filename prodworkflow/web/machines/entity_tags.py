"""Entity tags: what a program that asks again has got already."""

from __future__ import annotations

import re
from typing import Any

from trac.web.api import RequestDone

TAG = re.compile(r'"[^"]*"')


def has_already(req: Any, tag: str) -> bool:
    """Whether the request's If-None-Match names the tag, weak or strong."""
    header = req.get_header('If-None-Match') or ''
    return header.strip() == '*' or tag[tag.index('"'):] in TAG.findall(
        header)


def send_not_modified(req: Any) -> None:
    """Answer 304 with the headers that were given already."""
    req.send_response(304)
    req.end_headers()
    raise RequestDone
