"""Builds of the plugin from a copy of its sources, with Babel and without."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDERS = ('prodworkflow', 'templates', 'htdocs')
FILES = ('setup.py', 'setup.cfg', 'pyproject.toml', 'MANIFEST.in',
         'README.rst', 'LICENSE')
COMPILED = {f'prodworkflow/locale/it/LC_MESSAGES/prodworkflow{kind}.mo'
            for kind in ('', '-js', '-tracini')} | {
                'prodworkflow/htdocs/messages/it.js'}


@pytest.fixture
def sources(tmp_path):
    """A copy of the sources, in which nothing is compiled."""
    copy = tmp_path / 'sources'
    copy.mkdir()
    for name in FOLDERS:
        shutil.copytree(ROOT / name, copy / name, ignore=(
            shutil.ignore_patterns('*.mo', 'messages', '__pycache__')))
    for name in FILES:
        shutil.copy(ROOT / name, copy)
    return copy


@pytest.fixture
def no_babel(tmp_path):
    """A folder of which Python learns that there is no Babel."""
    folder = tmp_path / 'no-babel'
    folder.mkdir()
    (folder / 'babel.py').write_text('raise ImportError("no Babel here")\n')
    return folder


def run(arguments, cwd, *path, **environment):
    """Run Python with these folders first on its path; its output."""
    done = subprocess.run(
        [sys.executable, '-W', 'ignore', *arguments], cwd=cwd, text=True,
        capture_output=True, check=False, env={
            **os.environ, **environment,
            'PYTHONPATH': os.pathsep.join(map(str, path))})
    assert done.returncode == 0, done.stderr
    return done.stdout


def compiled(names):
    """Those of the names that are compiled catalogues."""
    return {name for name in names if name.endswith('.mo')
            or '/htdocs/messages/' in f'/{name}'}
