"""Notices of what is asked again: what was signed and counts no more."""

from __future__ import annotations

from collections.abc import Iterator

from prodworkflow.domain.ledger.entry import Entry
from prodworkflow.domain.model.state import State
from prodworkflow.domain.model.vocabulary import Reason, Verdict
from prodworkflow.domain.news.change import DecidedChange
from prodworkflow.domain.news.kinds.rejections import NOS
from prodworkflow.domain.news.lines import fact_of, line_of, said_in
from prodworkflow.domain.news.notices import Kind, Notice
from prodworkflow.domain.news.people import able_people
from prodworkflow.domain.rules.answers import Answer
from prodworkflow.domain.rules.eligibility import valid_approvals
from prodworkflow.domain.text import Message

AGAIN = Message('Asked again')
# Patterns of messages, by the verb of the entry that was the cause.
_OF_CAMPAIGN = {
    'released': Message('%(campaign)s moved to release %(release)s, says '
                        '%(by)s: %(because)s'),
    'contacts-changed': Message('%(by)s changed who signs: %(because)s'),
    'enforcement-changed': Message('%(by)s changed the enforcement: '
                                   '%(because)s'),
    'item-added': Message('%(by)s added %(item)s: %(because)s'),
    'item-returned': Message('%(by)s added %(item)s: %(because)s'),
    'item-dropped': Message('%(by)s removed %(item)s: %(because)s'),
    'weight-changed': Message('%(by)s changed a weight: %(because)s'),
}
_OF_TICKET = {
    Verdict.OBJECTED.value: Message('%(by)s objects on #%(ticket)s'),
    Verdict.REPORTED.value: Message('%(by)s has reported on #%(ticket)s'),
    Verdict.APPROVED.value: Message('%(by)s has signed #%(ticket)s anew'),
    Verdict.REJECTED.value: Message('%(by)s has rejected #%(ticket)s'),
    Verdict.WITHDRAWN.value: Message('%(by)s has withdrawn #%(ticket)s'),
    'attachment-changed': Message('an attachment of #%(ticket)s was changed '
                                  'by %(by)s'),
    'closed-unsigned': Message('%(by)s closed #%(ticket)s without a '
                               'sign-off'),
    'ticket-missing': Message('#%(ticket)s was deleted by %(by)s'),
    'ticket-replaced': Message('#%(ticket)s takes the place of one that is '
                               'gone'),
}


def again_notices(change: DecidedChange) -> Iterator[Notice]:
    """What somebody has signed and is asked again, to those who can help.

    With the cause above, and what it did to each below.
    """
    if change.before is None:
        return
    before = {a.requirement.key: a for a in change.before.launch.answers}
    refused = {e.requirement for e in change.of(*NOS)}
    asked = {e.requirement for e in change.of(Verdict.OBJECTED.value)}
    asked.update(_replaced(change, change.before.snapshot.state))
    head = _head(change)
    for answer in change.after.launch.answers:
        key = answer.requirement.key
        was = before.get(key)
        if was and key not in refused and (
                key in asked or _is_lost(was, answer)):
            yield Notice(Kind.AGAIN, head, line_of(
                change.after, answer.requirement, fact_of(answer.words)),
                able_people(change.after, answer))


def _replaced(change: DecidedChange, was: State) -> Iterator[str]:
    """What was signed on a ticket in whose place another one came."""
    return (e.requirement for e in change.of('ticket-replaced')
            if any(r.key == e.requirement and valid_approvals(r, was)
                   for r in was.requirements))


def _is_lost(was: Answer, answer: Answer) -> bool:
    """Whether approvals that counted do not suffice any more.

    What a waiver alone had lifted is told with the waiver.
    """
    return (not answer.met and answer.reason is not Reason.TICKET_MISSING
            and bool({*was.signers} - {*answer.signers}
                     or (was.met and not was.waived)))


def _head(change: DecidedChange) -> Message:
    """That something is asked again, and for what cause."""
    state = change.after.snapshot.state
    cause = next(filter(None, (_cause(e, state) for e in change.entries)),
                 None)
    return Message('Asked again, for %(cause)s', cause=cause) if cause \
        else AGAIN


def _cause(entry: Entry, state: State) -> Message | None:
    """What an entry says happened; None where nothing is asked for it."""
    about = {'by': entry.actor, 'campaign': state.campaign.name,
             'because': said_in(entry)}
    if entry.verb in _OF_CAMPAIGN:
        return Message(_OF_CAMPAIGN[entry.verb], **about,
                       release=state.campaign.release,
                       item=_item(entry))
    ticket = entry.payload.get('ticket') or _ticket(entry, state)
    if entry.verb in _OF_TICKET and ticket:
        return Message(_OF_TICKET[entry.verb], by=entry.actor, ticket=ticket)
    return None


def _item(entry: Entry) -> str:
    """The name of the item that an entry is about, if it is about one."""
    item = entry.payload.get('item')
    return str(item['name'] if isinstance(item, dict)
               else entry.payload.get('name') or item)


def _ticket(entry: Entry, state: State) -> int | None:
    return next((r.ticket for r in state.requirements
                 if r.key == entry.requirement), None)
