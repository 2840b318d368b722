"""The catalogues: complete, with the same placeholders, and up to date."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
LOCALE = ROOT / 'prodworkflow' / 'locale'
LANGUAGES = sorted(path.name for path in LOCALE.iterdir() if path.is_dir())
TEMPLATES = {'prodworkflow': 'messages', 'prodworkflow-js': 'messages-js',
             'prodworkflow-tracini': 'tracini'}
COMMANDS = {'messages': 'extract_messages',
            'messages-js': 'extract_messages_js',
            'tracini': 'extract_messages_tracini'}
KEPT = re.compile(r'%\(\w+\)[sd]|%%|</?[a-z]+[^>]*>|CAMPAIGN_[A-Z]+')
DOMAINS = pytest.mark.parametrize('domain', TEMPLATES)


def catalogue(path):
    with path.open('rb') as file:
        return read_po(file)


def texts(message):
    """The text or, where it counts, singular and plural, of each side."""
    if isinstance(message.id, str):
        return [(message.id, message.string)]
    return list(zip(message.id, message.string))


def messages(language, domain):
    return [m for m in catalogue(LOCALE / language / 'LC_MESSAGES'
                                 / f'{domain}.po') if m.id]


def test_italian_is_there():
    assert 'it' in LANGUAGES


@DOMAINS
@pytest.mark.parametrize('language', LANGUAGES)
def test_every_text_is_translated(language, domain):
    missing = [m.id for m in messages(language, domain)
               if m.fuzzy or not all(string for _, string in texts(m))]
    assert missing == []


@DOMAINS
@pytest.mark.parametrize('language', LANGUAGES)
def test_a_translation_has_the_placeholders_of_its_text(language, domain):
    wrong = [said for m in messages(language, domain) for said in texts(m)
             if sorted(KEPT.findall(said[0])) != sorted(
                 KEPT.findall(said[1]))]
    assert wrong == []


@DOMAINS
@pytest.mark.parametrize('language', LANGUAGES)
def test_a_language_has_the_texts_of_the_template(language, domain):
    template = catalogue(LOCALE / f'{TEMPLATES[domain]}.pot')
    assert {m.id for m in messages(language, domain)} == {
        m.id for m in template if m.id}


@pytest.mark.parametrize('name', COMMANDS)
def test_the_template_has_the_texts_of_the_sources(name, tmp_path):
    """Else `python tests/tools/update_catalogues.py` brings it up to date."""
    fresh = tmp_path / f'{name}.pot'
    subprocess.run([sys.executable, '-W', 'ignore', 'setup.py', '-q',
                    COMMANDS[name], '--output-file', str(fresh)], cwd=ROOT,
                   check=True, capture_output=True)
    said = {m.id for m in catalogue(LOCALE / f'{name}.pot') if m.id}
    assert said
    assert said == {m.id for m in catalogue(fresh) if m.id}
