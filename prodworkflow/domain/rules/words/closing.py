"""Refusals of closing a sign-off ticket on Trac's own page.

Each names what would do: another choice on that page, or the sign-off box.
"""

from __future__ import annotations

from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.text import joined, Message


def wrong_end(requirement: Requirement, campaign: str, status: str,
              signers: str) -> Message:
    """That a ticket would be done so without being approved."""
    return Message(
        'Only "closed" approves "%(title)s" (%(campaign)s); "%(status)s" '
        'would end #%(ticket)s without a sign-off. Sign it off in its box, '
        'which closes it, or, if it cannot be approved, leave it open and '
        'reject it there. It may be signed by %(signers)s.',
        title=requirement.title, campaign=campaign, status=status,
        ticket=requirement.ticket, signers=signers)


def wrong_resolution(requirement: Requirement, campaign: str, approving: str,
                     given: str, signers: str) -> Message:
    """That closing a ticket so does not approve it, and what does."""
    return Message(
        'Closing #%(ticket)s records the approval of "%(title)s" '
        '(%(campaign)s) and needs the resolution "%(approving)s", not '
        '"%(resolution)s": choose that, or sign it off in its box, which '
        'closes it. If it cannot be approved, leave it open and reject it in '
        'its box. It may be signed by %(signers)s.',
        ticket=requirement.ticket, title=requirement.title,
        campaign=campaign, approving=approving or Message('none'),
        resolution=given or Message('none'), signers=signers)


def asks_for_more(requirement: Requirement, signers: str) -> Message:
    """That a plain closing says too little, and where to say it."""
    return Message(
        '#%(ticket)s asks for %(evidence)s: sign it off in the box of '
        'its page, which closes it. It may be signed by %(signers)s.',
        ticket=requirement.ticket, signers=signers,
        evidence=beyond_closing(requirement))


def signed_in_box(requirement: Requirement) -> Message:
    """Where a ticket is signed that is closed by an action of many parts.

    Workflow actions of other plugins also set a milestone or a version.
    """
    return Message(
        'Sign it off in the box on the page of #%(ticket)s: that closes it '
        'and changes nothing else.', ticket=requirement.ticket)


def beyond_closing(requirement: Requirement) -> str:
    """What a requirement asks for that a plain closing cannot say."""
    pieces: list[str] = []
    if requirement.quorum > 1:
        pieces.append(Message('the approvals of %(quorum)s contacts',
                              quorum=requirement.quorum))
    if requirement.asks.values:
        pieces.append(Message('measured values'))
    if requirement.asks.plots or requirement.asks.links:
        pieces.append(Message('evidence'))
    return joined(pieces)
