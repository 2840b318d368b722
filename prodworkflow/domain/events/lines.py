"""Lines of events: a requirement as a sentence names it."""

from __future__ import annotations

from collections.abc import Iterable

from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.text import Message

# A gate of a campaign with hundreds of sign-offs names so many reasons.
REASONS = 50


def titled(requirement: Requirement) -> str:
    """The title with the ticket: `#3 Resources estimate`."""
    return requirement.title if requirement.ticket is None else Message(
        '#%(ticket)s %(title)s', ticket=requirement.ticket,
        title=requirement.title)


def plain_words(words: Iterable[str]) -> list[str]:
    """Sentences of the rules as JSON has them: in English, not too many."""
    return [str.__str__(each) for each in words][:REASONS]
