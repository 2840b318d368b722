"""Grouping: a person's notices of one cause, a section for each kind."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prodworkflow.domain.news.grouping import ASKING, sections
from prodworkflow.domain.news.notices import Kind, Notice, NoticeLine

KINDS = {k.value: k for k in Kind}


def notice(kind, key='', head='Head', title='Title', subject=''):
    return Notice(KINDS[kind], head, NoticeLine(title, requirement=key)
                  if key or title else None, subject=subject)


def told(*notices):
    return [(s.kind.value, s.head, [
        line.requirement or line.title for line in s.lines])
        for s in sections(notices)]


@pytest.mark.parametrize(('notices', 'expected'), [
    pytest.param([], [], id='nothing'),
    pytest.param([notice('made', 'a'), notice('made', 'b')],
                 [('made', 'Head', ['a', 'b'])], id='one of two lines'),
    pytest.param([notice('again', 'a', 'One'), notice('again', 'b', 'Two')],
                 [('again', 'One', ['a']), ('again', 'Two', ['b'])],
                 id='two causes'),
    pytest.param([notice('running', title='', head='One'),
                  notice('turn', 'b'), notice('running', title='',
                                              head='Two')],
                 [('turn', 'Head', ['b']), ('running', 'One', []),
                  ('running', 'Two', [])], id='without lines, by kinds'),
    pytest.param([notice('turn', 'a'), notice('again', 'a'),
                  notice('turn', 'b')],
                 [('turn', 'Head', ['b']), ('again', 'Head', ['a'])],
                 id='asked again before turn'),
    pytest.param([notice('turn', 'a'), notice('made', 'a')],
                 [('made', 'Head', ['a'])], id='made before turn'),
    pytest.param([notice('again', 'a'), notice('rejected', 'a')],
                 [('rejected', 'Head', ['a'])],
                 id='rejected before asked again'),
    pytest.param([notice('waivers', 'a'), notice('turn', 'a')],
                 [('waivers', 'Head', ['a'])], id='waiver before turn'),
    pytest.param([notice('reminders', 'a'), notice('turn', 'a')],
                 [('turn', 'Head', ['a'])], id='turn before new day'),
    pytest.param([notice('nobody', 'a'), notice('turn', 'a')],
                 [('turn', 'Head', ['a']), ('nobody', 'Head', ['a'])],
                 id='who administers is told besides'),
    pytest.param([notice('gate', title='M'), notice('gate', title='M')],
                 [('gate', 'Head', ['M'])], id='the same line once'),
    pytest.param([notice('turn', 'a'), notice('turn', 'a', 'Other')],
                 [('turn', 'Head', ['a'])], id='one kind twice'),
    pytest.param([notice('made', title='M'), notice('made', title='N')],
                 [('made', 'Head', ['M', 'N'])],
                 id='lines of no requirement'),
])
def test_one_requirement_is_asked_once_by_the_nearest_kind(notices, expected):
    assert told(*notices) == expected


def test_subjects_keep_sections_apart():
    found = sections([notice('upstream ticket', title='A', subject='#1'),
                      notice('upstream ticket', title='B', subject='#2')])
    assert [(s.subject, len(s.lines)) for s in found] == [('#1', 1),
                                                          ('#2', 1)]


@given(st.lists(st.tuples(st.sampled_from(list(Kind)), st.sampled_from(
    'abc'), st.sampled_from(['One', 'Two']))))
def test_no_requirement_is_asked_twice_and_none_is_lost(drawn):
    notices = [Notice(kind, head, NoticeLine(key, requirement=key))
               for kind, key, head in drawn]
    found = sections(notices)
    asked = [line.requirement for s in found if s.kind in ASKING
             for line in s.lines]
    assert sorted(asked) == sorted({n.line.requirement for n in notices
                                    if n.kind in ASKING})
    others = {(s.kind, s.head, line.requirement) for s in found
              if s.kind not in ASKING for line in s.lines}
    assert others == {(n.kind, n.head, n.line.requirement) for n in notices
                      if n.kind not in ASKING}
    order = [list(Kind).index(s.kind) for s in found]
    assert order == sorted(order)
