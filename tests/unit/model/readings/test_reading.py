"""A reading tells value and origin; a template names it by its kind."""

from __future__ import annotations

import pytest

from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.model.readings.reading import (
    kind_of,
    Provenance,
    Reading,
    ReadingKind,
    UnreadableEvidence,
)
from prodworkflow.domain.text import Message

RATE = ReadingKind('junit:failure_rate', ('%',), 'failed tests')
ANY = ReadingKind('json:', (), 'the value of this name')


@pytest.mark.parametrize(('source', 'kind'), [
    pytest.param('junit:failure_rate', RATE, id='a reading'),
    pytest.param('junit:failure_rates', None, id='another name'),
    pytest.param('json:crash_rate', ANY, id='any name of a reader'),
    pytest.param('json:', None, id='no name'),
    pytest.param('slurm:crash_rate', None, id='another reader')])
def test_source_of_a_template_is_a_kind_that_is_offered(source, kind):
    assert kind_of(source, (RATE, ANY)) == kind


def test_reading_is_plain_data_for_json():
    provenance = Provenance('pytest', 'node1', '2026-05-03', 'abc', 'f00')
    reading = Reading('junit:failure_rate', '3/149', provenance,
                      (Message('one case is %(what)s', what='cut'),),
                      Message('failed tests'), (Message('sure?'),))
    assert reading.as_dict() == {
        'name': 'junit:failure_rate', 'value': '3/149',
        'counted': 'failed tests', 'unread': ['one case is cut'],
        'questions': ['sure?'],
        'provenance': {'tool': 'pytest', 'host': 'node1',
                       'start': '2026-05-03', 'revision': 'abc',
                       'digest': 'f00'}}


def test_refused_file_is_a_refused_request_with_one_problem():
    error = UnreadableEvidence(Message('The file is empty.'))
    assert isinstance(error, InvalidRequest)
    assert error.problems == (('file', 'The file is empty.'),)
    error.retell(str.upper)
    assert str(error) == 'THE FILE IS EMPTY.'
