"""Notices of waivers that a change has ended; those that time ends are not.
"""

from __future__ import annotations

from collections.abc import Iterator

from prodworkflow.domain.dates import day_of
from prodworkflow.domain.model.permissions import WAIVE
from prodworkflow.domain.news.change import DecidedChange
from prodworkflow.domain.news.lines import line_of
from prodworkflow.domain.news.notices import Kind, Notice, NoticeLine
from prodworkflow.domain.news.people import told_contacts
from prodworkflow.domain.rules.answers import Answer, Lift
from prodworkflow.domain.rules.decision import Decision
from prodworkflow.domain.rules.waivers.standing import account
from prodworkflow.domain.text import Message

ENDED = Message('A waiver has ended')


def waiver_notices(change: DecidedChange) -> Iterator[Notice]:
    """Which waivers lift nothing any more, and why: to the contacts.

    And to those who may give another one.
    """
    if change.before is None:
        return
    state, day = change.after.snapshot.state, day_of(change.after.asked)
    ends = {s.signoff.number: s.ended for s in account(state, day)}
    after = {a.requirement.key: a for a in change.after.launch.answers}
    for was in change.before.launch.answers:
        answer = after.get(was.requirement.key)
        for lift in was.lifts if answer and not answer.met else ():
            ended = ends.get(lift.waiver.number)
            if answer and ended and not _is_lifted(answer, lift):
                yield Notice(
                    Kind.WAIVERS, ENDED, _line(change.after, answer, lift,
                                               ended),
                    told_contacts(answer.requirement, state, day), (WAIVE,))


def _is_lifted(answer: Answer, lift: Lift) -> bool:
    """Whether the same is still lifted, by this waiver or another one."""
    return any(each.reason is lift.reason for each in answer.lifts)


def _line(decision: Decision, answer: Answer, lift: Lift,
          ended: str) -> NoticeLine:
    return line_of(decision, answer.requirement, Message(
        'the waiver by %(by)s holds no more: %(because)s',
        by=lift.waiver.signer, because=ended))
