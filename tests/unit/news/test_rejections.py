"""Rejections and withdrawals, told to the other contacts."""

from __future__ import annotations

import pytest

from prodworkflow.domain.model.person import Deputy
from prodworkflow.domain.news.kinds.rejections import rejection_notices
from support.changes import changed, said, standing, TODAY
from support.factories import requirement

FREEZE = 'feature-freeze'
AWAY = Deputy('eve', 'anna', TODAY, TODAY)


def rejected(*entries, **changes):
    asked = [requirement(FREEZE, contacts=('anna', 'bruno', '@core'),
                         **changes), requirement('software-quality')]
    there = standing(asked)
    return list(rejection_notices(changed(there, there, *entries)))


@pytest.mark.parametrize(('entries', 'changes', 'head', 'people', 'words'), [
    pytest.param([said('rejected', FREEZE, 'anna', statement='It leaks.')],
                 {}, 'Rejected', ('bruno', '@core'), 'anna: “It leaks.”',
                 id='rejected'),
    pytest.param([said('withdrawn', FREEZE, 'bruno', statement='No.')],
                 {}, 'Withdrawn', ('anna', '@core'), 'bruno: “No.”',
                 id='withdrawn'),
    pytest.param([said('withdrawn', FREEZE, 'carlo', statement='')], {},
                 'Withdrawn', ('anna', 'bruno', '@core'),
                 'carlo: without a word', id='by a member of a group'),
    pytest.param([said('rejected', FREEZE, 'bruno', statement='No.')],
                 {'deputies': (AWAY,)}, 'Rejected', ('eve', '@core'),
                 'bruno: “No.”', id='one is away'),
    pytest.param([said('rejected', FREEZE, 'eve', statement='No.')],
                 {'deputies': (AWAY,)}, 'Rejected', ('bruno', '@core'),
                 'eve: “No.”', id='by a deputy'),
    pytest.param([said('rejected', FREEZE, 'anna', statement='One.'),
                  said('withdrawn', FREEZE, 'bruno', statement='Two.')],
                 {}, 'Withdrawn', ('anna', '@core'), 'bruno: “Two.”',
                 id='the last one counts'),
])
def test_the_other_contacts_are_told_with_the_sentence(entries, changes,
                                                       head, people, words):
    notice, = rejected(*entries, **changes)
    assert (notice.kind.value, notice.head, notice.contacts, notice.holders,
            notice.line.words, notice.line.requirement) == (
        'rejected', head, people, (), words, FREEZE)


@pytest.mark.parametrize('entries', [
    pytest.param([], id='nothing'),
    pytest.param([said('approved', FREEZE, 'anna')], id='approval'),
    pytest.param([said('rejected', 'gone', 'anna')], id='of what is gone'),
])
def test_nothing_else_is_a_rejection(entries):
    assert rejected(*entries) == []
