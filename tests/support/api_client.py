"""API client: JSON from and to `/campaign/api/v1/`, as somebody or nobody."""

from __future__ import annotations

import json
import urllib.request
from urllib.parse import quote

import pytest

from support.http_client import Client

ROOT = '/campaign/api/v1'
JSON = 'application/json'


class ApiClient:
    """Asks the API of a site with a session, a token, or neither."""

    def __init__(self, site, user=None, token=''):
        self.client = Client(site, user, follow=False)
        self.address = site + ROOT
        self.token = token
        if user:
            self.client.get('/about')  # gives the form token

    @property
    def form_token(self):
        return next((c.value for c in self.client.jar
                     if c.name == 'trac_form_token'), '')

    def get(self, path, headers=()):
        return self.send('GET', path, None, headers)

    def post(self, path, document, headers=(), kind=JSON):
        """Send a document, or bytes as they are, with the form token."""
        data = (document if isinstance(document, bytes)
                else json.dumps(document).encode())
        given = {'Content-Type': kind}
        if self.form_token and not self.token:
            given['X-Trac-Form-Token'] = self.form_token
        return self.send('POST', path, data, {**given, **dict(headers)})

    def send(self, method, path, data, headers=()):
        given = dict(headers)
        if self.token:
            given['Authorization'] = f'Bearer {self.token}'
        answer = self.client._open(urllib.request.Request(
            self.address + path, data, given, method=method))
        return ApiAnswer(answer)


class ApiAnswer:
    """What came back, read as JSON where it is."""

    def __init__(self, answer):
        self.status, self.text = answer.status, answer.text
        self.headers = {k.lower(): v for k, v in answer.headers.items()}
        self.kind = self.headers.get('content-type', '').partition(';')[0]

    @property
    def json(self):
        return json.loads(self.text)

    def problem(self, status):
        """The words of a problem document of that status."""
        assert self.status == status, self.text
        assert self.kind == 'application/problem+json', self.text
        assert self.json['status'] == status
        return self.json.get('detail', '')


def of(name, *parts):
    """The path of something of a campaign."""
    return '/'.join(['/campaigns', *(quote(p, '') for p in (name, *parts))])


@pytest.fixture
def api(site):
    """A factory of API clients, each logged in as somebody, or nobody."""
    return lambda user=None, token='': ApiClient(site, user, token)
