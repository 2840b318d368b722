"""Who is told: contacts, members, deputies in place of who is away."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from prodworkflow.domain.model.person import Deputy
from prodworkflow.domain.news.people import (
    able_people,
    all_contacts,
    is_away,
    told_contacts,
    waiting_people,
)
from prodworkflow.domain.rules.gates import decide
from support.changes import NOW, signed, standing, TODAY, trac
from support.factories import requirement, signoff, state

FREEZE = 'feature-freeze'
REST = [requirement('software-quality', contacts=('bruno',)),
        requirement('release-validated', contacts=('carlo',)),
        requirement('runtime-performance', contacts=('dora',))]


NO_EMIL = replace(trac(), known=lambda person: person != 'emil')


def deputy(person, stands_for, ends=TODAY):
    return Deputy(person, stands_for, TODAY - timedelta(1), ends)


def asked(**changes):
    return [requirement(FREEZE, **changes), *REST]


@pytest.mark.parametrize(('contacts', 'deputies', 'people'), [
    pytest.param(('anna', '@core'), (), ('anna', '@core'), id='nobody away'),
    pytest.param(('anna', '@core'), (deputy('eve', 'anna'),),
                 ('eve', '@core'), id='one away'),
    pytest.param(('anna', 'bruno'), (deputy('bruno', 'anna'),), ('bruno',),
                 id='one stands for the other'),
    pytest.param(('anna',), (deputy('eve', 'anna'), deputy('fred', 'anna')),
                 ('eve', 'fred'), id='two deputies'),
    pytest.param(('anna',), (deputy('eve', 'otto'),), ('anna',),
                 id='deputy of somebody else'),
    pytest.param(('anna',), (deputy('eve', 'anna', TODAY - timedelta(1)),),
                 ('anna',), id='days are over'),
    pytest.param((), (), (), id='administrators sign'),
])
@pytest.mark.parametrize('where', ['requirement', 'campaign'])
def test_deputies_are_told_in_place_of_who_is_away(contacts, deputies, people,
                                                   where):
    mine = {'deputies': deputies} if where == 'requirement' else {}
    first = requirement(FREEZE, contacts=contacts, **mine)
    found = state((), [first, *REST], **(
        {} if mine else {'deputies': deputies}))
    assert told_contacts(first, found, TODAY) == people


def test_contacts_of_a_campaign_are_told_once_each():
    found = state((), asked(contacts=('dora', 'anna')))
    assert all_contacts(found, TODAY) == ('dora', 'anna', 'bruno', 'carlo')


def test_who_stands_for_himself_is_not_away():
    first = requirement(FREEZE, deputies=(deputy('anna', 'anna'),))
    assert not is_away(first, state((), [first]), 'anna', TODAY)


@pytest.mark.parametrize(('found', 'people'), [
    pytest.param(standing(asked(contacts=('anna', 'eve'))), ('anna', 'eve'),
                 id='contacts'),
    pytest.param(standing(asked(contacts=('anna', 'eve'), quorum=2),
                          [signoff(2)]), ('eve',), id='one has signed'),
    pytest.param(standing(asked(contacts=('@core',), quorum=2), [signoff(
        2, signer='otto', contact='@core')], known=trac(
            core=('otto', 'zoe'))), ('zoe',), id='a member has signed'),
    pytest.param(standing(asked(contacts=('anna', 'eve')),
                          known=trac('eve')), ('anna',),
                 id='Trac refuses one'),
    pytest.param(standing(asked(), deputies=(deputy('eve', 'anna'),)),
                 ('eve',), id='one is away'),
    pytest.param(standing(asked(), deputies=(deputy('eve', 'anna'),),
                          known=trac('eve')), (),
                 id='and Trac refuses the deputy'),
    pytest.param(standing(asked(contacts=()), known=trac(admins=(
        'root', 'ada'))), ('ada', 'root'), id='administrators'),
    pytest.param(standing(asked(contacts=('zoe', '@core', '@ops')),
                          known=trac(core=('otto', 'zoe'), ops=('otto',))),
                 ('zoe', 'otto'), id='members of groups, once each'),
    pytest.param(standing(asked(contacts=('@core',)), known=trac()), (),
                 id='a group that is gone'),
    pytest.param(standing(asked(contacts=('anna', 'emil')), known=NO_EMIL),
                 ('anna',), id='one is no user any more'),
    pytest.param(standing(asked(contacts=('anna', 'emil')), known=NO_EMIL,
                          newcomers=('emil',)), ('anna', 'emil'),
                 id='one has not logged in yet'),
    pytest.param(standing(asked(contacts=('anna', 'bruno')), known=replace(
        trac(), obstruction=lambda asked, person: (
            'barred' if (asked.key, person) == (FREEZE, 'anna') else ''))),
        ('bruno',), id='Trac refuses one this ticket'),
])
def test_who_can_help_now_is_awaited_and_there(found, people):
    decision = decide(found, NOW)
    assert able_people(decision, decision.answer(FREEZE)) == people
    assert waiting_people(decision).get(FREEZE, ()) == people


def test_what_is_not_to_be_signed_yet_waits_for_nobody():
    assert waiting_people(decide(standing(asked()), NOW)) == {
        FREEZE: ('anna',), 'software-quality': ('bruno',)}
    assert waiting_people(decide(signed(
        asked(), *[r.key for r in asked()]), NOW)) == {}
