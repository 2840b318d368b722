"""The pages of docs/ are built by tox, and what they name is there."""

from __future__ import annotations

import ast
import configparser
import re
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path

import pytest
from trac.core import ComponentMeta
from trac.perm import PermissionCache

from prodworkflow import api
from support.campaigns import NAME

ROOT = Path(__file__).parents[2]
DOCS = ROOT / 'docs'
UPGRADING = (DOCS / 'administration' / 'upgrading.rst').read_text(
    encoding='utf-8')
FOLDERS = ('benchmarks', 'changelog.d', 'contrib', 'docs', 'htdocs',
           'prodworkflow', 'templates', 'tests')
# A path in the repository, as text names it.
PATH = re.compile(rf'(?<![\w./-])(?:{"|".join(map(re.escape, FOLDERS))})/'
                  r'[\w./-]*\w|(?<![\w./-])[A-Z]{3,}\.(?:rst|md|txt)\b')

# The templates, pictures and styles that kept the names they had in 0.1.0.
FORMER = {'prodworkflow.css', *(f'prodworkflow_{name}' for name in (
    'admin_campaign.html', 'admin_campaigns.html', 'admin_template.html',
    'admin_templates.html', 'badge.svg', 'campaign.html', 'pipeline.svg'))}

# Those that are new, and stand for none of that time.
ADDED = {
    'prodworkflow_admin.css',
    'prodworkflow_admin_campaign_items.html',
    'prodworkflow_api.css',
    'prodworkflow_api.html',
    'prodworkflow_campaign.css',
    'prodworkflow_campaign_concerns.html',
    'prodworkflow_campaign_issues.html',
    'prodworkflow_campaign_matrix.html',
    'prodworkflow_campaign_verdict.html',
    'prodworkflow_copy.js',
    'prodworkflow_create.css',
    'prodworkflow_creation_answer.html',
    'prodworkflow_creation_mistakes.html',
    'prodworkflow_feed.xml',
    'prodworkflow_find.js',
    'prodworkflow_launch.html',
    'prodworkflow_macros_card.html',
    'prodworkflow_macros_creation.html',
    'prodworkflow_macros_forms.html',
    'prodworkflow_macros_lifted.html',
    'prodworkflow_macros_marks.html',
    'prodworkflow_macros_numbers.html',
    'prodworkflow_macros_outcome.html',
    'prodworkflow_macros_plots.html',
    'prodworkflow_macros_queue.html',
    'prodworkflow_mail.html',
    'prodworkflow_matrix.css',
    'prodworkflow_meeting.html',
    'prodworkflow_navigation.css',
    'prodworkflow_numbers.css',
    'prodworkflow_outcome.js',
    'prodworkflow_panel.html',
    'prodworkflow_people.css',
    'prodworkflow_people.js',
    'prodworkflow_plots.css',
    'prodworkflow_plots.html',
    'prodworkflow_plots.js',
    'prodworkflow_preferences_tokens.html',
    'prodworkflow_print.css',
    'prodworkflow_query_page.html',
    'prodworkflow_queue.js',
    'prodworkflow_release_effect.html',
    'prodworkflow_roadmap.css',
    'prodworkflow_section_history.html',
    'prodworkflow_section_lines_to_copy.html',
    'prodworkflow_section_matrix.html',
    'prodworkflow_section_numbers.html',
    'prodworkflow_section_plots.html',
    'prodworkflow_section_releases.html',
    'prodworkflow_section_since.html',
    'prodworkflow_section_stages.html',
    'prodworkflow_section_tickets.html',
    'prodworkflow_section_timeline.html',
    'prodworkflow_section_waited_for.html',
    'prodworkflow_section_waivers_and_known_issues.html',
    'prodworkflow_sections.html',
    'prodworkflow_stages.css',
    'prodworkflow_timeline.css',
    'prodworkflow_timeline.svg',
}


def test_tox_builds_the_pages_and_takes_warnings_for_errors():
    tox = configparser.ConfigParser(interpolation=None)
    tox.read(ROOT / 'tox.ini', encoding='utf-8')
    docs = tox['testenv:docs']
    assert 'python -m sphinx -W ' in docs['commands']
    assert re.search(r'(?m)^sphinx==[\d.]+; python_version', docs['deps'])
    assert 'nitpicky = True' in (DOCS / 'conf.py').read_text(encoding='utf-8')
    ours = (ROOT / '.ci' / 'run').read_text(encoding='utf-8')
    assert re.search(r'(?m)^beside=.*\bdocs\b', ours)
    assert '--skip-pkg-install -e "$beside"' in ours


