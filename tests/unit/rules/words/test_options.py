"""What the site has in place of a word."""

from __future__ import annotations

import pytest

from prodworkflow.domain.model.campaign import SiteWord
from prodworkflow.domain.rules.words.options import (
    near,
    no_word,
    Options,
    site_word,
)
from support.factories import campaign

DONE = SiteWord('resolution', 'fixed', 'done')


@pytest.mark.parametrize(('options', 'word'), [
    (Options(('a', 'b'), 'b'), 'b'), (Options(('a', 'b'), 'c'), 'a'),
    (Options(('a', 'b')), 'a'), (Options((), 'c'), ''), (Options(), '')])
def test_usual_word_is_the_default_or_the_first(options, word):
    assert options.usual == word


def test_a_word_is_what_the_site_calls_it():
    known = campaign(words=(DONE,))
    assert site_word(known, 'resolution', 'fixed') == 'done'
    assert site_word(known, 'resolution', 'waived') == 'waived'
    assert site_word(known, 'type', 'fixed') == 'fixed'


@pytest.mark.parametrize(('name', 'word', 'known', 'found'), [
    pytest.param('type', 'defekts', ('defect', 'task'), ['defect'],
                 id='a type that is much like one'),
    pytest.param('priority', 'trivial', ('critical', 'minor'), [],
                 id='a priority that is only a bit like one'),
    pytest.param('type', 'task', ('task1', 'task2', 'task3', 'task4'),
                 ['task4', 'task3', 'task2'], id='three at most'),
])
def test_words_that_may_be_meant(name, word, known, found):
    assert near(name, word, Options(known)) == found


def test_priorities_are_told_from_the_most_urgent_on_and_types_by_likeness():
    known = Options(('blocker', 'critical', 'trivial'))
    assert no_word('priority', 'trivail', known) == (
        '"trivail" is no priority (Trac has trivial, blocker and critical)')
    assert no_word('priority', 'crit', known) == (
        '"crit" is no priority (Trac has blocker, critical and trivial)')
    assert no_word('type', 'crit', known) == (
        '"crit" is no type (Trac has critical, blocker and trivial)')
