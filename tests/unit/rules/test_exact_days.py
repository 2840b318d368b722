"""Deputies act within their days: every rule looks at the day it is asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from prodworkflow.domain.model.person import Deputy, Person
from prodworkflow.domain.model.requirement import Objection
from prodworkflow.domain.rules.gates import as_closed, decide
from prodworkflow.domain.rules.lifecycle_actions import (
    allowed_lifecycle_actions,
    lifecycle_refusal,
    LifecycleAction,
    may_hold,
)
from prodworkflow.domain.rules.objections.objections import (
    answer_refusal,
    objection_refusal,
)
from prodworkflow.domain.rules.reconciliation.corrections import (
    corrected,
    TicketCorrections,
)
from support.factories import facts, requirement, signoff, snapshot, state

DAY, NEXT = date(2026, 6, 1), date(2026, 6, 2)
NOW = 10**15
BRUNO = Person('bruno')
FREEZE, QUALITY = 'feature-freeze', 'software-quality'
STANDING_IN = {'deputies': (Deputy('bruno', 'anna', DAY, DAY),)}


def deputised(said=(), key=FREEZE, **changes):
    """A campaign in which bruno stands for anna on one day, for one."""
    campaign = changes.pop('campaign', {})
    asked = requirement(key, **STANDING_IN, **changes)
    return asked, state(said, [asked], **campaign)


@pytest.mark.parametrize(('day', 'may'), [(DAY, True), (NEXT, False)])
def test_a_deputy_holds_production_on_the_days_of_standing_in(day, may):
    _, found = deputised()
    hold = LifecycleAction.HOLD
    assert may_hold(found, BRUNO, day) is may
    assert (hold in allowed_lifecycle_actions(found, BRUNO, day)) is may
    assert (lifecycle_refusal(hold, found, BRUNO, day) is None) is may


@pytest.mark.parametrize(('day', 'may'), [(DAY, True), (NEXT, False)])
def test_a_deputy_answers_an_objection_on_the_days_of_standing_in(day, may):
    asked, found = deputised([signoff(2)],
                             objection=Objection('eve', 5, 'No.', 3))
    assert (answer_refusal(asked, found, BRUNO, day) is None) is may


def test_after_the_launch_a_contact_of_another_objects_on_no_day():
    """Whom an objection would be refused is told with that day's signers."""
    asked, found = deputised([signoff(2)], campaign={
        'launched': 5, 'phase': 'launched'})
    eve = Person('eve')
    assert 'bruno' in objection_refusal(asked, found, eve, DAY)
    assert 'bruno' not in objection_refusal(asked, found, eve, NEXT)


# What is judged as if its ticket were closed

def test_what_rests_on_something_unmet_is_unmet_as_closed():
    base = requirement(QUALITY)
    asked = requirement(FREEZE, rests_on=(QUALITY,))
    found = snapshot(state=state([signoff(2)], [asked, base]), tickets={
        FREEZE: facts(FREEZE), QUALITY: facts(QUALITY)})
    decision = decide(found, NOW)
    answer = as_closed(decision, decision.answer(FREEZE))
    assert answer.bases == decision.answer(FREEZE).bases
    assert not answer.met


def test_corrected_tickets_keep_the_time_of_their_last_own_change():
    asked = [requirement(FREEZE, seen=7), requirement(QUALITY, seen=8)]
    found = snapshot(state=state([], asked), tickets={
        FREEZE: facts(FREEZE, 'closed', changed=9),
        QUALITY: facts(QUALITY, changed=9)})
    answers = decide(found, NOW).launch.answers
    mended = corrected(found, TicketCorrections(answers[:1], answers[1:]))
    assert mended.tickets == {
        FREEZE: replace(facts(FREEZE), status='reopened', changed=7),
        QUALITY: replace(facts(QUALITY, 'closed'), changed=8,
                         resolution=answers[1].closing)}


@pytest.mark.parametrize(('quorum', 'signers', 'words'), [
    pytest.param(1, ('anna',), 'was signed for another release than V2',
                 id='none for it'),
    pytest.param(2, ('anna', 'bruno!'), 'was signed for another release '
                 'than V2 and has 1 of 2 approvals for it', id='one for it'),
])
def test_what_was_signed_for_another_release_counts_those_for_this_one(
        quorum, signers, words):
    asked = requirement('release-validated', quorum=quorum, contacts=(
        'anna', 'bruno'), release_bound=True)
    said = [signoff(n, asked.key, signer=signer.rstrip('!'),
                    release='V2' if '!' in signer else 'V1')
            for n, signer in enumerate(signers, 2)]
    found = snapshot(state=state(said, [asked], release='V2'),
                     tickets={asked.key: facts(asked.key)})
    answer = decide(found, NOW).answer(asked.key)
    assert answer.words.startswith(words + '; ')
