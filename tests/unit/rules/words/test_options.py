"""What the site has in place of a word."""

from __future__ import annotations

import pytest

from prodworkflow.domain.model.campaign import SiteWord
from prodworkflow.domain.rules.words.options import Options, site_word
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
