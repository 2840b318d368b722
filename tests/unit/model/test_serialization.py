"""What is asked for and said, as plain data and back."""

from __future__ import annotations

import json
from datetime import date

import pytest

from prodworkflow.domain.canonical_json import plain
from prodworkflow.domain.model.campaign import Freeze, WaiverRules
from prodworkflow.domain.model.evidence import (
    EvidenceSpec,
    NOTHING_ASKED,
    ValueSpec,
)
from prodworkflow.domain.model.known_issue import KnownIssue
from prodworkflow.domain.model.person import Deputy
from prodworkflow.domain.model.signoff import Bound, Waiver

DAY, LATER = date(2026, 7, 1), date(2026, 7, 14)
LEAK = ValueSpec('leak', 'Leak', 'kB', '1 kB', '2 kB', 'other', '10 %')
NOUNS = [
    pytest.param(EvidenceSpec((LEAK,), ('phi', 'eta'), ('web',)), {
        'values': [{'name': 'leak', 'title': 'Leak', 'unit': 'kB',
                    'at_least': '1 kB', 'at_most': '2 kB',
                    'compare_with': 'other', 'tolerance': '10 %',
                    'tolerable': '', 'confidence': '', 'minimum': 0,
                    'signed': False, 'hs23': '', 'source': ''}],
        'plots': ['phi', 'eta'], 'links': ['web'], 'automatic': False},
        id='asked'),
    pytest.param(Waiver('awaiting', DAY, (Bound('leak', '1', '2'),)), {
        'reason': 'awaiting', 'until': '2026-07-01', 'bounds': [
            {'name': 'leak', 'at_least': '1', 'at_most': '2'}]}, id='waiver'),
    pytest.param(Deputy('bruno', 'anna', DAY, LATER), {
        'person': 'bruno', 'stands_for': 'anna', 'first': '2026-07-01',
        'last': '2026-07-14'}, id='deputy'),
    pytest.param(Freeze('freeze', ('defect', 'task'), 'blocker'), {
        'requirement': 'freeze', 'types': ['defect', 'task'],
        'priority': 'blocker'}, id='freeze'),
    pytest.param(WaiverRules(60, ('stale', 'awaiting'), True), {
        'days': 60, 'reasons': ['stale', 'awaiting'], 'own': True},
        id='waiver rules'),
]


@pytest.mark.parametrize(('noun', 'data'), NOUNS)
def test_every_value_of_the_model_is_plain_data_and_back(noun, data):
    written = json.loads(json.dumps(plain(noun)))
    assert written == data
    assert type(noun).of(written) == noun


@pytest.mark.parametrize(('noun', 'data'), NOUNS)
def test_plain_data_that_lacks_a_field_is_an_error(noun, data):
    for name in data.keys() - {'automatic'}:  # older ones were not
        fewer = {k: v for k, v in data.items() if k != name}
        with pytest.raises(KeyError, match=name):
            type(noun).of(fewer)


def test_a_known_issue_is_plain_data_and_back():
    noun = KnownIssue(12, 'dora', 'Cosmetic.', DAY, 500, 9)
    written = json.loads(json.dumps(plain(noun)))
    assert written == {'ticket': 12, 'by': 'dora', 'reason': 'Cosmetic.',
                       'until': '2026-07-01', 'time': 500, 'number': 9}
    assert KnownIssue.of(written) == noun


@pytest.mark.parametrize(('change', 'error'), [
    pytest.param({'until': 'never'}, ValueError, id='no day'),
    pytest.param({'until': None}, TypeError, id='no text'),
    pytest.param({'colour': 'red'}, TypeError, id='a field too many'),
])
def test_plain_data_of_a_known_issue_that_is_none_is_an_error(change, error):
    stored = plain(KnownIssue(12, 'dora', 'Cosmetic.', DAY, 500, 9))
    with pytest.raises(error):
        KnownIssue.of({**stored, **change})


@pytest.mark.parametrize(('asked', 'anything'), [
    (NOTHING_ASKED, False), (EvidenceSpec((LEAK,)), True),
    (EvidenceSpec(plots=('phi',)), True),
    (EvidenceSpec(links=('web',)), True)])
def test_a_requirement_asks_for_something_or_not(asked, anything):
    assert asked.anything is anything


@pytest.mark.parametrize(('value', 'told'), [
    (5, 5), ('five', 'five'), (None, None), (DAY, '2026-07-01'),
    ((1, (2, DAY)), [1, [2, '2026-07-01']]), ([1], [1])])
def test_value_of_any_type_becomes_plain_data(value, told):
    assert plain(value) == told


def test_a_deputy_is_told_as_it_is_typed():
    assert str(Deputy('bruno', 'anna', DAY, LATER)) == (
        'bruno for anna 2026-07-01..2026-07-14')


def test_tolerance_with_a_plus_that_was_stored_before_bounds_both_sides():
    stored = {'values': [{'name': 'disk', 'title': 'Disk', 'unit': 'TB',
                          'compare_with': 'total', 'tolerance': '+20 %'}],
              'plots': [], 'links': []}
    assert EvidenceSpec.of(stored).values[0].tolerance == '20 %'
    del stored['values'][0]['tolerance']
    assert EvidenceSpec.of(stored).values[0].tolerance == ''
    stored['values'][0].update(tolerance='+20 %', tolerable='')
    assert EvidenceSpec.of(stored).values[0].tolerance == '+20 %'


def test_evidence_that_needs_no_signature_stays_so():
    for automatic in (True, False):
        asked = EvidenceSpec((LEAK,), automatic=automatic)
        assert EvidenceSpec.of(plain(asked)) == asked
    stored = {k: v for k, v in plain(EvidenceSpec()).items()
              if k != 'automatic'}
    assert EvidenceSpec.of(stored).automatic is False


def test_a_computing_power_with_a_confidence_is_converted_by_no_guess():
    asked = EvidenceSpec((ValueSpec('cpu', 'CPU', 'HS23 h'),))
    assert EvidenceSpec.of(plain(asked)) == asked


@pytest.mark.parametrize('typed', [ValueSpec.typed, ValueSpec.typed_bound])
@pytest.mark.parametrize(('value', 'text'), [
    pytest.param(ValueSpec('cpu', 'CPU', 'HS23 h', hs23='1.05 HS06'),
                 '21 HS06 h', id='the other computing power'),
    pytest.param(ValueSpec('shift', 'Shift', 'mm', signed=True), '-5 mm',
                 id='below 0'),
])
def test_values_and_bounds_are_typed_by_the_same_rules(typed, value, text):
    assert typed(value, text) == text
