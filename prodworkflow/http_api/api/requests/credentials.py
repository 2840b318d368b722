"""Credentials of API requests: a token of the scope, or a person's form token.

A Trac session alone changes nothing: other sites could send its cookie.
"""

from __future__ import annotations

from hmac import compare_digest
from typing import Any

from prodworkflow.http_api.api.operation import Operation
from prodworkflow.http_api.problems import Problem
from prodworkflow.translation import _
from prodworkflow.web.machines.token_access import (
    require_person,
    require_scope,
    token_of,
)

HEADER = 'X-Trac-Form-Token'
BEARER = {'WWW-Authenticate': 'Bearer'}


def admit(req: Any, operation: Operation, name: str, key: str) -> None:
    """Let a request through; 401 or 403 where it may not ask this.

    What whoever asks may do is another question: a token never more than its
    owner.
    """
    if token_of(req) is None:
        if operation.method == 'POST':
            _require_form_token(req)
    elif operation.scope:
        require_scope(req, operation.scope, name, key)
    else:
        require_person(req)


def _require_form_token(req: Any) -> None:
    """Refuse what another site may have made a browser send."""
    if not req.is_authenticated:
        raise Problem(401, '', _(
            'Send a token as "Authorization: Bearer …", or log in to Trac '
            'and send the form token of the session as %(header)s.',
            header=HEADER), headers=BEARER)
    sent = req.get_header(HEADER) or ''
    if 'trac_form_token' in req.incookie and compare_digest(
            sent.encode(), str(req.form_token).encode()):
        return
    raise Problem(403, '', _(
        'The form token is missing or is another: send the cookie '
        'trac_form_token of the session as %(header)s, too.',
        header=HEADER))
