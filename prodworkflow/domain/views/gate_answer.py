"""Gate's answer to a question of one item, or of an earlier moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from prodworkflow.domain.dates import moment
from prodworkflow.domain.model.item_list import Item
from prodworkflow.domain.text import joined_by, Message
from prodworkflow.domain.views.readiness import Readiness


@dataclass(frozen=True)
class GateAnswer:
    """What a viewer is told of a gate.

    `item` is the one that was asked for, None for the campaign; `at` the
    moment (µs UTC), 0 for now.
    """

    told: Readiness
    item: Item | None = None
    at: int = 0

    @property
    def passes(self) -> bool:
        """Whether the gate lets pass."""
        return self.told.passes

    def as_dict(self) -> dict[str, Any]:
        """The answer as JSON; `item` and `at` are there if asked for."""
        return {**self.told.as_dict(),
                **({'item': {'key': self.item.key, 'name': self.item.name}}
                   if self.item else {}),
                **({'at': moment(self.at)} if self.at else {})}

    def as_text(self) -> str:
        """The answer as text, behind a line that says what it is of."""
        head = []
        if self.item:
            head.append(Message('Of %(item)s alone:', item=self.item.name))
        if self.at:
            head.append(Message('As it was at %(moment)s:',
                                moment=moment(self.at)))
        return joined_by('\n', [*head, self.told.as_text()])
