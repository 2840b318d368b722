"""Reminders of a campaign in words: when who is to sign is reminded."""

from __future__ import annotations

from collections.abc import Sequence

from prodworkflow.domain.text import joined, Message


def reminder_words(days: Sequence[int]) -> Message:
    """When signers are reminded, by days before the due day, in a sentence."""
    if not days:
        return Message('Nobody is reminded of what is due.')
    early = sorted((d for d in days if d > 0), reverse=True)
    late = sorted(-d for d in days if d < 0)
    when: list[str] = []
    if early:
        when.append(Message('%(days)s before a due day', days=_days(early)))
    if 0 in days:
        when.append(Message('on the due day'))
    if late:
        after = (Message('a due day') if not when else Message('it'))
        when.append(Message('%(days)s after %(it)s', days=_days(late),
                            it=after))
    return Message('Who is to sign is reminded %(when)s.', when=joined(when))


def _days(numbers: list[int]) -> str:
    if numbers == [1]:
        return Message('1 day')
    return Message('%(days)s days', days=joined(list(map(str, numbers))))
