"""Each state of a sign-off has one mark and one word."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from xml.etree import ElementTree

from prodworkflow.domain.model.vocabulary import Reason
from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.views.marks import code, WORDS
from support.factories import snapshot

MARKS = (Path(__file__).parents[3] / 'templates'
         / 'prodworkflow_macros_marks.html').read_text(encoding='utf-8')
NOW = 20000 * 86400 * 10**6


def test_every_state_has_a_word_of_its_own():
    assert set(WORDS) == {'met', 'waived', *(r.value for r in Reason)}
    assert len({*WORDS.values()}) == len(WORDS)


def test_every_state_has_a_drawing_of_its_own():
    drawn = ast.literal_eval(re.search(r'(?s)set shapes = (\{.*?\}\n)',
                                       MARKS)[1])
    assert set(drawn) == set(WORDS)
    assert len({*drawn.values()}) == len(WORDS)
    for shape in drawn.values():
        ElementTree.fromstring(shape)


def test_pages_call_the_states_by_the_same_words():
    found = re.search(r'(?s)set words = (\{.*?\}\n)', MARKS)[1]
    assert ast.literal_eval(re.sub(r"_\(('.*?')\)", r'\1', found)) == WORDS


def test_a_sign_off_is_met_or_says_why_it_is_not():
    decision = decide(snapshot(['feature-freeze']), NOW)
    assert code(decision.answer('feature-freeze')) == 'met'
    assert code(decision.answer('software-quality')) == 'awaiting'
