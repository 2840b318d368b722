"""One count: whoever is named is told the number that their queue has."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from prodworkflow.domain.model.evidence import EvidenceSpec, ValueSpec
from prodworkflow.domain.model.person import Deputy, Person
from prodworkflow.domain.model.requirement import Objection
from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.views.my_signoffs import waiting_keys
from prodworkflow.domain.views.readiness import readiness
from prodworkflow.domain.views.waits.asked import (
    ADMINISTRATORS,
    asked_counts,
    asked_people,
    DESERTED,
)
from prodworkflow.domain.views.waits.people import waited_people
from support.factories import (
    ASKED,
    facts,
    moment,
    requirement,
    signoff,
    snapshot,
    state,
)
from support.groups import grouped

FREEZE, QUALITY, RESOURCES, *_ = ASKED
# All stages are late, so that all is asked.
JULY = date(2026, 7, 1)
MAY = date(2026, 5, 20)
WEEK = (JULY - timedelta(60), JULY + timedelta(7))
FOR_ANNA, FOR_BRUNO = (Deputy('dora', 'anna', *WEEK),
                       Deputy('dora', 'bruno', *WEEK))
BOTH = ('anna', 'bruno')


def campaign(changes=None, signed=(), given=(), day=JULY, **of_campaign):
    """Anna signs the odd requirements, bruno the even ones."""
    asked = [replace(requirement(k, contacts=('anna',) if n % 2
                                 else ('bruno',)),
                     **(changes or {}).get(k, {}))
             for n, k in enumerate(ASKED, 1)]
    said = [signoff(n, k, signer=r.contacts[0])
            for n, (k, r) in enumerate(zip(ASKED, asked), 2) if k in signed]
    return decide(snapshot(
        state=state([*said, *given], asked, **of_campaign),
        tickets={k: facts(k, 'closed' if k in signed else 'new')
                 for k in ASKED}), moment(day))


CASES = [
    pytest.param({}, id='all is late'),
    pytest.param({'day': MAY}, id='only the first stage is asked'),
    pytest.param({'day': MAY, 'signed': (FREEZE, QUALITY, RESOURCES)},
                 id='the second stage'),
    pytest.param({'enforcement': 'strict'}, id='strict takes turns'),
    pytest.param({'phase': 'abandoned'}, id='over'),
    pytest.param({'changes': {
        FREEZE: {'deputies': (FOR_ANNA,)},
        QUALITY: {'deputies': (FOR_BRUNO,)}}}, id='a deputy of two'),
    pytest.param({'changes': {FREEZE: {
        'contacts': BOTH, 'deputies': (FOR_ANNA, FOR_BRUNO)}}},
        id='a deputy of both who may sign it'),
    pytest.param({'changes': {FREEZE: {
        'contacts': (*BOTH, 'dora'), 'quorum': 2,
        'deputies': (FOR_BRUNO,)}}, 'signed': (FREEZE,)},
        id='one of two has signed'),
    pytest.param({'changes': {FREEZE: {
        'contacts': BOTH, 'objection': Objection('eve', 5, 'No.', 3)}},
        'signed': (FREEZE,)}, id='somebody objects to what is signed'),
    pytest.param({'changes': {FREEZE: {'contacts': BOTH}},
                  'signed': (FREEZE,), 'given': [signoff(
                      20, FREEZE, verdict='rejected', signer='bruno')]},
                 id='one has signed, the other rejects'),
    pytest.param({'changes': {FREEZE: {'asks': EvidenceSpec(
        links=('report',))}}, 'signed': (FREEZE,)},
        id='signed, and evidence is missing'),
    pytest.param({'changes': {RESOURCES: {'ticket': None}}},
                 id='a ticket that is gone'),
]
PEOPLE = ('anna', 'bruno', 'dora', 'eve')


@pytest.mark.parametrize('case', CASES)
@pytest.mark.parametrize('person', PEOPLE)
def test_who_is_named_has_the_number_of_their_queue(case, person):
    decision = campaign(**case)
    due = waiting_keys(decision, Person(person)).due
    told = readiness(decision)
    asked = asked_people(told).get(person, ())
    assert sorted(a.requirement.key for a in asked) == sorted(due)
    assert asked_counts(told).get(person, 0) == len(due)


@pytest.mark.parametrize('case', CASES)
@pytest.mark.parametrize('reader', PEOPLE)
def test_the_table_has_the_same_numbers_for_every_reader(case, reader):
    decision = campaign(**case)
    people = waited_people(readiness(decision, waiting_keys=waiting_keys(
        decision, Person(reader))), reader)
    assert {p.name: len(p.asked) for part in (
        people.shown, people.more, people.unneeded, people.early)
        for p in part if p.name != DESERTED} == asked_counts(
            readiness(decision))


def test_sites_that_are_not_needed_any_more_ask_nobody():
    told = readiness(decide(grouped((0, 1, 2)), moment(JULY)))
    assert asked_people(told) == {}
    people = waited_people(told, 'anna')
    assert (people.count, people.shown) == (0, ())
    assert [len(p.asked) for p in people.unasked] == [1]


def test_the_busiest_stand_first():
    assert list(asked_counts(readiness(campaign())).items()) == [
        ('anna', 4), ('bruno', 3)]
    others = {k: {'contacts': ('bruno',)} for k in ASKED if k != FREEZE}
    assert list(asked_counts(readiness(campaign(others))).items()) == [
        ('bruno', 6), ('anna', 1)]


def test_administrators_are_asked_where_no_contact_is_named():
    told = readiness(campaign({FREEZE: {'contacts': ()}}))
    assert asked_counts(told)[ADMINISTRATORS] == 1


def test_a_lost_ticket_asks_none_of_its_contacts():
    found = campaign().snapshot
    kept = {k: t for k, t in found.tickets.items() if k != FREEZE}
    told = readiness(decide(replace(found, tickets=kept), moment(JULY)))
    assert asked_counts(told) == {'anna': 3, 'bruno': 3}
    people = waited_people(told, 'anna')
    assert [(p.name, [a.answer.requirement.key for a in p.asked])
            for p in people.shown if p.name == DESERTED] == [
                (DESERTED, [FREEZE])]


def test_nobody_is_counted_for_what_nobody_can_sign():
    """Anna has signed what others than her have to validate."""
    told = readiness(campaign({RESOURCES: {'separate_from': FREEZE}},
                              signed=(FREEZE,)))
    assert [a.requirement.key for a in asked_people(told)[DESERTED]] == [
        RESOURCES]
    assert DESERTED not in asked_counts(told)


def test_nobody_is_asked_where_a_report_is_awaited():
    report = EvidenceSpec((ValueSpec('leak', 'Leak', 'kB'),), automatic=True)
    told = readiness(campaign({FREEZE: {'asks': report}}))
    assert asked_counts(told) == {'anna': 3, 'bruno': 3}
