"""Marks of sign-offs: one sign for each state, as in every key below them."""

from __future__ import annotations

from prodworkflow.domain.rules.answers import Answer
from prodworkflow.domain.text import Message

SIGNS = {
    'met': '✓', 'waived': '~', 'awaiting': '○', 'quorum-short': '◐',
    'evidence-missing': '◔', 'evidence-changed': '≠', 'out-of-bounds': '▲',
    'rejected': '✗', 'withdrawn': '↶', 'objected': '⚑', 'stale': '↻',
    'closed-unsigned': '!', 'ticket-missing': '?',
}


WORDS = {
    'met': Message('signed'), 'waived': Message('waived'),
    'awaiting': Message('awaited'),
    'quorum-short': Message('more signatures needed'),
    'evidence-missing': Message('evidence missing'),
    'evidence-changed': Message('approved for other evidence'),
    'out-of-bounds': Message('out of bounds'),
    'rejected': Message('rejected'), 'withdrawn': Message('withdrawn'),
    'objected': Message('objection'), 'stale': Message('to be signed again'),
    'closed-unsigned': Message('closed without a sign-off'),
    'ticket-missing': Message('ticket missing'),
}


def code(answer: Answer) -> str:
    """The state of a sign-off as a code: met, waived, or why it is unmet."""
    if answer.met or answer.reason is None:
        return answer.state
    return answer.reason.value
