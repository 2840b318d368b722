"""Requests by tokens: they stand alone, and get no page of Trac's."""

from __future__ import annotations

import secrets
from functools import partial
from typing import Any

from trac.perm import PermissionCache
from trac.util.text import exception_to_unicode
from trac.web.api import Cookie, RequestDone
from trac.web.main import FakeSession

from prodworkflow.translation import _
from prodworkflow.web.machines.problem import Problem, send_problem
from prodworkflow.web.machines.refusals import problem_of, problems_sent, TOLD
from prodworkflow.web.machines.token_access import require_person

ANONYMOUS = 'anonymous'
# Where a request keeps why its token is worth nothing; None if it is.
JUDGED = 'prodworkflow.judged'
# What Trac may have made already for whoever it took the request for.
PERSONAL = ('chrome', 'languages', 'lc_time', 'locale', 'tz')


class MachineRequest:
    """Serves a request by another handler: a machine gets no page of Trac's.

    What is refused comes as a problem document, and what fails is in the log.
    """

    def __init__(self, env: Any, handler: Any) -> None:
        self.env = env
        self.handler = handler

    def process_request(self, req: Any) -> None:
        with problems_sent(self.env, req):
            if self.handler is None:
                raise Problem(404, '', _('There is nothing at this address.'))
            page = self._answer(req)
            if page:
                require_person(req)

    def _answer(self, req: Any) -> Any:
        """The page that was answered with; RequestDone if it was none.

        A traceback tells what variables held, on the page that Trac makes of
        an error.
        """
        try:
            return self.handler.process_request(req)
        except (RequestDone, *TOLD):
            raise
        except Exception as error:
            self.env.log.error('Internal server error: %r, %s', req,
                               exception_to_unicode(error, traceback=True))
            raise Problem(500, '', _('The request failed; the log of the '
                                     'site has more.')) from error


def stand_alone(env: Any, req: Any, login: str) -> None:
    """Let a request stand for a login, and for nobody whom Trac took it for.

    It has no session: none is read, made or stored, and no cookie is sent.
    """
    for name in ('REMOTE_USER', 'HTTP_COOKIE'):
        req.environ.pop(name, None)
    for name in PERSONAL:
        req.__dict__.pop(name, None)
    req.incookie, req.outcookie = Cookie(), Cookie()
    req.authname, req.is_authenticated = login, login != ANONYMOUS
    req.session = FakeSession()
    req.perm = PermissionCache(env, login)
    # No form was ever given this one.
    req.form_token = secrets.token_hex(32)
    req.send_error = partial(send_error, req)


def send_error(req: Any, exc_info: Any, content: Any,
               content_type: str = '', status: int = 500) -> None:
    """Send a problem document in place of Trac's page about an error.

    Trac makes one before any filter is asked, such as of an address that is
    no UTF-8.
    """
    failed = req.environ[JUDGED]
    req._outheaders, req.outcookie = [], Cookie()
    send_problem(req, problem_of(failed) if failed else Problem(status))
