"""Problem documents (RFC 9457): refusals and errors for machines, as JSON.

They say the words that the pages say, in the language of whoever asks.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, NoReturn

from trac.web.api import RequestDone

PROBLEM = 'application/problem+json'
# 503 asks for another try after so many seconds, as the gate does.
RETRY_AFTER = '10'


class Problem(Exception):
    """A refusal or an error that a machine is told, with its status.

    Without a title it is the status in words.  `members` come beside
    `detail`, such as `errors` or `reasons`; `headers` go with the answer.
    """

    def __init__(self, status: int, title: str = '', detail: str = '',
                 members: Mapping[str, Any] | None = None,
                 headers: Mapping[str, str] | None = None) -> None:
        super().__init__(str(detail or title))
        self.status = status
        self.title = title or HTTPStatus(status).phrase
        self.detail = detail
        self.members = dict(members or {})
        self.headers = dict(headers or {})

    def as_dict(self) -> dict[str, Any]:
        """The document as RFC 9457 names its members."""
        return {'type': 'about:blank', 'title': str(self.title),
                'status': self.status,
                **({'detail': str(self.detail)} if self.detail else {}),
                **self.members}


# Where a request keeps that its body was read.
READ = 'prodworkflow.body'
# A body so short is read before a refusal: some servers, such as tracd, take
# what is left of it for the next request on the connection.
SHORT = 64 * 1024


def read_body(req: Any, length: int) -> bytes:
    """The body of a request, which can be read once."""
    req.environ[READ] = True
    data: bytes = req.read(length)
    return data


def _discard_body(req: Any) -> None:
    """Read a short body that nobody has read."""
    length = req.get_header('Content-Length') or ''
    unread = READ not in req.environ and 'arg_list' not in req.__dict__
    if req.method == 'POST' and unread and length.isdecimal() \
            and len(length) < 9 and int(length) <= SHORT:
        read_body(req, int(length))


def send_problem(req: Any, problem: Problem) -> NoReturn:
    """Answer a request with a problem document; never kept by anybody."""
    _discard_body(req)
    for name, value in problem.headers.items():
        req.send_header(name, value)
    if problem.status == 503 and 'Retry-After' not in problem.headers:
        req.send_header('Retry-After', RETRY_AFTER)
    req.send_header('Cache-Control', 'no-store')
    text = json.dumps(problem.as_dict(), ensure_ascii=False, indent=1) + '\n'
    req.send(text.encode('utf-8'), PROBLEM, problem.status)
    raise RequestDone  # as `send` does
