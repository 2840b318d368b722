"""Who and what an answer tells beside its reason, and in which order."""

from __future__ import annotations

from datetime import date

import pytest

from prodworkflow.domain.model.evidence import (
    Evidence,
    EvidenceSpec,
    ValueSpec,
)
from prodworkflow.domain.model.person import Deputy
from prodworkflow.domain.model.requirement import Objection
from prodworkflow.domain.model.signoff import Waiver
from prodworkflow.domain.rules.answers import Answer, Reason
from prodworkflow.domain.rules.evaluation import CampaignEvaluation, evaluate
from prodworkflow.domain.rules.evidence_report import exhibits
from prodworkflow.domain.rules.requirements import RequirementEvaluation
from prodworkflow.domain.rules.waivers.standing import (
    expired,
    expiry_words,
    lapsed,
)
from support.factories import facts, requirement, signoff, snapshot, state

FREEZE, QUALITY = 'feature-freeze', 'software-quality'
TODAY = date(2026, 6, 10)
EVE = Deputy('eve', 'anna', date(2026, 6, 1), date(2026, 6, 30))
RATE = ValueSpec('rate', 'Rate', '%', at_most='1 %', confidence='95 %')
GOOD = ValueSpec('good', 'Good', '%', at_least='99 %', confidence='95 %')
PEAK = ValueSpec('peak', 'Peak', 'GB', at_most='2 GB')


def measured(number=2, verdict='reported', key=FREEZE, **texts):
    return signoff(number, key, verdict, evidence=tuple(
        Evidence('value', name, text, text) for name, text in texts.items()))


def waived(number=3, reason='awaiting', until=TODAY, **changes):
    return signoff(number, verdict='waived', signer='dora', **changes,
                   waiver=Waiver(reason, until))


def answer(*said, status='closed', **changes):
    asked = requirement(FREEZE, **changes)
    tickets = {FREEZE: facts(FREEZE, status)} if status else {}
    return evaluate(snapshot(state=state(said, [asked]), tickets=tickets),
                    asked, TODAY)


# Who can still help

def test_who_stands_in_for_a_contact_is_awaited_for_a_lost_ticket():
    assert answer(status='', deputies=(EVE,)).awaits.deputies == (EVE,)


def test_contact_is_awaited_for_a_waived_ticket_that_is_open_again():
    assert answer(waived(2), status='new').awaits.contacts == ('anna',)


def test_who_stands_in_for_a_contact_may_answer_an_objection():
    found = answer(signoff(2), deputies=(EVE,),
                   objection=Objection('bruno', 5, 'No.', 3))
    assert found.reason is Reason.OBJECTED
    assert 'eve (for anna)' in found.words


# What is told of evidence and of bases

def test_all_values_that_meet_an_automatic_requirement_are_told():
    found = answer(measured(rate='0/500', peak='1 GB'), asks=EvidenceSpec(
        (RATE, PEAK), automatic=True))
    assert found.words == 'met by its evidence: Rate 0/500, Peak 1 GB'


def test_requirement_that_rests_on_itself_has_itself_as_an_unmet_base():
    asked = requirement(FREEZE, rests_on=(FREEZE,))
    found = snapshot(state=state([], [asked]),
                     tickets={FREEZE: facts(FREEZE)})
    base, = CampaignEvaluation(found, TODAY).answer(FREEZE).bases
    assert base.state is found.state
    assert base.as_dict() == {'key': FREEZE, 'name': 'Feature Freeze',
                              'met': False, 'words': 'rests on itself'}


def test_line_of_evidence_says_how_well_its_value_is_known():
    asked = requirement(FREEZE, asks=EvidenceSpec((RATE, PEAK), ('phi',)))
    rate, peak, plot = exhibits(asked, state([measured(
        rate='0/20', peak='1 GB')], [asked]))
    told = rate.as_dict()
    assert (told['failed'], told['total'], told['limit']) == (
        0, 20, '13.91 %')
    assert (peak.as_dict()['estimate'], peak.as_dict()['fault_reason']) == (
        None, None)
    assert plot.as_dict()['title'] == 'phi'


# The order of the reasons

@pytest.mark.parametrize(('verdict', 'texts', 'reasons'), [
    pytest.param('rejected', {'rate': '0/20'},
                 'rejected not-enough-statistics', id='a rejection first'),
    pytest.param('reported', {'rate': '0/20'},
                 'not-enough-statistics awaiting',
                 id='statistics before a signature'),
    pytest.param('reported', {'rate': '0/20', 'peak': '3 GB'},
                 'out-of-bounds not-enough-statistics awaiting',
                 id='bounds before statistics'),
    pytest.param('rejected', {'rate': '0/20', 'peak': '3 GB'},
                 'rejected out-of-bounds not-enough-statistics',
                 id='a rejection before both'),
])
def test_reasons_stand_in_the_order_of_their_gravity(verdict, texts, reasons):
    asked = requirement(FREEZE, asks=EvidenceSpec((RATE, PEAK)))
    found = state([measured(verdict=verdict, **{'peak': '1 GB', **texts})],
                  [asked])
    _, left = RequirementEvaluation(found, asked, facts(FREEZE), TODAY,
                                    ()).lifted()
    assert ' '.join(each.reason.value for each in left) == reasons


def test_all_values_of_too_few_are_told():
    found = answer(measured(verdict='approved', rate='0/20', good='20/20'),
                   asks=EvidenceSpec((RATE, GOOD)))
    assert found.words == (
        'has not enough statistics: Rate is 0/20, of too few: 1 % at 95 % '
        'needs 299 without a failure; Good is 20/20, of too few: 99 % at '
        '95 % needs 299 without a failure; awaits anna with more of it, or a '
        'waiver by a holder of CAMPAIGN_WAIVE')


# Waivers that have ended

def ended(until, **changes):
    asked = requirement(FREEZE, **changes)
    found = state([waived(until=until)], [asked])
    return expired([Answer(asked, Reason.AWAITING, 'x')], found, TODAY)


def test_waiver_has_expired_on_the_day_after_its_last():
    assert ended(TODAY) == []
    status, = ended(date(2026, 6, 9))
    assert status.ended == 'it expired with 2026-06-09'


@pytest.mark.parametrize(('ticket', 'name'), [
    (1, '#1 Feature Freeze'), (None, 'Feature Freeze')])
def test_expired_waiver_is_told_with_its_requirement(ticket, name):
    status, = ended(date(2026, 6, 9), ticket=ticket)
    assert expiry_words(status) == (
        f'the waiver of {name} expired with 2026-06-09')


def test_waiver_of_changed_evidence_lapses_when_that_changes_again():
    asked = requirement(FREEZE, asks=EvidenceSpec((PEAK,)))
    leave = waived(reason='evidence-changed', basis=(
        ('value:peak', '1 GB'),))
    found = state([leave, measured(4, peak='1.5 GB')], [asked])
    assert lapsed(asked, found, leave, TODAY) == (
        'the evidence has changed since')


def test_requirement_for_which_nothing_is_asked_has_no_lines():
    assert exhibits(requirement(QUALITY), state()) == []
