"""Evaluation of one requirement: met, waived or unmet, with the reason.

Rules 1 to 3 of docs/development/rules.rst.  Approval and evidence are
evaluated apart; each reason against them needs a waiver of its own.
"""

from __future__ import annotations

from dataclasses import dataclass

from prodworkflow.domain.rules.answers import Lift, Reason, UnmetReason
from prodworkflow.domain.rules.approvals import Approvals
from prodworkflow.domain.rules.eligibility import signers_of
from prodworkflow.domain.rules.evidence import faults, missing, shortfalls
from prodworkflow.domain.rules.objections.objections import against
from prodworkflow.domain.rules.waivers import days_left, live
from prodworkflow.domain.text import joined, joined_by, Message

UNSAID = Message('nobody has signed it')


STOPPED = (Reason.REJECTED, Reason.WITHDRAWN)


@dataclass(frozen=True)
class RequirementEvaluation(Approvals):
    """A requirement with all that its evaluation on one day depends on."""

    def lifted(self) -> tuple[tuple[Lift, ...], list[UnmetReason]]:
        """The reasons that waivers lift, and the reasons that are left."""
        lifts, left = [], []
        for each in self._against():
            waiver = live(self.requirement, self.state, each.reason,
                          self.day)
            if waiver and waiver.waiver:
                lifts.append(Lift(each.reason, each.fact or UNSAID, waiver,
                                  days_left(waiver.waiver, self.day)))
            else:
                left.append(each)
        return tuple(lifts), left

    def _against(self) -> list[UnmetReason]:
        """All reasons against the requirement, the gravest first."""
        approval = self.unapproved() or self.unaccounted()
        found = [approval] if approval else []
        if approval and approval.reason is Reason.EVIDENCE_CHANGED:
            found += filter(None, [self.unaccounted()])
        if self.requirement.objection:
            stopped = approval and approval.reason in STOPPED
            found.insert(1 if stopped else 0, against(
                self.requirement.objection,
                signers_of(self.requirement, self.state, self.day)))
        beyond = faults(self.requirement, self.state)
        if beyond:
            first = approval and approval.reason is Reason.REJECTED
            found.insert(1 if first else 0, UnmetReason(
                Reason.OUT_OF_BOUNDS,
                Message('is out of bounds: %(faults)s',
                        faults=joined_by('; ', [f.words for f in beyond])),
                Message('%(awaits)s with better values, or a waiver by a '
                        'holder of CAMPAIGN_WAIVE',
                        awaits=self.awaits)))
        short = shortfalls(self.requirement, self.state)
        if short:
            first = approval and approval.reason is Reason.REJECTED
            found.insert(bool(first) + bool(beyond), UnmetReason(
                Reason.NOT_ENOUGH_STATISTICS,
                Message('has not enough statistics: %(faults)s',
                        faults=joined_by('; ', [f.words for f in short])),
                Message('%(awaits)s with more of it, or a waiver by a holder '
                        'of CAMPAIGN_WAIVE', awaits=self.awaits)))
        lacking = missing(self.requirement, self.state)
        if lacking:
            found.append(UnmetReason(
                Reason.EVIDENCE_MISSING,
                Message('lacks %(evidence)s', evidence=joined(lacking)),
                self.awaits))
        return found
