"""HTTP client: a small browser without scripts; cookies, log-in and forms."""

from __future__ import annotations

import base64
import re
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from http.cookiejar import CookieJar


@dataclass(frozen=True)
class Answer:
    """What came back after all redirects; `url` is where it came from."""

    status: int
    text: str
    url: str
    headers: dict


def words_of(answer):
    """What a page says, links and all taken out."""
    return ' '.join(re.sub('<[^>]*>', '', answer.text).split())


class _Stay(urllib.request.HTTPRedirectHandler):
    """Gives the redirect itself as the answer."""

    def redirect_request(self, *args):
        return None


class Client:
    """Talks to a site as one user, or as nobody.

    With `follow` false, a redirect is itself the answer.
    """

    def __init__(self, site, user=None, follow=True):
        self.site = site
        self.jar = CookieJar()
        self.opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(self.jar),
            *([] if follow else [_Stay]))
        if user:
            self.log_in(user)

    def log_in(self, user):
        """Log in with a password that is the login."""
        word = base64.b64encode(f'{user}:{user}'.encode()).decode()
        self._open(urllib.request.Request(
            self.site + '/login', headers={'Authorization': f'Basic {word}'}))

    def get(self, path):
        """The page at that path."""
        return self._open(urllib.request.Request(self.site + path))

    def post(self, path, fields, headers=()):
        """Send a form, with the form token that the site gave us."""
        if not self._token():
            self.get('/about')
        data = urllib.parse.urlencode(
            {'__FORM_TOKEN': self._token(), **fields}, doseq=True)
        return self._open(urllib.request.Request(
            self.site + path, data.encode(), dict(headers)))

    def post_files(self, path, fields, files):
        """Send a form with files: (field, file name, bytes) each."""
        if not self._token():
            self.get('/about')
        parts = [(f'name="{name}"', value.encode()) for name, value in
                 {'__FORM_TOKEN': self._token(), **fields}.items()]
        parts += [(f'name="{name}"; filename="{file}"', data)
                  for name, file, data in files]
        mark = 'plots-0123456789'
        body = b''.join(
            f'--{mark}\r\nContent-Disposition: form-data; {head}\r\n\r\n'
            .encode() + data + b'\r\n' for head, data in parts)
        return self._open(urllib.request.Request(
            self.site + path, body + f'--{mark}--\r\n'.encode(),
            {'Content-Type': f'multipart/form-data; boundary={mark}'}))

    def resolve(self, ticket, resolution='fixed', comment='Fine.', **more):
        """Close a ticket as its page does."""
        page = self.get(f'/ticket/{ticket}').text
        seen = re.search(r'name="view_time"\s+value="(\d+)"', page)
        return self.post(f'/ticket/{ticket}', {
            'action': 'resolve', 'comment': comment, 'submit': '1',
            'action_resolve_resolve_resolution': resolution,
            'view_time': seen[1] if seen else '', **more})

    def act(self, ticket, action, **more):
        """Take any workflow action on a ticket as its page does."""
        return self.resolve(ticket, action=action, **more)

    def _token(self):
        return next((c.value for c in self.jar
                     if c.name == 'trac_form_token'), '')

    def _open(self, request):
        try:
            with self.opener.open(request, timeout=60) as answer:
                return self._answer(answer)
        except urllib.error.HTTPError as error:
            with error:
                return self._answer(error)

    @staticmethod
    def _answer(answer):
        return Answer(answer.status, answer.read().decode('utf-8'),
                      answer.url, dict(answer.headers))
