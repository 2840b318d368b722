"""Lines of notices: a requirement with its ticket, its day and some words."""

from __future__ import annotations

from prodworkflow.domain.ledger.entry import Entry
from prodworkflow.domain.ledger.payloads import message_of
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.news.notices import NoticeLine
from prodworkflow.domain.rules.decision import Decision
from prodworkflow.domain.text import Message, phrase
from prodworkflow.domain.views.my_signoffs import due_day


def line_of(decision: Decision, requirement: Requirement,
            words: str = '') -> NoticeLine:
    """The line of a requirement, with what is to be known of it."""
    there = any(s.key == requirement.stage
                for s in decision.snapshot.state.stages)
    return NoticeLine(requirement.title, words, requirement.ticket,
                      requirement.key,
                      due_day(decision, requirement) if there else None)


def fact_of(words: str) -> str:
    """The fact in the words of an answer, without who is awaited."""
    fact = words.params.get('fact') if isinstance(words, Message) else None
    return fact if isinstance(fact, str) else words


def said_in(entry: Entry) -> str:
    """The reason or statement of an entry, as the end of a sentence.

    What people wrote is in quotation marks, and as they wrote it.
    """
    said = (message_of(entry.payload, 'reason')
            or message_of(entry.payload, 'statement'))
    if isinstance(said, Message):
        return phrase(said)
    return Message('“%(said)s”', said=' '.join(said.split())) \
        if said.strip() else Message('without a word')


def stop_after(words: str) -> str:
    """The full stop that a sentence needs that ends with a quotation."""
    return '' if words[-2:] in ('.”', '!”', '?”', '…”') else '.'
