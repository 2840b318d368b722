"""What Trac refuses of tickets, in words: one phrase for each person."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from prodworkflow.domain.model.permissions import nothing_against, SignerFacts
from prodworkflow.domain.rules.duties.quorum import unreachable_quorums
from prodworkflow.domain.rules.duties.rights import refused, told_once
from prodworkflow.domain.rules.eligibility import signers_of
from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.rules.stranded import (
    left_out,
    refused_notice,
    stranded,
)
from prodworkflow.domain.text import Message
from support.factories import facts, moment, requirement, snapshot, state

FREEZE, QUALITY = 'feature-freeze', 'software-quality'


@pytest.mark.parametrize(('permission', 'words'), [
    ('TICKET_VIEW', 'anna may not see #8 in Trac'),
    ('TICKET_APPEND', 'anna may not comment on #8 in Trac'),
    ('TICKET_MODIFY', 'anna may not change #8 in Trac'),
    ('TICKET_CHGPROP', 'anna may not change #8 in Trac'),
])
def test_the_words_say_what_is_refused(permission, words):
    assert refused('anna', 8, permission) == words
    assert refused('anna', None, permission) == words.replace('#8', 'tickets')
    assert refused('Doe, Jane', 8, permission) == words.replace(
        'anna', '"Doe, Jane"')


def test_a_person_is_named_once_with_all_their_tickets():
    gone = Message('%(group)s has no members left who could', group='core')
    assert told_once([
        refused('anna', 1, 'TICKET_VIEW'), gone,
        refused('bruno', 1, 'TICKET_VIEW'), refused('anna', 2, 'TICKET_VIEW'),
        refused('anna', 1, 'TICKET_VIEW'), refused('anna', 1, 'TICKET_MODIFY'),
        gone, 'plain', 'plain']) == [
            'anna may not see #1 and #2 in Trac',
            'core has no members left who could',
            'bruno may not see #1 in Trac', 'anna may not change #1 in Trac',
            'plain']
    assert told_once([]) == []


def decided(known, **asked):
    found = replace(state((), [
        requirement(FREEZE, contacts=('anna', 'bruno'), **asked),
        requirement(QUALITY, contacts=('anna', 'bruno'))]), signers=known)
    return decide(snapshot(state=found, tickets={
        FREEZE: facts(FREEZE), QUALITY: facts(QUALITY)}),
        moment(date(2026, 7, 7)))


REFUSED = SignerFacts(obstruction=lambda r, person: refused(
    person, r.ticket, 'TICKET_VIEW') if person == 'anna' else '')


def test_who_is_named_in_vain_is_told_where_others_can_sign():
    decision = decided(REFUSED)
    assert left_out(decision.launch.answers, ()) == [
        'named to sign, but refused by Trac: anna may not see #1 and #2 in '
        'Trac']
    assert left_out(decided(SignerFacts()).launch.answers, ()) == []
    assert left_out(decided(None).launch.answers, ()) == []


def test_what_is_told_already_is_not_told_again():
    decision = decided(REFUSED, quorum=2)
    told = stranded(decision, REFUSED)
    assert [s.words for s in told] == [
        'only bruno can still sign #1 Feature Freeze, and 2 have to: anna '
        'may not see #1 in Trac; no more are named; a holder of '
        'CAMPAIGN_ADMIN names others or lowers the quorum']
    assert left_out(decision.launch.answers, told) == [
        'named to sign, but refused by Trac: anna may not see #2 in Trac']


def test_what_is_met_or_covered_asks_nobody():
    decision = decided(REFUSED)
    covered = [replace(a, covered=True) for a in decision.launch.answers]
    assert left_out(covered, ()) == []


def test_before_a_campaign_is_made_those_are_named_whom_trac_refuses():
    asked = state((), [
        requirement(FREEZE, ticket=None, contacts=('anna', '@core')),
        requirement(QUALITY, ticket=None, contacts=('anna', '@gone')),
        requirement('release-validated', ticket=None, contacts=())])
    known = replace(REFUSED, members={
        'core': frozenset(('anna', 'dora')), 'gone': frozenset()})
    assert refused_notice(asked, known) == (
        'Named to sign, but refused by Trac: anna may not see tickets in '
        'Trac; gone has no members left who could.')
    assert refused_notice(asked, replace(
        known, obstruction=nothing_against, members={
            g: frozenset(('dora',)) for g in ('core', 'gone')})) is None


def test_all_who_are_named_in_vain_are_told_with_a_sign_between_them():
    known = SignerFacts(obstruction=lambda r, person: refused(
        person, r.ticket, 'TICKET_VIEW') if person != 'carla' else '')
    decision = decided(known)
    answers = decide(replace(decision.snapshot, state=replace(
        decision.snapshot.state, requirements=tuple(
            replace(r, contacts=(*r.contacts, 'carla'))
            for r in decision.snapshot.state.requirements))),
        decision.asked).launch.answers
    assert left_out(answers, ()) == [
        'named to sign, but refused by Trac: anna may not see #1 and #2 in '
        'Trac; bruno may not see #1 and #2 in Trac']


def test_phrase_that_is_about_no_ticket_stays_what_it_is():
    gone = Message('%(group)s has no members left who could', group='core')
    found, = told_once([gone, gone])
    assert found.msgid == gone.msgid


NOVA = SignerFacts(known=lambda person: person != 'nova')


@pytest.mark.parametrize(('newcomers', 'words'), [
    pytest.param((), 'nova is no user of Trac any more', id='gone'),
    pytest.param(('nova',), '', id='not there yet'),
])
def test_who_was_named_before_they_came_is_not_taken_to_be_gone(
        newcomers, words):
    asked = state((), [requirement(FREEZE, contacts=('nova',))],
                  newcomers=newcomers)
    decision = decide(snapshot(state=asked, tickets={FREEZE: facts(FREEZE)}),
                      moment(date(2026, 7, 7)))
    notice, left = refused_notice(asked, NOVA), stranded(decision, NOVA)
    assert bool(notice) is bool(left) is bool(words)
    if words:
        assert notice == f'Named to sign, but refused by Trac: {words}.'
        assert words in left[0].words


def test_newcomers_are_named_and_count_for_a_quorum_as_others_do():
    asked = requirement(FREEZE, contacts=('anna', 'nova'), quorum=2)
    for newcomers, names in (((), 'anna'), (('nova',), 'anna or nova')):
        found = replace(state((), [asked], newcomers=newcomers), signers=NOVA)
        assert signers_of(asked, found, date(2026, 7, 7)) == names
        assert bool(unreachable_quorums(found, NOVA)) is not bool(newcomers)
