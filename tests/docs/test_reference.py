"""The README begins with two commands and leaves nothing out."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

import pytest
from trac.admin.api import AdminCommandManager
from trac.env import Environment

from prodworkflow import demo
from prodworkflow.documents.svg import PATH as PICTURES
from prodworkflow.domain.model.vocabulary import Enforcement
from prodworkflow.domain.planning.plan import plan
from prodworkflow.domain.planning.request import CampaignRequest
from prodworkflow.domain.planning.signers import SiteFacts
from prodworkflow.domain.rules.answers import Reason
from prodworkflow.domain.template import parser as template

ROOT = Path(__file__).parents[2]
README = (ROOT / 'README.rst').read_text(encoding='utf-8')
TEMPLATES = (ROOT / 'docs' / 'reference' / 'templates.rst').read_text(
    encoding='utf-8')
TEST_LINE = ('python3 -m venv .venv && .venv/bin/pip install -q tox && '
             '.venv/bin/tox -q run -e py')


def test_it_begins_with_the_two_commands():
    commands = re.findall(r'(?m)^    (python3 .*)$', README)
    assert commands[0].endswith('.venv/bin/prodworkflow-demo')
    assert commands[1] == TEST_LINE
    assert README.index(commands[1]) < README.index('What it does')


def test_ci_runs_the_same_line():
    assert TEST_LINE in (ROOT / '.ci' / 'run').read_text(encoding='utf-8')


def test_its_picture_is_there():
    picture = re.search(r'image:: (\S+)', README)[1]
    assert (ROOT / picture).read_bytes().startswith(b'\x89PNG')


def test_every_command_and_option_is_told(env):
    told = re.sub(r'\s+', ' ', README)
    commands = [command for provider in AdminCommandManager(env).providers
                if provider.__module__.startswith('prodworkflow.')
                for command in provider.get_admin_commands()]
    assert len(commands) > 15
    for command, usage, *_ in commands:
        assert f'``{command}' in told
        for option in re.findall(r'--[\w-]+', usage):
            assert option in told, option


def test_every_option_of_the_demonstration_is_told(capsys):
    with pytest.raises(SystemExit):
        demo.main(['--help'])
    for option in re.findall(r'--[\w-]+', capsys.readouterr().out):
        assert option in README or option == '--help'


def test_every_template_word_is_told():
    for table, words in template.WORDS.items():
        for word in (table, *words):
            assert (f'``{word}``' in README or f'{word}]]``' in README
                    or f'[{word}]``' in README or word == 'template'), word


def test_every_template_word_is_described():
    for words in template.WORDS.values():
        for word in words:
            assert re.search(rf'``\[*(stage\.)*(requirement\.)*{word}\]*``',
                             TEMPLATES), word


def test_the_worked_example_is_one():
    example = textwrap.dedent(re.search(
        r'(?s)each subdetector looks at its own plots::\n\n(.*?)\n\n\S',
        TEMPLATES)[1])
    found = template.parse(example)
    made = plan(CampaignRequest('2011 Prod', 'x', 'V1', '2026-06-29',
                                template_text=example), found,
                SiteFacts(('anna',), administrators=frozenset('ab')))
    keys = [r.key for r in made.state.requirements]
    assert keys == re.findall(r'``([a-z.]+)``', re.search(
        r'(?s)two milestones and eight tickets: (.*?)\n\n', TEMPLATES)[1])
    assert set(re.findall(r'(?m)^(\w+) =', example)) >= {
        w for words in template.WORDS.values() for w in words} - {
        'lists', 'freeze', 'stage', 'requirement', 'value', 'fields',
        'component'}
    assert made.words['site.napoli']['keywords'] == (
        'site Università di Napoli')


def test_every_template_is_told(system):
    for name in system.templates():
        assert f'``{name}``' in README


def test_every_reason_is_told():
    for reason in Reason:
        assert f'``{reason.value}``' in README


def test_every_kind_of_enforcement_and_permission_is_told(system):
    for word in Enforcement:
        assert f'``{word.value}``' in README
    for action in system.get_permission_actions():
        assert f'``{action if isinstance(action, str) else action[0]}``' \
            in README


def test_every_path_is_told(env):
    assert isinstance(env, Environment)
    for kind in re.search(r'\((\w+)\|(\w+)\)', PICTURES.pattern).groups():
        assert f'``/campaign/<name>/{kind}.svg``' in README
    for path in ('/campaign', '/campaign/<name>', '/campaign/<name>/gate',
                 '/campaign/<name>/sign', '/admin/production/campaigns',
                 '/admin/production/campaigns/<name>',
                 '/admin/production/templates',
                 '/admin/production/templates/<name>'):
        assert f'``{path}``' in README


def test_the_stats_provider_and_what_to_undo_are_told():
    assert README.count('stats_provider = BatchedStatsProvider') == 2
    told = README[README.index('stats_provider ='):]
    assert '**Before** disabling or removing' in told[:400]
