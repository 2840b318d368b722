"""Renamed words: campaigns follow Trac's resolutions, types and the like."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from prodworkflow import store
from prodworkflow.api.context import Context
from prodworkflow.api.doors import drop_books
from prodworkflow.services.campaigns import site_words


class RenamedWords:
    """Lets running campaigns follow words that Trac renames."""

    def __init__(self, env: Any, context: Context) -> None:
        self.env = env
        self.context = context

    def running_campaigns(self) -> list[int]:
        """The campaigns that have not ended, by their ids."""
        return [*store.running_campaigns(self.env)]

    def naming(self, campaigns: Sequence[int], field: str,
               word: str) -> Mapping[int, str]:
        """Those of the campaigns that name a word, and as what."""
        return site_words.naming(self.env, campaigns, field, word)

    def follow(self, campaigns: Mapping[int, str], field: str,
               word: str) -> list[str]:
        """Let those that named a word follow it to this one; their names."""
        drop_books(self.env)
        with self.context.notifying_after_commit():
            return site_words.follow_renaming(self.env, campaigns, field,
                                              word, self.context.actor())
