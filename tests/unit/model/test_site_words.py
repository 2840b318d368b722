"""What a renaming does to the words that a campaign knows."""

from __future__ import annotations

import pytest

from prodworkflow.domain.model.campaign import SiteWord, with_renaming

DONE = SiteWord('resolution', 'fixed', 'done')


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
    assert words == (SiteWord('type', 'a', 'b'), SiteWord('type', 'b', 'a'),
                     SiteWord('type', 'x', 'b'))
