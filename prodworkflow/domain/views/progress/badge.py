"""Badge of a campaign or stage: its state in a word or two, and a shape."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from prodworkflow.domain.model.campaign import Campaign
from prodworkflow.domain.text import Message
from prodworkflow.domain.views.progress.stages import present_stage
from prodworkflow.domain.views.readiness import Readiness
from prodworkflow.domain.views.stage import StageReadiness
from prodworkflow.domain.views.timeline import days_away


class Sign(enum.Enum):
    """The shape of a state, and the custom property of its colour."""

    ENDED = 'ended'
    HELD = 'held'
    LAUNCHED = 'launched'
    READY = 'ready'
    LATE = 'late'
    UNDERWAY = 'underway'
    CLOSED = 'closed'

    @property
    def colour(self) -> str:
        """The custom property of its colour."""
        return COLOURS.get(self, '--pw-wait')

    @property
    def path(self) -> str:
        """Its shape in a square of 10 px, as SVG writes it."""
        return PATHS[self]


COLOURS = {
    Sign.ENDED: '--pw-dim', Sign.HELD: '--pw-stop', Sign.LATE: '--pw-stop',
    Sign.LAUNCHED: '--pw-go', Sign.READY: '--pw-go', Sign.CLOSED: '--pw-go'}


PATHS = {
    Sign.ENDED: 'M1,1H9V9H1Z',  # a square
    Sign.HELD: 'M1,1H4V9H1ZM6,1H9V9H6Z',  # two bars
    Sign.LAUNCHED: 'M1,0L10,5L1,10Z',  # a triangle that points ahead
    Sign.READY: 'M0,5L2,3L4,6L8,0L10,2L4,10Z',  # a tick
    Sign.CLOSED: 'M0,5L2,3L4,6L8,0L10,2L4,10Z',
    Sign.LATE: 'M5,0L10,10H0ZM4.4,3.5V7H5.6V3.5ZM4.4,8V9.2H5.6V8Z',
    Sign.UNDERWAY: 'M5,0L10,5L5,10L0,5ZM5,2.5L2.5,5L5,7.5L7.5,5Z'}


ENDED = {'closed': Message('closed'), 'abandoned': Message('abandoned')}


@dataclass(frozen=True)
class Badge:
    """A state by shape and word."""

    sign: Sign
    words: str


def campaign_badge(told: Readiness) -> Badge:
    """The state of a campaign: ended, on hold, launched, ready, or how far.
    """
    campaign: Campaign = told.campaign
    if campaign.ended:
        return Badge(Sign.ENDED, ENDED[campaign.phase])
    if campaign.held_since:
        return Badge(Sign.HELD, Message('launched, on hold')
                     if campaign.launched else Message('on hold'))
    if told.open:
        return (Badge(Sign.LAUNCHED, Message('launched')) if campaign.launched
                else Badge(Sign.READY, Message('ready')))
    return _under_way(told)


def _under_way(told: Readiness) -> Badge:
    words = Message('%(signed)s of %(needed)s signed',
                    signed=sum(s.signed for s in told.stages),
                    needed=sum(s.needed for s in told.stages))
    if told.campaign.launched:
        words = Message('launched, %(words)s', words=words)
    late = max((s.late for s in told.stages), default=0)
    if not late:
        return Badge(Sign.UNDERWAY, words)
    return Badge(Sign.LATE, Message('%(words)s, %(late)s', words=words,
                                    late=days_away(-late)))


def stage_badge(told: Readiness, stage: StageReadiness) -> Badge:
    """The state of a stage: closed, on hold, late, ready, or shut."""
    if stage.closed and stage.open:
        return Badge(Sign.CLOSED, stage.words)
    campaign: Campaign = told.campaign
    present = stage.stage.key == present_stage(told)
    if campaign.held_since and present and not campaign.ended:
        return Badge(Sign.HELD, Message('%(words)s, on hold',
                                        words=stage.words))
    if stage.late:
        return Badge(Sign.LATE, stage.words)
    return Badge(Sign.READY if stage.open else Sign.UNDERWAY, stage.words)
