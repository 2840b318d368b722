"""Notices of a campaign as a whole: gate, hold, resuming, launch, end."""

from __future__ import annotations

from collections.abc import Iterator

from prodworkflow.domain.dates import day_of
from prodworkflow.domain.ledger.entry import Entry
from prodworkflow.domain.ledger.payloads import message_of
from prodworkflow.domain.model.campaign import Campaign
from prodworkflow.domain.model.permissions import LAUNCH
from prodworkflow.domain.model.vocabulary import Phase
from prodworkflow.domain.news.change import DecidedChange
from prodworkflow.domain.news.lines import said_in, stop_after
from prodworkflow.domain.news.notices import Kind, Notice, NoticeLine
from prodworkflow.domain.news.people import all_contacts
from prodworkflow.domain.text import Message

# The actor of what the rules do by themselves.
RULES = 'prodworkflow'
REOPENED = Message('A closed stage is open again')

# Patterns of messages: whether the rules did it, and after the launch.
_HELD = {
    (False, False): Message(
        '%(by)s has put %(campaign)s on hold: %(because)s%(stop)s %(by)s or a '
        'holder of CAMPAIGN_HOLD may lift it.'),
    (False, True): Message(
        '%(by)s has put %(campaign)s on hold: %(because)s%(stop)s A holder of '
        'CAMPAIGN_LAUNCH may resume it.'),
    (True, False): Message(
        '%(campaign)s is on hold: %(because)s%(stop)s %(by)s or a holder of '
        'CAMPAIGN_HOLD may lift it.'),
    (True, True): Message(
        '%(campaign)s is on hold: %(because)s%(stop)s A holder of '
        'CAMPAIGN_LAUNCH may resume it.'),
}
# By the verb of the entry.
_ENDS = {
    'resumed': Message('%(by)s has resumed %(campaign)s: '
                       '%(because)s%(stop)s'),
    'launched': Message('%(by)s has launched %(campaign)s: '
                        '%(because)s%(stop)s'),
    Phase.CLOSED.value: Message('%(by)s has closed %(campaign)s: '
                                '%(because)s%(stop)s'),
    Phase.ABANDONED.value: Message('%(by)s has abandoned %(campaign)s: '
                                   '%(because)s%(stop)s'),
}
SUBJECTS = {'held': Message('on hold'), 'resumed': Message('resumed'),
            'launched': Message('launched'),
            Phase.CLOSED.value: Message('closed'),
            Phase.ABANDONED.value: Message('abandoned')}
OPEN = Message('the launch gate is open')


def running_notices(change: DecidedChange) -> Iterator[Notice]:
    """Hold, resuming, launch and end: to all contacts and who may launch."""
    state = change.after.snapshot.state
    people = all_contacts(state, day_of(change.after.asked))
    for entry in change.of('held', *_ENDS):
        yield Notice(Kind.RUNNING, running_words(entry, state.campaign),
                     None, people, (LAUNCH,), SUBJECTS[entry.verb])


def running_words(entry: Entry, campaign: Campaign) -> Message:
    """The sentence of a hold, resuming, launch or end, with its reason."""
    return (_held if entry.verb == 'held' else _steered)(entry, campaign)


def gate_notices(change: DecidedChange) -> Iterator[Notice]:
    """The launch gate that opened, and stages that are open again."""
    campaign = change.after.snapshot.state.campaign
    if (change.before and not campaign.launched and change.after.launch.open
            and not change.before.launch.open):
        yield Notice(Kind.GATE, Message(
            'The launch gate of %(campaign)s is open: a holder of '
            'CAMPAIGN_LAUNCH may launch it.', campaign=campaign.name),
            holders=(LAUNCH,), subject=OPEN)
    yield from _reopened(change)


def _reopened(change: DecidedChange) -> Iterator[Notice]:
    state = change.after.snapshot.state
    people = all_contacts(state, day_of(change.after.asked))
    before = change.before.snapshot.state.stages if change.before else ()
    closed = {s.key for s in before if s.closed}
    why = {e.payload['stage']: message_of(e.payload, 'because')
           for e in change.of('stage-reopened')}
    for stage in state.stages:
        if stage.key in closed and stage.key in why and not stage.closed:
            yield Notice(Kind.GATE, REOPENED, NoticeLine(
                stage.milestone, why[stage.key]), people,
                subject=Message('%(label)s is open again', label=stage.label))


def _held(entry: Entry, campaign: Campaign) -> Message:
    """That a campaign is on hold, why, and who may let it go on."""
    return Message(_HELD[entry.actor == RULES, bool(campaign.launched)],
                   by=entry.actor, campaign=campaign.name, **_because(entry))


def _steered(entry: Entry, campaign: Campaign) -> Message:
    return Message(_ENDS[entry.verb], by=entry.actor, campaign=campaign.name,
                   **_because(entry))


def _because(entry: Entry) -> dict[str, str]:
    """The reason of an entry, and the stop behind it."""
    words = said_in(entry)
    return {'because': words, 'stop': stop_after(words)}
