"""Replacing somebody wherever a campaign names them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.model.person import Deputy
from prodworkflow.domain.planning.successors.replacement import (
    Handover,
    replaced,
    Replacement,
)
from prodworkflow.domain.planning.undone import Undone
from prodworkflow.domain.views.visibility import shown_handover, StateFilter
from support.factories import requirement, state

TODAY = date(2026, 6, 10)
FREEZE, QUALITY, PHYSICS = ('feature-freeze', 'software-quality',
                            'physics-results')


def deputy(person, stands_for, first=1, last=20):
    return Deputy(person, stands_for, date(2026, 6, first),
                  date(2026, 6, last))


def having(**changes):
    return state(requirements=[
        requirement(FREEZE, contacts=('bruno', 'carla'), **changes),
        requirement(QUALITY, contacts=('anna', 'bruno'), ticket=None),
        requirement(PHYSICS, contacts=('dora',))])


def done(found, *pairs):
    return {r.requirement.key: (r.contacts, r.deputies) for r in replaced(
        found, [Replacement(*p) for p in pairs], TODAY)}


def test_somebody_signs_wherever_the_other_did_and_once():
    assert done(having(), ('bruno', 'anna')) == {
        FREEZE: (('anna', 'carla'), None), QUALITY: (('anna',), None)}


def test_two_can_change_places():
    assert done(having(), ('bruno', 'carla'), ('carla', 'bruno')) == {
        FREEZE: (('carla', 'bruno'), None), QUALITY: (('anna', 'carla'),
                                                      None)}


@pytest.mark.parametrize(('deputies', 'then'), [
    pytest.param((deputy('eve', 'bruno'),), None, id='of who goes'),
    pytest.param((deputy('eve', 'carla'),), None, id='others stay'),
    pytest.param((deputy('bruno', 'carla'),),
                 (deputy('anna', 'carla', 10),), id='who goes stands in'),
    pytest.param((deputy('bruno', 'carla', 15),),
                 (deputy('anna', 'carla', 15),), id='in future'),
    pytest.param((deputy('bruno', 'carla', 1, 9),), None, id='in the past'),
])
def test_deputies_go_with_whom_they_stand_for(deputies, then):
    found = done(having(deputies=deputies), ('bruno', 'anna'))
    assert found[FREEZE] == (('anna', 'carla'), then)


def test_nobody_becomes_their_own_deputy():
    found = having(deputies=(deputy('bruno', 'carla'),))
    assert done(found, ('bruno', 'carla'))[FREEZE] == (('carla',), ())


def test_who_is_a_deputy_alone_is_replaced_too():
    found = having(deputies=(deputy('eve', 'carla', 15),))
    (only,) = replaced(found, [Replacement('eve', 'zoe')], TODAY)
    assert only.deputies == (deputy('zoe', 'carla', 15),)
    assert only.words == '#1 Feature Freeze: other deputies of bruno, carla'


@pytest.mark.parametrize(('pair', 'field', 'words'), [
    pytest.param(('', 'anna'), 'replace', 'Name who is to be replaced.',
                 id='nobody'),
    pytest.param(('bruno', ''), 'by',
                 'Name who signs in place of bruno.', id='by nobody'),
    pytest.param(('bruno', 'bruno'), 'by', 'bruno signs already; name '
                 'somebody else.', id='by themselves'),
    pytest.param(('brunno', 'anna'), 'replace', 'brunno is named for no '
                 'sign-off of this campaign. Did you mean bruno?',
                 id='mistyped'),
])
def test_whom_nothing_names_is_told(pair, field, words):
    with pytest.raises(InvalidRequest) as caught:
        done(having(), pair)
    assert [*caught.value.problems] == [(field, words)]


def test_a_preview_says_who_signs_then_and_hides_what_is_hidden():
    found = having()
    touched = replaced(found, [Replacement('bruno', 'anna')], TODAY)
    assert [r.words for r in touched] == [
        '#1 Feature Freeze: bruno, carla → anna, carla',
        'Software quality ok: anna, bruno → anna']
    whole = Handover(touched, Undone())
    seen = shown_handover(whole, StateFilter(found, frozenset({1}),
                                             frozenset()))
    assert (seen.touched, seen.hidden) == (touched[1:], 1)
    assert whole.digest != replace(whole, touched=touched[1:]).digest
