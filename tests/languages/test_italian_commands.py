"""Commands speak the language of the console, as Trac's own do."""

from __future__ import annotations

import pytest

from support.campaigns import NAME
from support.italian import english

# What commands print that people or templates wrote.
WRITTEN = ('Path to production', 'Release built', 'path-to-production', NAME,
           'Feature Freeze', 'Software quality ok', 'Resources estimate',
           'Release validated', 'Remote sites validated', 'anna', 'bruno',
           'Runtime performance ok', 'Physics results ok', 'Memory leak.',
           '1. Software preparation', '2. Release validation',
           '3. Pre-production', 'CAMPAIGN_', 'until: ')


@pytest.fixture
def console(admin, monkeypatch):
    """Runs a command in an Italian console."""
    monkeypatch.setenv('LANGUAGE', 'it')
    return admin


def test_help_is_in_the_language_of_the_console(console):
    _code, out, _ = console('help', 'campaign', 'hold')
    assert 'Ferma subito una campagna' in out
    assert 'Nessun varco di avvio si apre finché non è ripresa.' in out


@pytest.mark.parametrize('words', [
    ('list',), ('show', NAME), ('gate', NAME), ('check',),
    ('hold', NAME, '--reason=Memory leak.'), ('remind', '--dry-run'),
    ('template', 'list'), ('template', 'show', 'path-to-production'),
    ('hold', NAME), ('launch', NAME), ('show', 'None'), ('gate', NAME, 'x'),
    ('waive', NAME, 'feature-freeze', 'awaiting'),
    ('change', NAME, '--start=2099-01-01', '--dry-run'),
    ('release', NAME, 'V2', '--dry-run', '--reason=Memory leak.'),
    ('create', 'Another', '--dry-run'), ('remove', NAME),
    ('deputy', 'bruno', 'for', 'anna', '2099-01-01..2099-01-02'),
], ids=' '.join)
def test_commands_print_no_english_sentence(campaign, console, words):
    _code, out, err = console('campaign', *words)
    lines = [line for line in (out + err).splitlines()
             if not line.lstrip().startswith(('Error:', 'campaign '))]
    assert english(lines, WRITTEN) == []


def test_commands_are_in_english_elsewhere(campaign, admin, monkeypatch):
    monkeypatch.setenv('LANGUAGE', 'en_US')
    assert 'Not ready: ' in admin('campaign', 'show', NAME)[1]
