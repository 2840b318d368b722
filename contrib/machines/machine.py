"""What the scripts of this folder share: keys, questions and answers.

Keys come from the environment or from files that only their owner may read,
never from arguments, which everybody on the machine can see.
"""

from __future__ import annotations

import http.client
import json
import os
import signal
import stat
import sys
import traceback
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

TIMEOUT = 30  # seconds without a byte
PATIENCE = 90  # seconds for a whole answer, however slowly it comes
ANSWER_MAX = 2**22


class Trouble(Exception):
    """What went wrong, in a sentence; it never holds a key."""


@dataclass(frozen=True)
class Answer:
    """The status of an answer, and its text."""

    status: int
    text: str

    @property
    def json(self) -> Any:
        """The text as JSON; {} if it is none."""
        try:
            return json.loads(self.text)
        except (ValueError, RecursionError):
            return {}

    def member(self, name: str) -> Any:
        """A member of the JSON object; None if there is none."""
        found = self.json
        return found.get(name) if isinstance(found, dict) else None


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Follows no redirect: it would take the key elsewhere."""

    def redirect_request(self, *args: Any) -> None:
        return None


def key(name: str) -> str:
    """The key in the variable `name`, or in the file of `name`_FILE.

    Trouble if there is none, or if others may read the file.
    """
    path = os.environ.get(f'{name}_FILE', '')
    found = _key_of(Path(path)) if path else os.environ.get(name, '')
    if not found:
        raise Trouble(f'Set {name}_FILE to a file with the key, or {name}.')
    if not (found.isascii() and found.isprintable() and ' ' not in found):
        raise Trouble(f'What {name} has is no key.')
    return found


def _key_of(path: Path) -> str:
    try:
        if stat.S_IMODE(path.stat().st_mode) & 0o077:
            raise Trouble(f'Others may read {path}: chmod 600 {path}')
        return path.read_text(encoding='utf-8').strip()
    except (OSError, UnicodeDecodeError) as error:
        raise Trouble(f'{path} cannot be read.') from error


def quoted(text: str) -> str:
    """A text as a part of a path."""
    return urllib.parse.quote(text, safe='')


def ask(address: str, headers: dict[str, str],
        body: dict[str, Any] | None = None) -> Answer:
    """Get an address, or post JSON to it; the answer, whatever its status.

    Trouble if there is no answer.
    """
    if urllib.parse.urlsplit(address).scheme not in ('http', 'https'):
        raise Trouble(f'{address} is no address; it begins with https://.')
    data = None if body is None else json.dumps(body).encode()
    sent = {'Accept': 'application/json', **headers,
            **({} if data is None else {'Content-Type': 'application/json'})}
    # The scheme is one of two.
    request = urllib.request.Request(address, data, sent)  # noqa: S310
    signal.signal(signal.SIGALRM, _too_slow)
    signal.alarm(PATIENCE)
    try:
        return _answer(request)
    except (OSError, ValueError, http.client.HTTPException) as error:
        words = ' '.join(f'{error}'.split()) or type(error).__name__
        raise Trouble(f'{address} does not answer: {words}') from error
    finally:
        signal.alarm(0)


def exit_code(main: Callable[[list[str]], int]) -> int:
    """What a script exits with: 2 as well where it broke, never another's.
    """
    try:
        return main(sys.argv[1:])
    except Exception:
        traceback.print_exc()
        return 2


def _answer(request: urllib.request.Request) -> Answer:
    try:
        with urllib.request.build_opener(_NoRedirect).open(
                request, timeout=TIMEOUT) as answer:
            return _read(answer)
    except urllib.error.HTTPError as error:
        with error:
            return _read(error)


def _read(answer: Any) -> Answer:
    return Answer(answer.status,
                  answer.read(ANSWER_MAX).decode('utf-8', 'replace'))


def _too_slow(*_: object) -> NoReturn:
    raise TimeoutError(f'not within {PATIENCE} s')
