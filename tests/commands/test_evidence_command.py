"""trac-admin campaign evidence: values and files."""

from __future__ import annotations

import pytest

from support.reported import LOG, REPORTED, STABLE


@pytest.fixture
def log(tmp_path):
    """A file on the disk of whoever types the command."""
    path = tmp_path / 'jobs.log'
    path.write_bytes(LOG)
    return str(path)


def test_file_and_values_are_reported(reported, admin, system, log):
    code, out, err = admin('campaign', 'evidence', REPORTED, STABLE, log,
                           'size=4.6 kB/event', '--statement=Nightly.')
    assert (code, err) == (0, '')
    assert 'Crash rate: 0/3, by' in out
    assert 'Size: 4.6 kB/event, by' in out
    assert 'Not ready' in out
    said = system.queries.decision(REPORTED).snapshot.state.signoffs[-1]
    assert (said.verdict, said.statement, len(said.evidence)) == (
        'reported', 'Nightly.', 2)


@pytest.mark.parametrize(('args', 'words'), [
    (['size=4600 per 1000 events'], 'nothing was recorded'),
    (['/no/such/file'], 'cannot be read'), (['a.log', 'b.log'], 'one file'),
    (['size=1 kB/event', 'size=2 kB/event'], 'given twice'),
    (['other=1'], 'asks for no value'), ([], 'required'),
    (['size=4 kB/event', '--events=0'], 'no number of events')])
def test_mistake_is_told_with_code_2_and_nothing_stays(
        reported, admin, system, args, words):
    before = len(system.queries.ledger(REPORTED))
    code, _out, err = admin('campaign', 'evidence', REPORTED, STABLE, *args)
    assert code == 2
    assert words in err
    assert len(system.queries.ledger(REPORTED)) == before


def test_file_that_nobody_can_read_is_refused_whole(
        reported, admin, attachments, tmp_path):
    path = tmp_path / 'nonsense'
    path.write_bytes(b'nonsense')
    code, _out, err = admin('campaign', 'evidence', REPORTED, STABLE,
                            str(path), 'size=4 kB/event')
    assert code == 2
    assert 'Error: nothing was recorded' in err
    assert attachments(reported) == {}