def docstrings(path: Path) -> Iterator[str]:
    """The docstrings of a module, of its classes and functions."""
    for node in ast.walk(ast.parse(path.read_text(encoding='utf-8'))):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef,
                             ast.AsyncFunctionDef)):
            yield ast.get_docstring(node) or ''


def lost(text: str) -> list[str]:
    """The paths that a text names and that are not in the repository."""
    return [path for path in PATH.findall(text)
            if not (ROOT / path).exists()]


@pytest.mark.parametrize('folder', ['benchmarks', 'docs', 'prodworkflow',
                                    'tests'])
def test_no_docstring_names_a_file_that_is_not_there(folder):
    assert [(path.name, lost(text))
            for path in sorted((ROOT / folder).rglob('*.py'))
            for text in docstrings(path) if lost(text)] == []


def test_no_page_names_a_file_that_is_not_there():
    pages = [*sorted(ROOT.glob('*.rst')), *sorted(DOCS.rglob('*.rst'))]
    assert len(pages) > 20
    found = [(page.name, lost(page.read_text(encoding='utf-8')))
             for page in pages if page.name != 'CHANGES.rst']
    assert [each for each in found if each[1]] == []


def test_upgrading_names_every_component_module():
    table = re.findall(
        r'(?m)^``(prodworkflow\.\w+)`` +``(prodworkflow\.[\w.]+)``,?$',
        UPGRADING)
    assert len(dict(table)) == len(table) == 22
    there = {
        point.value for point in distribution('prodworkflow').entry_points
        if point.group == 'trac.plugins'}
    assert {new for _, new in table} <= there
    assert [module for module in sorted(there)
            if f'``{module}``' not in UPGRADING] == []


def test_upgrading_names_every_renamed_class(env):
    table = re.findall(r'(?m)^``([A-Z]\w+)`` +``([A-Z]\w+)``$',
                       UPGRADING[:UPGRADING.index('Plugins and scripts')])
    there = {cls.__name__ for cls in ComponentMeta._components
             if cls.__module__.startswith('prodworkflow.')}
    assert len(table) == 5
    assert not there & {old for old, _ in table}
    assert {new for _, new in table} <= there


def test_upgrading_names_every_renamed_class_of_the_api():
    table = re.findall(r'(?m)^``([A-Z]\w+)`` +``([A-Z]\w+)``$',
                       UPGRADING[UPGRADING.index('Plugins and scripts'):])
    assert len(table) == 4
    assert not {old for old, _ in table} & set(api.__all__)
    assert {new for _, new in table} <= set(api.__all__)


def test_upgrading_names_every_renamed_template_and_script():
    table = UPGRADING[UPGRADING.index('Your own copies'):]
    old = re.findall(r'(?m)^``(prodworkflow\S*)``', table)
    new = re.findall(r'(?m)^(?:``\S+``)? {2,}``(\S+\.\w+)``', table)
    there = {path.name for folder in ('templates', 'htdocs')
             for path in (ROOT / folder).iterdir() if path.is_file()}
    assert len(old) == 13
    assert not there & set(old)
    assert {*new, *FORMER, *ADDED, 'prodworkflow_admin_layout.html'} == there


def keys(value) -> set[str]:
    """All keys of a JSON document."""
    if isinstance(value, dict):
        return set(value).union(*map(keys, value.values()))
    return set().union(*map(keys, value)) if isinstance(value, list) else \
        set()


def test_every_key_of_the_gates_answer_is_told(campaign, system, env):
    told = system.queries.readiness_for(system.queries.decision(NAME),
                                        PermissionCache(env, 'anna'))
    page = (DOCS / 'reference' / 'http-api.rst').read_text(encoding='utf-8')
    assert [key for key in sorted(keys(told.as_dict()))
            if f'"{key}"' not in page and f'``{key}``' not in page] == []


def test_changes_begin_with_this_version():
    changes = (ROOT / 'CHANGES.rst').read_text(encoding='utf-8')
    versions = re.findall(r'(?m)^(\d+\.\d+\.\d+) \(\d{4}-\d\d-\d\d\)$',
                          changes)
    setup = (ROOT / 'setup.py').read_text(encoding='utf-8')
    assert versions[-1] == '0.1.0'
    assert f"version='{versions[0]}'" in setup


def test_every_fragment_has_a_kind_that_towncrier_knows():
    kinds = set(re.findall(r'(?m)^directory = "(\w+)"$', (
        ROOT / 'towncrier.toml').read_text(encoding='utf-8')))
    assert [path.name for path in (ROOT / 'changelog.d').iterdir()
            if path.name != 'README.rst'
            and path.name.split('.')[1] not in kinds] == []
