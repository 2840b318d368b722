"""Authentication by token: `Authorization: Bearer`, below `/campaign` alone.
"""

from __future__ import annotations

import re
from typing import Any

from trac.core import Component, implements
from trac.web.api import HTTPException, IAuthenticator, IRequestFilter

from prodworkflow.api import CampaignSystem
from prodworkflow.domain.model.machines.token import Token
from prodworkflow.translation import _
from prodworkflow.web.database_errors import database_errors
from prodworkflow.web.machines.addresses import need_of
from prodworkflow.web.machines.machine_request import (
    ANONYMOUS,
    JUDGED,
    MachineRequest,
    stand_alone,
)
from prodworkflow.web.machines.problem import Problem
from prodworkflow.web.machines.query_secrets import check_query
from prodworkflow.web.machines.refusals import problems_sent
from prodworkflow.web.machines.token_access import (
    BY,
    require_person,
    require_scope,
    token_of,
)

OURS = re.compile(rb'/campaign(?:/.*)?', re.DOTALL)
# Of several headers a server makes one, with commas between them.
NAMED = re.compile(r'(?:^|,)\s*bearer(?![\w-])', re.IGNORECASE)
GIVEN = re.compile(r'\A\s*bearer +([!-~]{1,200})\s*\Z', re.IGNORECASE)
FORMS = ('application/x-www-form-urlencoded', 'multipart/form-data')
HEADER = 'HTTP_AUTHORIZATION'
CHALLENGE = {'WWW-Authenticate': 'Bearer realm="campaigns"'}


class TokenAuthenticator(Component):
    """Lets machines ask, report and hold by `Authorization: Bearer`.

    Below `/campaign` alone, where a token stands for its owner, but does only
    what its scopes say; elsewhere the header means nothing. A request with a
    token is judged by that alone: session, cookies and `REMOTE_USER` count
    for nothing in it. Needs `prodworkflow.web.chrome`.
    """

    implements(IAuthenticator, IRequestFilter)

    # IAuthenticator methods

    def authenticate(self, req: Any) -> str | None:
        """The owner of a token; the request filter judges what it may do."""
        if not carries_token(req):
            return None
        self._judge(req)
        token = token_of(req)
        return token.owner if token else None

    # IRequestFilter methods

    def pre_process_request(self, req: Any, handler: Any) -> Any:
        return self.admit(req, handler)

    def post_process_request(self, req: Any, template: Any, data: Any,
                             metadata: Any) -> Any:
        return template, data, metadata

    # Other methods

    def admit(self, req: Any, handler: Any) -> Any:
        """The handler of a request; one by a token is answered as a machine's.

        It is refused here where the token may not.
        """
        if isinstance(handler, MachineRequest):
            return handler
        if not carries_token(req):
            if is_ours(req):
                with problems_sent(self.env, req):
                    check_query(req)
            return handler
        self._judge(req)
        token = token_of(req)
        stand_alone(self.env, req, token.owner if token else ANONYMOUS)
        with problems_sent(self.env, req):
            check_query(req)
            self._check(req, token)
        return MachineRequest(self.env, handler)

    # Internal methods

    def _judge(self, req: Any) -> None:
        """Find the token of a request, once; the header is forgotten then.

        What fails is kept, for the filter to tell.
        """
        if JUDGED in req.environ:
            return
        header = forgotten_header(req)
        stand_alone(self.env, req, ANONYMOUS)
        req.environ[JUDGED] = None
        try:
            with database_errors(self.env):
                req.environ[BY] = self._found(header)
        except (Problem, HTTPException) as error:
            req.environ[JUDGED] = error

    def _found(self, header: str) -> Token:
        """The token that a header gives; a Problem if it is worth nothing."""
        secret = ''.join(GIVEN.findall(header))
        tokens = CampaignSystem(self.env).tokens
        token = tokens.of_secret(secret)
        if token is None:
            raise Problem(401, '', _('There is no such token.'),
                          headers=CHALLENGE)
        end = tokens.end_of(token)
        if end:
            raise Problem(401, '', end, headers=CHALLENGE)
        return token

    def _check(self, req: Any, token: Token | None) -> None:
        """Raise the Problem of a request whose token may not make it."""
        failed = req.environ[JUDGED]
        if failed is not None or token is None:
            raise failed
        tokens = CampaignSystem(self.env).tokens
        if tokens.is_orphan(token):
            raise Problem(403, '', _(
                '%(owner)s, who owns the token, is no user of Trac any more.',
                owner=token.owner))
        need = need_of(req)
        if need is None:
            require_person(req)
        elif need.scope:
            require_scope(req, need.scope, need.campaign, need.requirement)
        check_content(req)
        tokens.note_use(token)


def is_ours(req: Any) -> bool:
    """Whether a request is for an address below `/campaign`."""
    path = req.environ.get('PATH_INFO', '').encode('latin-1', 'replace')
    return OURS.fullmatch(path) is not None


def carries_token(req: Any) -> bool:
    """Whether a request below `/campaign` is to be judged by a token."""
    return is_ours(req) and (
        JUDGED in req.environ
        or NAMED.search(req.environ.get(HEADER, '')) is not None)


def sends_form(req: Any) -> bool:
    """Whether a form is sent, which Trac reads where it is asked for."""
    kind = (req.get_header('Content-Type') or '').partition(';')[0]
    return req.method == 'POST' and kind.strip().lower() in FORMS


def check_content(req: Any) -> None:
    """Raise a Problem for a form: Trac takes none without a form token."""
    if sends_form(req):
        raise Problem(415, '', _(
            'A machine sends no form: send JSON, or a file, with its '
            'Content-Type, such as application/octet-stream.'))


def forgotten_header(req: Any) -> str:
    """The header with the token, which nothing finds in the request then."""
    header = str(req.environ.pop(HEADER))
    req.__dict__.pop('_inheaders', None)
    return header
