"""Chat lines: text that mentions nobody and marks up nothing.

What people name campaigns and write in statements goes into rooms where
`@channel` rings everybody's telephone.
"""

from __future__ import annotations

import re

from prodworkflow.domain.events.receiver import ReceiverKind
from prodworkflow.domain.text import shortened

LONGEST = 600
# A zero-width blank after it, and `@channel` is a word like any other.
QUIET = '\u200b'
ENTITIES = str.maketrans({'&': '&amp;', '<': '&lt;', '>': '&gt;',
                          '@': f'@{QUIET}'})
MARKUP = re.compile(r'([\\`*_~|\[\]#])')


def chat_text(kind: ReceiverKind, line: str, link: str) -> str:
    """One line with a link, as a chat server of this kind takes it."""
    words = shortened(line, LONGEST).translate(ENTITIES)
    if kind is ReceiverKind.SLACK:
        return f'{words} <{_address(link)}>'
    return f'{MARKUP.sub(_escaped, words)} {_address(link)}'


def _escaped(found: re.Match[str]) -> str:
    return '\\' + found[1]


def _address(link: str) -> str:
    """An address that ends where its line does."""
    return link.replace('|', '%7C').replace('<', '%3C').replace(
        '>', '%3E').replace('@', '%40')
