"""Answers that rest on, or are compared with, what is hidden; pure."""

from __future__ import annotations

import pytest

from prodworkflow.domain.model.evidence import (
    Evidence,
    EvidenceSpec,
    ValueSpec,
)
from prodworkflow.domain.planning.releases.effect import release_effect
from prodworkflow.domain.planning.releases.request import ReleaseRequest
from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.views.visibility import (
    HiddenWords,
    shown_effect,
    VisibilityFilter,
)
from prodworkflow.domain.views.visibility.hidden_words import (
    HIDDEN,
    UNSEEN,
    WAITS,
)
from support.factories import ASKED, requirement, signoff, snapshot, state

JUNE_10 = 1781049600 * 10**6
ESTIMATE, MEASURED, RESTING = ('resources-estimate', 'runtime-performance',
                               'physics-results')
SIZE = ValueSpec('size', 'Size', 'TB')
LIKE = ValueSpec('size', 'Size', 'TB', compare_with=ESTIMATE,
                 tolerance='20 %')
GIVEN = {ESTIMATE: {'asks': EvidenceSpec((SIZE,)), 'contacts': ('zoe',)},
         MEASURED: {'asks': EvidenceSpec((LIKE,))},
         RESTING: {'rests_on': (ESTIMATE, 'software-quality')}}


def value(text):
    return (Evidence('value', 'size', text, text),)


def seen(*tickets, signed=()):
    asked = [requirement(k, **GIVEN.get(k, {})) for k in ASKED]
    said = [signoff(2, ESTIMATE, 'reported', evidence=value('100 TB')),
            signoff(3, MEASURED, 'reported', evidence=value('777 TB')),
            *(signoff(4 + n, key) for n, key in enumerate(signed))]
    return VisibilityFilter(decide(snapshot(state=state(said, asked)),
                                   JUNE_10), frozenset(tickets), frozenset())


@pytest.mark.parametrize(('tickets', 'hidden'), [
    pytest.param((), False, id='all is seen'),
    pytest.param((3,), True, id='the estimate is hidden'),
])
def test_of_a_hidden_estimate_only_the_fault_is_told(tickets, hidden):
    answer = seen(*tickets).answer(MEASURED)
    line, = answer.evidence
    told = f'{answer.words} {line.words} {line.fault} {line.as_dict()}'
    assert ('100 TB' in told) is not hidden
    assert ('that you may not see' in line.fault) is hidden
    assert bool(line.fault)
    assert line.proof.text == '777 TB'


def test_of_a_hidden_base_only_is_told_that_it_is_not_met():
    found = seen(3).answer(RESTING)
    hidden, shown = found.bases
    assert (hidden.key, hidden.name, hidden.words, hidden.cause) == (
        '', UNSEEN, WAITS, HIDDEN)
    assert shown.key == 'software-quality'
    assert 'Software quality' in shown.name


def test_a_preview_of_a_move_tells_what_is_visible():
    veil = seen(3)
    effect = release_effect(veil.decision, ReleaseRequest('V2', (), 'Built.'),
                            None)
    found = shown_effect(effect, veil.states)
    assert ESTIMATE in {m.requirement.key for m in effect.moved}
    assert ESTIMATE not in {m.requirement.key for m in found.moved}
    assert 'zoe' not in found.mail
    assert len(found.moved) == len(effect.moved) - 1


def test_a_value_whose_bounds_cannot_be_read_hides_no_others():
    odd = ValueSpec('size', 'Size', 'TB', at_most='5 seconds',
                    compare_with=ESTIMATE, tolerance='20 %')
    asked = [requirement(ESTIMATE, asks=EvidenceSpec((SIZE,))),
             requirement(MEASURED, asks=EvidenceSpec((odd,)))]
    said = [signoff(2, ESTIMATE, evidence=value('100 TB'), statement='')]
    words = HiddenWords.of(state(said, asked), frozenset({3}), frozenset())
    assert '100 TB' in words.names
