"""Different people: stand-ins count as those for whom they stand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prodworkflow.domain.model.person import Deputy, Person
from prodworkflow.domain.model.vocabulary import Role, Verdict
from prodworkflow.domain.rules.duties.awaited import (
    awaited,
    can_help,
    counted_approvals,
)
from prodworkflow.domain.rules.duties.separation import (
    double_signers,
    persons,
    signed_elsewhere,
)
from prodworkflow.domain.rules.eligibility import capacity, deputies_of
from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.rules.lifecycle_actions import (
    lifecycle_refusal,
    LifecycleAction,
)
from prodworkflow.domain.rules.verdicts import (
    offered_verdicts,
    verdict_refusal,
)
from support.factories import (
    facts,
    moment,
    requirement,
    signoff,
    snapshot,
    state,
)

FREEZE, QUALITY, VALIDATED = ('feature-freeze', 'software-quality',
                              'release-validated')
DAY = date(2026, 7, 7)
NOW = moment(DAY)
WEEK = timedelta(days=7)
PEOPLE = ('anna', 'bruno', 'dora')


def deputy(person, stands_for, first=DAY, last=DAY):
    return Deputy(person, stands_for, first, last)


BRUNO_FOR_ANNA = deputy('bruno', 'anna')


def said(number, key, signer, contact=None, persons_=None, **more):
    contact = contact or signer
    return signoff(number, key, signer=signer, contact=contact,
                   role='contact' if contact == signer else 'deputy',
                   time=NOW, persons=tuple(persons_ or {signer, contact}),
                   **more)


def apart(signoffs=(), deputies=(), freeze=None, quality=None, **changes):
    """Quality is to be signed by others than the freeze."""
    return replace(
        state(signoffs, [
            requirement(FREEZE, **{'contacts': PEOPLE, **(freeze or {})}),
            requirement(QUALITY, **{'contacts': PEOPLE,
                                    'separate_from': FREEZE,
                                    **(quality or {})})],
            deputies=tuple(deputies), **changes))


@pytest.mark.parametrize(('signed', 'deputies', 'person', 'refused'), [
    pytest.param(said(2, FREEZE, 'anna'), [], 'anna', True, id='signer'),
    pytest.param(said(2, FREEZE, 'anna'), [], 'bruno', False, id='another'),
    pytest.param(said(2, FREEZE, 'anna'), [BRUNO_FOR_ANNA], 'bruno', True,
                 id='deputy of the signer'),
    pytest.param(said(2, FREEZE, 'anna'),
                 [deputy('bruno', 'anna', DAY + WEEK, DAY + WEEK)], 'bruno',
                 False, id='deputy of the signer later'),
    pytest.param(said(2, FREEZE, 'bruno', 'anna'), [BRUNO_FOR_ANNA], 'anna',
                 True, id='whose deputy signed'),
    pytest.param(said(2, FREEZE, 'bruno', 'anna'), [], 'anna', True,
                 id='whose former deputy signed'),
    pytest.param(said(2, FREEZE, 'bruno'), [BRUNO_FOR_ANNA], 'anna', True,
                 id='whose deputy signed as contact'),
    pytest.param(said(2, FREEZE, 'bruno', 'anna'),
                 [BRUNO_FOR_ANNA, deputy('dora', 'anna')], 'dora', True,
                 id='the other deputy of who was stood for'),
    pytest.param(said(2, FREEZE, 'bruno', 'anna'), [BRUNO_FOR_ANNA], 'dora',
                 False, id='neither of them'),
    pytest.param(signoff(2, FREEZE, signer='bruno', contact='anna',
                         role='deputy', time=NOW), [], 'anna', True,
                 id='whose deputy signed before persons were kept'),
])
def test_neither_the_deputy_of_a_signer_nor_whose_deputy_signed_may_sign(
        signed, deputies, person, refused):
    found = apart([signed], deputies)
    quality = found.requirement(QUALITY)
    assert bool(signed_elsewhere(found, quality, person, DAY)) is refused
    words = verdict_refusal(Verdict.APPROVED, quality, found, Person(person),
                            DAY)
    assert bool(words) is refused
    if refused:
        assert 'has to be signed by somebody else: ' in words
    other = found.requirement(FREEZE)
    mirrored = apart([replace(signed, requirement=QUALITY)], deputies)
    assert bool(signed_elsewhere(mirrored, other, person, DAY)) is refused


def test_deputies_of_both_requirements_are_looked_at():
    found = apart([said(2, FREEZE, 'anna')],
                  freeze={'deputies': (BRUNO_FOR_ANNA,)})
    quality = found.requirement(QUALITY)
    assert persons(quality, found, 'bruno', DAY) == {'anna', 'bruno'}
    assert signed_elsewhere(found, quality, 'bruno', DAY)


@pytest.mark.parametrize(('freeze', 'quality', 'excluded'), [
    pytest.param([said(2, FREEZE, 'anna')],
                 [said(3, QUALITY, 'bruno', 'anna')], {'bruno'},
                 id='the deputy of the signer'),
    pytest.param([said(2, FREEZE, 'bruno', 'anna')],
                 [said(3, QUALITY, 'anna')], {'anna'},
                 id='the one whose deputy signed'),
    pytest.param([said(2, FREEZE, 'bruno', 'anna')],
                 [said(3, QUALITY, 'dora', 'anna')], {'dora'},
                 id='two deputies of one'),
    pytest.param([said(2, FREEZE, 'anna'), said(4, FREEZE, 'dora')],
                 [said(3, QUALITY, 'bruno', 'anna')], set(),
                 id='another one has signed as well'),
    pytest.param([said(2, FREEZE, 'anna')], [said(3, QUALITY, 'bruno')],
                 set(), id='two persons'),
    pytest.param([said(2, FREEZE, 'anna')], [
        signoff(3, QUALITY, signer='bruno', contact='anna', role='deputy')],
        set(), id='given before stand-ins were counted'),
])
def test_only_one_of_a_person_and_their_stand_in_counts(freeze, quality,
                                                        excluded):
    found = apart([*freeze, *quality])
    assert double_signers(found, found.requirement(QUALITY)) == excluded
    assert double_signers(found, found.requirement(FREEZE)) == set()


def test_approvals_of_who_signed_what_others_must_sign_do_not_count():
    found = apart([said(2, FREEZE, 'anna'), said(3, QUALITY, 'anna'),
                   said(4, QUALITY, 'anna')])
    assert [s.number for s in counted_approvals(
        found.requirement(FREEZE), found)] == [2]
    assert counted_approvals(found.requirement(QUALITY), found) == ()


def test_of_two_that_are_separate_from_each_other_one_keeps_its_signer():
    found = apart([said(2, FREEZE, 'anna'), said(3, QUALITY, 'anna')],
                  freeze={'separate_from': QUALITY})
    assert double_signers(found, found.requirement(FREEZE)) == set()
    assert double_signers(found, found.requirement(QUALITY)) == {'anna'}


def test_a_gate_stays_shut_for_a_person_and_their_deputy():
    """As when evidence is put back after the deputy has signed."""
    found = apart([said(2, FREEZE, 'anna'),
                   said(3, QUALITY, 'bruno', 'anna')])
    told = decide(snapshot(state=found, tickets={
        k: facts(k, 'closed') for k in (FREEZE, QUALITY)}), NOW)
    assert told.answer(FREEZE).met
    assert not told.answer(QUALITY).met


@pytest.mark.parametrize(('contacts', 'deputies', 'day', 'found'), [
    pytest.param(('anna',), [BRUNO_FOR_ANNA], DAY, 'anna', id='in office'),
    pytest.param(('anna',), [BRUNO_FOR_ANNA], DAY + WEEK, None, id='over'),
    pytest.param(('dora',), [BRUNO_FOR_ANNA], DAY, None,
                 id='of somebody else'),
    pytest.param(('anna', 'bruno'), [BRUNO_FOR_ANNA], DAY, 'bruno',
                 id='is a contact'),
    pytest.param(('@physics',), [deputy('bruno', '@physics')], DAY,
                 '@physics', id='a group, as no door lets anybody write it'),
])
def test_a_deputy_of_the_campaign_stands_in_wherever_the_person_is_named(
        contacts, deputies, day, found):
    asked = requirement(FREEZE, contacts=contacts)
    given_ = state(deputies=tuple(deputies))
    mine = capacity(asked, given_, Person('bruno'), day)
    assert (mine.contact if mine else None) == found


def test_a_deputy_of_two_signs_for_the_one_whose_approval_is_missing():
    both = (BRUNO_FOR_ANNA, deputy('bruno', 'dora'))
    asked = requirement(FREEZE, contacts=('anna', 'dora'), quorum=2)
    bruno = Person('bruno')
    assert capacity(asked, state(deputies=both), bruno,
                    DAY).contact == 'anna'
    signed = state([signoff(2)], [asked], deputies=both)
    mine = capacity(asked, signed, bruno, DAY)
    assert (mine.role, mine.contact) == (Role.DEPUTY, 'dora')
    assert awaited(asked, signed, DAY).words == 'dora or bruno (for dora)'


def test_a_deputy_who_was_named_twice_is_named_once():
    asked = requirement(FREEZE, deputies=(BRUNO_FOR_ANNA,))
    assert deputies_of(asked, state(deputies=(BRUNO_FOR_ANNA,)),
                       DAY) == (BRUNO_FOR_ANNA,)


TWO = {'quorum': 2, 'contacts': PEOPLE}


@pytest.mark.parametrize(('asked', 'signoffs', 'words', 'names'), [
    pytest.param(TWO, [], 'anna, bruno or dora', ['anna', 'bruno', 'dora'],
                 id='nobody has signed'),
    pytest.param(TWO, [signoff(2)], 'bruno or dora', ['bruno', 'dora'],
                 id='who has signed is not named'),
    pytest.param({**TWO, 'deputies': (deputy('emil', 'anna'),)},
                 [signoff(2)], 'bruno or dora', ['bruno', 'dora'],
                 id='nor their deputy'),
    pytest.param({**TWO, 'deputies': (deputy('emil', 'anna'),)}, [
        signoff(2, signer='emil', contact='anna', role='deputy')],
        'bruno or dora', ['bruno', 'dora'],
        id='nor whose deputy has signed'),
    pytest.param({**TWO, 'deputies': (deputy('emil', 'bruno'),)},
                 [signoff(2)], 'bruno, dora or emil (for bruno)',
                 ['bruno', 'dora', 'emil'], id='another one has a deputy'),
    pytest.param({'quorum': 2, 'contacts': ('@physics', 'dora')}, [
        signoff(2, signer='anna', contact='@physics')],
        'another member of physics or dora', ['@physics', 'dora'],
        id='a member of a group has signed'),
    pytest.param({'quorum': 2, 'contacts': ()}, [
        signoff(2, role='administrator', contact='')],
        'another holder of CAMPAIGN_ADMIN (no contacts are named)', [],
        id='an administrator has signed'),
    pytest.param({'quorum': 1, 'contacts': PEOPLE}, [signoff(2)],
                 'anna, bruno or dora', ['anna', 'bruno', 'dora'],
                 id='enough have: all can give what is missing'),
    pytest.param({'quorum': 2, 'contacts': ('anna',)}, [signoff(2)],
                 'nobody, for no contact is left who may sign it; a holder '
                 'of CAMPAIGN_ADMIN names others', [], id='nobody is left'),
    pytest.param({**TWO, 'release_bound': True},
                 [signoff(2, release='V0'), signoff(3, signer='bruno')],
                 'anna or dora', ['anna', 'dora'],
                 id='signed for another release'),
])
def test_only_those_who_can_still_help_are_named(asked, signoffs, words,
                                                 names):
    one = requirement(FREEZE, **asked)
    found = awaited(one, state(signoffs, [one]), DAY)
    assert (found.words, found.names) == (words, names)


def test_who_signed_what_others_must_sign_is_not_awaited():
    found = apart([said(2, FREEZE, 'anna')], [deputy('emil', 'anna')])
    quality = found.requirement(QUALITY)
    assert awaited(quality, found, DAY).names == ['bruno', 'dora']
    helpers = [p for p in (*PEOPLE, 'emil') if can_help(
        awaited(quality, found, DAY), quality, found, Person(p), DAY)]
    assert helpers == ['bruno', 'dora']


def test_every_face_of_a_decision_names_the_same_people():
    asked = requirement(FREEZE, **TWO)
    told = decide(snapshot(state=state([signoff(2)], [asked]), tickets={
        FREEZE: facts(FREEZE)}), NOW).answer(FREEZE)
    assert told.words == 'has 1 of 2 approvals; awaits bruno or dora'
    assert told.as_dict()['awaits'] == ['bruno', 'dora']
    assert told.awaits.names == ['bruno', 'dora']


FORMER = Person('carlo')
MEMBER = Person('carlo', frozenset({'physics'}))


def of_physics(*signoffs):
    return state(signoffs, [requirement(FREEZE, contacts=('@physics',))])


def by_carlo(**changes):
    return signoff(2, signer='carlo', contact='@physics', **changes)


@pytest.mark.parametrize(('found', 'person', 'verdicts'), [
    pytest.param(of_physics(by_carlo()), FORMER, ['withdrawn'],
                 id='a former member who signed'),
    pytest.param(of_physics(by_carlo()), MEMBER,
                 ['rejected', 'withdrawn'], id='a member who signed'),
    pytest.param(of_physics(), FORMER, [], id='a former member'),
    pytest.param(of_physics(by_carlo()), Person('eve'), ['objected'],
                 id='anybody'),
    pytest.param(of_physics(by_carlo(), signoff(3, verdict='withdrawn')),
                 FORMER, [], id='withdrawn already'),
])
def test_a_former_member_of_a_group_may_withdraw_what_they_signed(
        found, person, verdicts):
    told = decide(snapshot(state=found, tickets={
        FREEZE: facts(FREEZE, 'closed')}), NOW)
    assert [v.value for v in offered_verdicts(
        told, told.answer(FREEZE), person)] == [
        v for v in ('approved',) if not told.answer(FREEZE).met
        and person is MEMBER] + verdicts


@pytest.mark.parametrize(('found', 'may'), [
    pytest.param(of_physics(by_carlo()), True, id='signed'),
    pytest.param(of_physics(), False, id='did not'),
])
def test_a_former_member_of_a_group_may_hold_what_they_signed(found, may):
    assert (lifecycle_refusal(LifecycleAction.HOLD, found, FORMER,
                              DAY) is None) is may


@pytest.mark.parametrize(('changes', 'signoffs', 'person', 'offered'), [
    pytest.param({}, [], 'bruno', True, id='may sign'),
    pytest.param({}, [said(2, FREEZE, 'bruno')], 'bruno', False,
                 id='signed what others must sign'),
    pytest.param({'enforcement': 'strict'}, [said(2, FREEZE, 'anna')],
                 'bruno', True, id='strict, its turn'),
    pytest.param({'deputies': [BRUNO_FOR_ANNA],
                  'quality': {'quorum': 2}},
                 [said(2, QUALITY, 'anna')], 'bruno', True,
                 id='a deputy who is a contact as well'),
    pytest.param({'deputies': [BRUNO_FOR_ANNA],
                  'quality': {'quorum': 2, 'contacts': ('anna', 'dora')}},
                 [said(2, QUALITY, 'anna')], 'bruno', False,
                 id='the deputy of who has signed'),
])
def test_signing_is_offered_only_where_it_would_be_recorded(
        changes, signoffs, person, offered):
    told = decide(snapshot(state=apart(signoffs, **changes), tickets={
        k: facts(k) for k in (FREEZE, QUALITY)}), NOW)
    found = offered_verdicts(told, told.answer(QUALITY), Person(person))
    assert (Verdict.APPROVED in found) is offered


@pytest.mark.parametrize(('enforcement', 'offered'), [
    ('standard', True), ('strict', False), ('advisory', True)])
def test_signing_before_its_turn_is_not_offered_in_strict(enforcement,
                                                          offered):
    told = decide(snapshot(state=state(enforcement=enforcement)), NOW)
    found = offered_verdicts(told, told.answer(VALIDATED), Person('anna'))
    assert (Verdict.APPROVED in found) is offered


# Whatever is done to deputies, groups and contacts, no gate opens by it.

keys = (FREEZE, QUALITY, VALIDATED)
names = st.sampled_from((*PEOPLE, 'emil'))
some_deputies = st.lists(st.builds(
    deputy, names, st.sampled_from(PEOPLE),
    st.just(DAY - WEEK), st.just(DAY + WEEK)), max_size=4)
some_approvals = st.lists(st.tuples(
    st.sampled_from(keys), names, st.sampled_from((*PEOPLE, '@physics'))),
    max_size=10)
links = st.sampled_from(('', *keys))


@st.composite
def campaigns(draw):
    """A campaign whose approvals were recorded as the doors record them."""
    quorums = [draw(st.integers(1, 2)) for _ in keys]
    separate = [draw(links) for _ in keys]
    found = state((), [requirement(
        key, contacts=(*PEOPLE, '@physics'), quorum=quorum,
        separate_from='' if other == key else other)
        for key, quorum, other in zip(keys, quorums, separate)],
        deputies=tuple(draw(some_deputies)))
    given_ = []
    for number, (key, signer, contact) in enumerate(draw(some_approvals), 2):
        asked = found.requirement(key)
        given_.append(signoff(
            number, key, signer=signer, contact=contact, time=NOW,
            persons=tuple(sorted(persons(asked, found, signer, DAY)
                                 | {contact} - {'@physics'}))))
    return replace(found, signoffs=tuple(given_))


def gates(found):
    return [g.open for g in decide(snapshot(state=found, tickets={
        key: facts(key, 'closed') for key in keys}), NOW).gates]


def without(found, n):
    return replace(found, signoffs=found.signoffs[:n]
                   + found.signoffs[n + 1:])


@given(campaigns(), some_deputies)
def test_no_change_of_deputies_opens_a_gate(found, deputies):
    after = replace(found, campaign=replace(found.campaign,
                                            deputies=tuple(deputies)))
    assert gates(after) == gates(found)


@given(campaigns(), st.sampled_from((*PEOPLE, '@physics')),
       st.sampled_from(keys))
def test_no_removal_of_a_contact_or_group_opens_a_gate(found, contact, key):
    asked = found.requirement(key)
    after = found.having(replace(asked, contacts=tuple(
        c for c in asked.contacts if c != contact)))
    for was, is_ in zip(gates(found), gates(after)):
        assert was or not is_


@given(campaigns(), st.integers(0, 9))
def test_taking_an_approval_away_opens_no_gate_of_stand_ins(found, n):
    for was, is_ in zip(gates(found), gates(without(found, n))):
        assert was or not is_


@given(campaigns())
def test_an_open_gate_has_different_persons_behind_it(found):
    """Each of two separated requirements is met by others, stand-ins too."""
    told = decide(snapshot(state=found, tickets={
        key: facts(key, 'closed') for key in keys}), NOW)
    for one in found.requirements:
        for other in found.apart_from(one.key):
            first, second = (told.answer(r.key) for r in (one, other))
            if first.met and second.met and one.quorum == other.quorum == 1:
                circles = [[set(s.persons) for s in found.said_of(r.key)]
                           for r in (one, other)]
                assert any(not a & b for a in circles[0] for b in circles[1])
