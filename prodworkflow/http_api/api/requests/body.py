"""Body of a request: its length and media type are checked before reading."""

from __future__ import annotations

import re
from typing import Any

from prodworkflow.http_api.api.operation import DOCUMENT_MAX, FILE_MAX
from prodworkflow.http_api.problems import Problem
from prodworkflow.translation import _
from prodworkflow.web.machines.problem import read_body

JSON = 'application/json'
FORMS = ('application/x-www-form-urlencoded', 'multipart/form-data')
_LENGTH = re.compile('[0-9]{1,18}', re.ASCII)


def media_type(req: Any) -> str:
    """The media type of what is sent, without parameters; '' for none."""
    named: str = req.get_header('Content-Type') or ''
    return named.partition(';')[0].strip().lower()


def refuse_forms(req: Any) -> None:
    """415 for a form's media type, which Trac takes only from its pages."""
    if req.method == 'POST' and media_type(req) in FORMS:
        raise Problem(415, '', _(
            'Forms are not read here. Send JSON as application/json; send a '
            'file as it is, with a Content-Type such as '
            'application/octet-stream.'))


def body_bytes(req: Any, as_file: bool) -> bytes:
    """What is sent; nothing is read of it where it is refused.

    411 without a length, 413 where it is too long, 415 unless it is JSON or,
    `as_file`, a file, and not encoded; 400 where less comes than announced.
    """
    if (req.get_header('Content-Encoding') or 'identity') != 'identity':
        raise Problem(415, '', _('What is sent comes as it is, with no '
                                 'Content-Encoding.'))
    length, most = _length(req), FILE_MAX if as_file else DOCUMENT_MAX
    if length > most:
        raise Problem(413, '', _(
            'What is sent has %(size)s bytes; at most %(most)s are taken.',
            size=length, most=most))
    if not as_file and media_type(req) != JSON:
        raise Problem(415, '', _('Send JSON, with the header "Content-Type: '
                                 'application/json".'))
    data = read_body(req, length)
    if len(data) < length:
        raise Problem(400, '', _(
            'The body ended after %(found)s of %(size)s bytes; send it '
            'again.', found=len(data), size=length))
    return data


def _length(req: Any) -> int:
    """The length that was announced."""
    named = req.get_header('Content-Length')
    if not named or req.get_header('Transfer-Encoding'):
        raise Problem(411, '', _('Say how long the body is: send it with '
                                 'Content-Length, not in chunks.'))
    if not _LENGTH.fullmatch(named):
        raise Problem(400, '', _('"%(length)s" is no Content-Length.',
                                 length=named[:64]))
    return int(named)
