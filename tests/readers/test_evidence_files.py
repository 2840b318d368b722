"""The door to readers: built-in ones, those of other plugins, and failures."""

from __future__ import annotations

import hashlib

import pytest
from trac.core import Component, ComponentMeta, implements

from prodworkflow.api import (
    EvidenceFiles,
    EvidenceReader,
    Findings,
    Found,
    IEvidenceReader,
    Provenance,
    ReadingKind,
    UnreadableEvidence,
)
from prodworkflow.evidence_readers.choice import BUILT_IN

SUITE = b'<testsuite><testcase name="x"/></testsuite>'


@pytest.fixture
def other_reader(env):
    """Adds a reader of everything, by a component of another plugin."""
    def add(read):
        class OtherReaders(Component):
            implements(IEvidenceReader)

            def get_evidence_readers(self):
                return [EvidenceReader('other', 'others', (ReadingKind(
                    'other:x', ('s',), 'x'),), lambda file: True, read)]
        made.append(OtherReaders)
        env.enable_component(OtherReaders)
        return EvidenceFiles(env)
    made = []
    yield add
    for component in made:
        ComponentMeta._registry[IEvidenceReader].remove(component)
        ComponentMeta._components.remove(component)


def test_built_in_readers_read_and_tell_the_digest(env):
    files = EvidenceFiles(env)
    assert files.readers() == list(BUILT_IN)
    first = files.read(SUITE)[0]
    assert (first.name, first.value) == ('junit:failure_rate', '0/1')
    assert first.provenance.digest == hashlib.sha256(SUITE).hexdigest()


def test_reader_of_another_plugin_comes_first(other_reader):
    files = other_reader(lambda file, events: Findings(
        {'x': Found(f'{events} s')}, Provenance('other')))
    [reading] = files.read(SUITE, events=7)
    assert (reading.name, reading.value) == ('other:x', '7 s')


def test_reader_that_fails_refuses_the_file_and_is_logged(other_reader):
    def broken(file, events):
        raise KeyError('oops')
    files = other_reader(broken)
    logged = []
    files.log.exception = lambda *words: logged.append(words)
    with pytest.raises(UnreadableEvidence, match='a reader failed'):
        files.read(SUITE)
    assert logged


def test_reader_that_finds_nothing_refuses_the_file(other_reader):
    files = other_reader(lambda file, events: Findings(
        {}, Provenance('other'), ('No luck.',)))
    with pytest.raises(UnreadableEvidence, match=r'\(others\). No luck'):
        files.read(SUITE)


def test_without_the_component_no_file_is_read(env):
    env.config.set('components',
                   'prodworkflow.api.evidence_files.builtinevidencereaders',
                   'disabled')
    env.enabled.clear()
    with pytest.raises(UnreadableEvidence, match='No reader knows'):
        EvidenceFiles(env).read(SUITE)
