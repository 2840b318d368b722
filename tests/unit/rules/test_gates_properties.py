"""The pure properties of docs/development/rules.rst, at random."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from prodworkflow.domain.model.evidence import Evidence, EvidenceSpec
from prodworkflow.domain.model.known_issue import KnownIssue
from prodworkflow.domain.model.signoff import with_bases
from prodworkflow.domain.model.submission import basis
from prodworkflow.domain.rules.bases import basis_of, refusal
from prodworkflow.domain.rules.gates import decide, evaluate_as_closed
from support.factories import (
    ASKED,
    facts,
    KEYS,
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


known_issues = st.lists(st.builds(
    lambda ticket, day: KnownIssue(ticket, 'dora', 'So.', date(1970, 1, day),
                                   5, ticket),
    st.integers(8, 12), st.integers(1, 4)), max_size=5)
places = st.dictionaries(st.sampled_from(KEYS), st.lists(
    st.integers(8, 13), unique=True, max_size=3).map(tuple))
DAY = 86400 * 10**6


def known(issues, others, signed, moment=0, **changes):
    found = snapshot(signed, others=others, **changes)
    return decide(replace(found, state=replace(
        found.state, known_issues=tuple(issues))), moment)


@given(known_issues, places, st.sampled_from([ASKED, list(ASKED)[1:]]),
       st.integers(0, 4), st.dictionaries(st.integers(8, 12),
                                          st.integers(0, 9)))
def test_known_issues_open_no_stage_and_ending_one_opens_nothing(
        issues, others, signed, place, begun):
    before = known(issues, others, signed, begun=begun)
    fewer = known([i for n, i in enumerate(issues) if n != place], others,
                  signed, begun=begun)
    none = known([], others, signed)
    assert [g.open for g in before.gates] == [g.open for g in none.gates]
    assert before.launch.open or not fewer.launch.open
    assert before.launch.open <= (signed == ASKED)


@given(known_issues, places, st.integers(0, 5), st.integers(0, 5))
def test_days_that_pass_end_known_issues_and_open_nothing(issues, others,
                                                          one, more):
    early = known(issues, others, ASKED, one * DAY).launch
    late = known(issues, others, ASKED, (one + more) * DAY).launch
    assert early.open or not late.open


CHAIN = dict(zip(list(ASKED)[1:], ASKED))
rests = st.lists(st.sampled_from(list(CHAIN)), unique=True)
acts = st.lists(st.tuples(
    st.sampled_from(list(ASKED)),
    st.sampled_from(['approved', 'approved', 'withdrawn', 'reported']),
    st.sampled_from(['one', 'two'])), max_size=14)


def acted(resting, events):
    """Each approval keeps what it rests on; one that is too early is not."""
    asked = [requirement(k, asks=EvidenceSpec(links=('page',)),
                         rests_on=(CHAIN[k],) if k in resting else ())
             for k in ASKED]
    found = snapshot(state=state((), asked), tickets={
        k: facts(k, 'closed') for k in ASKED})
    for number, (key, verdict, text) in enumerate(events, 2):
        bases = evaluate_as_closed(found, key, 0).bases
        if verdict == 'approved' and refusal(
                found.state.requirement(key), found.state, bases):
            continue
        given = (Evidence('link', 'page', text, text),)
        after = replace(found.state, signoffs=(
            *found.state.signoffs, with_bases(signoff(
                number, key, verdict, evidence=given
                if verdict != 'withdrawn' else ()),
                basis_of(bases) if verdict == 'approved' else None)))
        found = replace(found, state=with_basis(after, number))
    return found


def with_basis(found, number):
    """The state whose last approval names the evidence that there is."""
    last = found.signoffs[-1]
    if last.number != number or last.verdict != 'approved':
        return found
    present = basis(found.requirement(last.requirement), found) or ()
    return replace(found, signoffs=(*found.signoffs[:-1], replace(
        last, basis=(*present, *(last.basis or ())))))


@given(rests, acts)
def test_what_is_met_rests_on_what_is_met(resting, events):
    decision = decide(acted(resting, events), 0)
    for key in resting:
        if decision.answer(key).met:
            assert decision.answer(CHAIN[key]).met


@given(rests, acts, st.sampled_from(list(ASKED)))
def test_a_report_on_a_base_or_its_removal_opens_nothing(resting, events,
                                                         key):
    before = decide(acted(resting, events), 0)
    after = decide(acted(resting, [*events, (key, 'reported', 'three')]), 0)
    bare = before.snapshot
    gone = decide(replace(bare, state=replace(
        bare.state, requirements=tuple(
            r for r in bare.state.requirements if r.key != key))), 0)
    for answer in before.launch.answers:
        other = answer.requirement.key
        assert answer.met or not after.answer(other).met
        if other != key:
            assert answer.met or not gone.answer(other).met


@given(rests, acts)
def test_more_bases_open_nothing(resting, events):
    few = decide(acted((), events), 0)
    more = decide(acted(resting, events), 0)
    assert not more.launch.open or few.launch.open
