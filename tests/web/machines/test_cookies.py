"""Cookies that cannot be read: refused, where Trac itself would fail."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from support.campaigns import NAME
from support.tokens import Machine, PROBLEM

PAGE = f'/campaign/{quote(NAME)}'
MACHINES = (f'{PAGE}/gate', '/campaign/metrics', '/campaign/api/v1/campaigns',
            '/campaign/api/v1/openapi.json', f'/campaign/api/v1/campaigns/'
            f'{quote(NAME)}/decisions')
PAGES = ('/campaign', PAGE, '/campaign/feed', '/campaign/due.ics',
         f'{PAGE}/badge.svg', '/admin/production/campaigns')
UNREADABLE = ['a=1; $b=2', 'trac_auth=x; $uh%wed%gs+=1']


@pytest.mark.parametrize('cookie', UNREADABLE)
def test_cookies_that_cannot_be_read_are_refused(campaign, site, cookie):
    beside = [('Cookie', cookie)]
    for address in MACHINES:
        reply = Machine(site).send(address, headers=beside)
        assert (reply.status, reply.kind) == (400, PROBLEM), address
        assert 'The header Cookie cannot be read' in reply.problem
    for address in PAGES:
        reply = Machine(site).send(address, headers=beside)
        assert reply.status == 400, (address, reply.text)
        assert 'The header Cookie cannot be read' in reply.text
        assert 'Traceback' not in reply.text
    reply = Machine(site).send(
        f'/campaign/api/v1/campaigns/{quote(NAME)}/hold', 'POST',
        b'{"reason": "x"}', [*beside, ('Content-Type', 'application/json')])
    assert 'The header Cookie cannot be read' in reply.problem


@pytest.mark.parametrize('cookie', UNREADABLE)
def test_cookies_beside_a_token_count_for_nothing(campaign, machine, cookie):
    sent = machine('gate:read,feed:read')
    for address, status in ((f'{PAGE}/gate', 409), (f'{PAGE}/feed', 200),
                            ('/campaign/api/v1/campaigns', 200)):
        assert sent.send(address,
                         headers=[('Cookie', cookie)]).status == status
