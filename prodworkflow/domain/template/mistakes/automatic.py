"""Automatic requirements: what they need, and what only people can do."""

from __future__ import annotations

from collections.abc import Iterator

from prodworkflow.domain.template.model import RequirementTemplate
from prodworkflow.domain.text import Message


def automatic_mistakes(
        each: RequirementTemplate) -> Iterator[tuple[str, Message]]:
    """What does not fit a requirement that nobody signs: (word, message)."""
    if not each.asks.automatic:
        return
    if not each.asks.values:
        yield 'automatic', Message(
            'it is met by values, and none is asked for; add '
            '[[stage.requirement.value]]')
    if each.quorum > 1:
        yield 'quorum', Message('nobody signs what is automatic; leave it out')
    if each.separate_from:
        yield 'separate_from', Message(
            'nobody signs what is automatic; leave it out')
    if each.asks.plots:
        yield 'plots', Message('plots are looked at by people; ask for them '
                               'where somebody signs')
