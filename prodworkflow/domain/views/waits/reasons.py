"""Reasons for asking: why a sign-off waits, where that is more than a turn."""

from __future__ import annotations

from prodworkflow.domain.model.state import State
from prodworkflow.domain.rules.answers import Answer, Reason
from prodworkflow.domain.rules.eligibility import last_no
from prodworkflow.domain.text import joined_by, Message, shortened

# Few words for each reason.
WHY = {
    'awaiting': Message('nobody has signed yet'),
    'quorum-short': Message('more signatures needed'),
    'rejected': Message('rejected'),
    'withdrawn': Message('the sign-off was withdrawn'),
    'objected': Message('an objection awaits an answer'),
    'stale': Message('signed before the release, or what it '
                     'rests on, changed'),
    'evidence-changed': Message('approved for other evidence'),
    'evidence-missing': Message('evidence is missing'),
    'not-enough-statistics': Message('not enough statistics'),
    'out-of-bounds': Message('out of bounds'),
    'closed-unsigned': Message('closed without a sign-off'),
    'ticket-missing': Message('its ticket is gone'),
}

# The reasons that the faults of values tell.
MEASURED = (Reason.OUT_OF_BOUNDS, Reason.NOT_ENOUGH_STATISTICS)

# So many characters of what somebody said against it.
SAID = 60


def why(answer: Answer, state: State) -> str:
    """What stands against a sign-off, in few words; '' if it is just awaited.
    """
    if answer.reason is None or answer.reason is Reason.AWAITING:
        return ''
    if answer.reason in (Reason.REJECTED, Reason.WITHDRAWN):
        return _refused(answer, state)
    if answer.reason is Reason.QUORUM_SHORT:
        return Message('%(given)s of %(quorum)s signed',
                       given=len(answer.signers),
                       quorum=answer.requirement.quorum)
    faults = [line.fault for line in answer.evidence if line.fault]
    if answer.reason in MEASURED and faults:
        return joined_by('; ', faults)
    return WHY[answer.reason.value]


def _refused(answer: Answer, state: State) -> str:
    """Who said no, and what."""
    no = last_no(answer.requirement, state)
    if no is None:
        return WHY[answer.reason.value] if answer.reason else ''
    told = {'signer': no.signer, 'said': shortened(no.statement, SAID)}
    if answer.reason is Reason.WITHDRAWN:
        return Message('withdrawn by %(signer)s: “%(said)s”', **told)
    return Message('rejected by %(signer)s: “%(said)s”', **told)
