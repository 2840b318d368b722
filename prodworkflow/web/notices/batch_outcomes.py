"""Batch outcome: what several sign-offs at once did, told once."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from prodworkflow.domain.model.vocabulary import Verdict
from prodworkflow.domain.rules.answers import Answer
from prodworkflow.domain.text import Message
from prodworkflow.domain.views.readiness import Readiness

KEY = 'prodworkflow.batch'

# So many of the tickets are named.
NAMED = 10


@dataclass(frozen=True)
class BatchOutcome:
    """What was recorded, and what is true of each campaign since.

    `count` are all rows; `answers` those of them that the viewer may see.
    """

    verdict: Verdict
    count: int
    campaigns: tuple[Readiness, ...]
    answers: tuple[Answer, ...]

    @property
    def words(self) -> Message:
        """What was recorded: `20 signed off.`"""
        return (Message('%(count)s reported.', count=self.count)
                if self.verdict is Verdict.REPORTED
                else Message('%(count)s signed off.', count=self.count))

    @property
    def named(self) -> tuple[Answer, ...]:
        """The answers that are named; the rest is counted."""
        return self.answers[:NAMED]

    @property
    def more(self) -> int:
        """How many are not named."""
        return len(self.answers) - len(self.named)


def remember_batch(req: Any, verdict: Verdict,
                   rows: Iterable[tuple[str, str]]) -> None:
    """Keep in the session what was recorded: campaigns and keys."""
    req.session[KEY] = json.dumps([verdict.value, list(rows)])


def take_batch(req: Any, told: Iterable[Readiness]) -> BatchOutcome | None:
    """What was recorded last, once; None if nothing was, or it is told.

    `told` is what is true now of the campaigns, for who looks at it.
    """
    kept = req.session.get(KEY)
    if not kept:
        return None
    del req.session[KEY]
    verdict, pairs = json.loads(kept)
    rows = {(name, key) for name, key in pairs}
    names = {name for name, _ in rows}
    campaigns = tuple(t for t in told if t.campaign.name in names)
    return BatchOutcome(
        Verdict(verdict), len(rows), campaigns, tuple(
            answer for each in campaigns for answer in each.answers
            if (each.campaign.name, answer.requirement.key) in rows))
