"""Launch review: what a launch rests on and does, to look at before it."""

from __future__ import annotations

from dataclasses import dataclass

from prodworkflow.domain.model.campaign import Stage
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.rules.answers import Answer
from prodworkflow.domain.rules.decision import Decision
from prodworkflow.domain.rules.waivers import WaiverStatus
from prodworkflow.domain.views.readiness import Readiness


@dataclass(frozen=True)
class LaunchReview:
    """What somebody looks at before launching, as far as they may see it.

    `waivers` are in force; `left_out` are the items whose sign-offs are not
    needed, `dropped` those that left the campaign; the launch `closes` some
    stages and `leaves` others open.
    """

    told: Readiness
    offered: bool
    waivers: tuple[WaiverStatus, ...]
    left_out: tuple[Answer, ...]
    dropped: tuple[Requirement, ...]
    closes: tuple[Stage, ...]
    leaves: tuple[Stage, ...]


def launch_offered(decision: Decision) -> bool:
    """Whether a launch is offered: not launched yet, and the gate passes.

    It does not while production is held, or in doubt.
    """
    return (not decision.snapshot.state.campaign.launched
            and decision.passes(decision.launch))


def launch_review(told: Readiness) -> LaunchReview:
    """The review for a viewer, from the readiness of the launch gate."""
    closed = {s.key for s in told.decision.closed_by_launch}
    to_close = [s.stage for s in told.stages if not s.closed]
    return LaunchReview(
        told, told.passes and not told.campaign.launched,
        tuple(w for w in told.waivers if not w.ended),
        tuple(a for a in told.answers if a.covered),
        tuple(r for s in told.stages for r in s.dropped),
        tuple(s for s in to_close if s.key in closed),
        tuple(s for s in to_close if s.key not in closed))
