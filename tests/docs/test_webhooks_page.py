"""What docs/administration/webhooks.rst says is so; its Python is run."""

from __future__ import annotations

import re
import textwrap
import time
from pathlib import Path

import pytest

from prodworkflow.api import EventType, ReceiverRequest
from support.campaigns import ADMIN

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / 'docs' / 'administration' / 'webhooks.rst').read_text(
    encoding='utf-8')
CODE = re.search(r'(?m)^\.\. code-block:: python\n\n((?: {4}.*\n|\n)+)',
                 PAGE)[1]
COMMANDS = (ROOT / 'docs' / 'reference' / 'commands.rst').read_text(
    encoding='utf-8')


@pytest.fixture
def is_genuine():
    """The function that the page gives to receivers."""
    names = {}
    exec(textwrap.dedent(CODE), names)
    return names['is_genuine']


def test_receivers_check_signatures_as_the_page_says(
        no_worker, campaign, sign, receiver, is_genuine):
    secret = no_worker.webhooks.add(ADMIN,
                                    ReceiverRequest(receiver.url)).secret
    sign('feature-freeze')
    no_worker.webhooks.deliver()
    came = receiver.arrivals[0]
    assert is_genuine(secret, came.headers, came.body)
    assert not is_genuine(secret, came.headers, came.body + b' ')
    assert not is_genuine('whsec_' + 'A' * 43 + '=', came.headers, came.body)
    for name, value in (('webhook-id', 'msg_1'), ('webhook-timestamp', str(
            int(time.time()) - 400))):
        assert not is_genuine(secret, {**came.headers, name: value},
                              came.body)


def test_each_type_is_told_on_both_pages():
    for type_ in EventType:
        assert f'``{type_.value}``' in PAGE
        assert f'``{type_.value}``' in COMMANDS
