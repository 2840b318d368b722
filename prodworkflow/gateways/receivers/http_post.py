"""HTTP POST to a receiver: no redirects, no proxy, and never for long.

On the standard library's `http.client`: it follows nothing and reads no
environment by itself, and what larger libraries add has to be switched off.
None of them ends an answer that comes byte by byte; the watch here does.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Mapping
from contextlib import closing, suppress
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from threading import Timer
from urllib.parse import urlsplit

from prodworkflow.domain.text import Message

# For connecting, and then for the answer.
SECONDS = 10
AGENT = 'prodworkflow'
WORDS_MAX = 200


def post(url: str, headers: Mapping[str, str], body: bytes) -> Message | None:
    """Send a body; None if it was taken (2xx), else why not, as a sentence."""
    began = time.monotonic()
    try:
        status, reason = _answer(url, {'User-Agent': AGENT, **headers,
                                       'Connection': 'close'}, body)
    except (OSError, HTTPException, ValueError) as error:
        if time.monotonic() - began >= SECONDS:
            return Message('There was no answer within %(seconds)s s.',
                           seconds=SECONDS)
        return Message('There was no answer: %(error)s.', error=_words(
            str(error) or type(error).__name__))
    if 200 <= status < 300:
        return None
    told = _words(f'{status} {reason}')
    return (Message('The answer was %(answer)s, and redirects are not '
                    'followed.', answer=told) if 300 <= status < 400 else
            Message('The answer was %(answer)s.', answer=told))


def _answer(url: str, headers: Mapping[str, str],
            body: bytes) -> tuple[int, str]:
    """The status of the answer and its words; what follows is not read."""
    parts = urlsplit(url)
    kind = HTTPSConnection if parts.scheme == 'https' else HTTPConnection
    path = (parts.path or '/') + (f'?{parts.query}' if parts.query else '')
    with closing(kind(parts.hostname or '', parts.port,
                      timeout=SECONDS)) as connection:
        connection.connect()
        end = time.monotonic() + SECONDS
        watch = Timer(SECONDS, _cut, [connection.sock])
        watch.daemon = True
        with suppress(RuntimeError):  # this process ends
            watch.start()
        try:
            connection.request('POST', path, body, dict(headers))
            answer = connection.getresponse()
            if time.monotonic() >= end:  # what was read of it is no answer
                raise TimeoutError
            return answer.status, answer.reason
        finally:
            watch.cancel()


def _cut(connection: socket.socket) -> None:
    """End a connection whose answer takes too long."""
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)


def _words(text: str) -> str:
    """Words of somebody else's as a part of a sentence, on one line."""
    line = ' '.join(text.split())[:WORDS_MAX]
    return ''.join(c if c.isprintable() else '?' for c in line).rstrip('.')
