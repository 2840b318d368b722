"""Lines of notices: a requirement with its ticket, its day and some words."""

from __future__ import annotations

from prodworkflow.domain.model.notices import NoticeLine
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.rules.decision import Decision
from prodworkflow.domain.text import Message
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
