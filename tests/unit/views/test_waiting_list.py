"""The lines that tell what a campaign waits for; a group's are one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from prodworkflow.domain.model.item_list import Group
from prodworkflow.domain.model.person import Deputy
from prodworkflow.domain.rules.answers import Answer, Reason
from prodworkflow.domain.rules.decision import Coverage
from prodworkflow.domain.rules.duties.awaited import Awaited
from prodworkflow.domain.text import NAMED
from prodworkflow.domain.views.waiting_list import awaited_counts, waits, WHY
from support.factories import requirement


def answer(item='', reason=Reason.AWAITING, group='sites', ticket=1,
           contacts=('anna',), **changes):
    asked = replace(requirement('feature-freeze'), key=f'site.{item}',
                    group=group, item=item, weight='1', ticket=ticket,
                    contacts=contacts)
    who = Awaited(contacts, unstaffed=not contacts)
    return Answer(asked, reason, 'awaits anna', **{'awaits': who, **changes})


def whole(*answers, rule='weight >= 0.9'):
    return Coverage(Group('sites', 'release-validation', 'Sites validated',
                          'sites', rule), answers, False, '90 % of capacity',
                    {a.requirement.item: a.requirement.item.upper()
                     for a in answers})


def test_a_single_sign_off_is_a_line_of_its_own():
    lone = answer(group='')
    line, = waits((lone,), ())
    assert line.group is None
    assert line.words == '#1 Feature Freeze'
    assert line.why == 'nobody has signed yet'


def test_the_members_of_a_group_share_a_line_where_the_first_stands():
    first, second = answer('cnaf'), answer('ral', ticket=2)
    lone = answer(group='', ticket=3)
    group = whole(first, second, answer('pic', None, ticket=4))
    lines = waits((first, lone, second), (group,))
    assert [line.answers for line in lines] == [(first, second), (lone,)]
    assert lines[0].words == (
        'Sites validated: 1 of 3 sites (33.3 % of capacity), and it needs '
        '90 % of capacity; open: #1 CNAF, #2 RAL')


def test_an_answer_whose_group_is_not_told_stands_alone():
    lone = answer('cnaf')
    line, = waits((lone,), ())
    assert line.group is None


def test_many_open_members_are_counted_behind_the_first_few():
    answers = tuple(answer(f's{n}', ticket=n) for n in range(1, NAMED + 3))
    group = whole(*answers)
    names = [f'#{n} S{n}' for n in range(1, NAMED + 1)]
    assert group.brief.endswith(f'open: {", ".join(names)}, 2 more')
    assert group.words.endswith(f'open: {", ".join(names)}, #7 S7, #8 S8')


def test_group_with_all_members_met_lists_no_open_members():
    group = whole(answer('cnaf', None))
    assert group.brief == ('1 of 1 sites (100 % of capacity), and it needs '
                           '90 % of capacity')


def test_contacts_are_named_once_in_order():
    group = whole(answer('a'), answer('b', contacts=('dora', 'anna')))
    line, = waits(group.answers, (group,))
    assert line.contacts == ('anna', 'dora')
    assert not line.unstaffed


DAYS = date(2026, 7, 1), date(2026, 7, 14)


def test_a_deputy_who_can_help_is_told_once_beside_the_contact():
    who = Awaited(('anna',), (Deputy('bruno', 'anna', *DAYS),))
    group = [answer(item, ticket=n, awaits=who)
             for n, item in enumerate('ab')]
    line, = waits(tuple(group), (whole(*group),))
    assert line.deputies('anna') == ('bruno',)
    assert line.deputies('bruno') == ()
    assert not line.deserted


def test_who_has_signed_is_not_told():
    line, = waits((answer(group='', contacts=('anna', 'bruno'),
                          awaits=Awaited(('bruno',))),), ())
    assert line.contacts == ('bruno',)


def test_a_line_says_that_nobody_is_left_for_a_member():
    group = whole(answer('a'), answer('b', awaits=Awaited()))
    line, = waits(group.answers, (group,))
    assert line.deserted
    assert not line.unstaffed


def test_a_line_says_that_a_member_has_no_contacts():
    group = whole(answer('a'), answer('b', contacts=()))
    line, = waits(group.answers, (group,))
    assert line.unstaffed


def test_reasons_of_a_group_are_counted_the_commonest_first():
    group = whole(answer('a', Reason.REJECTED), answer('b'), answer('c'))
    line, = waits(group.answers, (group,))
    assert line.why == '2 × nobody has signed yet, 1 × rejected'


@pytest.mark.parametrize('reason', list(Reason), ids=lambda r: r.value)
def test_every_reason_has_few_words(reason):
    line, = waits((answer(reason=reason, group=''),), ())
    assert line.why == WHY[reason.value]


def test_deputies_of_those_who_are_not_awaited_stand_alone():
    day = date(2026, 7, 7)
    eve, dora = (Deputy(name, stands_for, day, day) for name, stands_for in (
        ('eve', 'anna'), ('dora', 'bruno')))
    line, = waits((answer(group='', awaits=Awaited(
        ('bruno',), (eve, dora, eve))),), ())
    assert line.stand_ins == (eve,)
    assert line.deputies('bruno') == ('dora',)


def test_nobody_is_awaited_of_administrators_whom_trac_refuses():
    line, = waits((answer(group='', awaits=Awaited(
        unstaffed=True, obstructions=('nobody may',))),), ())
    assert (line.unstaffed, line.deserted) == (False, True)


def test_a_login_is_written_as_in_a_list():
    line, = waits((answer(group=''),), ())
    assert line.written('anna') == 'anna'
    assert line.written('Doe, Jane') == '"Doe, Jane"'


def test_people_are_counted_by_what_they_can_help_with_the_busiest_first():
    day = date(2026, 7, 7)
    stand_in, other = (Deputy('eve', stands_for, day, day)
                       for stands_for in ('away', 'bruno'))
    assert list(awaited_counts((
        answer(contacts=('@experts',)),
        answer(contacts=('anna', 'bruno')),
        answer(awaits=Awaited(('bruno',), (stand_in, stand_in))),
        answer(awaits=Awaited(('bruno',), (other,))),
        answer(contacts=()),
        answer(awaits=Awaited(unstaffed=True, obstructions=('nobody',))),
    )).items()) == [('bruno', 3), ('@experts', 1), ('anna', 1), ('eve', 1),
                    ('', 1)]
