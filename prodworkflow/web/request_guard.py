"""CSRF check of our pages: form token, method, no unexpected uploads."""

from __future__ import annotations

import re
from typing import Any

from trac.web.api import HTTPBadRequest, HTTPMethodNotAllowed

from prodworkflow.translation import _
from prodworkflow.web.machines.addresses import READING
from prodworkflow.web.machines.bearer import sends_form
from prodworkflow.web.machines.cookies import check_cookies
from prodworkflow.web.machines.problem import Problem
from prodworkflow.web.machines.refusals import problems_sent
from prodworkflow.web.machines.token_access import token_of
from prodworkflow.web.plots.uploads import takes_files

OURS = re.compile(r'/(?:campaign|admin/production)(?:/.*)?', re.DOTALL)


# These answer for themselves, in JSON.
MACHINES = re.compile(r'/campaign/(?:[^/]+/gate|metrics|api/v1(?:/.*)?)',
                      re.DOTALL)
READ = re.compile(r'/campaign/(?:[^/]+/gate|metrics)', re.DOTALL)


def check_legible(env: Any, req: Any) -> None:
    """Refuse what Trac fails on or takes long to read, before it does.

    Machines are told by a problem document.
    """
    if MACHINES.fullmatch(req.path_info):
        with problems_sent(env, req):
            check_cookies(req)
            _check_form(req)
    elif OURS.fullmatch(req.path_info):
        check_cookies(req)


def _check_form(req: Any) -> None:
    """Refuse a form to what is only read, before Trac reads all of it."""
    if READ.fullmatch(req.path_info) and sends_form(req):
        raise Problem(405, '', _(
            'This address does not answer %(method)s; it answers %(allowed)s.',
            method=req.method, allowed=', '.join(READING)),
            headers={'Allow': ', '.join(READING)})


def check_request(req: Any) -> None:
    """Raise the refusal of a request to our pages that is not to be served.

    Trac asks for the form token only where the content is a form's; our pages
    take nothing else, and ask for it whatever was sent.  A request by a token
    has been judged before, and has no form.
    """
    if token_of(req) or not OURS.fullmatch(req.path_info) \
            or MACHINES.fullmatch(req.path_info):
        return
    if req.method not in ('GET', 'HEAD', 'POST'):
        raise HTTPMethodNotAllowed(
            _('This page answers GET and POST.'))
    if req.method == 'POST' and \
            req.args.get('__FORM_TOKEN') != req.form_token:
        raise HTTPBadRequest(_('The form token is missing; reload the page '
                               'and try again.'))
    for name in req.args:
        if name != 'file' and not takes_files(req.path_info, name) and any(
                hasattr(value, 'filename')
                for value in req.args.getlist(name)):
            raise HTTPBadRequest(_('%(field)s is a file where words are '
                                   'asked for; type them.',
                                   field=name[:64]))
