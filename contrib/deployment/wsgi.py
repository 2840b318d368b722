"""The WSGI application of one Trac environment, as gunicorn serves it.

nginx asks for the password and names whoever gave it in `X-Remote-User`;
it sets that header on every request, so that nobody can send it themselves.
Never let gunicorn listen where anybody but nginx reaches it.
"""

from __future__ import annotations

import os

from trac.web.main import dispatch_request

os.environ.setdefault('TRAC_ENV', '/srv/trac/env')

FAILED = (b'Trac failed over this request, maybe since its database does not '
          b'answer.\nWhat you sent is stored as a whole or not at all: look '
          b'at the page again\nbefore you repeat it. The log of this node '
          b'says what happened.\n')


def application(environ, start_response):
    """Serve a request on behalf of whom nginx has logged in."""
    user = environ.pop('HTTP_X_REMOTE_USER', '')
    environ.pop('REMOTE_USER', None)
    if user:
        environ['REMOTE_USER'] = user
    failure = []

    def start(status, headers, exc_info=None):
        if not status.startswith('500'):
            return start_response(status, headers, exc_info)
        failure[:] = [status, headers, []]
        return failure[2].append

    body = dispatch_request(environ, start)
    return _told(failure, body, start_response) if failure else body


def _told(failure, body, start_response):
    """Trac's page about an error, without the traceback it shows anybody."""
    status, headers, written = failure
    page = b''.join([*written, *body])
    if b'Traceback (most recent call last)' in page:
        page = FAILED
        headers = [('Content-Type', 'text/plain;charset=utf-8'),
                   ('Content-Length', str(len(page))),
                   ('Cache-Control', 'no-store')]
    start_response(status, headers)
    return [page]
