"""Events of waivers: those that end soon, which time alone has to tell."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from prodworkflow.domain.events.event import CampaignEvent, EventType
from prodworkflow.domain.events.lines import titled
from prodworkflow.domain.news.reminders import ENDING, Told
from prodworkflow.domain.rules.decision import Decision
from prodworkflow.domain.text import Message

# The kind of the fact, beside those that mails tell.
KIND = 'waiver-event'


def ending_events(decision: Decision, told: Collection[Told]
                  ) -> Iterator[tuple[Told, CampaignEvent]]:
    """The waivers that end soon, each with the fact that it is told.

    `told` is what was told before.  None of a campaign that has ended or is
    in doubt.
    """
    if decision.snapshot.state.campaign.ended or decision.snapshot.doubts:
        return
    campaign = decision.snapshot.state.campaign.name
    for answer in decision.launch.answers:
        for lift in answer.lifts:
            waiver, number = lift.waiver.waiver, lift.waiver.number
            if not waiver or lift.left > ENDING:
                continue
            fact = Told(KIND, str(number), '', waiver.until, ENDING)
            if fact not in told:
                yield fact, CampaignEvent(EventType.WAIVER_ENDING, Message(
                    '%(campaign)s: the waiver of %(what)s by %(by)s ends '
                    'with %(until)s.', campaign=campaign,
                    what=titled(answer.requirement), by=lift.waiver.signer,
                    until=waiver.until), answer.requirement.key,
                    answer.requirement, {
                        'by': lift.waiver.signer, 'entry': number,
                        'until': waiver.until.isoformat(),
                        'days_left': lift.left})
