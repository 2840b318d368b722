"""What the site has in place of words, and what a renaming does to them."""

from __future__ import annotations

import pytest

from prodworkflow.domain.model.campaign import SiteWord
from prodworkflow.domain.rules.words.options import (
    Options,
    site_word,
    with_renaming,
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


@pytest.mark.parametrize(('words', 'was', 'now', 'after'), [
    pytest.param((), 'fixed', 'done', (DONE,), id='first'),
    pytest.param((DONE,), 'done', 'ok', (
        SiteWord('resolution', 'fixed', 'ok'),
        SiteWord('resolution', 'done', 'ok')), id='once more'),
    pytest.param((DONE,), 'done', 'fixed', (
        SiteWord('resolution', 'done', 'fixed'),), id='back again'),
    pytest.param((DONE,), 'waived', 'let off', (
        DONE, SiteWord('resolution', 'waived', 'let off')), id='another'),
    pytest.param((DONE,), 'fixed', 'solved', (DONE,),
                 id='a new one of the former name'),
    pytest.param((SiteWord('type', 'fixed', 'done'),), 'done', 'ok', (
        SiteWord('type', 'fixed', 'done'),
        SiteWord('resolution', 'done', 'ok')), id='of another field'),
])
def test_renaming_keeps_what_each_word_is_called_now(words, was, now, after):
    assert with_renaming(words, 'resolution', was, now) == after


def test_words_that_change_places_are_told_apart():
    words = ()
    for was, now in (('a', 'x'), ('b', 'a'), ('x', 'b')):
        words = with_renaming(words, 'type', was, now)
    found = campaign(words=words)
    assert [site_word(found, 'type', w) for w in 'ab'] == ['b', 'a']
