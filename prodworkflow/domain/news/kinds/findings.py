"""Notices of what came in after the launch: tickets and objections."""

from __future__ import annotations

from collections.abc import Iterator

from prodworkflow.domain.dates import day_of
from prodworkflow.domain.ledger.entry import Entry
from prodworkflow.domain.model.known_issue import Concern
from prodworkflow.domain.model.state import State
from prodworkflow.domain.news.change import DecidedChange
from prodworkflow.domain.news.notices import Kind, Notice, NoticeLine
from prodworkflow.domain.news.people import all_contacts
from prodworkflow.domain.rules.objections.concerns import concern_words
from prodworkflow.domain.text import Message

# Patterns of messages.
GOES_ON = Message('Production of %(campaign)s goes on. You can put the '
                  'campaign on hold on its page.')
CAME = Message('A ticket came into %(campaign)s after its launch')


def upstream_notices(change: DecidedChange) -> Iterator[Notice]:
    """What came into a launched campaign, to all its contacts.

    What may not stop production is a concern, and says where it is stopped.
    """
    state = change.after.snapshot.state
    people = all_contacts(state, day_of(change.after.asked))
    known = {c.number for c in change.before.snapshot.state.concerns
             } if change.before else set()
    for concern in state.concerns:
        if concern.number not in known:
            yield Notice(Kind.UPSTREAM, Message(
                GOES_ON, campaign=state.campaign.name),
                _line(concern, state), people, subject=_subject(
                    concern.ticket))
    for entry in change.of('ticket-entered'):
        if state.campaign.launched:
            head = CAME if state.campaign.held_since else GOES_ON
            yield Notice(Kind.UPSTREAM, Message(
                head, campaign=state.campaign.name), _entered(entry, state),
                people, subject=_subject(entry.payload['ticket']))


def _line(concern: Concern, state: State) -> NoticeLine:
    asked = state.for_ticket(concern.ticket)
    return NoticeLine(asked.title if asked else concern.words,
                      concern_words(concern), concern.ticket,
                      concern=concern.number)


def _entered(entry: Entry, state: State) -> NoticeLine:
    """The line of a ticket that counts, as any other in its milestone."""
    place = next((s.milestone for s in state.stages
                  if s.key == entry.payload['stage']), '')
    return NoticeLine(place, Message('it came in by %(by)s', by=entry.actor),
                      entry.payload['ticket'])


def _subject(ticket: int) -> Message:
    return Message('#%(ticket)s, after the launch', ticket=ticket)
