"""Steps of the burn-up where groups, bases and the end meet."""

from __future__ import annotations

from dataclasses import replace

import pytest

from prodworkflow.domain.model.item_list import AGREED
from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.views.picture.burn_up import burn_up
from prodworkflow.domain.views.readiness import readiness
from support.days import created, day, on
from support.factories import ASKED, moment, requirement, snapshot, state
from support.groups import grouped

ALL = len(ASKED)


def steps(entries, found):
    """The steps, by days after the first."""
    told = readiness(decide(found, moment(day(30))))
    return [((s.day - day(0)).days, s.signed, s.needed)
            for s in burn_up(entries, told)]


def approved(number, key):
    return on(number, 'approved', key, contact='anna')


@pytest.mark.parametrize(('counts', 'later'), [
    # Of 40, 30, 20 and 10 half are 40 and 30.  Without the 40, half of what
    # was agreed are 30 and 20; half of what is left is 30.
    (AGREED, []), ('', [(4, 1, 2)])])
def test_item_that_left_counts_only_in_what_was_agreed(counts, later):
    group = grouped((), 'weight >= 0.5')
    made = replace(group.state, groups=tuple(
        replace(g, counts=counts) for g in group.state.groups))
    single, gone, *others = made.requirements
    assert steps(
        [created(made), approved(1, 'feature-freeze'),
         on(4, 'item-dropped', list='sites', item='s0')],
        replace(group, state=replace(made, requirements=(single, *others),
                                     dropped=(gone,))))[:3] == [
        (0, 0, 3), (1, 1, 3), *later]


def test_change_of_today_is_told_by_the_counts_of_now():
    made = created(state(requirements=[requirement('feature-freeze')]))
    assert steps([made, approved(30, 'feature-freeze')],
                 snapshot(['feature-freeze'])) == [(0, 0, 1), (30, 1, ALL)]


def test_waiver_counts_whatever_it_rests_on():
    resting = state(requirements=[
        requirement('feature-freeze'), replace(
            requirement('software-quality'), rests_on=('feature-freeze',))])
    waiver = {'reason': 'awaiting', 'until': day(60).isoformat()}
    assert steps([created(resting), on(
        2, 'waived', 'software-quality', waiver=waiver)],
        replace(snapshot(), state=resting))[:2] == [(0, 0, 2), (2, 1, 2)]


def test_group_that_the_ledger_gives_no_rule_needs_all():
    group = grouped((), 'all')
    first = created(group.state)
    bare = [{k: v for k, v in g.items() if k != 'rule'}
            for g in first.payload['groups']]
    assert steps([replace(first, payload={**first.payload, 'groups': bare}),
                  approved(1, 'feature-freeze')], group) == [
        (0, 0, 5), (1, 1, 5)]
