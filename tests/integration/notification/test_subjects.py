"""The subject of a mail: the campaign, what, how many."""

from __future__ import annotations

from datetime import date

import pytest

from prodworkflow.domain.news.notices import Kind, Section
from prodworkflow.notification.subjects import (
    most_urgent_first,
    one_line,
    subject,
    URGENCY,
)
from support.notices import line, news, section

TODAY = date(2027, 2, 12)
LATE, SOON = date(2027, 2, 11), TODAY


def said(*sections, waiting=0):
    """The subject behind the campaign's name."""
    whole = subject(news(*sections, waiting=waiting), TODAY)
    assert whole.startswith('[2011 Prod] ')
    return whole[len('[2011 Prod] '):]


def lines(*days):
    return [line(ticket=n, due=day) for n, day in enumerate(days, 7)]


@pytest.mark.parametrize(('kind', 'one', 'three'), [
    (Kind.MADE, '1 sign-off waits for you', '3 sign-offs wait for you'),
    (Kind.TURN, '1 sign-off waits for you', '3 sign-offs wait for you'),
    (Kind.AGAIN, '1 sign-off is asked again', '3 sign-offs are asked again'),
    (Kind.REJECTED, '#7 was rejected', '3 sign-offs were rejected'),
    (Kind.REMINDERS, '1 sign-off is due soon', '3 sign-offs are due soon'),
    (Kind.WAIVERS, '1 waiver ends', '3 waivers end'),
    (Kind.NOBODY, 'nobody is left who can sign',
     'nobody can sign 3 sign-offs'),
    (Kind.UPSTREAM, '#7 came after the launch',
     '3 tickets came after the launch'),
    (Kind.GATE, 'The gate is open', 'The gate is open'),
    (Kind.RUNNING, 'The gate is open', 'The gate is open'),
])
def test_subject_counts_what_a_kind_has(kind, one, three):
    head = 'The gate is open.'
    assert said(section(kind, *lines(SOON), head=head)) == one
    assert said(section(kind, *lines(SOON, SOON, SOON), head=head)) == three


def test_subject_counts_the_lines_of_all_sections_of_the_kind():
    assert said(section(Kind.AGAIN, *lines(SOON, SOON), head='A patch.'),
                section(Kind.AGAIN, line(ticket=9), head='New evidence.')) \
        == '3 sign-offs are asked again'


@pytest.mark.parametrize(('days', 'words'), [
    pytest.param([LATE], '1 sign-off is overdue', id='one late'),
    pytest.param([LATE, LATE], '2 sign-offs are overdue', id='all late'),
    pytest.param([LATE, SOON, None],
                 '3 sign-offs are due, 1 of them overdue', id='one of three'),
    pytest.param([SOON], '1 sign-off is due soon', id='due today'),
    pytest.param([None], '1 sign-off is due soon', id='no day'),
])
def test_subject_of_reminders_tells_what_is_overdue(days, words):
    assert said(section(Kind.REMINDERS, *lines(*days))) == words


def test_subject_at_a_turn_counts_all_that_wait():
    assert said(section(Kind.TURN), waiting=3) == '3 sign-offs wait for you'
    assert said(section(Kind.TURN), waiting=1) == '1 sign-off waits for you'


def test_subject_at_creation_counts_all_sign_offs_of_mine():
    assert said(section(Kind.MADE, *lines(SOON, SOON)), waiting=1) == (
        '2 sign-offs wait for you')


def test_a_notice_may_bring_its_own_subject():
    assert said(section(Kind.RUNNING, subject='on hold')) == 'on hold'


def test_subject_names_the_most_urgent_kind():
    assert said(section(Kind.TURN), section(Kind.AGAIN),
                section(Kind.RUNNING, subject='on hold'),
                waiting=5) == 'on hold'


def test_sections_of_one_kind_keep_their_order():
    given = [Section(Kind.GATE, 'a'), Section(Kind.TURN, 'b'),
             Section(Kind.GATE, 'c'), Section(Kind.TURN, 'a')]
    assert [s.head for s in most_urgent_first(given)] == ['b', 'a', 'a', 'c']


def test_every_kind_has_its_urgency_and_a_subject():
    assert sorted(URGENCY) == sorted(Kind)
    for kind in Kind:
        assert said(Section(kind, 'Something.')), kind


@pytest.mark.parametrize('end', ['\r\nBcc: eve@example.org', '\nX: y',
                                 '\x00\x1b\x85\u2028\u202e'])
def test_subject_is_one_line_of_what_is_shown(end):
    whole = subject(news(section(Kind.RUNNING, subject=f'on hold{end}'),
                         campaign=f'2011 Prod{end}'), TODAY)
    assert whole.isprintable()
    assert whole.startswith('[2011 Prod')


def test_long_subject_is_cut():
    whole = said(section(Kind.REJECTED, subject='because ' + 'of it ' * 200))
    assert len(whole) <= 100
    assert whole.endswith('…')
    assert said(section(Kind.REJECTED, subject='a' * 100)) == 'a' * 100


def test_letters_of_scripts_that_join_them_stay():
    assert one_line('می\u200cشود\n x') == 'می\u200cشود x'
