"""Whatever is written, there comes a template or an error with a line."""

from __future__ import annotations

from functools import partial

import pytest
from hypothesis import given

from support.instruction_counter import steps
from tools.template_fuzz import (
    BOMBS,
    BYTES,
    damaged,
    GROWING,
    outcome,
    reworded,
    SEEDS,
    size,
    texts,
)

SMALL, TIMES = 2000, 4  # characters


def test_undamaged_seed_templates_are_valid():
    assert [outcome(text) for text in SEEDS] == ['template'] * len(SEEDS)


@given(texts)
def test_strange_texts_give_templates_or_template_errors(text):
    assert outcome(text)


@given(damaged())
def test_damaged_templates_give_templates_or_errors(text):
    assert outcome(text)


@given(reworded())
def test_reworded_templates_give_templates_or_errors(text):
    assert outcome(text)


@pytest.mark.parametrize('text', [
    pytest.param(text, id=name) for name, text in BOMBS.items()])
def test_parsing_a_bomb_takes_less_than_100_megabytes(text):
    assert size(text) < BYTES


@pytest.mark.parametrize('text', [
    pytest.param(text, id=name) for name, text in GROWING.items()])
def test_parsing_a_bomb_takes_instructions_linear_in_its_length(text):
    small, large = (steps(partial(outcome, text(n)))
                    for n in (SMALL, SMALL * TIMES))
    assert 0 < large < small * TIMES * 1.5
