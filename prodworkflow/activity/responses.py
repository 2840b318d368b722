"""Answers to programs that ask again and again: feed readers, calendars."""

from __future__ import annotations

import hashlib
from typing import Any

from prodworkflow.translation import _
from prodworkflow.web.machines.entity_tags import (
    has_already,
    send_not_modified,
)
from prodworkflow.web.machines.problem import Problem
from prodworkflow.web.machines.token_access import token_of


def only_reading(req: Any) -> None:
    """Answer 405 unless it is read from that address."""
    if req.method not in ('GET', 'HEAD'):
        req.send_header('Allow', 'GET, HEAD')
        told = _('This address is only read: send GET or HEAD.')
        if token_of(req):
            raise Problem(405, '', told)
        req.send(f'{told}\n'.encode(), 'text/plain', 405)


def send_unless_known(req: Any, document: bytes, kind: str) -> None:
    """Send a document, or 304 to who has just that one.

    Whoever asks may see less tomorrow of what has not changed since, so that
    the tag is made of the document as they see it.
    """
    tag = f'"{hashlib.sha256(document).hexdigest()[:32]}"'
    req.send_header('ETag', tag)
    req.send_header('Cache-Control', 'private, no-cache')
    if has_already(req, tag):
        send_not_modified(req)
    req.send(document, kind)
