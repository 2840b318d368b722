"""The page of readers tells each reading, format and limit there is."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

import pytest
from trac.core import ComponentMeta

from prodworkflow.api import EvidenceFiles, IEvidenceReader, UnreadableEvidence
from prodworkflow.evidence_readers import (
    choice,
    evidence_file,
    growth,
    xml_limits,
)
from prodworkflow.evidence_readers import json_numbers as numbers
from prodworkflow.evidence_readers.choice import BUILT_IN, kinds_of
from prodworkflow.evidence_readers.slurm_states import FAILED

PAGE = (Path(__file__).parents[2] / 'docs' / 'reference' /
        'readers.rst').read_text(encoding='utf-8')
# Where the columns of the table begin.
UNITS, WORDS = 41, 55
FLAT = ' '.join(PAGE.split())


def rows():
    """The rows of the table of readings: name, units, words."""
    body = re.split(r'\n=[ =]+\n', PAGE)[3]
    for row in re.split(r'\n(?=``)', body):
        name = re.match('``(.+?)``', row)[1]
        lines = row.split('\n')
        units = ' '.join(line[UNITS:WORDS] for line in lines)
        yield (name, set(re.findall('``(.+?)``', units)),
               ' '.join(' '.join(line[WORDS:] for line in lines).split()))


def test_the_table_has_each_reading_with_units_and_words():
    told = {name: (units, words) for name, units, words in rows()}
    kinds = kinds_of(BUILT_IN)
    assert set(told) == {kind.name for kind in kinds}
    for kind in kinds:
        units, words = told[kind.name]
        assert units == {unit for unit in kind.units if unit}, kind.name
        assert words == kind.words, kind.name


@pytest.mark.parametrize('reader', BUILT_IN, ids=lambda reader: reader.name)
def test_each_format_is_told(reader):
    assert f'\n{reader.title}\n    ' in PAGE


def test_each_limit_is_told():
    assert f'{evidence_file.BYTES_MAX // 2**20} MiB' in FLAT
    for limit, of in ((evidence_file.LINES_MAX, 'lines'),
                      (choice.READINGS_MAX, 'readings'),
                      (xml_limits.ELEMENTS_MAX, 'elements'),
                      (xml_limits.ATTRIBUTES_MAX, 'attributes'),
                      (xml_limits.DEPTH_MAX, 'deep'),
                      (evidence_file.VALUES_MAX, 'values'),
                      (numbers.DIGITS_MAX, 'digits')):
        assert re.search(rf'\b{limit:,} ([\w ]+ )?{of}', FLAT) or (
            f'{limit:,} {of}' in FLAT), of
    assert numbers.EXPONENT_MAX == 99
    assert growth.WARM_UP == 0.25
    assert growth.POINTS_MIN == 10


def test_states_that_are_named_fail():
    named = set(re.findall('``([A-Z]+_?[A-Z_]*)``', PAGE.partition(
        'of all data parsers')[2].partition('``REQUEUED``')[0]))
    assert len(named) > 8
    assert named <= FAILED


@pytest.fixture
def plugin():
    """The names of a plugin of these lines; its components go again."""
    there = list(ComponentMeta._components)

    def load(code):
        names = {'__name__': 'run_checker'}
        exec(compile(code, 'readers.rst', 'exec'), names)
        return names
    yield load
    for component in [each for each in ComponentMeta._components
                      if each not in there]:
        ComponentMeta._components.remove(component)
        ComponentMeta._registry[IEvidenceReader].remove(component)


def test_the_example_of_a_reader_reads(env, plugin):
    code = textwrap.dedent(re.search(
        r'(?s)the built-in ones::\n\n(.*?)\n\n``file``', PAGE)[1])
    names = plugin(code)
    env.enable_component(names['RunCheckerReader'])
    files = EvidenceFiles(env)
    [reading] = files.read(b'146 good of 149\n')
    assert (reading.name, reading.value) == ('runs:bad_rate', '3/149')
    assert 'runs:bad_rate' in {kind.name for kind in files.kinds()}
    with pytest.raises(UnreadableEvidence, match='first line'):
        files.read(b'no good of 149\n')
