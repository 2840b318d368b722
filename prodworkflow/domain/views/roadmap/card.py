"""Compact card of a campaign: its place, the present stage, who is awaited."""

from __future__ import annotations

import enum
from collections import Counter
from dataclasses import dataclass

from prodworkflow.domain.logins import quoted_login
from prodworkflow.domain.model.vocabulary import Reason
from prodworkflow.domain.rules.answers import Answer
from prodworkflow.domain.text import Message
from prodworkflow.domain.views.readiness import astray, Readiness
from prodworkflow.domain.views.stage import StageReadiness
from prodworkflow.domain.views.waits.asked import asked_counts
from prodworkflow.domain.views.waits.reasons import WHY


class Place(enum.Enum):
    """How far a campaign is, in one of a few kinds."""

    ALARM = 'alarm'
    HELD = 'held'
    UNDER_WAY = 'under-way'
    READY = 'ready'
    LAUNCHED = 'launched'
    ENDED = 'ended'


@dataclass(frozen=True)
class CampaignCard:
    """What a card tells of a campaign as one viewer may see it."""

    told: Readiness

    @property
    def place(self) -> Place:
        """The kind of state that the campaign is in."""
        campaign = self.told.campaign
        if campaign.ended:
            return Place.ENDED
        if astray(self.told.decision):
            return Place.ALARM
        if campaign.held_since:
            return Place.HELD
        if campaign.launched:
            return Place.LAUNCHED
        return Place.UNDER_WAY if self.present else Place.READY

    @property
    def badge(self) -> Message:
        """The place in a word or two: `stage 2 of 3`, `on hold`."""
        if self.place is Place.UNDER_WAY and self.present:
            return Message('stage %(number)s of %(count)s',
                           number=self.present.stage.number,
                           count=self.told.stages[-1].stage.number)
        return BADGES[self.place]

    @property
    def present(self) -> StageReadiness | None:
        """The first visible stage that is not closed; None if all are."""
        return next((s for s in self.told.stages if not s.closed), None)

    @property
    def late(self) -> int:
        """How many days the stage that is most late is late; 0 for none."""
        return max((s.late for s in self.told.stages if not s.closed),
                   default=0)

    @property
    def awaited(self) -> dict[str, int]:
        """How many sign-offs wait for each person, the busiest first."""
        return asked_counts(self.told)

    @property
    def mine(self) -> tuple[Answer, ...]:
        """What waits for the viewer, late or now, the most urgent first."""
        return self._answers(self.told.waiting_keys.due)

    @property
    def early(self) -> int:
        """How many the viewer may sign although nobody waits for it yet."""
        return len(self._answers(self.told.waiting_keys.early))

    @property
    def troubles(self) -> list[Message]:
        """What is wrong with sign-offs beyond that they are awaited."""
        found = Counter(a.reason.value for a in self.told.waiting
                        if a.reason and a.reason not in AWAITED)
        return [Message('%(count)s × %(words)s', count=count,
                        words=WHY[reason])
                for reason, count in found.most_common()]

    @property
    def remarks(self) -> list[str]:
        """What else there is to know: what is out of place, and changes."""
        return [*(o.words for o in self.told.obstacles), *self.told.notes]

    @staticmethod
    def written(login: str) -> str:
        """A login as it stands in a list."""
        return quoted_login(login)

    def _answers(self, keys: tuple[str, ...]) -> tuple[Answer, ...]:
        """The visible answers of these keys."""
        seen = {a.requirement.key: a for a in self.told.answers}
        return tuple(seen[key] for key in keys if key in seen)


AWAITED = {Reason.AWAITING, Reason.QUORUM_SHORT}
BADGES = {
    Place.ALARM: Message('should stop'),
    Place.HELD: Message('on hold'),
    Place.READY: Message('all stages closed'),
    Place.LAUNCHED: Message('launched'),
    Place.ENDED: Message('over'),
}
