"""Links that leave Trac: whole, or left out where its address is not known.

What was asked for first by whatever name a browser used is no such address.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit
from weakref import WeakSet

from trac.web.href import Href

_warned: WeakSet[Any] = WeakSet()


def site_link(env: Any, *path: str, **query: Any) -> str:
    """The whole address of a page; '' where `[trac] base_url` has none.

    Then the log has one warning, however many links are left out.
    """
    if is_whole(env.base_url):
        return str(Href(env.base_url)(*path, **query))
    if not env.base_url:
        _ = env.abs_href  # Trac warns of it, once for an environment
    elif env not in _warned:
        _warned.add(env)
        env.log.warning('[trac] base_url is no whole address, such as '
                        'https://trac.example.org/production: %r. Mails of '
                        'campaigns have no links.', env.base_url)
    return ''


def is_whole(address: str) -> bool:
    """Whether an address has a scheme and a host."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return bool(parts.scheme in ('http', 'https') and parts.netloc)
