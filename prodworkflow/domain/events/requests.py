"""Events of what is asked: for the first time, or once more."""

from __future__ import annotations

from collections.abc import Iterator

from prodworkflow.domain.events.event import CampaignEvent, EventType
from prodworkflow.domain.events.lines import titled
from prodworkflow.domain.model.vocabulary import Reason
from prodworkflow.domain.news.change import DecidedChange
from prodworkflow.domain.news.kinds.turns import touched_keys
from prodworkflow.domain.news.lines import fact_of
from prodworkflow.domain.news.people import waiting_people
from prodworkflow.domain.text import joined, Message

# Approvals that were given and count no more.
LOST = (Reason.STALE, Reason.EVIDENCE_CHANGED)


def asked_events(change: DecidedChange) -> Iterator[CampaignEvent]:
    """What waits for people that did not wait for them before."""
    keys = (touched_keys(change.before, change.after) if change.before
            else None)
    before = waiting_people(change.before, keys) if change.before else {}
    campaign = change.after.snapshot.state.campaign.name
    for key, people in waiting_people(change.after, keys).items():
        new = [p for p in people if p not in before.get(key, ())]
        if new:
            requirement = change.after.answer(key).requirement
            yield CampaignEvent(EventType.ASKED, Message(
                '%(campaign)s: %(what)s waits for %(people)s.',
                campaign=campaign, what=titled(requirement),
                people=joined(new)), key, requirement, {'people': new})


def stale_events(change: DecidedChange) -> Iterator[CampaignEvent]:
    """What was signed and counts no more, with the reason."""
    if change.before is None:
        return
    before = {a.requirement.key: a.reason
              for a in change.before.launch.answers}
    campaign = change.after.snapshot.state.campaign.name
    for answer in change.after.launch.answers:
        requirement, reason = answer.requirement, answer.reason
        if reason in LOST and before.get(requirement.key) is not reason:
            yield CampaignEvent(EventType.STALE, Message(
                '%(campaign)s: the approval of %(what)s counts no more: '
                '%(words)s.', campaign=campaign, what=titled(requirement),
                words=fact_of(answer.words)), requirement.key, requirement,
                {'reason': reason.value,
                 'words': str.__str__(answer.words)})
