"""Cookies of a request that cannot be read: refused, before Trac fails."""

from __future__ import annotations

from http.cookies import CookieError
from typing import Any

from trac.web.api import Cookie, HTTPBadRequest

from prodworkflow.translation import _


def check_cookies(req: Any) -> None:
    """400 for cookies that cannot be read, which the request has no more.

    Trac reads them for whatever it says, be it a refusal, and fails.
    """
    try:
        req.incookie  # noqa: B018  is read where it is asked for first
    except CookieError:
        req.incookie = Cookie()
        raise HTTPBadRequest(_(
            'The header Cookie cannot be read; send cookies as the site has '
            'set them.')) from None
