"""Different people: who does not count, and what nobody could reach."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prodworkflow.domain.model.permissions import SignerFacts
from prodworkflow.domain.rules.duties.assignment import assignable, Task
from prodworkflow.domain.rules.duties.quorum import unreachable_quorums
from prodworkflow.domain.rules.duties.separation import (
    double_signers,
    signed_elsewhere,
)
from prodworkflow.domain.rules.duties.stand_ins import (
    alone,
    approvals_suffice,
    Quota,
)
from prodworkflow.domain.rules.gates import decide
from support.factories import (
    ASKED,
    facts,
    requirement,
    signoff,
    snapshot,
    state,
)

FREEZE, QUALITY, ESTIMATE = 'feature-freeze', 'software-quality', \
    'resources-estimate'
VALIDATED = 'release-validated'
DAY = date(2026, 7, 7)
PEOPLE = ('anna', 'bruno', 'dora')
AB = frozenset(map(frozenset, ('ab',)))
STAR = frozenset(map(frozenset, ('ab', 'ac')))
RING = STAR | {frozenset('bc')}
SIX = frozenset(map(frozenset, ('gh', 'hi', 'ij', 'jk', 'kl', 'lg')))


def tasks(**given):
    return {key: Task(int(text[0]), frozenset(text[1:]))
            for key, text in given.items()}


@pytest.mark.parametrize(('given_', 'apart', 'enough'), [
    pytest.param({}, AB, True, id='nothing to do'),
    pytest.param({'a': '1x'}, AB, True, id='one of one'),
    pytest.param({'a': '2x'}, AB, False, id='two of one'),
    pytest.param({'a': '1x', 'b': '1x'}, AB, False, id='one for two'),
    pytest.param({'a': '1x', 'b': '1x'}, (), True, id='one may do both'),
    pytest.param({'a': '1xy', 'b': '1x'}, AB, True, id='the other does it'),
    pytest.param({'a': '1xy', 'b': '2xy'}, AB, False, id='two for three'),
    pytest.param({'a': '1xyz', 'b': '2xy'}, AB, True, id='three for three'),
    pytest.param({'a': '1xy', 'b': '1x', 'c': '1y'}, STAR, False,
                 id='each pair could, all cannot'),
    pytest.param({'a': '1xyz', 'b': '1x', 'c': '1y'}, STAR, True,
                 id='a third for the middle'),
    pytest.param({'a': '1z', 'b': '1x', 'c': '1x'}, STAR, True,
                 id='one does two that are not apart'),
    pytest.param({'a': '1xy', 'b': '1xy', 'c': '1xy'}, RING, False,
                 id='each two could, three in a ring cannot'),
    pytest.param({'a': '1xyz', 'b': '1xyz', 'c': '1xyz'}, RING, True,
                 id='three in a ring'),
    pytest.param(dict.fromkeys('ghijkl', '1xy'), SIX, True,
                 id='two take turns in a ring of six'),
    pytest.param(dict.fromkeys('ghijkl', '1xy') | dict.fromkeys('abc', '1uv'),
                 SIX | RING, False, id='one ring that can, one that cannot'),
    pytest.param({'a': '9' + 'qwertyuio', 'b': '9asdfghjkl'}, AB, True,
                 id='many'),
])
def test_assignment_has_enough_different_people_or_not(given_, apart, enough):
    assert assignable(tasks(**given_), apart) is enough


def brute(tasks_, apart):
    """The same, by trying everything."""
    def possible(left, given_):
        if not left:
            return True
        key, *rest = left
        taken = {p for k, chosen in given_.items()
                 if frozenset((k, key)) in apart for p in chosen}
        return any(possible(rest, {**given_, key: chosen})
                   for chosen in combinations(
                       sorted(tasks_[key].people - taken),
                       tasks_[key].needed))
    return possible(sorted(tasks_), {})


some = st.dictionaries(st.sampled_from('abcdef'), st.builds(
    Task, st.integers(1, 3), st.frozensets(st.sampled_from('uvwxyz'))))
some_pairs = st.frozensets(st.frozensets(
    st.sampled_from('abcdef'), min_size=2, max_size=2))


@given(some, some_pairs)
def test_assignment_agrees_with_trying_all_combinations(tasks_, apart):
    assert assignable(tasks_, apart) is brute(tasks_, apart)


@pytest.mark.parametrize('count', [20, 500])
@pytest.mark.parametrize(('middle', 'leaf', 'enough'), [
    pytest.param('1xy', '1x', True, id='the other does the middle'),
    pytest.param('1x', '1x', False, id='one for both'),
    pytest.param('1xy', '1xy', True, id='two for both'),
    pytest.param('2xyz', '2xyz', False, id='three for four'),
    pytest.param('2wxyz', '2wxyz', True, id='four for four'),
])
def test_assignment_with_one_task_in_conflict_with_many_is_quick(
        count, middle, leaf, enough):
    leaves = {f'leaf {n}': leaf for n in range(count)}
    apart = frozenset(frozenset(('middle', key)) for key in leaves)
    assert assignable(tasks(middle=middle, **leaves), apart) is enough


def test_assignment_with_too_many_combinations_is_a_conservative_no():
    """A cycle of odd length, which two people cannot do, and a large net."""
    keys_ = [f'{n:03}' for n in range(101)]
    cycle = frozenset(frozenset((keys_[n], keys_[n - 1]))
                      for n in range(101))
    assert not assignable(dict.fromkeys(
        keys_, Task(1, frozenset('xy'))), cycle)
    assert assignable(dict.fromkeys(
        keys_, Task(1, frozenset('xyz'))), cycle)
    net = frozenset(frozenset((a, b)) for a, b in combinations(keys_, 2)
                    if (int(a) + int(b)) % 3)
    assert not assignable({k: Task(3, frozenset('pqrstuvwxyz'))
                           for k in keys_}, net)


def test_assignment_of_thousands_of_people_is_quick():
    crowd = frozenset(map(str, range(5000)))
    assert assignable({'a': Task(99, crowd), 'b': Task(99, crowd)}, AB)


def test_requirements_separate_from_one_that_needs_their_signers_are_refused():
    star = state((), [
        requirement(FREEZE, contacts=('anna', 'bruno')),
        requirement(QUALITY, separate_from=FREEZE),
        requirement(ESTIMATE, separate_from=FREEZE, contacts=('bruno',))])
    words = ('anna and bruno are too few for all of software-quality, '
             'feature-freeze and resources-estimate; name more contacts.')
    found = unreachable_quorums(star, SignerFacts())
    assert [key for key, _ in found] == [QUALITY, ESTIMATE]
    assert found[0][1] == (
        'software-quality (Software quality ok) cannot be signed by others '
        f'than feature-freeze: {words}')
    third = replace(star, requirements=(
        replace(star.requirements[0], contacts=('anna', 'dora')),
        *star.requirements[1:]))
    assert unreachable_quorums(third, SignerFacts()) == []


def test_separation_from_many_requirements_out_of_reach_names_some_of_them():
    leaves = [requirement(QUALITY, separate_from=FREEZE,
                          contacts=('anna',) if n % 2 else ('bruno',))
              for n in range(20)]
    star = state((), [
        requirement(FREEZE, contacts=('anna', 'bruno')),
        *(replace(r, key=f'leaf-{n}') for n, r in enumerate(leaves))])
    found = unreachable_quorums(star, SignerFacts())
    assert len(found) == 20
    assert found[7][1].endswith(
        'anna and bruno are too few for all of leaf-7, feature-freeze, '
        'leaf-0, leaf-1, leaf-2, leaf-3 and 15 more; name more contacts.')


def signed(key, *people, **more):
    return [signoff(2 + 10 * list(ASKED).index(key) + PEOPLE.index(p), key,
                    signer=p, **more) for p in people]


@pytest.mark.parametrize(('signoffs', 'key', 'who'), [
    pytest.param([*signed(FREEZE, 'anna'), *signed(QUALITY, 'anna')],
                 QUALITY, {'anna'}, id='one person, both'),
    pytest.param([*signed(FREEZE, 'anna'), *signed(QUALITY, 'anna')],
                 FREEZE, set(), id='the other one keeps it'),
    pytest.param([*signed(FREEZE, 'anna', 'bruno'), *signed(QUALITY, 'anna')],
                 QUALITY, set(), id='another one is there'),
    pytest.param([*signed(FREEZE, 'anna', release='V0'),
                  *signed(QUALITY, 'anna')], QUALITY, set(),
                 id='signed for another release'),
])
def test_signers_of_a_separate_requirement_do_not_count(signoffs, key, who):
    found = state(signoffs, [
        requirement(FREEZE, contacts=PEOPLE, release_bound=True),
        requirement(QUALITY, contacts=PEOPLE, separate_from=FREEZE)])
    assert double_signers(found, found.requirement(key)) == who


def test_of_two_stages_the_earlier_one_keeps_its_approval():
    found = state([*signed(FREEZE, 'anna'), *signed(VALIDATED, 'anna')], [
        requirement(FREEZE, contacts=PEOPLE, separate_from=VALIDATED),
        requirement(VALIDATED, contacts=PEOPLE)])
    assert double_signers(found, found.requirement(FREEZE)) == set()
    assert double_signers(found, found.requirement(VALIDATED)) == {'anna'}


def test_what_lacks_approvals_anyway_takes_none_from_another():
    found = state([*signed(FREEZE, 'anna'),
                   *signed(QUALITY, 'anna', 'bruno')], [
        requirement(FREEZE, contacts=PEOPLE, quorum=2),
        requirement(QUALITY, contacts=PEOPLE, separate_from=FREEZE)])
    assert double_signers(found, found.requirement(QUALITY)) == set()


@pytest.mark.parametrize('lost', [FREEZE, VALIDATED])
def test_of_two_one_keeps_its_approval_where_a_stage_is_lost(lost):
    found = state([*signed(FREEZE, 'anna'), *signed(VALIDATED, 'anna')], [
        requirement(FREEZE, contacts=PEOPLE, separate_from=VALIDATED),
        requirement(VALIDATED, contacts=PEOPLE)])
    stage = found.requirement(lost).stage
    found = replace(found, stages=tuple(
        s for s in found.stages if s.key != stage))
    assert [double_signers(found, found.requirement(key))
            for key in (FREEZE, VALIDATED)].count({'anna'}) == 1


def test_signer_of_another_release_may_sign_a_separate_requirement():
    found = state(signed(FREEZE, 'anna', release='V0'), [
        requirement(FREEZE, contacts=PEOPLE, release_bound=True),
        requirement(QUALITY, contacts=PEOPLE, separate_from=FREEZE)])
    quality = found.requirement(QUALITY)
    assert signed_elsewhere(found, quality, 'anna', DAY) is None
    again = replace(found, signoffs=tuple(signed(FREEZE, 'anna')))
    assert signed_elsewhere(again, quality, 'anna', DAY).key == FREEZE


keys = st.sampled_from([FREEZE, QUALITY, ESTIMATE, VALIDATED])
approvals = st.lists(st.tuples(keys, st.sampled_from(PEOPLE)), max_size=12,
                     unique=True)


@given(approvals, st.dictionaries(keys, keys),
       st.dictionaries(keys, st.integers(1, 2)), st.data())
def test_taking_an_approval_away_opens_no_gate_of_separate_requirements(
        signed_, apart, quorums, data):
    requirements = [requirement(
        key, contacts=PEOPLE, quorum=quorums.get(key, 1),
        separate_from='' if apart.get(key) == key else apart.get(key, ''))
        for key in (FREEZE, QUALITY, ESTIMATE, VALIDATED)]
    given_ = [signoff(n, key, signer=who)
              for n, (key, who) in enumerate(signed_, 2)]
    before = snapshot(
        state=state(given_, requirements),
        tickets={r.key: facts(r.key, 'closed') for r in requirements})
    if given_:
        taken = data.draw(st.sampled_from(given_))
        after = replace(before, state=replace(
            before.state,
            signoffs=tuple(s for s in given_ if s != taken)))
        for was, now in zip(decide(before, 0).gates, decide(after, 0).gates):
            assert was.open or not now.open


def deputed(number, signer, contact, *persons):
    return signoff(number, signer=signer, contact=contact, role='deputy',
                   persons=persons)


def test_a_deputy_of_two_is_one_signer_of_a_quorum():
    both = (deputed(2, 'bruno', 'anna', 'bruno', 'anna'),
            deputed(3, 'bruno', 'dora', 'bruno', 'dora'))
    assert approvals_suffice({FREEZE: Quota(1, both)}, ())
    assert not approvals_suffice({FREEZE: Quota(2, both)}, ())


@pytest.mark.parametrize(('approval', 'counts_for_one'), [
    pytest.param(signoff(2), True, id='contact'),
    pytest.param(signoff(2, persons=('anna',)), True, id='of themselves'),
    pytest.param(deputed(2, 'bruno', 'anna', 'bruno', 'anna'), False,
                 id='deputy'),
    pytest.param(deputed(2, 'bruno', 'anna'), False,
                 id='deputy before persons were kept'),
])
def test_an_approval_counts_for_its_signer_alone_or_for_others_too(
        approval, counts_for_one):
    assert alone(approval) is counts_for_one


def test_why_a_newcomer_cannot_sign_is_not_that_trac_does_not_know_them():
    found = state((), [requirement(FREEZE, contacts=('emil',))],
                  newcomers=('emil',))
    facts_ = SignerFacts(obstruction=lambda asked, login: 'emil may not',
                         known=lambda login: False)
    told, = unreachable_quorums(found, facts_)
    assert 'nobody can sign it (emil may not)' in told[1]


@pytest.mark.parametrize(('count', 'enough'), [
    pytest.param(4, True, id='few ways'),
    pytest.param(64, False, id='more ways than are tried'),
])
def test_approvals_with_too_many_combinations_are_a_conservative_no(
        count, enough):
    """Only the last two of the freeze leave two others for the quality."""
    freeze = [f'f{n}' for n in range(count)]
    stands_for = [freeze[:-2]] * (count - 1) + [freeze[-2:]]
    quotas = {
        FREEZE: Quota(2, tuple(
            signoff(n, FREEZE, signer=name)
            for n, name in enumerate(freeze))),
        QUALITY: Quota(2, tuple(
            signoff(n, QUALITY, signer=f'q{n}', persons=tuple(others))
            for n, others in enumerate(stands_for))),
    }
    assert approvals_suffice(quotas, {frozenset(quotas)}) is enough
