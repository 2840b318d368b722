"""Waivers that a change has ended."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from prodworkflow.domain.model.evidence import (
    Evidence,
    EvidenceSpec,
    ValueSpec,
)
from prodworkflow.domain.model.person import Deputy
from prodworkflow.domain.model.signoff import Bound, Waiver
from prodworkflow.domain.news.kinds.lapsed_waivers import waiver_notices
from support.changes import changed, signed, standing, TODAY
from support.factories import requirement, signoff

FREEZE = 'feature-freeze'
REST = [requirement('software-quality'), requirement('release-validated'),
        requirement('runtime-performance')]
ASKED = [requirement(FREEZE, contacts=('anna', 'bruno'),
                     release_bound=True), *REST]
LEAVE = signoff(4, FREEZE, 'waived', 'dora', 'anyone', waiver=Waiver(
    'awaiting', TODAY + timedelta(9)))
OTHER = replace(LEAVE, number=5, signer='eve')
NO = signoff(6, FREEZE, 'rejected', 'anna')
WAIVED = standing(ASKED, [LEAVE], [FREEZE])
AWAY = Deputy('eve', 'anna', TODAY, TODAY)


def on_v2(*signoffs, **more):
    stale = [replace(ASKED[0], stale=9), *REST]
    return standing(stale, [LEAVE, *signoffs], release='V2', **more)


@pytest.mark.parametrize(('before', 'after', 'people', 'why'), [
    pytest.param(WAIVED, on_v2(), ('anna', 'bruno'),
                 'it was given for release V1', id='release'),
    pytest.param(WAIVED, on_v2(deputies=(AWAY,)), ('eve', 'bruno'),
                 'it was given for release V1', id='one is away'),
    pytest.param(WAIVED, standing(ASKED, [LEAVE, NO], [FREEZE]),
                 ('anna', 'bruno'), 'anna has rejected since',
                 id='rejection'),
])
def test_contacts_and_who_waives_are_told_why_it_ended(before, after, people,
                                                       why):
    notice, = waiver_notices(changed(before, after))
    assert (notice.kind.value, notice.head, notice.contacts,
            notice.holders) == ('waivers', 'A waiver has ended', people,
                                ('CAMPAIGN_WAIVE',))
    assert notice.line.requirement == FREEZE
    assert notice.line.words == (
        f'the waiver by dora holds no more: {why}')


@pytest.mark.parametrize(('before', 'after'), [
    pytest.param(None, WAIVED, id='creation'),
    pytest.param(WAIVED, WAIVED, id='it goes on'),
    pytest.param(standing(ASKED), WAIVED, id='it is given'),
    pytest.param(WAIVED, standing(ASKED, [LEAVE, OTHER], [FREEZE]),
                 id='another one takes its place'),
    pytest.param(on_v2(), on_v2(), id='it had ended before'),
    pytest.param(WAIVED, standing(ASKED, [LEAVE, signoff(7, signer='bruno')],
                                  [FREEZE]), id='somebody has signed'),
    pytest.param(WAIVED, standing(REST), id='nobody asks for it any more'),
    pytest.param(WAIVED, standing(ASKED, [LEAVE], []),
                 id='its ticket is open again'),
])
def test_nothing_is_told_of_others(before, after):
    assert list(waiver_notices(changed(before, after))) == []


def test_of_two_waivers_each_that_ends_is_told():
    late = replace(LEAVE, waiver=Waiver('closed-unsigned',
                                        TODAY + timedelta(9)), number=3)
    before = standing([replace(ASKED[0], unsigned=True), *REST],
                      [late, LEAVE], [FREEZE])
    found = list(waiver_notices(changed(before, standing(
        [replace(ASKED[0], unsigned=True, stale=9), *REST], [late, LEAVE],
        [FREEZE], release='V2'))))
    assert {n.line.words for n in found} <= {
        'the waiver by dora holds no more: it was given for release V1'}
    assert found


def test_signed_requirements_have_no_waivers_that_end():
    assert list(waiver_notices(changed(signed(ASKED, FREEZE),
                                       standing(ASKED)))) == []


PEAK = ValueSpec('peak', 'Peak', 'GB', at_most='2 GB')
HEAVY = [requirement(FREEZE, asks=EvidenceSpec((PEAK,))), *REST]


def measured(number, text, verdict='reported', **more):
    return signoff(number, FREEZE, verdict, evidence=(
        Evidence('value', 'peak', text, text),), **more)


BEYOND = replace(LEAVE, number=5, waiver=Waiver(
    'out-of-bounds', TODAY + timedelta(9), (Bound('peak', '', '5 GB'),)))


def test_of_two_reasons_only_the_one_that_is_lifted_no_more_is_told():
    said = [measured(3, '3 GB'), LEAVE, BEYOND]
    notice, = waiver_notices(changed(
        standing(HEAVY, said, [FREEZE]),
        standing(HEAVY, [*said, measured(6, '6 GB')], [FREEZE])))
    assert notice.line.words == ('the waiver by dora holds no more: peak was '
                                 'measured at 6 GB since')


@pytest.mark.parametrize(('before', 'after'), [
    pytest.param(standing(HEAVY, [LEAVE], [FREEZE]), standing(
        HEAVY, [LEAVE, measured(7, '3 GB', 'approved')], [FREEZE]),
        id='its reason is gone and another one came'),
    pytest.param(WAIVED, standing(ASKED, [
        LEAVE, NO, signoff(7, signer='anna')], [FREEZE]),
        id='who rejected has approved since'),
])
def test_nothing_is_told_of_waivers_that_nobody_needs(before, after):
    assert list(waiver_notices(changed(before, after))) == []
