"""The site's resolution for each way of closing a sign-off ticket."""

from __future__ import annotations

import pytest

from prodworkflow.domain.model.campaign import SiteWord
from prodworkflow.domain.rules.words.options import Options
from prodworkflow.domain.rules.words.resolutions import (
    APPROVED,
    LEFT_OUT,
    resolution,
    TOLERABLE,
    WAIVED,
)
from support.factories import campaign

TRAC = ('fixed', 'invalid', 'wontfix', 'duplicate', 'worksforme',
        'tolerable', 'waived')
GERMAN = ('abgelehnt', 'erledigt', 'doppelt')


def called(word, site, field='resolution'):
    return campaign(words=(SiteWord(field, word, site),))


@pytest.mark.parametrize(('words', 'default', 'of', 'word'), [
    pytest.param(TRAC, 'fixed', campaign(), 'fixed', id='as Trac has it'),
    pytest.param(TRAC, 'invalid', campaign(), 'fixed',
                 id='fixed before the default'),
    pytest.param((*TRAC, 'done'), 'fixed', called(APPROVED, 'done'), 'done',
                 id='of the template'),
    pytest.param(TRAC, 'invalid', called(APPROVED, 'done'), 'fixed',
                 id='of the template, but gone'),
    pytest.param((*TRAC, 'done'), 'fixed', called(APPROVED, 'done', 'type'),
                 'fixed', id='of another field'),
    pytest.param(GERMAN, 'erledigt', campaign(), 'erledigt', id='default'),
    pytest.param(GERMAN, 'fixed', campaign(), 'abgelehnt',
                 id='default is no word of the site'),
    pytest.param(GERMAN, '', campaign(), 'abgelehnt', id='no default'),
    pytest.param(('tolerable', 'waived', 'done'), 'fixed', campaign(),
                 'done', id='first that is none of waivers'),
    pytest.param(('erlassen', 'waived', 'done'), 'fixed',
                 called(WAIVED, 'erlassen'), 'waived',
                 id='first that is none of waivers, renamed'),
    pytest.param(('tolerable', 'waived'), 'fixed', campaign(), 'tolerable',
                 id='only those of waivers'),
    pytest.param(('tolerable', 'waived'), 'waived', campaign(), 'waived',
                 id='the default is one of waivers'),
    pytest.param((), 'fixed', campaign(), '', id='no resolution at all'),
])
def test_what_approves(words, default, of, word):
    assert resolution(APPROVED, of, Options(words, default)) == word


@pytest.mark.parametrize(('way', 'words', 'of', 'word'), [
    pytest.param(WAIVED, TRAC, campaign(), 'waived', id='waived'),
    pytest.param(TOLERABLE, TRAC, campaign(), 'tolerable', id='tolerable'),
    pytest.param(TOLERABLE, ('fixed', 'wontfix', 'waived'), campaign(),
                 'waived', id='tolerable as waived'),
    pytest.param(TOLERABLE, ('fixed', 'erlassen'),
                 called(WAIVED, 'erlassen'), 'erlassen',
                 id='tolerable as waived, renamed'),
    pytest.param(TOLERABLE, ('fixed', 'wontfix'), campaign(), 'wontfix',
                 id='tolerable as not fixed'),
    pytest.param(WAIVED, ('fixed', 'wontfix', 'tolerable'), campaign(),
                 'wontfix', id='waived as not fixed'),
    pytest.param(WAIVED, ('invalid', 'fixed'), campaign(), 'fixed',
                 id='waived as approved'),
    pytest.param(WAIVED, GERMAN, campaign(), 'erledigt',
                 id='waived as the default'),
    pytest.param(WAIVED, (), campaign(), '', id='waived, no resolution'),
    pytest.param(LEFT_OUT, TRAC, campaign(), 'wontfix', id='left out'),
    pytest.param(LEFT_OUT, GERMAN, campaign(), 'erledigt',
                 id='left out as the default'),
])
def test_other_ways_fall_back_on_what_the_site_has(way, words, of, word):
    assert resolution(way, of, Options(words, 'erledigt')) == word
