"""What a search looks at, and whether words stand in it."""

from __future__ import annotations

import pytest

from prodworkflow.domain.ledger.effects import VERBS
from prodworkflow.domain.model.evidence import EvidenceSpec, ValueSpec
from prodworkflow.domain.views.activity.findings import (
    asked_texts,
    holds,
    REASONED,
    SAID_BESIDE,
    texts_of,
)
from support.factories import entry, requirement

PROOF = {'kind': 'plot', 'name': 'pt', 'text': 'new.png', 'digest': 'abc',
         'reference': 'old.png', 'reference_digest': 'def'}


@pytest.mark.parametrize(('texts', 'terms', 'expected'), [
    pytest.param(['Fine.'], ['fine'], True, id='another case'),
    pytest.param(['GRÖẞE'], ['größe'], True, id='beyond ASCII'),
    pytest.param(['GRÖSSE'], ['größe'], False, id='another letter'),
    pytest.param(['a b', 'c'], ['C', 'a'], True, id='in several texts'),
    pytest.param(['a b'], ['a', 'c'], False, id='one is missing'),
    pytest.param([], ['a'], False, id='no texts')])
def test_each_term_has_to_stand_in_some_text(texts, terms, expected):
    assert holds(texts, terms) is expected


@pytest.mark.parametrize(('made', 'expected'), [
    pytest.param(entry('approved', statement='Fine.'), ['Fine.'],
                 id='statement'),
    pytest.param(entry('held', reason='It leaks.'), ['It leaks.'],
                 id='reason'),
    pytest.param(entry('approved', statement='', evidence=[PROOF]),
                 ['pt', 'new.png', 'old.png'], id='evidence, no digests'),
    pytest.param(entry('approved', statement=None, evidence=None), [],
                 id='nothing'),
    pytest.param(entry('held', reason=7, evidence={'name': 'x'}), [],
                 id='of another form')])
def test_what_people_wrote_is_looked_at(made, expected):
    assert texts_of(made) == expected


def test_names_of_what_is_asked_for_are_looked_at():
    asks = EvidenceSpec((ValueSpec('disk', 'Disk space', 'TB', '1 TB'),),
                        ('pt',), ('report',))
    assert asked_texts(requirement('feature-freeze', asks=asks)) == [
        'disk', 'Disk space', 'pt', 'report']
    assert asked_texts(requirement('feature-freeze')) == []


def test_verbs_with_reasons_are_known_and_not_looked_at_twice():
    assert set(REASONED) <= {*VERBS}
    assert {'held', 'launched', 'objected', 'item-added'} <= set(REASONED)
    assert not set(REASONED) & {*SAID_BESIDE, 'created', 'removed', 'refused'}
    assert list(REASONED) == sorted(REASONED)
