"""Which verdicts a person may give, and which of them a form offers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from prodworkflow.domain.model.evidence import EvidenceSpec, ValueSpec
from prodworkflow.domain.model.person import Deputy, Person
from prodworkflow.domain.model.requirement import Objection
from prodworkflow.domain.model.vocabulary import Verdict
from prodworkflow.domain.rules.answers import Answer, Reason
from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.rules.verdicts import (
    allowed_verdicts,
    offered_verdicts,
    statement_problems,
    verdict_refusal,
)
from support.factories import moment, requirement, signoff, snapshot, state

FREEZE = 'feature-freeze'
DAY = date(2026, 6, 1)
MEASURED = EvidenceSpec(values=(ValueSpec('growth', 'Growth', 'kB/event'),))
LEAVE = [Deputy('bruno', 'anna', DAY, DAY)]
ANNA, BRUNO, EVE = map(Person, ('anna', 'bruno', 'eve'))
ROOT = Person('root', grants=frozenset({'CAMPAIGN_ADMIN'}))
JUDGE = Person('dora', grants=frozenset({'CAMPAIGN_WAIVE'}))
MEMBER = Person('carlo', groups=frozenset({'software'}))
ALL = 'approved rejected withdrawn reported waived'
SIGNED = 'approved rejected withdrawn reported'


def words(verdicts):
    return ' '.join(v.value for v in Verdict if v in verdicts)


@pytest.mark.parametrize(('person', 'asked', 'verdicts'), [
    pytest.param(ANNA, {}, 'approved rejected withdrawn reported',
                 id='contact'),
    pytest.param(BRUNO, {'deputies': LEAVE},
                 'approved rejected withdrawn reported', id='deputy'),
    pytest.param(MEMBER, {'contacts': ('@software',)},
                 'approved rejected reported', id='member of a group'),
    pytest.param(ROOT, {}, 'rejected withdrawn', id='administrator'),
    pytest.param(ROOT, {'contacts': ()}, 'approved rejected reported',
                 id='administrator where no contacts are named'),
    pytest.param(JUDGE, {}, 'waived objected', id='holder of CAMPAIGN_WAIVE'),
    pytest.param(EVE, {}, 'objected', id='anybody'),
    pytest.param(Person('anonymous'), {'contacts': ('anonymous',)}, '',
                 id='anonymous'),
    pytest.param(Person('anna', grants=frozenset({'CAMPAIGN_WAIVE'})), {},
                 SIGNED, id='contact who may waive, not of their own'),
])
def test_verdicts_are_allowed_by_role_and_permission(person, asked, verdicts):
    found = allowed_verdicts(requirement(FREEZE, **asked),
                             state([signoff(2)]), person, DAY)
    assert words(found) == verdicts


def test_a_deputy_gives_verdicts_on_their_days_only():
    asked = requirement(FREEZE, deputies=LEAVE)
    assert not allowed_verdicts(asked, state(), BRUNO, date(2026, 6, 2))


@pytest.mark.parametrize(('said', 'allowed'), [
    pytest.param([], False, id='nothing said'),
    pytest.param([signoff(2)], True, id='signed'),
    pytest.param([signoff(2, contact='bruno')], False,
                 id='signed by who is no contact any more'),
    pytest.param([signoff(2), signoff(3, verdict='withdrawn')], False,
                 id='withdrawn already'),
    pytest.param([signoff(2), signoff(3, verdict='reported')], True,
                 id='reported since'),
])
def test_only_what_is_signed_can_be_withdrawn(said, allowed):
    found = allowed_verdicts(requirement(FREEZE), state(said), ANNA, DAY)
    assert (Verdict.WITHDRAWN in found) is allowed


@pytest.mark.parametrize('phase', ['closed', 'abandoned'])
@pytest.mark.parametrize('verdict', Verdict)
def test_nobody_gives_verdicts_of_a_campaign_that_has_ended(phase, verdict):
    everything = Person('anna', grants=ROOT.grants | JUDGE.grants)
    found = verdict_refusal(verdict, requirement(FREEZE), state(phase=phase),
                            everything, DAY)
    assert found == (
        f'2011 Prod is {phase}: its record is read-only. To set its '
        'milestones and tickets free, a holder of CAMPAIGN_ADMIN removes it '
        'with "trac-admin ENV campaign remove".')


@pytest.mark.parametrize(('verdict', 'person', 'refusal'), [
    pytest.param('approved', EVE,
                 '#1 is the sign-off ticket "Feature Freeze" of campaign '
                 '2011 Prod: only anna or bruno (for anna) may sign and so '
                 'close it.', id='approved'),
    pytest.param('reported', ROOT,
                 '#1 is the sign-off ticket "Feature Freeze" of campaign '
                 '2011 Prod: only anna or bruno (for anna) may sign and so '
                 'close it.', id='reported'),
    pytest.param('rejected', EVE,
                 'only anna or bruno (for anna), or a holder of '
                 'CAMPAIGN_ADMIN, may reject #1 Feature Freeze',
                 id='rejected'),
    pytest.param('withdrawn', JUDGE,
                 'only anna or bruno (for anna), or a holder of '
                 'CAMPAIGN_ADMIN, may withdraw the sign-off of '
                 '#1 Feature Freeze', id='withdrawn'),
    pytest.param('withdrawn', ANNA,
                 '#1 is not signed, so there is nothing to withdraw; anna '
                 'or bruno (for anna) may reject it', id='nothing signed'),
    pytest.param('waived', ROOT,
                 'root may not waive anything of #1; only a holder of '
                 'CAMPAIGN_WAIVE may', id='waived'),
])
def test_a_refused_verdict_says_who_may_give_it(verdict, person, refusal):
    asked = requirement(FREEZE, deputies=LEAVE)
    assert verdict_refusal(Verdict(verdict), asked, state(), person,
                           DAY) == refusal


def test_a_refusal_to_sign_says_that_nobody_is_left():
    asked = requirement(FREEZE, quorum=2)
    words = verdict_refusal(Verdict.APPROVED, asked,
                            state([signoff(2)], [asked]), EVE, DAY)
    assert words == (
        '#1 is the sign-off ticket "Feature Freeze" of campaign 2011 Prod: '
        'no contact is left who may sign it; a holder of CAMPAIGN_ADMIN '
        'names others.')


def test_a_refusal_to_sign_names_nobody_who_has_signed():
    asked = requirement(FREEZE, quorum=2, contacts=('anna', 'bruno'))
    words = verdict_refusal(Verdict.APPROVED, asked,
                            state([signoff(2)], [asked]), EVE, DAY)
    assert 'only bruno may sign' in words


def decision(signoffs=(), requirements=None, **campaign):
    return decide(snapshot(state=state(signoffs, requirements, **campaign)),
                  moment(DAY))


def answer(reason=Reason.AWAITING, asks=None, **given):
    asked = requirement(FREEZE, **({'asks': asks} if asks else {}))
    return Answer(asked, reason, 'awaits anna', **given)


@pytest.mark.parametrize(('person', 'answer_', 'verdicts'), [
    pytest.param(ANNA, answer(), ['approved', 'rejected', 'withdrawn'],
                 id='unmet'),
    pytest.param(ANNA, answer(None), ['rejected', 'withdrawn'], id='met'),
    pytest.param(ANNA, answer(waived=True),
                 ['approved', 'rejected', 'withdrawn'], id='waived'),
    pytest.param(ANNA, answer(Reason.QUORUM_SHORT, signers=('anna',)),
                 ['rejected', 'withdrawn'], id='has signed'),
    pytest.param(ANNA, answer(asks=MEASURED),
                 ['approved', 'reported', 'rejected', 'withdrawn'],
                 id='measured'),
    pytest.param(ROOT, answer(asks=MEASURED), ['rejected', 'withdrawn'],
                 id='administrator'),
    pytest.param(JUDGE, answer(), ['waived'], id='to be waived'),
    pytest.param(JUDGE, answer(None), ['objected'], id='nothing to waive'),
    pytest.param(JUDGE, answer(None, asks=MEASURED), ['waived', 'objected'],
                 id='a value to come may be waived'),
    pytest.param(JUDGE, answer(Reason.TICKET_MISSING), [],
                 id='a missing ticket cannot be waived'),
    pytest.param(EVE, answer(asks=MEASURED), [], id='anybody'),
    pytest.param(EVE, answer(None), ['objected'], id='anybody, if met'),
    pytest.param(ANNA, replace(answer(Reason.OBJECTED), requirement=(
        requirement(FREEZE, objection=Objection('eve', 5, 'No.', 3)))),
        ['approved', 'rejected', 'withdrawn', 'answered'], id='objected'),
])
def test_forms_offer_the_allowed_verdicts_that_lead_somewhere(
        person, answer_, verdicts):
    found = offered_verdicts(decision([signoff(2)]), answer_, person)
    assert [v.value for v in found] == verdicts


OPPOSED = Objection('eve', 5, 'It crashes.', 3)


@pytest.mark.parametrize(('person', 'changes', 'verdict', 'refusal'), [
    pytest.param(ANNA, {}, 'objected',
                 'anna need not object to #1 Feature Freeze: they may reject '
                 'it, or withdraw its sign-off', id='signers withdraw'),
    pytest.param(ROOT, {}, 'objected',
                 'root need not object to #1 Feature Freeze: they may reject '
                 'it, or withdraw its sign-off', id='administrators, too'),
    pytest.param(EVE, {'since': 2}, 'objected',
                 '#1 Feature Freeze is not signed, so there is nothing to '
                 'object to; write a comment', id='nothing signed'),
    pytest.param(EVE, {'objection': OPPOSED}, 'answered',
                 'only anna may answer the objection to #1 Feature Freeze',
                 id='only signers answer'),
    pytest.param(ROOT, {'objection': OPPOSED}, 'answered',
                 'only anna may answer the objection to #1 Feature Freeze',
                 id='administrators do not'),
    pytest.param(ANNA, {}, 'answered',
                 'nobody has objected to #1 Feature Freeze, so there is '
                 'nothing to answer', id='no objection'),
])
def test_who_may_not_sign_objects_and_who_may_sign_answers(
        person, changes, verdict, refusal):
    assert verdict_refusal(
        Verdict(verdict), requirement(FREEZE, **changes),
        state([signoff(2)]), person, DAY) == refusal


def test_after_the_launch_nobody_else_objects_by_reopening():
    found = verdict_refusal(Verdict.OBJECTED, requirement(FREEZE),
                            state([signoff(2)], launched=1), EVE, DAY)
    assert found == (
        'Production of 2011 Prod is launched: #1 Feature Freeze is reopened '
        'by anna, or by a holder of CAMPAIGN_ADMIN, only. What you say is '
        'shown to the contacts; any of them, or a holder of CAMPAIGN_HOLD, '
        'can put the campaign on hold.')


def test_former_members_of_a_group_withdraw_what_they_signed():
    asked = requirement(FREEZE, contacts=('@software',))
    said = state([signoff(2, signer='carlo', contact='@software')])
    former = Person('carlo')
    assert allowed_verdicts(asked, said, former, DAY) == {Verdict.WITHDRAWN}
    assert allowed_verdicts(asked, said, BRUNO, DAY) == {Verdict.OBJECTED}


def test_forms_offer_nothing_when_the_campaign_has_ended():
    assert offered_verdicts(decision(phase='closed'), answer(), ANNA) == ()


@pytest.mark.parametrize('text', ['', '  \t '])
@pytest.mark.parametrize('verdict', list(Verdict))
def test_all_but_a_report_need_a_sentence(verdict, text):
    found = statement_problems(requirement(FREEZE), verdict, text)
    if verdict is Verdict.REPORTED:
        assert found == []
    elif verdict is Verdict.APPROVED:
        assert found == [('statement', 'Say in a sentence what the sign-off '
                          'rests on; it is kept and shown.')]
    elif verdict is Verdict.OBJECTED:
        assert found == [('statement', 'Say what you object to; the contacts '
                          'are told.')]
    else:
        assert found == [('statement', 'Say why: without a reason nothing '
                          f'can be {verdict.value}.')]


@pytest.mark.parametrize('verdict', list(Verdict))
def test_a_statement_that_can_be_kept_is_enough(verdict):
    asked = requirement(FREEZE)
    assert statement_problems(asked, verdict, 'Fine.') == []
    assert 'control characters' in str(
        statement_problems(asked, verdict, 'a\x00'))
