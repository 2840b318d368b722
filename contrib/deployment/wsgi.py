"""The WSGI application of one Trac environment, as gunicorn serves it.

nginx asks for the password and names whoever gave it in `X-Remote-User`;
it sets that header on every request, so that nobody can send it themselves.
Never let gunicorn listen where anybody but nginx reaches it.
"""

from __future__ import annotations

import os

from trac.web.main import dispatch_request

os.environ.setdefault('TRAC_ENV', '/srv/trac/env')


def application(environ, start_response):
    """Serve a request on behalf of whom nginx has logged in."""
    user = environ.pop('HTTP_X_REMOTE_USER', '')
    environ.pop('REMOTE_USER', None)
    if user:
        environ['REMOTE_USER'] = user
    return dispatch_request(environ, start_response)
