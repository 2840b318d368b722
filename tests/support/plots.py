"""Plots: pictures as files, and a campaign whose sign-offs rest on some."""

from __future__ import annotations

import struct
import zlib
from urllib.parse import quote

import pytest
from trac.attachment import Attachment

from prodworkflow.api import CampaignRequest

DRAWN = 'Drawn'
TEXT = '''
title = "Drawn"
[[stage]]
key = "only"
title = "Only"
[[stage.requirement]]
key = "physics"
title = "Physics"
plots = ["mass", "energy"]
[[stage.requirement]]
key = "quality"
title = "Quality"
'''


def png(shade=0, size=(3, 2)):
    """A small grey picture."""
    def chunk(kind, data):
        return (struct.pack('>I', len(data)) + kind + data
                + struct.pack('>I', zlib.crc32(kind + data)))
    wide, high = size
    rows = (b'\0' + bytes([shade]) * wide) * high
    return (b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack(
        '>IIBBBBB', wide, high, 8, 0, 0, 0, 0)) + chunk(
            b'IDAT', zlib.compress(rows)) + chunk(b'IEND', b''))


MASS = (('target_file:mass', 'mass.png', png(1)),
        ('reference_file:mass', 'mass.png', png(2)))
ENERGY = (('target_file:energy', 'energy.png', png(3)),
          ('reference_file:energy', 'before.png', png(4)))


@pytest.fixture
def drawn(system):
    """The ticket of the requirement that asks for two plots; anna signs."""
    number, _other = system.create(CampaignRequest(
        DRAWN, 'drawn', 'V1', contacts={
            'physics': ('anna',), 'quality': ('bruno',)},
        template_text=TEXT), 'coordinator')
    return number


@pytest.fixture
def send_plots(client):
    """Sends the box of that ticket with files, as somebody."""
    def send(*files, user='anna', verdict='approved', **fields):
        return client(user).post_files(f'/campaign/{quote(DRAWN)}/sign', {
            'requirement': 'physics', 'verdict': verdict,
            'statement': 'As before.', **fields}, files)
    return send


@pytest.fixture
def attachments(env):
    """The attachments of a ticket as Trac has them: bytes by name."""
    def found(ticket):
        there = {}
        for attachment in Attachment.select(env, 'ticket', ticket):
            with attachment.open() as file:
                there[attachment.filename] = file.read()
        return there
    return found
