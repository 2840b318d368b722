"""shellcheck finds nothing in what machines run."""

from __future__ import annotations

import pytest

from support.machines import GITHUB, GITLAB, lines_of, MACHINES

CONTRIB = MACHINES.parent


@pytest.mark.parametrize('name', [
    'machines/gate', 'machines/gated_condor_submit', 'pre-receive',
    'mysqldump'])
def test_scripts_are_clean(run, name):
    done = run('shellcheck', CONTRIB / name)
    assert (done.code, done.out) == (0, '')


@pytest.mark.parametrize('path', [GITLAB, GITHUB], ids=['GitLab', 'GitHub'])
def test_lines_of_the_jobs_are_clean(run, path):
    done = run('shellcheck', '--shell=sh', '-', given=lines_of(path))
    assert (done.code, done.out) == (0, '')
