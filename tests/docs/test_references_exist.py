"""What docstrings and pages name of the repository is there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CODE = ('prodworkflow', 'tests', 'benchmarks', 'contrib', 'docs')
PROSE = ('docs', 'README.rst', 'CONTRIBUTING.rst')
# A path below one of our folders, or a document by its bare name.
FOLDERS = ('prodworkflow', 'tests', 'docs', 'benchmarks', 'contrib',
           'templates', 'htdocs', 'changelog.d', r'\.ci')
PATH = re.compile(
    rf'(?<![\w./<-])(?:{"|".join(FOLDERS)})(?:/[\w.*<>-]+)+'
    r'|(?<![\w./-])[\w-]+\.(?:rst|md)\b')
MODULE = re.compile(r'(?<![\w./@-])prodworkflow(?:\.[a-z_]\w*)+(?![\w(/-])')
# Where modules are told by the names that they had in an earlier release.
FORMER = ('docs/administration/upgrading.rst',
          'prodworkflow/environment/component_rules.py')
# In htdocs, and among the catalogues.
NO_MODULE = ('prodworkflow.js', 'prodworkflow.css', 'prodworkflow.po')


def docstrings():
    """Each docstring and comment of our code: (where, text)."""
    for folder in CODE:
        for path in sorted((ROOT / folder).rglob('*.py')):
            source = path.read_text(encoding='utf-8')
            for node in ast.walk(ast.parse(source)):
                if isinstance(node, (ast.Module, ast.ClassDef,
                                     ast.FunctionDef, ast.AsyncFunctionDef)):
                    text = ast.get_docstring(node, clean=False)
                    if text:
                        yield f'{path.relative_to(ROOT)}', text
            for line in re.findall(r'(?m)^\s*#\s(.*)$', source):
                yield f'{path.relative_to(ROOT)}', line


def pages():
    """Each page of the documentation: (where, text)."""
    for name in PROSE:
        path = ROOT / name
        for page in sorted(path.rglob('*.rst')) if path.is_dir() else [path]:
            yield (str(page.relative_to(ROOT)),
                   page.read_text(encoding='utf-8'))


def is_there(name, where):
    """Whether a file, or one that a pattern fits, is in the repository."""
    name = name.rstrip('.')
    if '<' in name:
        return True
    beside = (ROOT / where).parent
    return any(any(base.glob(name)) for base in (ROOT, beside))


@pytest.fixture(scope='module')
def everything():
    """What our code and pages say."""
    return [*docstrings(), *pages()]


def test_every_file_that_is_named_is_there(everything):
    named = [(where, m[0]) for where, text in everything
             for m in PATH.finditer(text)]
    assert len(named) > 100
    assert [each for each in named if not is_there(each[1], each[0])] == []


def module_exists(name):
    """Whether this is a module of ours, or a name in one."""
    parts = name.split('.')[1:]
    path = ROOT / 'prodworkflow'
    for part in parts:
        if (path / f'{part}.py').exists():
            return True
        path /= part
    return path.is_dir()


def test_every_module_that_is_named_is_there(everything):
    named = [(where, m[0]) for where, text in everything
             for m in MODULE.finditer(text)
             if where not in FORMER and m[0] not in NO_MODULE]
    assert len(named) > 10
    assert [each for each in named if not module_exists(each[1])] == []
