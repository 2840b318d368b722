"""README and docs/reference leave nothing out."""

from __future__ import annotations

import re
import textwrap
from importlib.metadata import distribution
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
REFERENCE = ROOT / 'docs' / 'reference'
README = (ROOT / 'README.rst').read_text(encoding='utf-8')
LISTED = '\n'.join([README, *(
    page.read_text(encoding='utf-8')
    for page in sorted(REFERENCE.glob('*.rst')))])
TEMPLATES = (REFERENCE / 'templates.rst').read_text(encoding='utf-8')


def test_every_command_and_option_is_in_the_reference(env):
    told = re.sub(r'\s+', ' ', LISTED)
    commands = [command for provider in AdminCommandManager(env).providers
                if provider.__module__.startswith('prodworkflow.')
                for command in provider.get_admin_commands()]
    assert len(commands) > 15
    for command, usage, *_ in commands:
        assert f'``{command}' in told
        for option in re.findall(r'--[\w-]+', usage):
            assert option in told, option


def test_every_option_of_the_demo_is_in_the_reference(capsys):
    with pytest.raises(SystemExit):
        demo.main(['--help'])
    for option in re.findall(r'--[\w-]+', capsys.readouterr().out):
        assert option in LISTED or option == '--help'


def test_every_template_keyword_is_named_in_the_documentation():
    for table, words in template.WORDS.items():
        for word in (table, *words):
            assert (f'``{word}``' in LISTED or f'{word}]]``' in LISTED
                    or f'[{word}]``' in LISTED or word == 'template'), word


def test_every_template_keyword_is_described():
    for words in template.WORDS.values():
        for word in words:
            assert re.search(rf'``\[*(stage\.)*(requirement\.)*{word}\]*``',
                             TEMPLATES), word


def test_worked_example_of_a_template_gives_a_plan():
    example = textwrap.dedent(re.search(
        r'(?s)each subdetector looks at its own plots::\n\n(.*?)\n\n\S',
        TEMPLATES)[1])
    found = template.parse(example)
    made = plan(CampaignRequest('2011 Prod', 'x', 'V1', '2026-06-29',
                                template_text=example), found,
                SiteFacts(('anna',), administrators=frozenset('ab')))
    keys = [r.key for r in made.state.requirements]
    assert keys == re.findall(r'``([a-z.]+)``', re.search(
        r'(?s)two milestones and nine tickets: (.*?)\n\n', TEMPLATES)[1])
    assert set(re.findall(r'(?m)^(\w+) =', example)) >= {
        w for words in template.WORDS.values() for w in words} - {
        'lists', 'freeze', 'waivers', 'stage', 'requirement', 'value',
        'fields', 'component'}
    assert made.words['site.napoli']['keywords'] == (
        'site Università di Napoli')


def test_every_built_in_template_is_in_the_reference(system):
    for name in system.templates.offered():
        assert f'``{name}``' in LISTED


def test_every_reason_is_in_the_reference():
    for reason in Reason:
        assert f'``{reason.value}``' in LISTED


def test_every_enforcement_and_permission_is_in_the_reference(system):
    for word in Enforcement:
        assert f'``{word.value}``' in LISTED
    for action in system.get_permission_actions():
        assert f'``{action if isinstance(action, str) else action[0]}``' \
            in LISTED


def test_every_path_is_in_the_reference(env):
    assert isinstance(env, Environment)
    for kind in re.search(r'\((\w+(?:\|\w+)+)\)',
                          PICTURES.pattern)[1].split('|'):
        assert f'``/campaign/<name>/{kind}.svg``' in LISTED
    for path in ('/campaign', '/campaign/<name>', '/campaign/<name>/gate',
                 '/campaign/<name>/sign', '/campaign/feed',
                 '/campaign/<name>/feed', '/campaign/due.ics',
                 '/campaign/metrics',
                 '/admin/production/campaigns',
                 '/admin/production/campaigns/<name>',
                 '/admin/production/templates',
                 '/admin/production/templates/<name>'):
        assert f'``{path}``' in LISTED


def test_every_package_of_components_is_in_the_reference():
    plugins = [point.value for point in distribution(
        'prodworkflow').entry_points if point.group == 'trac.plugins']
    packages = {plugin.split('.')[1] for plugin in plugins}
    assert len(packages) > 9
    assert [name for name in sorted(packages)
            if f'``prodworkflow.{name}.*``' not in LISTED] == []


def test_stats_provider_and_its_removal_are_in_the_reference():
    assert LISTED.count('stats_provider = BatchedStatsProvider') == 2
    told = LISTED[LISTED.index('stats_provider ='):]
    assert '**Before** disabling or removing' in told[:400]
