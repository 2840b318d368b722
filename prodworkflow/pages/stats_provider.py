"""Statistics provider: the progress bars of a page by one SQL statement."""

from __future__ import annotations

import threading
import weakref
from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

from trac.core import implements
from trac.ticket.roadmap import (
    DefaultTicketGroupStatsProvider,
    TicketGroupStats,
)
from trac.web.api import IRequestFilter

from prodworkflow import store

ROADMAP = ('', '/', '/roadmap')


MILESTONE = '/milestone/'


SHOWING_COMPLETED = {'completed', 'all'}


class BatchedStatsProvider(DefaultTicketGroupStatsProvider):
    """Gives what Trac's default provider gives, by one statement a page.

    Trac's own asks the database once for each milestone. To use this one,
    set `stats_provider = BatchedStatsProvider` in the sections `[roadmap]`
    and `[milestone]` of trac.ini. **Take it out again before you disable or
    remove the plugin**: an option that names a component which is gone
    breaks every page of Trac.
    """

    implements(IRequestFilter)

    def __init__(self) -> None:
        self._local = threading.local()

    # IRequestFilter methods

    def pre_process_request(self, req: Any, handler: Any) -> Any:
        self._local.page = _Page(self, req) if _shows_milestones(req) else None
        return handler

    def post_process_request(self, req: Any, template: str | None, data: Any,
                             metadata: Any) -> tuple[Any, Any, Any]:
        return template, data, metadata

    # ITicketGroupStatsProvider methods

    def get_ticket_group_stats(self, ticket_ids: Any) -> Any:
        page = getattr(self._local, 'page', None)
        answer = (page.stats(ticket_ids) if page and page.served
                  and ticket_ids else None)
        return answer or super().get_ticket_group_stats(ticket_ids)

    # Internal methods

    def _get_ticket_groups(self) -> list[dict[str, Any]]:
        """As Trac's, but no list that others write to at the same time."""
        groups = getattr(self._local, 'groups', None)
        if groups is None:
            groups = [dict(g) for g in super()._get_ticket_groups()]
        return groups

    def layout(self) -> tuple[Any, list[Any]]:
        """The statistics of no tickets, and the statuses of each interval."""
        groups = self._local.groups = self._get_ticket_groups()
        try:
            empty = super().get_ticket_group_stats([])
        finally:
            self._local.groups = None
        return empty, [g['statuses'] for g in groups]


class _PageStatistics(NamedTuple):
    """The tickets' statuses, the statistics of no tickets, and the statuses
    of each interval."""

    statuses: dict[int, str | None]
    empty: Any
    groups: list[Any]


class _Page:
    """What was read for one page; it ends with its request."""

    def __init__(self, provider: BatchedStatsProvider, req: Any) -> None:
        self._provider = provider
        self._request = weakref.ref(req)
        self._statistics: _PageStatistics | None = None

    @property
    def served(self) -> bool:
        """Whether the page's request is still being served."""
        return self._request() is not None

    def stats(self, ids: Iterable[int]) -> Any:
        """The statistics of these tickets; None if one was not read."""
        ids = set(ids)
        if self._statistics is None:
            self._statistics = self._query(next(iter(ids)))
        statuses, empty, groups = self._statistics
        if not statuses.keys() >= ids:
            return None
        counts = Counter(map(statuses.__getitem__, ids))
        told = TicketGroupStats(empty.title, empty.unit)
        for interval, group in zip(empty.intervals, groups):
            told.add_interval(
                interval['title'], sum(counts[s] for s in group),
                {name: list(values)
                 for name, values in interval['qry_args'].items()},
                interval['css_class'], interval['overall_completion'])
        told.refresh_calcs()
        return told

    def _query(self, ticket: int) -> _PageStatistics:
        req, env = self._request(), self._provider.env
        assert req is not None, 'only a page that is served asks'
        empty, groups = self._provider.layout()
        if req.path_info.startswith(MILESTONE):
            statuses = store.statuses_beside(env, ticket)
        else:
            shown = SHOWING_COMPLETED & set(req.args.getlist('show'))
            statuses = store.statuses_on_roadmap(env, bool(shown))
        return _PageStatistics(statuses, empty, groups)


def _shows_milestones(req: Any) -> bool:
    """Whether the page shows milestones and changes nothing."""
    path = req.path_info
    return (req.method in ('GET', 'HEAD')
            and (path in ROADMAP or path.startswith(MILESTONE)))
