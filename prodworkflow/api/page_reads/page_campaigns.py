"""Page campaigns: those that one page tells of, each read once."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from prodworkflow import store
from prodworkflow.domain.planning.request import tidy


class PageCampaigns:
    """Reads campaigns for one page, in a fixed number of statements.

    The names are one statement; the first campaign under way is read by
    itself, and with the second one all that are: three statements each time.
    One that is over takes three of its own.  Nothing that is written in the
    meantime is seen: keep it no longer than a page.
    """

    def __init__(self, env: Any) -> None:
        self.env = env
        self._read: dict[str, store.CampaignRows] = {}

    @cached_property
    def names(self) -> dict[str, store.NamedCampaign]:
        """All campaigns by their names, oldest first."""
        return {found.name: found for found in store.named_campaigns(self.env)}

    def rows(self, name: str) -> store.CampaignRows | None:
        """What is stored of the campaign of that name; None if there is none.
        """
        name = tidy(name)
        found = self.names.get(name)
        if found is None:
            return None
        if name not in self._read and self._read and not found.finished:
            for each in store.underway_records(self.env).now:
                self._read.setdefault(each.name, each)
        if name not in self._read:
            rows = store.campaign_rows(self.env, found.id)
            if rows is None:
                return None
            self._read[name] = rows
        return self._read[name]

    def latest(self, count: int) -> list[store.CampaignRows]:
        """The last campaigns that were made, over or not, newest first.

        Three statements, however many.
        """
        ids = sorted(each.id for each in self.names.values())[-count:]
        return store.records_among(self.env, ids)[::-1]
