"""The pure properties of docs/development/rules.rst, at random."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from prodworkflow.domain.rules.gates import decide
from support.factories import (
    ASKED,
    facts,
    requirement,
    signoff,
    snapshot,
    state,
)

FREEZE = 'feature-freeze'
APPROVED = [(key, 'approved', signer) for key in ASKED
            for signer in ('anna', 'bruno')]
signoffs = st.builds(list.__add__, st.sampled_from([[], APPROVED]), st.lists(
    st.tuples(st.sampled_from(list(ASKED)),
              st.sampled_from(['approved', 'approved', 'rejected',
                               'withdrawn']),
              st.sampled_from(['anna', 'bruno', 'eve'])), max_size=20))
quorums = st.sampled_from([1, 2])


def numbered(events):
    return [signoff(n, key, verdict, signer)
            for n, (key, verdict, signer) in enumerate(events, 2)]


def decided(given, quorum=1):
    everything = {k: facts(k, 'closed') for k in ASKED}
    asked = [requirement(k, quorum=quorum, contacts=('anna', 'bruno'))
             for k in list(ASKED)[:3]]
    asked += [requirement(k) for k in list(ASKED)[3:]]
    return decide(snapshot(state=state(given, asked), tickets=everything), 0)


def opened(given, quorum=1):
    return [g.open for g in decided(given, quorum).gates]


@given(signoffs, st.integers(0, 33), quorums)
def test_removing_an_approval_never_opens_a_gate(events, place, quorum):
    given = numbered(events)
    fewer = [s for n, s in enumerate(given)
             if n != place or s.verdict != 'approved']
    assert all(before or not after for before, after
               in zip(opened(given, quorum), opened(fewer, quorum)))


@given(signoffs, quorums)
def test_any_contact_can_stop_a_gate_alone(events, quorum):
    stopped = numbered([*events, (FREEZE, 'rejected', 'bruno')])
    assert opened(stopped, quorum) == [False, False, False]


@given(signoffs, st.randoms())
def test_order_among_different_requirements_does_not_matter(events, random):
    """Shuffled, but each requirement's own entries stay in order."""
    queues = {}
    for event in events:
        queues.setdefault(event[0], []).append(event)
    order = [event[0] for event in events]
    random.shuffle(order)
    shuffled = [queues[key].pop(0) for key in order]
    assert ([g.reasons() for g in decided(numbered(events)).gates]
            == [g.reasons() for g in decided(numbered(shuffled)).gates])


@given(signoffs)
def test_a_gate_that_is_open_leaves_those_before_it_open(events):
    gates = opened(numbered(events))
    assert gates == sorted(gates, reverse=True)
