"""Pages of lists: `?limit=` and `?offset=`, and the link to the next one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlencode

from prodworkflow.http_api.api.call import Call
from prodworkflow.http_api.api.operation import Answer

LIMIT = 100


def page(call: Call, items: Sequence[Any],
         shown: Callable[[Any], Any]) -> Answer:
    """The items of one page, as they are shown; `Link` names the next."""
    limit = call.query.get('limit', LIMIT)
    offset = call.query.get('offset', 0)
    end = offset + limit
    headers = {}
    if end < len(items):
        query = urlencode({**call.query, 'limit': limit, 'offset': end})
        headers['Link'] = f'<{call.address}?{query}>; rel="next"'
    return Answer([shown(each) for each in items[offset:end]], headers)
