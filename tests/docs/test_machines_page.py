"""What docs/administration/machines.rst says is so: its lines are run."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from support.campaigns import CONTACTS, NAME
from support.machines import MACHINES

ROOT = MACHINES.parents[1]
PAGE = (ROOT / 'docs' / 'administration' / 'machines.rst').read_text(
    encoding='utf-8')
# The commands of the page, each a block of its own.
BLOCKS = re.findall(r'(?m)^((?: {4}\S.*\n(?: {5,}\S.*\n)*)+)', PAGE)
ADS = json.dumps([{'JobStatus': 4, 'ExitCode': 0}]).encode()


@pytest.fixture
def typed(run, site, token, tmp_path):
    """Types a block of the page where `contrib` lies."""
    (tmp_path / 'contrib').symlink_to(ROOT / 'contrib')
    programs = {'submit-all': 'touch submitted',
                'condor_submit': 'echo "$@" >submitted',
                'condor_history': f"echo '{ADS.decode()}'"}
    for name, line in programs.items():
        (tmp_path / name).write_text(f'#!/bin/sh\n{line}\n')
        (tmp_path / name).chmod(0o755)

    def typing(word):
        [block] = [b for b in BLOCKS if word in b]
        path = f'{tmp_path}:/usr/local/bin:/usr/bin:/bin'
        return run('sh', '-c', block, PATH=path, PRODWORKFLOW_URL=site,
                   PRODWORKFLOW_TOKEN=token('gate:read').secret)
    return typing


def test_page_tells_of_every_file():
    files = {p.name for p in MACHINES.iterdir() if p.name != '__pycache__'}
    assert [name for name in files - {'machine.py'}
            if f'``{name}``' not in PAGE] == []


def test_shell_script_is_guarded(campaign, sign, typed, tmp_path):
    assert 'Not ready' in typed('./submit-all').err
    assert not (tmp_path / 'submitted').exists()
    sign(*CONTACTS)
    typed('./submit-all')
    assert (tmp_path / 'submitted').exists()


def test_submission_of_condor_is_guarded(campaign, sign, typed, tmp_path):
    sign(*CONTACTS)
    done = typed('gated_condor_submit')
    assert (done.code, 'answers 404' in done.err) == (2, True)
    assert not (tmp_path / 'submitted').exists()


def test_token_is_kept_where_nobody_else_reads_it(run, tmp_path):
    [block] = [b for b in BLOCKS if 'install -m 600' in b]
    done = run('sh', '-c', f'{block}\necho "$PRODWORKFLOW_TOKEN_FILE"',
               given='pwf_1_abc\n')
    assert done.code == 0
    path = Path(done.out.strip())
    assert path.read_text() == 'pwf_1_abc\n'
    assert path.stat().st_mode & 0o777 == 0o600


def test_failing_jobs_are_counted(typed):
    """The first command counts one good job; the second holds by no right."""
    done = typed('condor_history -json')
    assert '0 of 1 jobs failed; 20 may.' in done.out
    assert f'{NAME} could not be held (403)' in done.err
