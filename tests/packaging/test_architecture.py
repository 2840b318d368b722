"""The domain needs no Trac: neither its modules nor their tests."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOMAIN = [path.relative_to(ROOT).with_suffix('').as_posix().replace('/', '.')
          for path in (ROOT / 'prodworkflow' / 'domain').rglob('*.py')
          if path.name != '__init__.py']


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


def test_domain_is_imported_without_trac(without_trac):
    assert 'prodworkflow.domain.rules.gates' in DOMAIN
    names = ', '.join(DOMAIN)
    assert without_trac('-c', f'import {names}; print("pure")') == 'pure\n'


def test_unit_tests_of_gates_run_without_trac(without_trac):
    told = without_trac('-m', 'pytest', '-q', '-p', 'no:cacheprovider',
                        'tests/unit/rules/test_gates.py')
    assert re.search(r'\d{3} passed', told)
    assert 'skipped' not in told


def test_every_unit_test_is_collected_without_trac(without_trac):
    told = without_trac('-m', 'pytest', '-q', '-p', 'no:cacheprovider',
                        '--collect-only', 'tests/unit')
    assert re.search(r'\d{4} tests collected', told)
