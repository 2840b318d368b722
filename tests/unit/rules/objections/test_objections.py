"""Who withdraws and who objects, and what is asked of each."""

from __future__ import annotations

from datetime import date

import pytest

from prodworkflow.domain.model.person import Deputy, Person
from prodworkflow.domain.model.requirement import Objection
from prodworkflow.domain.model.vocabulary import Reason, Verdict
from prodworkflow.domain.rules.objections.objections import (
    against,
    may_withdraw,
    reopening,
    reopening_refusal,
    words_asked,
)
from prodworkflow.domain.rules.verdicts import statement_problems
from support.factories import requirement, signoff, state

FREEZE = 'feature-freeze'
DAY = date(2026, 6, 1)
OPPOSED = Objection('eve', 5, 'It crashes.', 3)
ADMIN = Person('root', grants=frozenset({'CAMPAIGN_ADMIN'}))
HOLDER = Person('dora', grants=frozenset(
    {'CAMPAIGN_HOLD', 'CAMPAIGN_WAIVE', 'CAMPAIGN_LAUNCH'}))
CASES = [
    pytest.param(Person('anna'), {}, True, id='contact'),
    pytest.param(Person('bruno'),
                 {'deputies': (Deputy('bruno', 'anna', DAY, DAY),)}, True,
                 id='deputy'),
    pytest.param(Person('bruno'), {'deputies': (
        Deputy('bruno', 'anna', DAY.replace(day=2), DAY.replace(day=3)),)},
        False, id='deputy later'),
    pytest.param(Person('dora', groups=frozenset({'software'})),
                 {'contacts': ('anna', '@software')}, True, id='member'),
    pytest.param(Person('carlo'), {'contacts': ('@software',)}, True,
                 id='signed as a former member'),
    pytest.param(ADMIN, {}, True, id='administrator'),
    pytest.param(HOLDER, {}, False, id='who may hold, waive and launch'),
    pytest.param(Person('eve'), {}, False, id='anybody'),
    pytest.param(Person('anonymous'), {'contacts': ('anonymous',)}, False,
                 id='anonymous'),
]


@pytest.mark.parametrize(('person', 'changes', 'withdraws'), CASES)
def test_reopening_withdraws_by_those_responsible_and_objects_by_others(
        person, changes, withdraws):
    asked = requirement(FREEZE, **changes)
    said = [signoff(2, signer='carlo', contact='@software')]
    before = state(said, [asked])
    assert may_withdraw(asked, before, person, DAY) is withdraws
    assert reopening(asked, before, person, DAY) is (
        Verdict.WITHDRAWN if withdraws else Verdict.OBJECTED)
    assert reopening_refusal(asked, before, person, DAY) is None
    launched = state(said, [asked], launched=5, phase='launched')
    assert bool(reopening_refusal(asked, launched, person, DAY)) is (
        not withdraws)


def test_an_objection_is_a_reason_that_names_who_answers():
    found = against(OPPOSED, 'anna or bruno')
    assert (found.reason, found.words) == (
        Reason.OBJECTED, 'was objected to by eve: “It crashes.”; awaits an '
                         'answer by anna or bruno')
    long = against(Objection('eve', 5, 'no\n' * 200, 3), 'anna')
    assert long.fact == f'was objected to by eve: “{("no " * 67)[:199]}…”'


@pytest.mark.parametrize(('verdict', 'objection', 'asked'), [
    pytest.param(Verdict.OBJECTED, None,
                 'Say what you object to; the contacts are told.',
                 id='objected'),
    pytest.param(Verdict.ANSWERED, OPPOSED, 'Say in a sentence what answers '
                 'the objection of eve to #1.', id='answered'),
    pytest.param(Verdict.APPROVED, OPPOSED, 'Say in a sentence what answers '
                 'the objection of eve to #1.', id='approved anew'),
    pytest.param(Verdict.APPROVED, None, 'Say in a sentence what the '
                 'sign-off rests on; it is kept and shown.', id='approved'),
    pytest.param(Verdict.REJECTED, OPPOSED, 'Say why: without a reason '
                 'nothing can be rejected.', id='rejected'),
    pytest.param(Verdict.WITHDRAWN, None, 'Say why: without a reason '
                 'nothing can be withdrawn.', id='withdrawn'),
])
def test_a_sentence_is_asked_for_by_what_it_is_for(verdict, objection, asked):
    about = requirement(FREEZE, objection=objection)
    assert statement_problems(about, verdict, ' ') == [('statement', asked)]
    assert statement_problems(about, verdict, 'So.') == []
    mine = words_asked(about, verdict)
    assert mine is None or mine == asked
    assert statement_problems(about, Verdict.REPORTED, '') == []
