"""What is installed is whole, and found wherever it lies."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from importlib.metadata import distribution, requires
from pathlib import Path

import pytest

import prodworkflow
from prodworkflow.web.folders import resource_folder

ROOT = Path(__file__).parents[2]
FOLDERS = pytest.mark.parametrize('name', ['templates', 'htdocs'])


def contents(place):
    """The bytes of every file in a folder, by its name."""
    return {p.name: p.read_bytes() for p in place.iterdir() if p.is_file()}


@pytest.mark.skipif('not os.environ.get("PRODWORKFLOW_INSTALLED")',
                    reason='run by tox, against the wheel')
def test_the_suite_runs_against_the_wheel():
    assert 'site-packages' in prodworkflow.__file__
    assert 'site-packages' in resource_folder('templates')
    assert 'site-packages' in resource_folder('htdocs')


@FOLDERS
def test_installed_folders_hold_what_the_checkout_holds(name):
    assert contents(Path(resource_folder(name))) == contents(ROOT / name)


def test_the_builtin_templates_are_installed():
    installed = contents(Path(prodworkflow.__file__).parent
                         / 'builtin_templates')
    assert 'path-to-production.toml' in installed
    assert installed == contents(ROOT / 'prodworkflow' / 'builtin_templates')


@FOLDERS
def test_template_folders_are_found_in_an_uninstalled_checkout(name):
    code = ('from prodworkflow.web.folders import resource_folder; '
            f'print(resource_folder({name!r}))')
    found = subprocess.run(
        [sys.executable, '-W', 'ignore', '-c', code], cwd=ROOT,
        env={**os.environ, 'PYTHONPATH': str(ROOT)}, capture_output=True,
        text=True, check=True)
    assert Path(found.stdout.strip()) == ROOT / name


def test_each_component_module_is_an_entry_point_that_loads():
    points = [e for e in distribution('prodworkflow').entry_points
              if e.group == 'trac.plugins']
    for point in points:
        assert point.load().__name__ == point.value
    implementing = {p.relative_to(ROOT).with_suffix('').as_posix()
                    for p in (ROOT / 'prodworkflow').rglob('*.py')
                    if re.search(r'(?m)^    implements\(|'
                                 r'^class \w+\(PageBelowCampaign\):',
                                 p.read_text(encoding='utf-8'))}
    assert {p.value.replace('.', '/') for p in points} == implementing


def test_html_template_names_have_the_prefix_of_the_plugin():
    """All plugins of a Trac share one search path."""
    assert all(name.startswith('prodworkflow_')
               for name in os.listdir(resource_folder('templates')))


def test_constraints_of_lowest_versions_are_those_of_setup_py():
    """What `tox run -e lowest` installs."""
    bound = re.compile(r'([\w-]+)[^;]*?>=([\d.]+)')
    allowed = dict(m.groups() for m in map(
        bound.match, requires('prodworkflow')) if m)
    lines = (ROOT / 'tests' / 'data' / 'lowest.txt').read_text('utf-8')
    lowest = dict(re.findall(r'(?m)^([\w-]+)==([\d.]+)$', lines))
    assert len(allowed) > 10
    assert {name: _numbers(v) for name, v in allowed.items()} == {
        name: _numbers(v) for name, v in lowest.items()
        if name != 'MarkupSafe'}


def _numbers(version):
    """A version without the zeros at its end, which mean nothing."""
    return re.sub(r'(\.0)+$', '', version)
