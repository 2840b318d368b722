"""Marks of sign-offs: a code and a word for each state.

Their drawings are in the template `prodworkflow_macros_marks.html`.
"""

from __future__ import annotations

from prodworkflow.domain.rules.answers import Answer
from prodworkflow.domain.text import Message

WORDS = {
    'met': Message('signed'), 'waived': Message('waived'),
    'awaiting': Message('awaited'),
    'quorum-short': Message('more signatures needed'),
    'evidence-missing': Message('evidence missing'),
    'evidence-changed': Message('approved for other evidence'),
    'not-enough-statistics': Message('not enough statistics'),
    'out-of-bounds': Message('out of bounds'),
    'rejected': Message('rejected'), 'withdrawn': Message('withdrawn'),
    'objected': Message('objection'), 'stale': Message('to be signed again'),
    'closed-unsigned': Message('closed without a sign-off'),
    'ticket-missing': Message('ticket missing'),
}


# What a mark and a name tell: their word is there for readers alone.
QUIET = ('met', 'awaiting', 'stale', 'quorum-short')


# The letters of the drawings, for where there is room for no more.
LETTERS = {
    'met': '', 'waived': 'W', 'awaiting': 'A', 'quorum-short': 'Q',
    'evidence-missing': 'E', 'evidence-changed': '≠', 'out-of-bounds': 'B',
    'not-enough-statistics': 'N',
    'rejected': 'R', 'withdrawn': 'W', 'objected': '!', 'stale': 'O',
    'closed-unsigned': 'U', 'ticket-missing': '?',
}


def code(answer: Answer) -> str:
    """The state of a sign-off as a code: met, waived, or why it is unmet."""
    if answer.met or answer.reason is None:
        return answer.state
    return answer.reason.value
