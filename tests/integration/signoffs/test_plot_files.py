"""Plots that are sent with a sign-off: attached with it, or not at all."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from trac.attachment import Attachment

from prodworkflow.api import (
    EvidenceInput,
    GateShut,
    InvalidRequest,
    PlotFile,
    SignOffRequest,
    Verdict,
)
from prodworkflow.domain.model.evidence import ProofKind
from support.campaigns import ANNA, BRUNO
from support.plots import DRAWN, png

FILES = {'mass': ('mass.png', 'before.png'),
         'energy': ('energy.png', 'before.png')}


def file(name, shade=0):
    data = png(shade)
    return PlotFile(name, io.BytesIO(data), len(data))


def saying(verdict=Verdict.APPROVED, statement='Fine.', plots=FILES):
    return SignOffRequest(verdict, statement, EvidenceInput(files={
        plot: tuple(file(n, i) for i, n in enumerate(names))
        for plot, names in plots.items()}))


@pytest.fixture
def on_disk(env):
    """How many files of attachments there are on the disk."""
    def count():
        return sum(p.is_file()
                   for p in Path(env.attachments_dir).rglob('*'))
    return count


def test_files_are_attached_with_the_sign_off(
        drawn, system, attachments, on_disk):
    system.record(DRAWN, 'physics', ANNA, saying())
    assert sorted(attachments(drawn)) == [
        'before.2.png', 'before.png', 'energy.png', 'mass.png']
    assert on_disk() == 4
    given = [e for s in system.queries.decision(DRAWN).snapshot.state.signoffs
             for e in s.evidence]
    assert {e.kind for e in given} == {ProofKind.PLOT.value}
    assert {n for e in given for n in (e.text, e.reference)} == {
        *attachments(drawn)}


@pytest.mark.parametrize(('person', 'statement', 'plots', 'error'), [
    pytest.param(BRUNO, 'Fine.', FILES, GateShut, id='not theirs'),
    pytest.param(ANNA, '', FILES, InvalidRequest, id='no statement'),
    pytest.param(ANNA, 'Fine.', {'mass': FILES['mass']}, InvalidRequest,
                 id='not all plots'),
    pytest.param(ANNA, 'Fine.', {**FILES, 'other': FILES['mass']},
                 InvalidRequest, id='not asked for')])
def test_a_refusal_leaves_no_file(
        drawn, system, attachments, on_disk, person, statement, plots, error):
    with pytest.raises(error):
        system.record(DRAWN, 'physics', person, saying(
            statement=statement, plots=plots))
    assert attachments(drawn) == {}
    assert on_disk() == 0


def test_one_refusal_of_several_leaves_no_file(
        drawn, system, attachments, on_disk):
    with pytest.raises(GateShut):
        system.record_all([
            (DRAWN, 'physics', saying()),
            (DRAWN, 'quality', SignOffRequest(Verdict.APPROVED, 'Fine.'))],
            ANNA)
    assert attachments(drawn) == {}
    assert on_disk() == 0


class FullDisk(io.BytesIO):
    """A file that cannot be read to its end."""

    def read(self, size=-1):
        if self.tell():
            raise OSError('no space left on device')
        return super().read(3)


def test_a_failure_while_the_second_file_is_written_leaves_none(
        drawn, system, attachments, on_disk):
    broken = PlotFile('broken.png', FullDisk(png()), 99)
    with pytest.raises(OSError, match='no space left'):
        system.record(DRAWN, 'physics', ANNA, SignOffRequest(
            Verdict.REPORTED, 'Fine.', EvidenceInput(
                files={'mass': (file('mass.png'), broken)})))
    assert attachments(drawn) == {}
    assert on_disk() == 0
    system.record(DRAWN, 'physics', ANNA, saying())
    assert 'mass.png' in attachments(drawn)


def test_a_failing_commit_leaves_no_file(
        drawn, env, system, attachments, on_disk, monkeypatch):
    def failing(*_given):
        raise OSError('the database is gone')
    monkeypatch.setattr('prodworkflow.services.signoffs.recording.reconcile',
                        failing)
    with pytest.raises(OSError, match='database is gone'):
        system.record(DRAWN, 'physics', ANNA, saying())
    assert attachments(drawn) == {}
    assert on_disk() == 0
    assert system.queries.decision(DRAWN).snapshot.state.signoffs == ()


def test_what_was_attached_before_is_left_alone_by_a_failure(
        drawn, system, attach, attachments, on_disk):
    attach(drawn, 'mass.png')
    with pytest.raises(InvalidRequest):
        system.record(DRAWN, 'physics', ANNA, saying(statement=''))
    assert attachments(drawn) == {'mass.png': b'mass.png'}
    assert on_disk() == 1


def test_a_name_that_is_taken_is_numbered(
        drawn, system, attach, attachments):
    attach(drawn, 'mass.png')
    system.record(DRAWN, 'physics', ANNA, saying())
    assert attachments(drawn)['mass.png'] == b'mass.png'
    assert attachments(drawn)['mass.2.png'] == png(0)


def test_a_name_that_was_signed_is_not_given_again(
        drawn, env, system, attachments):
    """What stands in the ledger under a name is the file that was signed."""
    system.record(DRAWN, 'physics', ANNA, saying())
    Attachment(env, 'ticket', drawn, 'mass.png').delete()
    system.record(DRAWN, 'physics', ANNA, saying(Verdict.REPORTED, plots={
        'mass': ('mass.png', 'new.png')}))
    assert 'mass.png' not in attachments(drawn)
    assert {'mass.2.png', 'new.png'} <= {*attachments(drawn)}
