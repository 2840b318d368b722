"""A campaign whose one requirement rests on a value and a plot."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from trac.attachment import Attachment

from prodworkflow.api import (
    CampaignRequest,
    EvidenceInput,
    SignOffRequest,
    Verdict,
)
from support.campaigns import ANNA, BRUNO

SEEN = 'Seen'
QUALITY = 'quality'
TEXT = '''
title = "Seen"
[[stage]]
key = "only"
title = "Only"
[[stage.requirement]]
key = "quality"
title = "Quality"
quorum = 2
plots = ["memory"]
[[stage.requirement.value]]
name = "memory_growth"
title = "Memory growth"
unit = "kB/event"
at_most = "1 kB/event"
'''
FILES = ('memory.png', 'before.png')


@pytest.fixture
def quality(system):
    """The ticket that anna and bruno have to sign."""
    number, = system.create(CampaignRequest(
        SEEN, 'seen', 'V1', contacts={QUALITY: ('anna', 'bruno')},
        template_text=TEXT), 'coordinator')
    return number


@pytest.fixture
def report(system):
    """Reports a value, or approves with it, as somebody."""
    def reporting(person, value='', verdict=Verdict.REPORTED, plot=None,
                  statement='Measured.'):
        system.record(SEEN, QUALITY, person, SignOffRequest(
            verdict, statement, EvidenceInput(
                {'memory_growth': value} if value else {},
                {'memory': plot} if plot else {})))
    return reporting


@pytest.fixture
def signed_by_two(quality, attach, report):
    """Both have signed 0.5 kB/event and the plot; the ticket is closed."""
    attach(quality, *FILES)
    report(ANNA, '0.5 kB/event', Verdict.APPROVED, FILES)
    report(BRUNO, verdict=Verdict.APPROVED)
    return quality


@pytest.fixture
def put_attachment(env):
    """Puts other bytes in the place of an attachment, as two acts of Trac."""
    def putting(ticket, name, data):
        Attachment(env, 'ticket', ticket, name).delete()
        Attachment(env, 'ticket', ticket).insert(name, io.BytesIO(data),
                                                 len(data))
    return putting


@pytest.fixture
def overwrite(env):
    """Writes other bytes to the file of an attachment, past Trac."""
    def writing(ticket, name, data):
        Path(Attachment(env, 'ticket', ticket, name).path).write_bytes(data)
    return writing


@pytest.fixture
def why(system):
    """Why the requirement is unmet: the reason's code and the words."""
    def answer():
        found = system.queries.decision(SEEN).answer(QUALITY)
        return found.reason and found.reason.value, found.words
    return answer
