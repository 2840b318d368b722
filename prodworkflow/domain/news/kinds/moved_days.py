"""Notices of due days that moved with a campaign's start.

They are of the kind of the reminders, which begin anew with another day.
"""

from __future__ import annotations

from collections.abc import Iterator

from prodworkflow.domain.ledger.entry import Entry
from prodworkflow.domain.model.campaign import Campaign
from prodworkflow.domain.news.change import DecidedChange
from prodworkflow.domain.news.lines import line_of, said_in
from prodworkflow.domain.news.notices import Kind, Notice
from prodworkflow.domain.news.people import able_people
from prodworkflow.domain.text import Message


def moved_notices(change: DecidedChange) -> Iterator[Notice]:
    """What has another due day, to those who can still help with it."""
    if change.before is None:
        return
    was = {a.requirement.key: line_of(change.before, a.requirement).due
           for a in change.before.launch.answers}
    for entry in change.of('rescheduled')[-1:]:
        for answer in change.after.launch.answers:
            asked = answer.requirement
            due = line_of(change.after, asked).due
            if not answer.met and asked.key in was and due != was[asked.key]:
                yield Notice(
                    Kind.REMINDERS, _head(entry,
                                          change.after.snapshot.state.campaign
                                          ),
                    line_of(change.after, asked, Message(
                        'was due on %(day)s', day=was[asked.key])
                        if was[asked.key] else ''),
                    able_people(change.after, answer),
                    subject=Message('due days moved'))


def _head(entry: Entry, campaign: Campaign) -> Message:
    about = {'by': entry.actor, 'because': said_in(entry),
             'start': campaign.start}
    return Message('%(by)s has moved the start to %(start)s: %(because)s',
                   **about) if campaign.start else Message(
        '%(by)s has taken the planned start away: %(because)s', **about)
