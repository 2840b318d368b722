"""Address of my sign-offs: the filters that it carries, and what is ticked.

`?campaign=2011+Prod&site=RAL`: a filter is a campaign, an item of a list by
the list's singular, or for whom one stands in. It is read from the address
alone, so that no field of the form is taken for one.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from prodworkflow.domain.model.item_list import singular
from prodworkflow.domain.views.signoff_queue import CAMPAIGN, STANDING_IN

# Always filters, also where no campaign under way has such a list.
FILTERS = (CAMPAIGN, 'site', 'subdetector', STANDING_IN)


@dataclass(frozen=True)
class QueueAddress:
    """The arguments of the address, each with its values.

    `lists` are the names of the lists that campaigns under way have.
    """

    args: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    lists: Collection[str] = ()

    @classmethod
    def of(cls, req: Any, lists: Collection[str]) -> QueueAddress:
        """The address that was asked for; empty values say nothing."""
        found: dict[str, tuple[str, ...]] = {}
        for name, value in parse_qsl(req.query_string,
                                     errors='replace'):
            if value.strip():
                found[name] = (*found.get(name, ()), value.strip())
        return cls(found, lists)

    @property
    def filters(self) -> dict[str, tuple[str, ...]]:
        """The filters that are set, each with what it chooses."""
        known = {*FILTERS, *map(singular, self.lists)}
        return {n: v for n, v in self.args.items() if n in known}

    @property
    def all_signed(self) -> bool:
        """Whether all is shown that one signed, not the last days only."""
        return 'all' in self.args.get('signed', ())

    @property
    def tick(self) -> Collection[str]:
        """The groups whose rows are ticked: `CAMPAIGN/GROUP` each."""
        return self.args.get('tick', ())

    def href(self, req: Any, **more: str) -> str:
        """The address of the page with the same filters."""
        kept = {n: list(v) for n, v in self.filters.items()}
        if self.all_signed:
            kept['signed'] = ['all']
        return str(req.href.campaign(**{**kept, **more}))
