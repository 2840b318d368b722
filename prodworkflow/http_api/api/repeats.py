"""Repeated requests: an Idempotency-Key makes a POST happen once.

The answer is kept in the transaction of what was done; who sends the same
again gets it again.  Keys belong to one person or token.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from hashlib import sha256
from typing import Any, NoReturn

from prodworkflow.api import KeptAnswer, Repeated, RepeatKey
from prodworkflow.http_api.api.call import Call
from prodworkflow.http_api.api.operation import Answer
from prodworkflow.http_api.problems import Problem
from prodworkflow.translation import _

KEY = '^[!-~]{1,255}$'


def repeat_key(req: Any, body: bytes) -> RepeatKey | None:
    """The Idempotency-Key of a request; None for none, 400 for no key."""
    named = req.get_header('Idempotency-Key')
    if named is None:
        return None
    if not re.fullmatch(KEY, named.strip()):
        raise Problem(400, '', _('An Idempotency-Key has 1 to 255 characters '
                                 'of ASCII, and no blanks.'))
    return RepeatKey(_digest(req.authname, named.strip()), _digest(
        req.method, req.path_info, req.query_string, body.hex()))


def answer_again(call: Call, key: RepeatKey) -> Answer | None:
    """The answer that the request had already; None if it had none.

    422 where the key was used for something else.
    """
    kept = call.system.answers.of(key)
    return None if kept is None else _of(kept, key)


def once(call: Call, act: Callable[[], Answer]) -> Answer:
    """Do it, and keep the answer where the request has a key.

    Of several that come at once with one key, one does it, and all get its
    answer.
    """
    if call.key_of_repeats is None:
        return act()
    key, answers = call.key_of_repeats, call.system.answers
    try:
        with answers.keeping(key) as keep:
            answer = act()
            keep(KeptAnswer(key.request, json.dumps(dict(answer.headers)),
                            json.dumps(answer.data)))
            return answer
    except Repeated:
        kept = answers.of(key)
        return _of(kept, key) if kept else _undone()


def _of(kept: KeptAnswer, key: RepeatKey) -> Answer:
    if kept.request != key.request:
        raise Problem(422, '', _('The Idempotency-Key was used for another '
                                 'request; take a new one.'))
    return Answer(json.loads(kept.body), {
        **json.loads(kept.headers), 'Idempotent-Replayed': 'true'})


def _undone() -> NoReturn:
    raise Problem(409, '', _('A request with the same Idempotency-Key was '
                             'refused just now; send it again.'))


def _digest(*parts: str) -> str:
    return sha256('\0'.join(parts).encode()).hexdigest()
