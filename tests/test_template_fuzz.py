"""Whatever is written, there comes a template or an error with a line."""

from __future__ import annotations

import pytest
from hypothesis import given
from template_fuzz import (
    BOMBS,
    BYTES,
    damaged,
    measured,
    outcome,
    reworded,
    SECONDS,
    SEEDS,
    texts,
)


def test_the_texts_that_are_damaged_are_good_at_first():
    assert [outcome(text) for text in SEEDS] == ['template'] * len(SEEDS)


@given(texts)
def test_strange_texts_give_templates_or_errors(text):
    assert outcome(text)


@given(damaged())
def test_damaged_templates_give_templates_or_errors(text):
    assert outcome(text)


@given(reworded())
def test_reworded_templates_give_templates_or_errors(text):
    assert outcome(text)


@pytest.mark.parametrize('text', [
    pytest.param(text, id=name) for name, text in BOMBS.items()])
def test_a_bomb_takes_less_than_a_second_and_100_megabytes(text):
    took, size = measured(text)
    assert took < SECONDS
    assert size < BYTES
