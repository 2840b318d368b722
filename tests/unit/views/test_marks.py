"""Each state of a sign-off has one sign and one word."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from prodworkflow.domain.model.vocabulary import Reason
from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.views.marks import code, SIGNS, WORDS
from support.factories import snapshot

STATUS = (Path(__file__).parents[3] / 'templates'
          / 'prodworkflow_macros_status.html')
NOW = 20000 * 86400 * 10**6


def test_every_state_has_a_sign_and_a_word_of_its_own():
    states = {'met', 'waived', *(r.value for r in Reason)}
    assert set(SIGNS) == set(WORDS) == states
    assert len({*SIGNS.values()}) == len({*WORDS.values()}) == len(states)


def test_pages_show_the_same_signs():
    found = re.search(r'(?s)set sign = (\{.*?\})',
                      STATUS.read_text(encoding='utf-8'))
    assert ast.literal_eval(found[1]) == SIGNS


def test_a_sign_off_is_met_or_says_why_it_is_not():
    decision = decide(snapshot(['feature-freeze']), NOW)
    assert code(decision.answer('feature-freeze')) == 'met'
    assert code(decision.answer('software-quality')) == 'awaiting'
