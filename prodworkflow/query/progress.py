"""Progress bars of `[[TicketQuery]]` that are grouped by one of our words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from trac.ticket.roadmap import get_ticket_stats, grouped_stats_data

from prodworkflow.query.ticket_fields import is_ours

TRACS_GROUPS = grouped_stats_data


def grouped_by_word(env: Any, provider: Any, tickets: Sequence[Any], by: str,
                    data_of: Callable[[Any, str], dict[str, Any]],
                    ) -> list[dict[str, Any]]:
    """What the bar of each group shows: Trac's, and for our words as well.

    Trac knows the groups of a field from the database.  `data_of` gives more
    of a group, for its statistics and its name.
    """
    if not is_ours(env, by):
        return list(TRACS_GROUPS(env, provider, tickets, by, data_of))
    groups: dict[str, list[Any]] = {}
    for ticket in tickets:
        groups.setdefault(ticket[by] or '', []).append(ticket)
    bars = [(name, get_ticket_stats(provider, groups[name]))
            for name in sorted(groups)]
    most = max((bar.count for _, bar in bars), default=0)
    return [{'name': name, **data_of(bar, name),
             'percent_of_max_total': 100.0 * bar.count / most if most else 1.0}
            for name, bar in bars]
