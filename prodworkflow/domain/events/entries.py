"""Events that are entries of the ledger: verdicts, hold, resuming, launch."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from prodworkflow.domain.events.event import CampaignEvent, EventType
from prodworkflow.domain.events.lines import titled
from prodworkflow.domain.ledger.entry import Entry
from prodworkflow.domain.ledger.payloads import message_of
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.vocabulary import Verdict
from prodworkflow.domain.news.change import DecidedChange
from prodworkflow.domain.news.kinds.running import running_words
from prodworkflow.domain.news.lines import said_in, stop_after
from prodworkflow.domain.text import Message

# By the verb of the entry: the type, and the line.
VERDICTS = {
    Verdict.APPROVED.value: (EventType.SIGNED, Message(
        '%(campaign)s: %(by)s has signed off %(what)s: %(because)s%(stop)s')),
    Verdict.REJECTED.value: (EventType.REJECTED, Message(
        '%(campaign)s: %(by)s has rejected %(what)s: %(because)s%(stop)s')),
    Verdict.WITHDRAWN.value: (EventType.WITHDRAWN, Message(
        '%(campaign)s: %(by)s has withdrawn the approval of %(what)s: '
        '%(because)s%(stop)s')),
}
RUNNING = {'held': EventType.HELD, 'resumed': EventType.RESUMED,
           'launched': EventType.LAUNCHED}


def entry_events(change: DecidedChange) -> Iterator[CampaignEvent]:
    """What was said and done in a change, oldest first."""
    state = change.after.snapshot.state
    known = {r.key: r for r in state.requirements}
    for entry in change.of(*VERDICTS, *RUNNING):
        facts = _facts(entry)
        requirement = known.get(entry.requirement)
        if entry.verb in RUNNING:
            yield CampaignEvent(RUNNING[entry.verb],
                                running_words(entry, state.campaign),
                                facts=facts)
        elif requirement:
            type_, pattern = VERDICTS[entry.verb]
            yield CampaignEvent(
                type_, _line(pattern, entry, requirement,
                             state.campaign.name),
                requirement.key, requirement, facts)


def _facts(entry: Entry) -> dict[str, Any]:
    """Who said what, and by which token, if a machine did it."""
    token = entry.payload.get('token')
    return {'by': entry.actor, **({'token': str(token)} if token else {}),
            'entry': entry.number, 'statement': _said(entry)}


def _line(pattern: Message, entry: Entry, requirement: Requirement,
          campaign: str) -> Message:
    words = said_in(entry)
    return Message(pattern, campaign=campaign, by=entry.actor,
                   what=titled(requirement), because=words,
                   stop=stop_after(words))


def _said(entry: Entry) -> str:
    """The reason or statement of an entry, as JSON has it."""
    return str.__str__(message_of(entry.payload, 'reason')
                       or message_of(entry.payload, 'statement'))
