"""Tokens of machines: makes them, and sends requests by them."""

from __future__ import annotations

import http.client
import json
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest

from prodworkflow.domain.planning.tokens import TokenRequest

PROBLEM = 'application/problem+json'


@dataclass(frozen=True)
class Reply:
    """An answer as it came: no redirect was followed."""

    status: int
    headers: http.client.HTTPMessage
    text: str

    @property
    def kind(self):
        return (self.headers['Content-Type'] or '').partition(';')[0]

    @property
    def problem(self):
        """The detail of a problem document; it has to be one."""
        assert self.kind == PROBLEM, self.text
        told = json.loads(self.text)
        assert told['status'] == self.status
        return told['detail']


class Machine:
    """Sends requests to a site with a header `Authorization`, or without."""

    def __init__(self, site, authorization=None):
        self.address = urlsplit(site)
        self.headers = ([('Authorization', authorization)]
                        if authorization is not None else [])

    def send(self, path, method='GET', body=None, headers=()):
        """The reply to a request; headers may be repeated."""
        connection = http.client.HTTPConnection(
            self.address.hostname, self.address.port, timeout=60)
        try:
            connection.putrequest(method, self.address.path + path)
            for name, value in [*self.headers, *headers]:
                connection.putheader(name, value)
            if body is not None:
                connection.putheader('Content-Length', str(len(body)))
            connection.endheaders(body)
            answer = connection.getresponse()
            return Reply(answer.status, answer.headers,
                         answer.read().decode())
        finally:
            connection.close()


@pytest.fixture
def token(system):
    """Makes a token of anna's; gives it with its secret."""
    def make(scopes='gate:read', owner='anna', **more):
        return system.tokens.add(TokenRequest(owner, scopes, **more))
    return make


@pytest.fixture
def machine(site, token):
    """A machine with a token of anna's, or with a secret that is given."""
    def make(scopes='gate:read', secret=None, **more):
        return Machine(
            site, f'Bearer {secret or token(scopes, **more).secret}')
    return make
