"""Who is named to sign and has never logged in; pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from prodworkflow.domain.model.permissions import everybody, SignerFacts
from prodworkflow.domain.model.person import Deputy
from prodworkflow.domain.rules.duties.strangers import in_one_phrase, strangers
from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.views.readiness import readiness
from support.factories import moment, requirement, snapshot, state

DAY = date(2026, 7, 1)
LATER = DAY + timedelta(1)
FREEZE, QUALITY = 'feature-freeze', 'software-quality'


def met(login):
    return login in ('anna', 'bruno')


def found(freeze=(), quality=(), deputies=(), **campaign):
    asked = [requirement(FREEZE, contacts=freeze, deputies=deputies),
             requirement(QUALITY, contacts=quality)]
    told = strangers(asked, state((), asked, **campaign), DAY, met)
    return [(each.login, [r.key for r in each.requirements]) for each in told]


def test_contacts_who_have_never_logged_in_are_found_once():
    assert found(('anna', 'emil', '@core'), ('fred', 'emil')) == [
        ('emil', [FREEZE, QUALITY]), ('fred', [QUALITY])]
    assert found(('anna',), ('bruno',)) == []


@pytest.mark.parametrize(('last', 'stands_for', 'there'), [
    pytest.param(DAY, 'anna', True, id='last day'),
    pytest.param(LATER, 'anna', True, id='later'),
    pytest.param(DAY - timedelta(1), 'anna', False, id='over'),
    pytest.param(DAY, 'dora', False, id='for no contact'),
])
def test_deputies_are_found_until_their_days_are_over(last, stands_for, there):
    deputy = Deputy('emil', stands_for, DAY - timedelta(9), last)
    named = [('emil', [FREEZE])] if there else []
    assert found(('anna',), ('bruno',), (deputy,)) == named
    assert found(('anna',), ('bruno',), deputies=(), newcomers=('emil',)) == []
    asked = [requirement(FREEZE), requirement(QUALITY, contacts=('bruno',))]
    told = strangers(asked, state((), asked, deputies=(deputy,)), DAY, met)
    assert [each.login for each in told] == (['emil'] if there else [])


@pytest.mark.parametrize(('login', 'known', 'words'), [
    pytest.param('emil', (), 'emil is named for #1 Feature Freeze and has '
                 'never logged in to Trac; they can sign once they have',
                 id='nobody like that'),
    pytest.param('emil', ('anna', 'emilia'), 'emil is named for #1 Feature '
                 'Freeze and has never logged in to Trac; they can sign once '
                 'they have (did you mean emilia?)', id='somebody'),
    pytest.param('Doe, Jan', ('Doe, Jane',), '"Doe, Jan" is named for #1 '
                 'Feature Freeze and has never logged in to Trac; they can '
                 'sign once they have (did you mean "Doe, Jane"?)',
                 id='quoted'),
])
def test_they_are_told_with_the_nearest_known_login(login, known, words):
    asked = requirement(FREEZE, contacts=(login,))
    [stranger] = strangers([asked], state((), [asked]), DAY, met, known)
    assert stranger.words == words


def test_what_has_no_ticket_yet_is_told_by_its_title():
    asked = requirement(FREEZE, contacts=('emil',), ticket=None)
    [stranger] = strangers([asked], state((), [asked]), DAY, met)
    assert stranger.words.startswith('emil is named for Feature Freeze and')


def test_they_are_told_in_one_phrase():
    asked = requirement(FREEZE, contacts=('emil', 'Doe, Jane'))
    told = strangers([asked], state((), [asked]), DAY, met)
    assert in_one_phrase(told) == (
        'never logged in to Trac, and can sign once they have: emil and '
        '"Doe, Jane"')
    assert in_one_phrase(()) is None


@pytest.mark.parametrize(('person', 'words'), [
    pytest.param('anna', '', id='known'),
    pytest.param('emil', '', id='newcomer'),
    pytest.param('fred', 'fred is no user of Trac any more', id='gone'),
    pytest.param('barred', 'may not', id='refused by Trac'),
])
def test_newcomers_can_sign_and_who_is_gone_cannot(person, words):
    facts = SignerFacts(obstruction=lambda asked, login: (
        'may not' if login == 'barred' else ''),
        known=lambda login: login in ('anna', 'barred'))
    assert facts.against(requirement(FREEZE), person,
                         ('emil', 'barred')) == words
    assert facts.lets(requirement(FREEZE), person,
                      ('emil', 'barred')) is not bool(words)


def test_without_facts_everybody_is_known():
    facts = SignerFacts()
    assert facts.known is everybody
    assert facts.met('anybody')
    assert facts.against(requirement(FREEZE), 'anybody') == ''


def notes(decided, facts, **shown):
    return [n for n in readiness(decided, facts=facts, **shown).notes
            if 'logged in' in n]


def test_pages_tell_who_of_those_awaited_has_never_logged_in():
    facts = SignerFacts(met=lambda login: login != 'anna')
    asked = [requirement(FREEZE, contacts=('anna', 'bruno')),
             requirement(QUALITY, contacts=('bruno',))]
    told = decide(snapshot(state=state((), asked)), moment(DAY))
    note = 'never logged in to Trac, and can sign once they have: anna'
    assert notes(told, facts) == [note]
    assert notes(told, facts, hidden_tickets=frozenset([1])) == []
    assert notes(told, None) == []
    assert notes(told, SignerFacts()) == []


def test_nothing_is_told_of_them_once_it_is_signed_or_over():
    facts = SignerFacts(met=lambda login: login != 'anna')
    asked = [requirement(FREEZE)]
    signed = snapshot((FREEZE,))
    assert notes(decide(replace(signed, state=replace(
        signed.state, requirements=tuple(asked))), moment(DAY)), facts) == []
    over = decide(snapshot(state=state((), asked, phase='closed')),
                  moment(DAY))
    assert notes(over, facts) == []
    assert notes(decide(snapshot(state=state((), asked)), moment(DAY)),
                 facts) != []
