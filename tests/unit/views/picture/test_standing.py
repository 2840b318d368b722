"""Standing of sign-offs by days: what each entry of the ledger makes of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from prodworkflow.domain.canonical_json import plain
from prodworkflow.domain.views.picture.standing import Standing, Tracks
from support.days import created, day, on
from support.factories import requirement, signoff, state
from support.groups import grouped

KEY = 'feature-freeze'
OPEN, APPROVED, WAIVED = Standing.OPEN, Standing.APPROVED, Standing.WAIVED
WAIVER = {'reason': 'awaiting', 'until': day(6).isoformat(), 'bounds': []}


def moves(*entries, quorum=1, today=30):
    """What the sign-off became, by days after the first."""
    found = Tracks([created(state(requirements=[
        replace(requirement(KEY), quorum=quorum)])), *entries])
    found.end(day(today))
    return [((d - day(0)).days, s) for d, s in found.all[0].moves]


def approved(number, who='anna'):
    return on(number, 'approved', KEY, who, contact=who)


@pytest.mark.parametrize(('entries', 'found'), [
    pytest.param([approved(2)], [(2, APPROVED)], id='approved'),
    pytest.param([approved(2), on(4, 'rejected', KEY)],
                 [(2, APPROVED), (4, OPEN)], id='rejected'),
    pytest.param([approved(2), on(4, 'withdrawn', KEY), approved(5)],
                 [(2, APPROVED), (4, OPEN), (5, APPROVED)], id='again'),
    pytest.param([approved(2), on(3, 'objected', KEY),
                  on(5, 'answered', KEY)],
                 [(2, APPROVED), (3, OPEN), (5, APPROVED)], id='objection'),
    pytest.param([approved(2), on(4, 'released', stale=[KEY, 'gone'])],
                 [(2, APPROVED), (4, OPEN)], id='asked again by a patch'),
    pytest.param([approved(2), on(4, 'ticket-replaced', KEY)],
                 [(2, APPROVED), (4, OPEN)], id='a new ticket'),
    pytest.param([on(2, 'waived', KEY, waiver=WAIVER)],
                 [(2, WAIVED), (7, OPEN)], id='a waiver ends'),
    pytest.param([on(2, 'waived', KEY, waiver=WAIVER), approved(9)],
                 [(2, WAIVED), (7, OPEN), (9, APPROVED)], id='after it'),
    pytest.param([on(2, 'waived', KEY, waiver=WAIVER), approved(4)],
                 [(2, WAIVED), (7, APPROVED)], id='signed meanwhile'),
    pytest.param([on(8, 'waived', KEY, waiver=WAIVER)],
                 [], id='ended before it was given'),
    pytest.param([on(2, 'reported', KEY), on(3, 'held'),
                  approved(4), on(5, 'approved', 'unknown')],
                 [(4, APPROVED)], id='other entries'),
])
def test_entries_move_a_sign_off(entries, found):
    assert moves(*entries) == found


def test_quorum_counts_different_contacts():
    assert moves(approved(1), approved(2), approved(3, 'bruno'),
                 quorum=2) == [(3, APPROVED)]


def test_members_of_a_group_of_people_count_each_for_themselves():
    said = [on(n, 'approved', KEY, who, contact='@physics')
            for n, who in ((1, 'anna'), (2, 'bruno'))]
    assert moves(*said, quorum=2) == [(2, APPROVED)]


def test_quorum_that_is_lowered_is_reached():
    assert moves(approved(1), on(4, 'contacts-changed', KEY, quorum=1),
                 quorum=2) == [(4, APPROVED)]


def group_state():
    return grouped(()).state


def test_items_leave_return_and_change_their_weight():
    member = replace(group_state().requirements[1], past=(
        signoff(3, 'sites.s0', signer='anna'),))
    tracks = Tracks([
        created(group_state()),
        on(2, 'weight-changed', list='sites', item='s1', weight='31'),
        on(3, 'item-dropped', list='sites', item='s0'),
        on(5, 'item-returned', list='sites', requirements=[plain(member)])])
    by = [t for t in tracks.all if t.item == 's0']
    assert [(t.joined, t.left) for t in by] == [(day(0), day(3)),
                                                (day(5), None)]
    assert by[1].moves == [(day(5), APPROVED)]
    assert {t.weight for t in tracks.all if t.item == 's1'} == {'31'}


def test_what_was_rejected_or_waived_before_comes_back_so():
    past = ({'verdict': 'approved', 'signer': 'anna'},
            {'verdict': 'rejected', 'signer': 'anna'},
            {'verdict': 'unknown', 'signer': 'anna'})
    data = {**plain(group_state().requirements[1]), 'past': past}
    tracks = Tracks([created(group_state()), on(
        5, 'item-returned', list='sites', requirements=[data])])
    assert tracks.all[-1].at_last is OPEN


def test_unreadable_payload_is_an_error():
    with pytest.raises(KeyError):
        Tracks([on(0, 'created')])
