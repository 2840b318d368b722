"""Sign-offs and waivers with evidence, and the answers to them."""

from __future__ import annotations

from datetime import date, timedelta
from urllib.parse import quote

import pytest

from prodworkflow.api import EvidenceInput, SignOffRequest, Verdict
from prodworkflow.domain.rules.waivers.requests import WaiverRequest
from support.campaigns import FULL

TOMORROW = (date.today() + timedelta(days=2)).isoformat()
LEAKS = 'memory-leaks'
TWO_OF_PHYSICS = '''
title = "Two"
[[stage]]
key = "one"
title = "One"
[[stage.requirement]]
key = "made"
title = "Made"
[[stage.requirement]]
key = "reviewed"
title = "Reviewed"
separate_from = "made"
'''


def leak(value, statement='Measured.', verdict=Verdict.REPORTED):
    return SignOffRequest(verdict, statement, EvidenceInput(
        {'memory_growth': value}, {},
        {'leak report': 'https://example.org/leaks'}))


def waiver(reason='out-of-bounds', until=TOMORROW, bound='5 kB/event',
           statement='Small.'):
    bounds = {'memory_growth': ('', bound)} if bound else {}
    return SignOffRequest(Verdict.WAIVED, statement,
                          leave=WaiverRequest(reason, until, bounds))


@pytest.fixture
def state_of(system):
    """The answer's state and reason of one requirement."""
    def answer(key, name=FULL):
        found = system.queries.decision(name).answer(key)
        return found.state, found.reason.value if found.reason else None
    return answer


@pytest.fixture
def post(client):
    """Sends the box of a ticket, as somebody."""
    def send(user, name, key, verdict='approved', **fields):
        return client(user).post(f'/campaign/{quote(name)}/sign', {
            'requirement': key, 'verdict': verdict, 'statement': 'Fine.',
            **fields})
    return send
