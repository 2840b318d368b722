"""What dropped out of a campaign, and the word against it that stands."""

from __future__ import annotations

from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.signoff import SignOff
from prodworkflow.domain.model.vocabulary import Verdict
from prodworkflow.domain.rules.eligibility import TELLING

# What says neither yes nor no.
NEITHER = (Verdict.REPORTED.value, Verdict.WAIVED.value)


def standing_no(requirement: Requirement) -> SignOff | None:
    """The last word against a dropped requirement that stands.

    None if it was approved since, or nobody said no.
    """
    said = [s for s in requirement.past if s.number > requirement.since
            and s.verdict not in NEITHER]
    last = max(said, key=lambda s: s.number, default=None)
    return last if last and last.verdict not in TELLING else None
