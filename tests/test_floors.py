"""The pure floors need no Trac: neither their modules nor their tests."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PURE = re.findall(r'"prodworkflow/(\w+)\.py"',
                  (ROOT / 'pyproject.toml').read_text('utf-8'))


@pytest.fixture
def without_trac(tmp_path):
    """Runs Python where importing Trac fails; gives what it printed."""
    (tmp_path / 'trac.py').write_text('raise ImportError("no Trac here")')

    def run(*args):
        done = subprocess.run(
            [sys.executable, *args], cwd=ROOT, text=True, check=False,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            env={**os.environ, 'PYTHONPATH': str(tmp_path)})
        assert done.returncode == 0, done.stdout
        return done.stdout
    return run


def test_pure_modules_are_imported_without_trac(without_trac):
    assert 'gates' in PURE
    names = ', '.join(f'prodworkflow.{name}' for name in PURE)
    assert without_trac('-c', f'import {names}; print("pure")') == 'pure\n'


def test_the_tables_of_cases_run_without_trac(without_trac):
    told = without_trac('-m', 'pytest', '--noconftest', '-q', '-p',
                        'no:cacheprovider', 'tests/test_gates.py')
    assert re.search(r'\d{3} passed', told)
    assert 'skipped' not in told
