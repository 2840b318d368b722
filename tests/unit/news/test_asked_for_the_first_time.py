"""Made: what is asked of whom for the first time."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from prodworkflow.domain.model.person import Deputy
from prodworkflow.domain.news.kinds.creation import made_notices
from support.changes import changed, signed, standing, TODAY, told
from support.factories import requirement

FREEZE, QUALITY = 'feature-freeze', 'software-quality'
VALIDATED, RUNTIME = 'release-validated', 'runtime-performance'
ASKED = [requirement(FREEZE), requirement(QUALITY, contacts=('bruno',)),
         requirement(VALIDATED, contacts=('carlo', '@core')),
         requirement(RUNTIME)]
DAY = timedelta(1)


def made(key, *people, holders=()):
    return 'made', key, people, holders


def asked(**changes):
    return [requirement(FREEZE, **changes), *ASKED[1:]]


def away(first=TODAY, last=TODAY, who='anna', deputy='eve'):
    return Deputy(deputy, who, first, last)


def told_made(before, after):
    return [row for row in told(changed(before, after)) if row[0] == 'made']


REST = [made(QUALITY, 'bruno'), made(VALIDATED, 'carlo', '@core'),
        made(RUNTIME, 'anna')]


@pytest.mark.parametrize(('first', 'expected'), [
    pytest.param({}, made(FREEZE, 'anna'), id='its contact'),
    pytest.param({'contacts': ('anna', 'bruno')},
                 made(FREEZE, 'anna', 'bruno'), id='all its contacts'),
    pytest.param({'contacts': ()}, made(FREEZE, holders=(
        'CAMPAIGN_ADMIN',)), id='administrators sign'),
    pytest.param({'deputies': (away(),)}, made(FREEZE, 'eve'),
                 id='a deputy in their days'),
    pytest.param({'deputies': (away(), away(deputy='fred'))},
                 made(FREEZE, 'eve', 'fred'), id='two deputies'),
    pytest.param({'deputies': (away(TODAY + DAY, TODAY + DAY),)},
                 made(FREEZE, 'anna'), id='a deputy of later days'),
    pytest.param({'deputies': (away(TODAY - DAY, TODAY - DAY),)},
                 made(FREEZE, 'anna'), id='a deputy of earlier days'),
    pytest.param({'contacts': ('anna', 'eve'), 'deputies': (away(),)},
                 made(FREEZE, 'eve'), id='a deputy who is a contact, once'),
])
def test_creation_tells_of_each_sign_off(first, expected):
    assert told(changed(None, standing(asked(**first)))) == [
        expected, *REST]


def test_deputy_of_the_whole_campaign_is_told_in_place_of_who_is_away():
    found = told(changed(None, standing(ASKED, deputies=(away(),))))
    assert [found[0], found[-1]] == [
        made(FREEZE, 'eve'), made(RUNTIME, 'eve')]


@pytest.mark.parametrize(('before', 'after', 'expected'), [
    pytest.param(standing(asked()), standing(asked(contacts=('eve',))),
                 [made(FREEZE, 'eve')], id='another contact'),
    pytest.param(standing(asked()), standing(asked(
        contacts=('anna', 'eve'))), [made(FREEZE, 'eve')],
        id='one more contact'),
    pytest.param(standing(asked()), standing(asked(contacts=(
        'anna', 'eve'), deputies=(away(who='eve', deputy='fred'),))),
        [made(FREEZE, 'fred')], id='one more, who is away'),
    pytest.param(standing(asked(contacts=('anna', 'eve'))),
                 standing(asked()), [], id='one contact less'),
    pytest.param(standing(ASKED[1:]), standing(ASKED),
                 [made(FREEZE, 'anna')], id='one more requirement'),
    pytest.param(standing(ASKED), standing(ASKED[1:]), [],
                 id='one requirement less'),
    pytest.param(signed(ASKED, FREEZE), signed(
        asked(contacts=('anna', 'eve')), FREEZE, by='anna'), [],
        id='what is signed asks nobody'),
])
def test_who_is_named_later_is_told_of_what_is_not_signed(before, after,
                                                          expected):
    assert told_made(before, after) == expected


def test_sentences_tell_what_is_asked_from_what_somebody_is_named_for():
    first, *_ = made_notices(changed(None, standing(ASKED)))
    later, = made_notices(changed(standing(asked()), standing(
        asked(contacts=('eve',)))))
    assert (first.head, later.head) == ('You are asked to sign',
                                        'You are named to sign')
    assert (first.line.title, first.line.ticket, first.line.due) == (
        'Feature Freeze', 1, date(2026, 6, 1))
