"""Commands speak the language of the console, as Trac's own do."""

from __future__ import annotations

import pytest
from trac.admin.api import AdminCommandManager

from support.campaigns import NAME
from support.italian import english

# What commands print that people or templates wrote.
WRITTEN = ('Path to production', 'Release built', 'path-to-production', NAME,
           'Feature Freeze', 'Software quality ok', 'Resources estimate',
           'Release validated', 'Remote sites validated', 'anna', 'bruno',
           'Runtime performance ok', 'Physics results ok', 'Memory leak.',
           '1. Software preparation', '2. Release validation',
           '3. Pre-production', 'CAMPAIGN_', 'until: ',
           'signed,gate-opened')


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
    ('list',), ('show', NAME), ('gate', NAME),
    ('hold', NAME, '--reason=Memory leak.'), ('remind', '--dry-run'),
    ('template', 'list'), ('template', 'show', 'path-to-production'),
    ('hold', NAME), ('launch', NAME), ('show', 'None'), ('gate', NAME, 'x'),
    ('waive', NAME, 'feature-freeze', 'awaiting'),
    ('change', NAME, '--start=2099-01-01', '--dry-run'),
    ('release', NAME, 'V2', '--dry-run', '--reason=Memory leak.'),
    ('create', 'Another', '--dry-run'), ('remove', NAME),
    ('deputy', 'bruno', 'for', 'anna', '2099-01-01..2099-01-02'),
    ('admits', 'None', '1'), ('tolerate', NAME, '1', '--until=mai'),
    ('waive', NAME, 'feature-freeze', 'awaiting', '--until=2020-01-01',
     '--reason=Va bene.'),
    ('waive', NAME, 'feature-freeze', 'no-such', '--until=2099-01-01',
     '--reason=Va bene.'),
    ('answer', NAME, 'feature-freeze', '--reason=Va bene.'),
    ('resume', NAME, '--reason=Va bene.'), ('close', NAME, '--reason=So.'),
    ('launch', NAME, '--reason=Va bene.'), ('abandon', NAME, '--reason='),
    ('change', NAME, '--replace=x', '--reason=Va bene.'),
    ('change', NAME, '--contact=x', '--reason=Va bene.'),
    ('change', NAME, '--contact=nessuno:anna', '--reason=Va bene.'),
    ('change', NAME, '--quorum=feature-freeze:9', '--reason=Va bene.'),
    ('change', NAME, '--enforcement=x', '--reason=Va bene.'),
    ('change', NAME, '--start=presto', '--reason=Va bene.'),
    ('change', NAME, '--replace=anna:bruno', '--dry-run'),
    ('change', NAME), ('release', NAME, 'V1', '--reason=Va bene.'),
    ('release', NAME, 'V2', '--touches=x', '--reason=Va bene.'),
    ('create', NAME, '--release=V1'), ('create', 'A/B', '--template=x'),
    ('create', 'Altra', '--template-file=/no/such.toml'),
    ('create', 'Altra', '--like=None'), ('create', 'Altra', '--x'),
    ('template', 'show', 'x'), ('template', 'import', 'x', '/no/such'),
    ('template', 'export', 'path-to-production', '/no/such/folder/x'),
    ('template', 'remove', 'path-to-production'),
    ('remind', 'None'), ('hold',), ('show', NAME, NAME), ('list', 'x'),
    ('hold', NAME, '--reason'), ('check', '--repair=x'),
    ('change', NAME, '--if-revision=1', '--reason=So.', '--start=2099-01-01'),
], ids=' '.join)
def test_commands_print_no_english_sentence(campaign, console, words):
    _code, out, err = console('campaign', *words)
    lines = [line.replace('Error:', '') for line in (out + err).splitlines()
             if not line.lstrip().startswith('campaign ')]
    assert lines
    assert english(lines, WRITTEN) == []


def test_help_of_no_command_has_an_english_sentence(console, env):
    helps = AdminCommandManager(env).get_command_help(['campaign'])
    found = {}
    for name, _usage, _words in helps:
        _code, out, _err = console('help', *name.split())
        # Below the usage; Trac indents what it is for.
        said = [line for line in out.splitlines() if line.startswith('    ')]
        assert said, name
        if english(said, WRITTEN):
            found[name] = english(said, WRITTEN)
    assert len(helps) > 20
    assert found == {}


def test_commands_are_in_english_elsewhere(campaign, admin, monkeypatch):
    monkeypatch.setenv('LANGUAGE', 'en_US')
    assert 'Not ready: ' in admin('campaign', 'show', NAME)[1]
