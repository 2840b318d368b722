"""gated_condor_submit: HTCondor is called only when the gate lets pass."""

from __future__ import annotations

import os
import shutil

import pytest

from support.campaigns import CONTACTS, NAME
from support.machines import MACHINES

WRAPPER = MACHINES / 'gated_condor_submit'
SUBMITTING = '''#!/bin/sh
printf '%s\\n' "$@" >submitted
env >environment
echo '1 job(s) submitted to cluster 7.'
exit 3
'''


@pytest.fixture
def condor(tmp_path):
    """A folder with a condor_submit that writes down how it was called."""
    folder = tmp_path / 'bin'
    folder.mkdir()
    (folder / 'condor_submit').write_text(SUBMITTING)
    (folder / 'condor_submit').chmod(0o755)
    return folder


@pytest.fixture
def submit(run, condor, site, token):
    """Submits behind the gate of the real Trac."""
    secret = token('gate:read').secret

    def submitting(*arguments, wrapper=WRAPPER, **variables):
        return run(wrapper, *arguments, **{
            'PRODWORKFLOW_URL': site, 'PRODWORKFLOW_TOKEN': secret,
            'PRODWORKFLOW_CAMPAIGN': NAME,
            'PATH': f'{condor}:{os.environ["PATH"]}', **variables})
    return submitting


def test_nothing_is_submitted_while_the_gate_is_shut(campaign, submit,
                                                     tmp_path):
    done = submit('production.sub')
    assert (done.code, done.out) == (1, '')
    assert 'Not ready' in done.err
    assert not (tmp_path / 'submitted').exists()


def test_arguments_output_and_code_are_those_of_condor_submit(
        campaign, sign, submit, tmp_path):
    sign(*CONTACTS)
    done = submit('-spool', '-append', 'arguments = "a  b"', 'my job.sub', '')
    assert (done.code, done.err) == (3, '')
    assert done.out == '1 job(s) submitted to cluster 7.\n'
    assert (tmp_path / 'submitted').read_text() == (
        '-spool\n-append\narguments = "a  b"\nmy job.sub\n\n')
    assert 'PRODWORKFLOW_TOKEN' not in (tmp_path / 'environment').read_text()


def test_wrapper_is_called_by_a_link_of_any_name(campaign, sign, submit,
                                                 tmp_path):
    sign(*CONTACTS)
    link = tmp_path / 'production_submit'
    link.symlink_to(WRAPPER)
    assert submit('a.sub', wrapper=link).code == 3


@pytest.mark.parametrize('variables', [
    pytest.param({'PRODWORKFLOW_CAMPAIGN': ''}, id='no campaign'),
    pytest.param({'PRODWORKFLOW_CAMPAIGN': 'Other'}, id='unknown campaign'),
    pytest.param({'PRODWORKFLOW_ITEM': 'RAL'}, id='unknown item'),
    pytest.param({'PRODWORKFLOW_URL': ''}, id='no address'),
    pytest.param({'PRODWORKFLOW_URL': 'http://trac.invalid'}, id='no Trac'),
    pytest.param({'PRODWORKFLOW_TOKEN': 'pwf_1_x'}, id='no token')])
def test_in_doubt_nothing_is_submitted(campaign, sign, submit, tmp_path,
                                       variables):
    sign(*CONTACTS)
    assert submit('production.sub', **variables).code == 2
    assert not (tmp_path / 'submitted').exists()


def test_wrapper_without_its_gate_submits_nothing(submit, tmp_path):
    alone = shutil.copy(WRAPPER, tmp_path / 'gated_condor_submit')
    assert submit('production.sub', wrapper=alone).code == 127
    assert not (tmp_path / 'submitted').exists()


def test_wrapper_of_the_same_name_does_not_call_itself_for_ever(
        campaign, sign, submit, condor, tmp_path):
    sign(*CONTACTS)
    real = (condor / 'condor_submit').rename(tmp_path / 'real_submit')
    (condor / 'condor_submit').symlink_to(WRAPPER)
    wrapper = condor / 'condor_submit'
    looping = submit('a.sub', wrapper=wrapper)
    assert looping.code == 2
    assert 'set PRODWORKFLOW_CONDOR_SUBMIT' in looping.err
    assert submit('a.sub', wrapper=wrapper,
                  PRODWORKFLOW_CONDOR_SUBMIT=str(real)).code == 3
