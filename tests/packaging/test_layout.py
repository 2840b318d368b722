"""Layout of the package and of its tests: folders, sizes, imports."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE, TESTS = ROOT / 'prodworkflow', ROOT / 'tests'
MODULES_MAX, LINES_MAX = 16, 250
MODULES = [path.relative_to(PACKAGE).as_posix()
           for path in sorted(PACKAGE.rglob('*.py'))]
SUITE = [path.relative_to(TESTS).as_posix()
         for path in sorted(TESTS.rglob('*.py'))]
TEST_FILES = [name for name in SUITE if Path(name).name.startswith('test_')]


def imported(path):
    """The names of all modules that a file imports, at any depth."""
    tree = ast.parse(path.read_text(encoding='utf-8'))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield '.' * node.level + (node.module or '')
            yield from (f'{node.module}.{a.name}' for a in node.names)


def test_top_of_the_package_has_demo_loading_and_translation_only():
    assert {name for name in MODULES if '/' not in name} == {
        '__init__.py', 'demo.py', 'loading.py', 'translation.py'}


def test_folder_of_the_package_has_at_most_16_modules():
    found = Counter(Path(name).parent.as_posix() for name in MODULES
                    if Path(name).name != '__init__.py')
    assert {k: n for k, n in found.items() if n > MODULES_MAX} == {}


def test_module_of_the_package_has_at_most_250_lines():
    found = {name: (PACKAGE / name).read_text(encoding='utf-8').count('\n')
             for name in MODULES}
    assert {k: n for k, n in found.items() if n > LINES_MAX} == {}


def test_top_of_the_tests_has_no_module_but_conftest():
    assert [name for name in SUITE if '/' not in name] == ['conftest.py']


def test_folders_of_unit_tests_are_folders_of_the_domain():
    mirrored = {Path(name).parent.relative_to('unit') for name in TEST_FILES
                if name.startswith('unit/')}
    assert len(mirrored) > 5
    assert [str(folder) for folder in mirrored
            if not (PACKAGE / 'domain' / folder).is_dir()] == []


@pytest.mark.parametrize('folder', ['support', 'data'])
def test_shared_folders_hold_no_test(folder):
    assert [n for n in TEST_FILES if n.startswith(f'{folder}/')] == []


def test_no_test_file_imports_another():
    others = {name[:-len('.py')].replace('/', '.') for name in TEST_FILES}
    others |= {name.rpartition('.')[2] for name in others} | {'conftest'}
    found = [(name, module) for name in TEST_FILES
             for module in imported(TESTS / name)
             if module.startswith('.') or module in others]
    assert found == []
