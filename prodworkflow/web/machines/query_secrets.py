"""Secrets of tokens in the query of an address: refused, wherever they stand.

Addresses are in the logs of servers and proxies, and in Trac's own.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote

from prodworkflow.translation import _
from prodworkflow.web.machines.cookies import check_cookies
from prodworkflow.web.machines.problem import Problem

SECRET = re.compile('pwf_[0-9]+_[A-Za-z0-9_-]{43}', re.ASCII)


def check_query(req: Any) -> None:
    """Raise a Problem for an address with a token, without repeating it."""
    if not SECRET.search(unquote(req.query_string)):
        return
    check_cookies(req)
    raise Problem(400, '', _(
        'There is a token in the address, where it counts for nothing and '
        'stays in logs. Revoke it, and send another one in the header '
        '"Authorization: Bearer …".'))
