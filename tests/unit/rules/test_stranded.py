"""Nobody left: requirements that too few people can sign, and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from prodworkflow.domain.model.permissions import nothing_against, SignerFacts
from prodworkflow.domain.model.person import Deputy
from prodworkflow.domain.model.signoff import Waiver
from prodworkflow.domain.rules.duties.quorum import unreachable_quorums
from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.rules.stranded import stranded, unstaffed_notice
from prodworkflow.domain.views.readiness import readiness
from support.factories import (
    facts,
    moment,
    requirement,
    signoff,
    snapshot,
    state,
)

FREEZE, QUALITY = 'feature-freeze', 'software-quality'
DAY = date(2026, 7, 7)
NOW = moment(DAY)
NAMES = '; a holder of CAMPAIGN_ADMIN names others'
LOWERS = NAMES + ' or lowers the quorum'


def against(*people):
    return lambda r, person: (f'{person} may not see #{r.ticket} in Trac'
                              if person in people else '')


def trac(*barred, admins=('root',), **groups):
    return SignerFacts({g: frozenset(p) for g, p in groups.items()},
                       lambda: frozenset(admins), against(*barred))


def campaign(signoffs=(), deputies=(), status='new', **asked):
    one = requirement(FREEZE, **asked)
    return snapshot(state=state(signoffs, [one], deputies=tuple(deputies)),
                    tickets={FREEZE: facts(FREEZE, status)})


def told(found, known):
    return [s.words for s in stranded(decide(found, NOW), known)]


BY_ANNA = [signoff(2)]
BY_CARLO = [signoff(2, signer='carlo', contact='@core')]
EVE_FOR_ANNA = Deputy('eve', 'anna', DAY, DAY)
STAFF = [
    pytest.param({}, trac(), None, id='the contact can'),
    pytest.param({}, trac('anna'), 'nobody can sign #1 Feature Freeze: anna '
                 'may not see #1 in Trac' + NAMES, id='the contact may not'),
    pytest.param({'contacts': ('anna', 'bruno')}, trac('anna'), None,
                 id='another contact can'),
    pytest.param({'contacts': ('anna', 'bruno'), 'quorum': 2}, trac('anna'),
                 'only bruno can still sign #1 Feature Freeze, and 2 have '
                 'to: anna may not see #1 in Trac; no more are named'
                 + LOWERS, id='one of two'),
    pytest.param({'contacts': ('anna', 'bruno'), 'quorum': 2,
                  'signoffs': BY_ANNA}, trac('anna'), None,
                 id='who may not any more has signed'),
    pytest.param({'contacts': ('anna', 'bruno'), 'quorum': 2,
                  'signoffs': BY_ANNA}, trac('bruno'),
                 'nobody can sign #1 Feature Freeze: bruno may not see #1 '
                 'in Trac' + NAMES, id='the one who is left may not'),
    pytest.param({'contacts': ('@core',)}, trac(core=['carlo']), None,
                 id='a member can'),
    pytest.param({'contacts': ('@core',)}, trac(core=[]),
                 'nobody can sign #1 Feature Freeze: core has no members '
                 'left who could' + NAMES, id='an emptied group'),
    pytest.param({'contacts': ('@core',)}, trac(),
                 'nobody can sign #1 Feature Freeze: core has no members '
                 'left who could' + NAMES, id='a group that is gone'),
    pytest.param({'contacts': ('@core',)}, trac('carlo', core=['carlo']),
                 'nobody can sign #1 Feature Freeze: carlo may not see #1 '
                 'in Trac' + NAMES, id='the only member may not'),
    pytest.param({'contacts': ('@core',), 'quorum': 2,
                  'signoffs': BY_CARLO}, trac(core=['carlo']),
                 'nobody can sign #1 Feature Freeze: core has no members '
                 'left who could' + NAMES, id='the only member has signed'),
    pytest.param({'contacts': ('@core',), 'quorum': 2,
                  'signoffs': BY_CARLO}, trac(core=['carlo', 'dora']), None,
                 id='another member can'),
    pytest.param({'deputies': (EVE_FOR_ANNA,)}, trac('anna'), None,
                 id='their deputy can'),
    pytest.param({'deputies': (EVE_FOR_ANNA,), 'quorum': 2}, trac(),
                 'only anna can still sign #1 Feature Freeze, and 2 have '
                 'to: no more are named' + LOWERS,
                 id='a contact and a deputy are one'),
    pytest.param({'contacts': ()}, trac(), None, id='an administrator can'),
    pytest.param({'contacts': ()}, trac(admins=()),
                 'nobody can sign #1 Feature Freeze: it has no contacts, and '
                 'nobody else who may see and change its ticket holds '
                 'CAMPAIGN_ADMIN' + NAMES, id='no administrator'),
    pytest.param({'contacts': ()}, trac('root'),
                 'nobody can sign #1 Feature Freeze: it has no contacts, and '
                 'nobody else who may see and change its ticket holds '
                 'CAMPAIGN_ADMIN' + NAMES, id='the administrator may not'),
    pytest.param({'signoffs': BY_ANNA, 'status': 'closed'}, trac('anna'),
                 None, id='it is met'),
    pytest.param({'quorum': 2, 'signoffs': BY_ANNA}, trac(),
                 'nobody can sign #1 Feature Freeze: no contact is left who '
                 'may sign it' + NAMES, id='no contact is left'),
]


@pytest.mark.parametrize(('asked', 'known', 'words'), STAFF)
def test_what_too_few_people_can_sign_is_told_with_the_reason(asked, known,
                                                              words):
    assert told(campaign(**asked), known) == ([words] if words else [])


def test_what_is_waived_or_has_lost_its_ticket_needs_nobody():
    leave = signoff(2, verdict='waived', signer='dora', role='anyone',
                    waiver=Waiver('awaiting', DAY))
    assert told(campaign([leave], status='closed'), trac('anna')) == []
    gone = replace(campaign(), tickets={})
    assert told(gone, trac('anna')) == []


def test_a_campaign_that_has_ended_needs_nobody():
    ended = replace(campaign(), state=state(
        (), [requirement(FREEZE)], phase='closed'))
    assert told(ended, trac('anna')) == []


def test_a_member_who_signed_what_others_must_sign_is_none_who_is_left():
    found = state([signoff(2, signer='carlo', contact='carlo')], [
        requirement(FREEZE, contacts=('carlo',)),
        requirement(QUALITY, contacts=('@core',), separate_from=FREEZE)])
    there = snapshot(state=found, tickets={
        FREEZE: facts(FREEZE, 'closed'), QUALITY: facts(QUALITY)})
    assert told(there, trac(core=['carlo', 'dora'])) == []
    assert told(there, trac(core=['carlo'])) == [
        'nobody can sign #2 Software quality ok: no contact is left who may '
        'sign it' + NAMES]


def test_what_nobody_can_sign_is_noted_for_those_who_may_see_it():
    decision = decide(campaign(), NOW)
    known = trac('anna')
    assert any('nobody can sign #1' in n
               for n in readiness(decision, facts=known).notes)
    assert readiness(decision, hidden_tickets=frozenset([1]),
                     facts=known).notes == []
    assert readiness(decision).stranded == ()


def test_the_guard_against_unreachable_quorums_counts_rights():
    asked = state((), [requirement(FREEZE, contacts=('anna', '@core'),
                                   quorum=2)])
    assert unreachable_quorums(asked, trac(core=['carlo'])) == []
    assert unreachable_quorums(asked, trac('carlo', core=['carlo'])) == [(
        FREEZE, 'The quorum of feature-freeze (Feature Freeze) is 2, but '
        'only anna can sign it (carlo may not see #1 in Trac); name more '
        'contacts or lower the quorum.')]


def test_that_nobody_can_sign_for_want_of_contacts_is_told_before():
    asked = state((), [requirement(FREEZE, contacts=()),
                       requirement(QUALITY)])
    assert unstaffed_notice(asked, ['root']) is None
    assert unstaffed_notice(asked, []) == (
        'Nobody can sign Feature Freeze: no contacts are named, and no user '
        'who may see and change the tickets holds CAMPAIGN_ADMIN.')
    assert unstaffed_notice(asked, ['root'], against('root'))
    assert unstaffed_notice(state(), []) is None
    assert nothing_against(requirement(FREEZE), 'anna') == ''
