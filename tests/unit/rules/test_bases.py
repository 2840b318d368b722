"""Rule 13: what a requirement rests on, and which approvals that bears out."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timezone

import pytest

from prodworkflow.domain.ledger.replay import apply
from prodworkflow.domain.model.evidence import Evidence, EvidenceSpec
from prodworkflow.domain.model.item_list import Group, Item, ItemList
from prodworkflow.domain.model.person import Person
from prodworkflow.domain.model.signoff import Waiver, with_bases
from prodworkflow.domain.model.vocabulary import Verdict
from prodworkflow.domain.rules.bases import basis_of, refusal
from prodworkflow.domain.rules.gates import decide, evaluate_as_closed
from prodworkflow.domain.rules.verdicts import offered_verdicts
from support.factories import (
    ASKED,
    entry,
    facts,
    requirement,
    resting,
    signoff,
    snapshot,
    state,
)
from support.instruction_counter import steps

SAMPLE, PLOTS, PRODUCT = ('release-validated', 'runtime-performance',
                          'physics-results')
NOON = int(datetime(2026, 6, 10, 12,
                    tzinfo=timezone.utc).timestamp()) * 10**6
LINK = EvidenceSpec(links=('dataset',))


def given(text):
    return (Evidence('link', 'dataset', text, f'digest of {text}'),)


def changed(found, key, **changes):
    return replace(found, state=found.state.having(
        replace(found.state.requirement(key), **changes)))


def having(found, *signoffs):
    return replace(found, state=resting(replace(
        found.state, signoffs=(*found.state.signoffs, *signoffs))))


def campaign(**sample):
    """Plots that rest on a sample, the product of both on the plots."""
    asked = [requirement(k) for k in ASKED]
    changes = {SAMPLE: {'asks': LINK, **sample},
               PLOTS: {'rests_on': (SAMPLE,)}, PRODUCT: {'rests_on': (PLOTS,)}}
    asked = [replace(r, **changes.get(r.key, {})) for r in asked]
    return replace(snapshot(), state=state((), asked))


def signed(found, number, key, **changes):
    """Approve a requirement as it rests now, and close its ticket."""
    bases = evaluate_as_closed(found, key, NOON).bases
    release = found.state.campaign.release
    new = with_bases(signoff(number, key, release=release, **changes),
                     basis_of(bases))
    return replace(having(found, new), tickets={
        **found.tickets, key: facts(key, 'closed')})


def opened(found, key=SAMPLE):
    return replace(found, tickets={**found.tickets, key: facts(key)})


def answer(found, key):
    return decide(found, NOON).answer(key)


def in_order():
    """All three are signed, from the sample on."""
    found = signed(campaign(), 2, SAMPLE, evidence=given('one'))
    return signed(signed(found, 3, PLOTS), 4, PRODUCT)


def test_what_rests_on_the_unmet_waits_and_names_it():
    found = campaign()
    told = answer(found, PLOTS)
    assert (told.reason.value, told.words) == (
        'awaiting', 'awaits #4 Release validated, then anna')
    assert [b.met for b in told.bases] == [False]
    assert told.as_dict()['rests_on'] == [{
        'key': SAMPLE, 'name': '#4 Release validated', 'met': False,
        'words': 'awaits anna'}]
    plots = found.state.requirement(PLOTS)
    assert refusal(plots, found.state, told.bases) == (
        '#6 Runtime performance ok cannot be approved yet: it rests on '
        '#4 Release validated, which awaits anna')
    assert refusal(found.state.requirement(PRODUCT), found.state, answer(
        found, PRODUCT).bases) == (
        '#7 Physics results ok cannot be approved yet: it rests on #6 '
        'Runtime performance ok, and #4 Release validated awaits anna')


def test_what_is_signed_in_order_is_met():
    decision = decide(in_order(), NOON)
    for key in (SAMPLE, PLOTS, PRODUCT):
        assert decision.answer(key).met
        assert refusal(decision.snapshot.state.requirement(key),
                       decision.snapshot.state,
                       decision.answer(key).bases) == ''


@pytest.mark.parametrize(('break_', 'words'), [
    pytest.param(lambda s: opened(having(
        s, signoff(5, SAMPLE, 'rejected'))),
                 'was rejected by anna; awaits anna', id='rejected'),
    pytest.param(lambda s: opened(having(
        s, signoff(5, SAMPLE, 'withdrawn'))),
                 'was withdrawn by anna; awaits anna', id='withdrawn'),
    pytest.param(lambda s: replace(s, tickets={
        k: v for k, v in s.tickets.items() if k != SAMPLE}),
                 'has lost its sign-off ticket; "campaign check --repair" '
                 'makes a new one', id='ticket gone'),
    pytest.param(lambda s: changed(s, SAMPLE, contacts=('dora',)),
                 'was closed (fixed) without a sign-off; awaits dora',
                 id='signer gone'),
    pytest.param(lambda s: changed(s, SAMPLE, quorum=2,
                                   contacts=('anna', 'bruno')),
                 'has 1 of 2 approvals; awaits bruno', id='quorum raised'),
])
def test_what_rests_on_something_unmet_is_stale_down_the_line(break_, words):
    found = break_(in_order())
    plots, product = answer(found, PLOTS), answer(found, PRODUCT)
    assert (plots.reason.value, plots.words) == (
        'stale', f'was signed, but rests on #4 Release validated, which '
        f'{words}')
    assert (product.reason.value, product.words) == (
        'stale', 'was signed, but rests on #6 Runtime performance ok, and '
        f'#4 Release validated {words}')
    assert plots.signers == product.signers == ()
    assert not decide(found, NOON).launch.open


def test_what_is_approved_anew_for_other_evidence_leaves_approvals_behind():
    again = signed(having(in_order(), signoff(5, SAMPLE, 'withdrawn')), 6,
                   SAMPLE, evidence=given('two'))
    plots = answer(again, PLOTS)
    assert answer(again, SAMPLE).met
    assert (plots.reason.value, plots.words) == (
        'stale', 'was signed before #4 Release validated was approved for '
        'other evidence; awaits anna')
    assert answer(signed(again, 7, PLOTS), PLOTS).met
    # Its own evidence is none: what rests on it counts again.
    assert answer(signed(again, 7, PLOTS), PRODUCT).met


def test_approved_again_for_the_same_evidence_approvals_count_again():
    again = signed(having(in_order(), signoff(5, SAMPLE, 'withdrawn')), 6,
                   SAMPLE, signer='anna')
    assert answer(again, PLOTS).met
    assert answer(again, PRODUCT).met


def released(found, number, release, stale=(), carried=()):
    moved = replace(entry('released', release=release, stale=list(stale),
                          carried=list(carried), seen={}, touches=[],
                          reason='a patch'), number=number)
    return replace(found, state=apply(found.state, moved))


def test_another_release_of_the_base_leaves_approvals_behind():
    bound = signed(signed(campaign(release_bound=True), 2, SAMPLE,
                          evidence=given('one')), 3, PLOTS)
    moved = released(bound, 5, 'V2', stale=[SAMPLE])
    assert answer(moved, PLOTS).words.startswith(
        'was signed, but rests on #4 Release validated, which ')
    other = signed(moved, 6, SAMPLE, evidence=given('one'))
    assert answer(other, PLOTS).words == (
        'was signed before #4 Release validated was approved for another '
        'release; awaits anna')
    back = signed(released(other, 7, 'V1', stale=[SAMPLE]), 8, SAMPLE,
                  evidence=given('one'))
    assert answer(back, PLOTS).met


def test_a_base_that_is_carried_over_bears_out_what_rests_on_it():
    bound = signed(signed(campaign(release_bound=True), 2, SAMPLE,
                          evidence=given('one')), 3, PLOTS)
    assert answer(released(bound, 5, 'V2', carried=[SAMPLE]), PLOTS).met
    both = released(released(bound, 5, 'V2', carried=[SAMPLE]), 6, 'V3',
                    carried=[SAMPLE])
    assert answer(both, PLOTS).met


def test_a_waived_base_is_met():
    leave = signoff(2, SAMPLE, 'waived', 'dora', 'administrator',
                    waiver=Waiver('awaiting', datetime(2026, 6, 30).date()))
    found = having(changed(campaign(), SAMPLE, asks=EvidenceSpec()), leave)
    found = replace(found, tickets={**found.tickets,
                                    SAMPLE: facts(SAMPLE, 'closed')})
    assert answer(found, SAMPLE).state == 'waived'
    assert answer(signed(found, 3, PLOTS), PLOTS).met


@pytest.mark.parametrize('basis', [
    pytest.param(None, id='none'), pytest.param((), id='empty'),
    pytest.param((('rests:release-validated', 'other'),), id='other'),
    pytest.param((('rests:physics-results', 'x'),), id='of another'),
])
def test_an_approval_that_does_not_say_on_what_it_rests_does_not_count(basis):
    found = in_order()
    doubtful = replace(found.state, signoffs=tuple(
        replace(s, basis=basis) if s.requirement == PLOTS else s
        for s in found.state.signoffs))
    assert answer(replace(found, state=doubtful), PLOTS).reason.value == (
        'stale')


def test_a_base_that_is_not_there_is_never_met():
    found = in_order()
    fewer = replace(found.state, requirements=tuple(
        r for r in found.state.requirements if r.key != SAMPLE))
    told = answer(replace(found, state=fewer), PLOTS)
    assert told.words == (
        'was signed, but rests on release-validated, which is not asked for '
        'any more')


def test_what_rests_on_itself_is_never_met():
    found = changed(in_order(), SAMPLE, rests_on=(PRODUCT,))
    assert [answer(found, k).met for k in (SAMPLE, PLOTS, PRODUCT)] == [
        False] * 3
    assert 'rests on itself' in answer(found, SAMPLE).words


def test_approving_is_offered_when_the_base_is_met():
    anna = Person('anna')

    def offered(found):
        return Verdict.APPROVED in offered_verdicts(
            decide(found, NOON), answer(found, PLOTS), anna)

    assert not offered(campaign())
    assert offered(signed(campaign(), 2, SAMPLE, evidence=given('one')))
    assert offered(replace(campaign(), state=replace(
        campaign().state, campaign=replace(
            campaign().state.campaign, enforcement='advisory'))))


SITES = ItemList('sites', tuple(Item(k, k.upper()) for k in 'abc'))


def sites(rule='at_least = 2', **changes):
    """The sample of three sites, on which the plots rest as a whole."""
    first = requirement(SAMPLE)
    members = [replace(first, key=f'site.{i.key}', title=f'At {i.name}',
                       ticket=10 + n, group='site', item=i.key, asks=LINK,
                       **changes)
               for n, i in enumerate(SITES.items)]
    asked = [requirement('feature-freeze'), *members,
             requirement(PLOTS, rests_on=('site',))]
    found = replace(state((), asked), lists=(SITES,), groups=(
        Group('site', first.stage, 'At each site', 'sites', rule),))
    return replace(snapshot(), state=found, tickets={
        r.key: facts(r.key if r.key in ASKED else SAMPLE) for r in asked})


def at_site(found, number, item, text):
    key = f'site.{item}'
    return replace(having(found, signoff(number, key, evidence=given(text))),
                   tickets={**found.tickets, key: facts(SAMPLE, 'closed')})


def two_sites():
    return at_site(at_site(sites(), 2, 'a', 'one'), 3, 'b', 'two')


def test_a_group_is_met_when_enough_of_it_is():
    found = at_site(sites(), 2, 'a', 'one')
    assert answer(found, PLOTS).words == (
        'awaits At each site, then anna')
    assert refusal(found.state.requirement(PLOTS), found.state, answer(
        found, PLOTS).bases) == (
        '#6 Runtime performance ok cannot be approved yet: it rests on At '
        'each site, which has 1 of 3 sites, and it needs at least 2 sites; '
        'open: #11 B, #12 C')
    assert answer(signed(two_sites(), 4, PLOTS), PLOTS).met


def test_a_member_that_is_met_later_changes_nothing():
    found = signed(two_sites(), 4, PLOTS)
    assert answer(at_site(found, 5, 'c', 'three'), PLOTS).met


def test_a_member_that_is_approved_for_other_evidence_does():
    found = signed(two_sites(), 4, PLOTS)
    assert answer(at_site(found, 5, 'b', 'three'), PLOTS).words == (
        'was signed before At each site was approved for other evidence; '
        'awaits anna')
    assert answer(at_site(at_site(found, 5, 'b', 'three'), 6, 'b', 'two'),
                  PLOTS).met


def test_a_member_that_drops_out_opens_no_gate():
    found = at_site(signed(at_site(two_sites(), 4, 'c', 'three'), 5, PLOTS),
                    6, 'b', 'other')
    assert not answer(found, PLOTS).met
    dropped = replace(found.state, requirements=tuple(
        r for r in found.state.requirements if r.item != 'b'), signoffs=tuple(
            s for s in found.state.signoffs if s.requirement != 'site.b'))
    assert answer(replace(found, state=dropped), PLOTS).words == (
        'was signed for b, too, which dropped out of At each site; '
        'awaits anna')


def test_of_two_approvals_the_one_that_is_left_behind_is_told_of():
    found = changed(campaign(), PLOTS, quorum=2, contacts=('anna', 'bruno'))
    found = signed(signed(found, 2, SAMPLE, evidence=given('one')), 3, PLOTS)
    again = signed(having(found, signoff(4, SAMPLE, 'withdrawn')), 5, SAMPLE,
                   evidence=given('two'))
    told = answer(signed(again, 6, PLOTS, signer='bruno'), PLOTS)
    assert told.words == (
        'was signed before #4 Release validated was approved for other '
        'evidence; awaits anna')
    assert told.signers == ('bruno',)


def test_a_long_chain_is_gone_through_once():
    def chain(count):
        first = requirement('feature-freeze')
        asked = [replace(first, key=f'r{n}', ticket=n + 1,
                         rests_on=(f'r{n - 1}',) if n else ())
                 for n in range(count)]
        found = replace(snapshot(), state=state((), asked[::-1]), tickets={
            r.key: facts('feature-freeze') for r in asked})
        return lambda: decide(found, NOON)

    few, many = steps(chain(25)), steps(chain(100))
    assert many < few * 8
    assert chain(2000)().answer('r1999').words == (
        'awaits #1999 Feature Freeze, then anna')


def test_two_that_rest_on_the_same_base_are_told_the_same_of_it():
    found = changed(campaign(), PRODUCT, rests_on=(SAMPLE,))
    plots, product = answer(found, PLOTS), answer(found, PRODUCT)
    assert plots.bases == product.bases
    assert plots.words == product.words == (
        'awaits #4 Release validated, then anna')


def test_a_member_that_rests_on_its_own_group_is_never_met():
    found = changed(sites('at_least = 1'), 'site.a', rests_on=('site',))
    found = at_site(at_site(found, 2, 'b', 'one'), 3, 'a', 'two')
    member = answer(found, 'site.a')
    assert [(b.met, b.met_items) for b in member.bases] == [(False, ('b',))]
    assert member.words.startswith('was signed, but rests on At each site, ')
    assert (member.met, answer(found, 'site.b').met) == (False, True)


def test_what_rests_on_a_group_that_rests_on_itself_is_told_of_all_members():
    found = changed(sites('at_least = 1'), 'site.a', rests_on=('site',))
    base, = answer(at_site(found, 2, 'b', 'one'), PLOTS).bases
    assert (base.met, base.met_items) == (True, ('b',))
    assert base.words == 'has 1 of 3 sites; open: #10 A, #12 C'
