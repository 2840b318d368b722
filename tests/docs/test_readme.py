"""README begins with two commands, is short, and what it says works."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from support.campaigns import CONTACTS

ROOT = Path(__file__).parents[2]
README = (ROOT / 'README.rst').read_text(encoding='utf-8')
DEMO_LINE = ("python3 -m venv .venv && .venv/bin/pip install -q '.[quiet]' && "
             '.venv/bin/prodworkflow-demo')
TEST_LINE = ('python3 -m venv .venv && .venv/bin/pip install -q tox && '
             '.venv/bin/tox -q run -e py')


def test_readme_begins_with_the_two_commands():
    commands = re.findall(r'(?m)^    (python3 .*)$', README)
    assert commands == [DEMO_LINE, TEST_LINE]
    assert README.index(TEST_LINE) < README.index('What it does')


def test_ci_runs_the_test_command_of_the_readme():
    assert TEST_LINE in (ROOT / '.ci' / 'run').read_text(encoding='utf-8')


def test_picture_of_the_readme_exists():
    picture = re.search(r'image:: (\S+)', README)[1]
    assert (ROOT / picture).read_bytes().startswith(b'\x89PNG')


def test_readme_is_short():
    assert len(README.splitlines()) <= 150


def test_links_of_the_readme_lead_to_files():
    links = re.findall(r'`[^`<\n]+<([^>\n]+)>`__', README)
    assert len(links) > 10
    assert [link for link in links if not (ROOT / link).is_file()] == []


def test_readme_has_no_role_that_only_sphinx_knows():
    assert re.findall(r':\w+:`', README) == []


@pytest.fixture
def first_campaign(admin):
    """Runs the commands of README's first campaign, one at a time."""
    section = README[README.index('First campaign\n'):]
    block = re.search(r'(?s)::\n\n(.*?)\n\n\S', section)[1]
    lines = re.sub(r'\\\n', ' ', block).splitlines()
    commands = [shlex.split(line) for line in lines]
    assert [c[:2] for c in commands] == [['trac-admin', 'ENV']] * 5
    return [lambda words=c[2:]: admin(*words)[0] for c in commands]


def test_first_campaign_of_the_readme_is_five_commands(first_campaign, system):
    know, create, show, gate, launch = first_campaign
    assert (know(), create(), show(), gate(), launch()) == (0, 0, 0, 1, 2)
    name, = system.queries.names()
    for key in CONTACTS:
        administrator = key not in ('feature-freeze', 'software-quality')
        system.sign(name, key, 'coordinator' if administrator else 'carla',
                    administrator, 'Fine.')
    assert (gate(), launch()) == (0, 0)
