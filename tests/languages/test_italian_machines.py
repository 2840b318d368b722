"""What machines are told is in the language of whoever set them up.

Commands speak that of the console, refusals of the API that of the request.
"""

from __future__ import annotations

import json

import pytest

from support.api_client import of
from support.campaigns import NAME
from support.italian import english

# Words of the code, of headers and of addresses.
WRITTEN = ('gate:read', 'evidence:write', 'feed:read', 'feature-freeze',
           'gate-open', 'waiver-ending', 'no-such', 'Content-Type',
           'asked, signed', 'anna-1', 'until', NAME)
COMMANDS = (
    ('token', 'list'), ('token', 'add', 'zoe', '--scope=gate:read'),
    ('token', 'add', 'anna', '--scope=no-such'), ('token', 'add', 'anna'),
    ('token', 'add', 'anna', '--scope=hold', '--requirement=no-such'),
    ('token', 'add', 'anna', '--scope=hold', f'--campaign={NAME}',
     '--requirement=feature-freeze'),
    ('token', 'add', 'anna', '--scope=gate:read', '--campaign=no-such'),
    ('token', 'add', 'anna', '--scope=gate:read', '--expires=mai'),
    ('token', 'add', 'anna', '--scope=gate:read', '--expires=2020-01-01'),
    ('token', 'add', 'anna', '--scope=gate:read', '--name=7'),
    ('token', 'add', 'anna', '--scope=gate:read'),
    ('token', 'add', 'anna', '--scope=gate:read', '--name=anna-1'),
    ('token', 'list'), ('token', 'list', 'anna'), ('token', 'revoke', 'x'),
    ('token', 'revoke', 'anna-1'), ('token', 'list'),
    ('webhook', 'list'), ('webhook', 'add', 'x'),
    ('webhook', 'add', 'https://x.example.org/a b'),
    ('webhook', 'add', 'https://anna:x@x.example.org/'),
    ('webhook', 'add', 'https://x.example.org/#a'),
    ('webhook', 'add', 'https://x.example.org/', '--types=gate'),
    ('webhook', 'add', 'https://x.example.org/', '--kind=irc'),
    ('webhook', 'add', 'https://x.example.org/', '--secret=x'),
    ('webhook', 'add', 'https://x.example.org/', '--kind=slack',
     '--secret=x'),
    ('webhook', 'add', 'https://x.example.org/', '--types=resumed'),
    ('webhook', 'add', 'https://x.example.org/'), ('webhook', 'list'),
    ('deliver', '--dry-run'), ('webhook', 'remove', '7'),
    ('webhook', 'remove', '1'),
    ('gate', NAME, '--at=mai'), ('gate', NAME, '--item=x'),
    ('gate', NAME, '--at=2020-01-01T12:00Z'),
    ('evidence', NAME, 'no-such', 'a=1'),
    ('evidence', NAME, 'feature-freeze', 'a'),
    ('evidence', NAME, 'feature-freeze', '/no/such'),
)
REQUIREMENT = of(NAME, 'requirements', 'feature-freeze')
ASKED = (
    '/nope', '/campaigns/no-such', '/campaigns?limit=x', '/campaigns?x=1',
    '/campaigns?limit=1&limit=2',
    of(NAME, 'requirements', 'no-such', 'evidence'),
    of(NAME, 'decisions') + '?stage=no-such',
    of(NAME, 'decisions') + '?item=no-such',
    of(NAME, 'decisions') + '?at=mai',
    of(NAME, 'decisions') + '?assume=x',
    of(NAME, 'decisions') + '?assume=feature-freeze:x',
)
SENT = (
    ('/campaigns', {}), ('/campaigns', {'name': 3, 'x': 1}),
    ('/campaigns', {'name': 'A/B', 'template': 'no-such', 'release': 'V1',
                    'start': 'presto'}),
    (f'{REQUIREMENT}/sign-offs', {}),
    (f'{REQUIREMENT}/sign-offs', {'verdict': 'x', 'statement': ''}),
    (f'{REQUIREMENT}/sign-offs', {'verdict': 'approved', 'statement': ''}),
    (f'{REQUIREMENT}/sign-offs', {'verdict': 'withdrawn',
                                  'statement': 'Va bene.'}),
    (f'{REQUIREMENT}/evidence', {}),
    (f'{REQUIREMENT}/evidence', {'values': {'x': '1'}}),
    (of(NAME, 'waivers'), {'requirement': 'feature-freeze', 'reason': 'x',
                           'until': 'mai', 'statement': 'Va bene.'}),
    (of(NAME, 'hold'), {'reason': ''}),
    (of(NAME, 'resume'), {'reason': 'Va bene.'}),
    (of(NAME, 'launch'), {'reason': 'Va bene.'}),
    (of(NAME, 'launch'), []), (of(NAME, 'launch'), b'{'),
    (of(NAME, 'launch'), b'{"a": 1, "a": 2}'), (of(NAME, 'launch'), b'\xff'),
    (of(NAME, 'ledger'), {}),
)


@pytest.fixture
def console(admin, monkeypatch):
    """Runs a command in an Italian console."""
    monkeypatch.setenv('LANGUAGE', 'it')
    return admin


def test_commands_for_machines_print_no_english_sentence(campaign, console):
    found = {}
    for words in COMMANDS:
        _code, out, err = console('campaign', *words)
        lines = (out + err).replace('Error:', '').splitlines()
        assert lines, words
        if english(lines, WRITTEN):
            found[words] = english(lines, WRITTEN)
    assert found == {}


def said(value):
    """The texts of a document, but its title: a status in HTTP's words."""
    if isinstance(value, dict):
        return [text for name, each in value.items() if name not in
                ('title', 'type') for text in said(each)]
    if isinstance(value, list):
        return [text for each in value for text in said(each)]
    return [value] if isinstance(value, str) else []


def refused(answer):
    """What a refusal says in English."""
    assert 400 <= answer.status < 500, answer.text
    return english(said(json.loads(answer.text)), WRITTEN)


@pytest.mark.parametrize('user', ['coordinator', 'anna'])
def test_refusals_of_the_api_have_no_english_sentence(campaign, api, user):
    reader, found = api(user), {}
    for path in ASKED:
        found[path] = refused(reader.get(path, {'Accept-Language': 'it'}))
    for path, document in SENT:
        found[path, str(document)] = refused(reader.post(
            path, document, {'Accept-Language': 'it'}))
    assert {asked: left for asked, left in found.items() if left} == {}


def test_tokens_are_refused_in_the_reader_s_language(campaign, api, token):
    made = token('evidence:write', name='nightly', campaign=NAME,
                 requirement='software-quality').secret
    held = token('hold', campaign='').secret
    found = {}
    for secret, path, document in (
            ('x', '/campaigns', None), ('pwf_x', '/campaigns', None),
            (made, '/campaigns', None), (made, of('2012'), None),
            (made, f'{REQUIREMENT}/evidence', {'values': {'x': '1'}}),
            (made, of(NAME, 'hold'), {'reason': 'Va bene.'}),
            (held, of(NAME, 'launch'), {'reason': 'Va bene.'})):
        machine = api(token=secret)
        answer = (machine.get(path, {'Accept-Language': 'it'})
                  if document is None else
                  machine.post(path, document, {'Accept-Language': 'it'}))
        assert answer.status in (401, 403), answer.text
        found[secret, path] = refused(answer)
    assert {asked: left for asked, left in found.items() if left} == {}
