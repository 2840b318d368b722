"""Plain JSON: values as people type them."""

from __future__ import annotations

import pytest

from support.evidence_files import refusal, values_of


def test_values_stay_as_they_are_written():
    assert values_of(
        '\ufeff{"crash_rate": "3/149", "time": " 12.5  ± 0.3 s (n=20)",'
        '"exact": 0.10, "count": 12, "small": 1e-7}') == {
        'json:crash_rate': '3/149', 'json:time': '12.5 ± 0.3 s (n=20)',
        'json:exact': '0.10', 'json:count': '12', 'json:small': '1E-7'}


@pytest.mark.parametrize(('content', 'words'), [
    ('{"a": null}', '"a"'), ('{"a": true}', '"a"'), ('{"a": [1]}', '"a"'),
    ('{"a": {"b": 1}}', '"a"'), ('{"a": ""}', '"a"'),
    ('{"a": "%s"}' % ('9' * 65), '"a"'), ('{"a": "1\\u0000"}', '"a"'),
    ('{"a b": 1}', 'no name'), ('{"": 1}', 'no name'),
    ('{"a": 1, "a": 2}', '"a" twice'), ('{}', 'Nothing could be read'),
    ('[]', 'No reader'), ('[1]', 'No reader')])
def test_what_is_no_value_refuses_the_file(content, words):
    assert words in refusal(content)
