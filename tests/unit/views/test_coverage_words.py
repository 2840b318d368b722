"""The words about a group: how far it is, and which members are open."""

from __future__ import annotations

from dataclasses import replace

from prodworkflow.domain.model.item_list import Group
from prodworkflow.domain.rules.answers import Answer, Reason
from prodworkflow.domain.rules.decision import Coverage
from prodworkflow.domain.text import NAMED
from support.factories import requirement


def answer(item, reason=Reason.AWAITING, ticket=1):
    return Answer(replace(
        requirement('feature-freeze'), key=f'site.{item}', group='sites',
        item=item, weight='1', ticket=ticket), reason, 'awaits anna')


def whole(*answers):
    return Coverage(Group('sites', 'release-validation', 'Sites validated',
                          'sites', 'weight >= 0.9'), answers, False,
                    '90 % of capacity',
                    {a.requirement.item: a.requirement.item.upper()
                     for a in answers})


def test_a_group_tells_its_share_and_names_who_is_open():
    group = whole(answer('cnaf'), answer('ral', ticket=2),
                  answer('pic', None, ticket=4))
    assert group.brief == (
        '1 of 3 sites (33.3 % of capacity), and it needs 90 % of capacity; '
        'open: #1 CNAF, #2 RAL')


def test_many_open_members_are_counted_behind_the_first_few():
    group = whole(*(answer(f's{n}', ticket=n) for n in range(1, NAMED + 3)))
    names = [f'#{n} S{n}' for n in range(1, NAMED + 1)]
    assert group.brief.endswith(f'open: {", ".join(names)}, 2 more')
    assert group.words.endswith(f'open: {", ".join(names)}, #7 S7, #8 S8')


def test_group_with_all_members_met_lists_no_open_members():
    assert whole(answer('cnaf', None)).brief == (
        '1 of 1 sites (100 % of capacity), and it needs 90 % of capacity')
