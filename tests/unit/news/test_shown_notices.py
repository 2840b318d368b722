"""Notices as somebody sees them who may not see everything."""

from __future__ import annotations

import pytest

from prodworkflow.domain.news.notices import Kind, Notice, NoticeLine
from prodworkflow.domain.news.shown import shown_notice
from prodworkflow.domain.text import Message
from prodworkflow.domain.views.visibility import HiddenWords

HIDDEN = HiddenWords(frozenset({7}), frozenset({'Zircon', 'P: 2. Secret'}),
                     frozenset({'zoe'}))
ASK = 'something that you may not see: ask a holder of CAMPAIGN_ADMIN'


def shown(line=None, head='Head', subject=''):
    return shown_notice(Notice(Kind.AGAIN, head, line, ('anna',),
                               subject=subject), HIDDEN)


@pytest.mark.parametrize('line', [
    pytest.param(NoticeLine('Freeze', ticket=7, requirement='freeze'),
                 id='hidden ticket'),
    pytest.param(NoticeLine('Crash', ticket=7, concern=3),
                 id='hidden ticket that came in'),
    pytest.param(NoticeLine('P: 2. Secret', 'because'),
                 id='hidden milestone'),
    pytest.param(NoticeLine('P: 2. Secret', 'it came in', ticket=8),
                 id='ticket in a hidden milestone'),
])
def test_of_what_is_hidden_nothing_is_told(line):
    assert shown(line) is None


@pytest.mark.parametrize('line', [
    None,
    NoticeLine('Freeze', 'was signed for another release', 6, 'freeze'),
    NoticeLine('P: 1. Open', 'because'),
    NoticeLine('Crash', 'eve filed #6', 6, concern=3),
])
def test_what_is_visible_is_told_as_it_is(line):
    notice = Notice(Kind.AGAIN, 'Head', line, ('anna',), subject='on hold')
    assert shown_notice(notice, HIDDEN) == notice


@pytest.mark.parametrize(('words', 'expected'), [
    pytest.param('rests on #7 Zircon', ASK, id='as a whole'),
    pytest.param(Message('%(by)s: %(because)s', by='zoe',
                         because='“All is well”'),
                 'a holder of CAMPAIGN_ADMIN: “All is well”', id='person'),
    pytest.param(Message('%(by)s: %(because)s', by='eve',
                         because='“#7 is bad”'), f'eve: {ASK}', id='reason'),
])
def test_words_tell_nothing_hidden(words, expected):
    line = shown(NoticeLine('Freeze', words, 6, 'freeze')).line
    assert (line.title, line.words) == ('Freeze', expected)


def test_head_and_subject_tell_nothing_hidden():
    notice = shown(head=Message('Asked again, for %(cause)s',
                                cause='eve has withdrawn #7'),
                   subject=Message('#%(ticket)s, after the launch',
                                   ticket=7))
    assert notice.head == f'Asked again, for {ASK}'
    assert notice.subject == ASK


def test_title_of_a_visible_ticket_that_came_in_tells_nothing_hidden():
    assert shown(NoticeLine('Zircon fails', 'eve filed #6', 6,
                            concern=3)).line.title == ASK


def test_title_of_a_visible_sign_off_stays_as_trac_shows_it():
    assert shown(NoticeLine('Beside Zircon', '', 6, 'beside')
                 ).line.title == 'Beside Zircon'
