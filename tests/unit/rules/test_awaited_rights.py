"""Who is awaited by what Trac says: nobody whom it refuses the ticket."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from prodworkflow.domain.model.permissions import needed, SignerFacts
from prodworkflow.domain.model.person import Deputy
from prodworkflow.domain.model.vocabulary import Verdict
from prodworkflow.domain.rules.duties.awaited import awaited
from prodworkflow.domain.rules.eligibility import signers_of
from prodworkflow.domain.rules.gates import decide
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
EVE = Deputy('eve', 'anna', DAY, DAY)
NAMES = '; a holder of CAMPAIGN_ADMIN names others'


def trac(*barred, admins=('root',), **groups):
    return SignerFacts(
        {g: frozenset(p) for g, p in groups.items()},
        lambda: frozenset(admins),
        lambda r, person: f'{person} may not see #{r.ticket} in Trac'
        if person in barred else '')


STAFF = [
    pytest.param({'contacts': ('anna', 'bruno')}, trac(), ['anna', 'bruno'],
                 'anna or bruno', id='all can'),
    pytest.param({'contacts': ('anna', 'bruno')}, trac('anna'), ['bruno'],
                 'bruno', id='one may not'),
    pytest.param({'contacts': ('anna', 'bruno')}, trac('anna', 'bruno'), [],
                 'nobody, for anna may not see #1 in Trac; bruno may not see '
                 '#1 in Trac' + NAMES, id='none may'),
    pytest.param({'deputies': (EVE,)}, trac('anna'), ['eve'],
                 'eve (for anna)', id='the deputy can'),
    pytest.param({'deputies': (EVE,)}, trac('eve'), ['anna'], 'anna',
                 id='the deputy may not'),
    pytest.param({'deputies': (EVE,)}, trac('eve', 'anna'), [],
                 'nobody, for anna may not see #1 in Trac; eve may not see '
                 '#1 in Trac' + NAMES, id='neither may'),
    pytest.param({'contacts': ('@core', 'anna')},
                 trac('carlo', core=['carlo', 'dora']), ['@core', 'anna'],
                 'a member of core or anna', id='a member can'),
    pytest.param({'contacts': ('@core', 'anna')},
                 trac('carlo', core=['carlo']), ['anna'], 'anna',
                 id='no member may'),
    pytest.param({'contacts': ('@core',)}, trac(), [],
                 'nobody, for core has no members left who could' + NAMES,
                 id='no member is there'),
    pytest.param({'contacts': ()}, trac('root', admins=('root', 'zoe', 'al')),
                 ['al', 'zoe'],
                 'a holder of CAMPAIGN_ADMIN (no contacts are named)',
                 id='administrators'),
    pytest.param({'contacts': ()}, trac('root'), [],
                 'nobody, for it has no contacts, and nobody else who may '
                 'see and change its ticket holds CAMPAIGN_ADMIN' + NAMES,
                 id='no administrator may'),
]


@pytest.mark.parametrize(('asked', 'known', 'names', 'words'), STAFF)
def test_only_those_are_awaited_whom_trac_lets(asked, known, names, words):
    whole = replace(state((), [requirement(FREEZE, **asked)]), signers=known)
    who = awaited(whole.requirements[0], whole, DAY)
    assert (who.names, who.words) == (names, words)
    assert who.anybody == bool(names)


@pytest.mark.parametrize(('asked', 'known', 'names', 'words'), STAFF)
def test_an_answer_says_the_same(asked, known, names, words):
    whole = replace(state((), [requirement(FREEZE, **asked)]), signers=known)
    answer = decide(snapshot(state=whole, tickets={FREEZE: facts(FREEZE)}),
                    moment(DAY)).answer(FREEZE)
    assert answer.words == f'awaits {words}'
    assert answer.as_dict()['awaits'] == names


def test_who_is_left_out_is_named_once_with_the_reason():
    asked = requirement(FREEZE, contacts=('anna', 'bruno', '@core'))
    whole = replace(state((), [asked]), signers=trac(
        'anna', 'carlo', core=['carlo', 'anna']))
    assert awaited(asked, whole, DAY).obstructions == (
        'anna may not see #1 in Trac', 'carlo may not see #1 in Trac')


def test_members_who_have_signed_are_not_counted():
    asked = requirement(FREEZE, contacts=('@core',), quorum=2)
    given = [signoff(2, signer='carlo', contact='@core')]
    for members, names in ((['carlo'], []), (['carlo', 'dora'], ['@core'])):
        whole = replace(state(given, [asked]), signers=trac(core=members))
        assert awaited(asked, whole, DAY).names == names


def test_nobody_asks_trac_of_a_ticket_that_is_gone():
    whole = replace(state((), [requirement(FREEZE)]), signers=trac('anna'))
    answer = decide(snapshot(state=whole, tickets={}),
                    moment(DAY)).answer(FREEZE)
    assert answer.awaits.names == ['anna']


def test_all_who_may_sign_are_named_but_those_whom_trac_refuses():
    asked = requirement(FREEZE, contacts=('anna', '@core'), deputies=(EVE,))
    for known, words in (
            (None, 'anna, a member of core or eve (for anna)'),
            (trac(core=['carlo']), 'anna, a member of core or eve (for anna)'),
            (trac('anna'), 'eve (for anna)'),
            (trac('eve', 'carlo', core=['carlo']), 'anna'),
            (trac('anna', 'eve'),
             'anna, a member of core or eve (for anna)')):
        whole = replace(state((), [asked]), signers=known)
        assert signers_of(asked, whole, DAY) == words


def test_what_trac_says_is_no_part_of_the_value_of_a_state():
    assert replace(state(), signers=trac()) == state()
    assert 'signers' not in repr(replace(state(), signers=trac()))


def test_a_verdict_takes_what_it_does_to_the_ticket():
    comment = ('TICKET_VIEW', 'TICKET_APPEND')
    change = ('TICKET_VIEW', 'TICKET_MODIFY', 'TICKET_CHGPROP',
              'TICKET_APPEND')
    for closed in (False, True):
        for verdict in Verdict:
            comments = verdict is Verdict.REPORTED or (
                verdict is Verdict.REJECTED and not closed)
            assert needed(verdict, closed) == (
                comment if comments else change)
