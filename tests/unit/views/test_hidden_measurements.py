"""A revised estimate tells nothing of a measurement that is hidden."""

from __future__ import annotations

from dataclasses import replace

import pytest

from prodworkflow.domain.model.evidence import (
    Evidence,
    EvidenceSpec,
    ValueSpec,
)
from prodworkflow.domain.rules.evidence_report import exhibits
from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.views.visibility import VisibilityFilter
from support.factories import ASKED, requirement, signoff, snapshot, state

ESTIMATE, MEASURED = 'resources-estimate', 'runtime-performance'
SIZE = ValueSpec('size', 'Size', 'TB')
LIKE = replace(SIZE, compare_with=ESTIMATE, tolerance='20 %')


def size(text):
    return (Evidence('value', 'size', text, text),)


@pytest.mark.parametrize(('hidden', 'words'), [
    pytest.param(frozenset(), 'after 777 TB was measured', id='all is seen'),
    pytest.param(frozenset({6}), 'revised from 100 TB to 120 TB by anna',
                 id='the measurement is hidden'),
])
def test_revision_of_a_seen_estimate_after_a_hidden_measurement(
        hidden, words):
    asks = {ESTIMATE: EvidenceSpec((SIZE,)), MEASURED: EvidenceSpec((LIKE,))}
    asked = [requirement(k, **({'asks': asks[k]} if k in asks else {}))
             for k in ASKED]
    found = snapshot(state=state([
        signoff(2, ESTIMATE, evidence=size('100 TB')),
        signoff(3, MEASURED, 'reported', evidence=size('777 TB')),
        signoff(4, ESTIMATE, 'reported', evidence=size('120 TB'))], asked))
    decision = decide(found, 0)
    seen = VisibilityFilter(decision, hidden, frozenset())
    answers = [a for g in decision.gates for a in seen.stage(g).answers
               if a.requirement.key == ESTIMATE]
    lines = [e.words for a in answers for e in a.evidence]
    assert lines
    assert all(words in line for line in lines)
    assert all(('777 TB' in line) is not bool(hidden) for line in lines)
    whole = exhibits(found.state.requirement(ESTIMATE), found.state)
    assert '777 TB' in whole[0].words
