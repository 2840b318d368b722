"""Lines of notices: the requirement, what is to be known, and its day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from prodworkflow.domain.news.lines import (
    fact_of,
    line_of,
    said_in,
    stop_after,
)
from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.text import Message
from support.changes import NOW, said, standing
from support.factories import requirement

FREEZE = requirement('feature-freeze')
DECISION = decide(standing([
    FREEZE, requirement('release-validated'),
    requirement('runtime-performance')]), NOW)


def test_a_line_has_the_day_of_its_stage_or_its_own():
    line = line_of(DECISION, FREEZE, 'it awaits you')
    assert (line.title, line.words, line.ticket, line.requirement,
            line.due) == ('Feature Freeze', 'it awaits you', 1,
                          'feature-freeze', date(2026, 6, 1))
    own = replace(FREEZE, due=date(2026, 5, 25))
    assert line_of(DECISION, own).due == date(2026, 5, 25)


def test_what_belongs_to_no_stage_any_more_has_no_day():
    assert line_of(DECISION, replace(FREEZE, stage='gone')).due is None


@pytest.mark.parametrize(('words', 'fact'), [
    pytest.param(Message('%(fact)s; awaits %(who)s', fact='was rejected',
                         who='anna'), 'was rejected', id='with a fact'),
    pytest.param(Message('awaits %(who)s', who='anna'), 'awaits anna',
                 id='without one'),
    pytest.param(Message('%(fact)s of 3', fact=2), '2 of 3', id='a number'),
    pytest.param('awaits anna', 'awaits anna', id='plain words'),
])
def test_the_fact_is_told_without_who_is_awaited(words, fact):
    assert fact_of(words) == fact


@pytest.mark.parametrize(('words', 'stop'), [
    ('“Go.”', ''), ('“Go!”', ''), ('“Go?”', ''), ('“Go…”', ''),
    ('“Go”', '.'), ('without a word', '.'), ('', '.')])
def test_a_sentence_ends_once(words, stop):
    assert stop_after(words) == stop


@pytest.mark.parametrize(('payload', 'words'), [
    pytest.param({'reason': 'Two  leaks.\n'}, '“Two leaks.”', id='reason'),
    pytest.param({'statement': 'Fine'}, '“Fine”', id='statement'),
    pytest.param({'reason': ' '}, 'without a word', id='blanks'),
    pytest.param({}, 'without a word', id='nothing'),
])
def test_what_people_wrote_stands_in_quotation_marks(payload, words):
    assert said_in(said('held', **payload)) == words
