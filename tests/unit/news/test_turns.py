"""Turns: what waits for whom since a change."""

from __future__ import annotations

from datetime import date

import pytest

from prodworkflow.domain.model.person import Deputy
from prodworkflow.domain.news.kinds.turns import turn_notices
from support.changes import changed, said, signed, standing, TODAY, told, trac
from support.factories import moment, requirement, signoff

FREEZE, QUALITY = 'feature-freeze', 'software-quality'
VALIDATED, RUNTIME = 'release-validated', 'runtime-performance'
ASKED = [requirement(FREEZE), requirement(QUALITY, contacts=('bruno',)),
         requirement(VALIDATED, contacts=('carlo', 'dora'), quorum=2),
         requirement(RUNTIME)]
AWAY = Deputy('eve', 'carlo', TODAY, TODAY)


def turn(key, *people):
    return 'turn', key, people, ()


def asked(**changes):
    return [*ASKED[:2], requirement(VALIDATED, **changes), ASKED[3]]


@pytest.mark.parametrize(('before', 'after', 'expected'), [
    pytest.param(standing(ASKED), signed(ASKED, FREEZE), [],
                 id='the stage before is not ready'),
    pytest.param(signed(ASKED, FREEZE), signed(ASKED, FREEZE, QUALITY),
                 [turn(VALIDATED, 'carlo', 'dora')],
                 id='the stage before may be closed'),
    pytest.param(signed(ASKED, FREEZE, QUALITY),
                 signed(ASKED, FREEZE, QUALITY,
                        milestones={'software-preparation': 1}), [],
                 id='it could be closed before'),
    pytest.param(signed(ASKED, FREEZE, QUALITY),
                 signed(ASKED, FREEZE, QUALITY, signoffs=[
                     signoff(9, VALIDATED, signer='carlo')]), [],
                 id='the other one of a quorum is not told again'),
    pytest.param(signed(asked(contacts=('@core',)), FREEZE, known=trac(
        core=['nina', 'otto'])), signed(asked(contacts=('@core',)), FREEZE,
                                        QUALITY, known=trac(
                                            core=['nina', 'otto'])),
                 [turn(VALIDATED, 'nina', 'otto')], id='members of a group'),
    pytest.param(signed(ASKED, FREEZE, known=trac('dora')),
                 signed(ASKED, FREEZE, QUALITY, known=trac('dora')),
                 [turn(VALIDATED, 'carlo')], id='Trac refuses one'),
    pytest.param(signed(ASKED, FREEZE, deputies=(AWAY,)),
                 signed(ASKED, FREEZE, QUALITY, deputies=(AWAY,)),
                 [turn(VALIDATED, 'dora', 'eve')],
                 id='the deputy of one who is away'),
    pytest.param(signed(ASKED, FREEZE, QUALITY),
                 signed(ASKED, FREEZE, QUALITY, deputies=(AWAY,)),
                 [turn(VALIDATED, 'eve')], id='a deputy is named'),
    pytest.param(signed(asked(contacts=()), FREEZE),
                 signed(asked(contacts=()), FREEZE, QUALITY),
                 [turn(VALIDATED, 'root')], id='administrators sign'),
    pytest.param(signed(ASKED, FREEZE),
                 signed(ASKED, FREEZE, QUALITY, phase='closed'), [],
                 id='the campaign has ended'),
    pytest.param(standing(ASKED), standing(
        [requirement(FREEZE, rests_on=(QUALITY,)), *ASKED[1:]]), [],
        id='it rests on something now'),
])
def test_who_did_not_have_to_sign_before_is_told_of_their_turn(
        before, after, expected):
    assert told(changed(before, after)) == expected


def test_what_rests_on_something_waits_until_that_is_met():
    asked = [requirement(FREEZE), requirement(
        QUALITY, contacts=('bruno',), rests_on=(FREEZE,)), *ASKED[2:]]
    assert told(changed(standing(asked), signed(asked, FREEZE))) == [
        turn(QUALITY, 'bruno')]


def test_what_is_overdue_was_waiting_before_its_turn():
    late = moment(date(2026, 6, 20))
    assert told(changed(signed(ASKED, FREEZE), signed(ASKED, FREEZE, QUALITY),
                        now=late)) == []


def test_a_turn_is_told_with_title_ticket_and_day():
    found = changed(signed(ASKED, FREEZE), signed(ASKED, FREEZE, QUALITY))
    notice, = turn_notices(found)
    assert (notice.head, notice.subject) == ('It is your turn', '')
    assert (notice.line.title, notice.line.ticket, notice.line.due,
            notice.line.words) == ('Release validated', 4, date(2026, 6, 2),
                                   '')


def test_nothing_is_told_where_nothing_changed():
    assert told(changed(standing(ASKED), standing(ASKED),
                        said('refused', FREEZE))) == []
