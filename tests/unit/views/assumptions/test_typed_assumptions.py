"""Assumptions are typed as requirement and verdict; all faults are told."""

from __future__ import annotations

import pytest

from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.model.vocabulary import Verdict
from prodworkflow.domain.views.assumptions import typed_assumptions

KEYS = ('a', 'site.ral')
LONG = 'x' * 65


def test_requirement_and_verdict():
    assert typed_assumptions(['a:approved', ' site.ral:rejected '], KEYS) == {
        'a': Verdict.APPROVED, 'site.ral': Verdict.REJECTED}


@pytest.mark.parametrize(('texts', 'words'), [
    pytest.param(['b:approved'], ['There is no requirement "b"; there is a, '
                                  'site.ral.'], id='unknown key'),
    pytest.param(['a:open'], ['"open" cannot be assumed of a; write '
                              'approved, rejected, withdrawn.'],
                 id='unknown word'),
    pytest.param(['a'], ['"a" names no requirement; write what is assumed, '
                         'like a:approved.'], id='no word'),
    pytest.param(['a:approved', 'a:rejected'], ['a is assumed twice.'],
                 id='twice'),
    pytest.param([], ['Nothing is assumed; write what is, like a:approved.'],
                 id='nothing'),
    pytest.param([LONG, f'{LONG}:approved', f'a:{LONG}'], [
        f'"{LONG[:64]}" names no requirement; write what is assumed, like '
        'a:approved.',
        f'There is no requirement "{LONG[:64]}"; there is a, site.ral.',
        f'"{LONG[:64]}" cannot be assumed of a; write approved, rejected, '
        'withdrawn.'], id='too long to be quoted whole'),
    pytest.param(['b:', 'a:'], [
        'There is no requirement "b"; there is a, site.ral.',
        '"" cannot be assumed of a; write approved, rejected, withdrawn.'],
        id='all at once'),
])
def test_faults_are_told(texts, words):
    with pytest.raises(InvalidRequest) as caught:
        typed_assumptions(texts, KEYS)
    assert caught.value.problems == tuple(('assume', w) for w in words)


def test_nothing_can_be_assumed_where_nothing_is_seen():
    with pytest.raises(InvalidRequest, match='there is none'):
        typed_assumptions(['a:approved'], ())
    with pytest.raises(InvalidRequest, match='KEY:approved'):
        typed_assumptions([], ())
