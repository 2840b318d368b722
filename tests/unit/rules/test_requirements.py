"""What the answer about one requirement says, beside met or unmet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from prodworkflow.domain.model.evidence import (
    Evidence,
    EvidenceSpec,
    ValueSpec,
)
from prodworkflow.domain.model.signoff import Bound, Waiver
from prodworkflow.domain.rules.answers import Lift, Reason
from prodworkflow.domain.rules.eligibility import is_signed
from prodworkflow.domain.rules.evaluation import evaluate
from prodworkflow.domain.rules.gates import evaluate_as_closed
from support.factories import (
    ASKED,
    facts,
    requirement,
    signoff,
    snapshot,
    state,
)

FREEZE = 'feature-freeze'
TODAY = date(2026, 6, 10)
NOON = 1781092800 * 10**6
LEAK = ValueSpec('memory_growth', 'Memory growth', 'kB/event',
                 at_most='1 kB/event')
PEAK = ValueSpec('peak_memory', 'Peak memory', 'GB', at_most='2 GB')


def waived(number, reason, bounds=(), **changes):
    leave = Waiver(reason, date(2026, 6, 30), tuple(bounds))
    return signoff(number, verdict='waived', signer='dora', contact='',
                   role='administrator', **{'waiver': leave, **changes})


def measured(number, *texts, **changes):
    names = ('memory_growth', 'peak_memory')
    return signoff(number, **changes, evidence=tuple(
        Evidence('value', n, t, '0') for n, t in zip(names, texts)))


def answer(said=(), status='closed', ticket=None, **changes):
    """The answer on 10 June about the freeze alone."""
    asked = requirement(FREEZE, **changes)
    found = snapshot(state=state(said, [asked]),
                     tickets={FREEZE: ticket or facts(FREEZE, status)})
    return evaluate(found, asked, TODAY)


def test_a_lost_ticket_is_told_with_its_remedy():
    asked = requirement(FREEZE)
    found = evaluate(snapshot([FREEZE], tickets={}), asked, TODAY)
    assert (found.requirement, found.reason, found.words) == (
        asked, Reason.TICKET_MISSING, 'has lost its sign-off ticket; '
        '"campaign check --repair" makes a new one')
    assert (found.signers, found.lifts, found.waived) == ((), (), False)


def test_a_deputy_is_told_with_whom_they_stand_for_but_signs_alone():
    found = answer([signoff(2, signer='bruno', role='deputy',
                            contact='anna')])
    assert found.words == 'signed off by bruno (for anna)'
    assert found.signers == ('bruno',)


def test_signers_are_told_while_a_quorum_is_short():
    found = answer([signoff(2)], quorum=2, contacts=('anna', 'bruno'))
    assert found.signers == ('anna',)
    assert found.words == 'has 1 of 2 approvals; awaits bruno'


def test_signers_are_told_beside_a_waiver():
    leave = waived(3, 'quorum-short')
    found = answer([signoff(2), leave], quorum=2,
                   contacts=('anna', 'bruno'))
    assert (found.signers, found.waived) == (('anna',), True)
    assert found.lifts == (Lift(Reason.QUORUM_SHORT, 'has 1 of 2 approvals',
                                leave, 20),)
    assert found.words == ('waived by dora until 2026-06-30: “Fine.” '
                           '(has 1 of 2 approvals)')


def test_lifted_reason_stays_visible_beside_one_that_stands():
    leave = waived(2, 'evidence-missing')
    found = answer([leave], 'new', asks=EvidenceSpec((LEAK,)))
    assert (found.reason, found.words) == (Reason.AWAITING, 'awaits anna')
    assert found.lifts == (Lift(Reason.EVIDENCE_MISSING,
                                'lacks Memory growth', leave, 20),)


def test_lifted_reason_stays_visible_when_the_ticket_is_open_again():
    leave = waived(2, 'awaiting')
    found = answer([leave], 'new')
    assert (found.reason, found.words) == (
        Reason.WITHDRAWN,
        'was waived, but its ticket is open again; awaits anna')
    assert found.lifts == (Lift(Reason.AWAITING, 'nobody has signed it',
                                leave, 20),)


def test_approval_is_not_told_when_the_ticket_is_open_again():
    found = answer([signoff(2)], 'new')
    assert (found.words, found.signers, found.lifts) == (
        'was signed, but its ticket is open again; awaits anna', (), ())


def test_all_waivers_are_told_on_one_line():
    said = [waived(2, 'awaiting', statement=' No\n time '),
            waived(3, 'evidence-missing')]
    assert answer(said, asks=EvidenceSpec((LEAK,))).words == (
        'waived by dora until 2026-06-30: “No time” (nobody has signed it); '
        'waived by dora until 2026-06-30: “Fine.” (lacks Memory growth)')


def test_all_values_out_of_bounds_are_told():
    found = answer([measured(2, '2 kB/event', '3 GB')],
                   asks=EvidenceSpec((LEAK, PEAK)))
    assert found.words == (
        'is out of bounds: Memory growth is 2 kB/event, more than '
        '1 kB/event; Peak memory is 3 GB, more than 2 GB; awaits anna with '
        'better values, or a waiver by a holder of CAMPAIGN_WAIVE')


ORDERED = [
    pytest.param('approved', {}, 'out-of-bounds', 'evidence-missing',
                 id='bounds before what lacks'),
    pytest.param('reported', {}, 'out-of-bounds', 'awaiting',
                 id='bounds before an approval'),
    pytest.param('rejected', {}, 'rejected', 'out-of-bounds',
                 id='a rejection before bounds'),
]


@pytest.mark.parametrize(('verdict', 'changes', 'first', 'second'), ORDERED)
def test_gravest_reason_against_a_requirement_is_told_first(
        verdict, changes, first, second):
    """And the next one once the first is waived."""
    said = [measured(2, '2 kB/event', verdict=verdict)]
    asks = EvidenceSpec((LEAK,), plots=('phi',))
    status = 'closed' if verdict == 'approved' else 'new'
    assert answer(said, status, asks=asks).reason.value == first
    bounds = [Bound('memory_growth', at_most='9 kB/event')]
    leave = waived(3, first, bounds if first == 'out-of-bounds' else ())
    assert answer([*said, leave], status, asks=asks).reason.value == second


def test_a_waiver_for_a_lost_ticket_closed_nothing_since():
    said = [waived(3, 'awaiting')]
    assert answer(said, since=2).waived
    for since in (3, 4):
        found = answer(said, since=since)
        assert found.reason is Reason.CLOSED_UNSIGNED
        assert found.words == ('was closed (fixed) without a sign-off; '
                               'awaits anna')


def test_a_quorum_short_by_a_side_door_is_told_as_such():
    found = answer([signoff(2)], quorum=2, contacts=('anna', 'bruno'),
                   unsigned=True)
    assert found.reason is Reason.CLOSED_UNSIGNED


def test_a_requirement_passes_if_only_its_ticket_has_to_be_closed():
    """Its own ticket, closed by us: accounted for, whenever it changed."""
    later = facts(FREEZE, 'new', changed=999)
    signed = snapshot(state=state([signoff(2)]), tickets={
        **snapshot().tickets, FREEZE: later})
    found = evaluate_as_closed(signed, FREEZE, NOON)
    assert (found.requirement.key, found.met, found.words) == (
        FREEZE, True, 'signed off by anna')
    assert not evaluate_as_closed(signed, 'software-quality', NOON).met


@pytest.mark.parametrize(('day', 'met'), [
    pytest.param(30, True, id='last day'), pytest.param(31, False, id='over')])
def test_requirement_with_an_ending_waiver_would_pass_until_its_last_day(
        day, met):
    moment = NOON + (day - 10) * 86400 * 10**6
    found = snapshot(state=state([waived(2, 'awaiting')]))
    assert evaluate_as_closed(found, FREEZE, moment).met is met


def test_requirement_closed_unsigned_does_not_pass_by_closing():
    asked = [requirement(k, unsigned=True) for k in ASKED]
    found = snapshot(state=state([signoff(2)], asked))
    assert evaluate_as_closed(found, FREEZE, NOON).reason is (
        Reason.CLOSED_UNSIGNED)
    other = replace(found, state=state([signoff(2)]))
    assert evaluate_as_closed(other, FREEZE, NOON).met


@pytest.mark.parametrize(('signed', 'changes', 'signs'), [
    pytest.param([signoff(1)], {}, True, id='its quorum approved it'),
    pytest.param([signoff(1)], {'quorum': 2}, False, id='one is missing'),
    pytest.param([signoff(1)], {'unsigned': True}, False,
                 id='closed without a sign-off'),
    pytest.param([signoff(1), signoff(2, verdict='rejected')], {}, False,
                 id='rejected later'),
    pytest.param([], {}, False, id='nobody has signed'),
])
def test_requirement_is_signed_when_its_quorum_approved_it(signed, changes,
                                                           signs):
    asked = requirement(FREEZE, **changes)
    assert is_signed(asked, state(signed, requirements=(asked,))) is signs
