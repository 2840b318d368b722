"""What waits for somebody now, what will, and what they signed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from prodworkflow.domain.model.evidence import EvidenceSpec
from prodworkflow.domain.model.person import Deputy, Person
from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.views.my_signoffs import keys_for, sorted_for
from prodworkflow.domain.views.readiness import readiness
from support.factories import (
    ASKED,
    facts,
    requirement,
    signoff,
    snapshot,
    state,
)

ANNA, BRUNO = Person('anna'), Person('bruno')


def told(signed=(), **changes):
    asked = [requirement(k, contacts=('anna',) if n % 2 else ('bruno',))
             for n, k in enumerate(ASKED, 1)]
    asked[2] = replace(asked[2], **changes)
    signers = {r.key: r.contacts[0] for r in asked}
    given = [signoff(n, k, signer=signers[k])
             for n, k in enumerate(signed, 2)]
    return decide(snapshot(
        state=state(given, asked),
        tickets={k: facts(k, 'closed' if k in signed else 'new')
                 for k in ASKED}), 0)


def sorted_keys(decision, person):
    found = sorted_for([readiness(decision, mine=keys_for(decision, person))],
                       person)
    return [[m.answer.requirement.key for m in part]
            for part in (found.now, found.later, found.signed)]


def test_sign_offs_of_the_first_open_stage_are_due_now():
    assert sorted_keys(told(), ANNA) == [
        ['feature-freeze', 'resources-estimate'],
        ['remote-sites-validated', 'physics-results'], []]


def test_signed_requirement_is_listed_as_signed():
    first = list(ASKED)[:3]
    assert sorted_keys(told(first), ANNA) == [
        ['remote-sites-validated'], ['physics-results'],
        ['feature-freeze', 'resources-estimate']]
    assert sorted_keys(told(first), BRUNO)[0] == ['release-validated']


def test_person_who_is_no_contact_has_no_sign_offs():
    assert sorted_keys(told(), Person('eve')) == [[], [], []]


def test_a_lost_ticket_cannot_be_signed():
    assert sorted_keys(told(ticket=None), ANNA)[0] == ['feature-freeze']


def test_a_sentence_is_enough_where_no_evidence_is_asked_for():
    decision = told(asks=EvidenceSpec(links=('report',)))
    found = sorted_for([readiness(decision, mine=keys_for(decision, ANNA))],
                       ANNA)
    assert [m.plain for m in found.now] == [True, False]
    assert (found.now[0].campaign, found.now[0].stage) == (
        '2011 Prod', '1. Software preparation')


def test_deputy_has_the_sign_off_on_their_days():
    """By the day, in UTC, of the moment that was asked for."""
    day = date(1970, 1, 2)
    asked = told(deputies=(Deputy('emil', 'anna', day, day),))
    for hour, keys in ((23, []), (24, ['resources-estimate']), (48, [])):
        then = replace(asked, asked=hour * 3600 * 10**6)
        assert sorted_keys(then, Person('emil'))[0] == keys


def test_what_trac_refuses_is_told_with_the_reason_and_not_offered():
    decision = told(['feature-freeze'])
    words = dict.fromkeys(('feature-freeze', 'physics-results'),
                          'anna may not see it')
    found = sorted_for([readiness(decision, mine=frozenset(
        ['resources-estimate']), refused=words)], ANNA)
    assert [m.answer.requirement.key for m in found.now] == [
        'resources-estimate']
    assert [(m.answer.requirement.key, m.refusal) for m in found.refused] == [
        ('physics-results', 'anna may not see it')]
    assert [m.refusal for m in found.now] == ['']
    assert sorted_for([readiness(decision)], ANNA).refused == ()
