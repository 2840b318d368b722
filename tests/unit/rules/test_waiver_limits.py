"""How long, of which reasons and up to which value a waiver may go."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.model.campaign import WaiverRules
from prodworkflow.domain.model.evidence import (
    Evidence,
    EvidenceSpec,
    ValueSpec,
)
from prodworkflow.domain.model.person import Deputy, Person
from prodworkflow.domain.model.signoff import Bound, Waiver
from prodworkflow.domain.model.vocabulary import Reason, Verdict
from prodworkflow.domain.rules.answers import Answer, ending
from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.rules.verdicts import (
    offered_verdicts,
    own_waiver,
    verdict_refusal,
)
from prodworkflow.domain.rules.waivers import live
from prodworkflow.domain.rules.waivers.limits import told
from prodworkflow.domain.rules.waivers.requests import (
    liftable,
    waiver,
    WaiverRequest,
)
from prodworkflow.domain.views.readiness import readiness
from support.factories import campaign, facts, requirement, signoff, state
from support.factories import snapshot as some_snapshot

TODAY = date(2026, 6, 10)
NOON = 1781092800 * 10**6  # of that day, in µs
FREEZE, ESTIMATE = 'feature-freeze', 'resources-estimate'
WAIVING = frozenset({'CAMPAIGN_WAIVE'})


def asking(**bounds):
    value = replace(ValueSpec('cpu', 'CPU time', 'h'), **bounds)
    return requirement(FREEZE, asks=EvidenceSpec((value,)))


def given(asked=None, rules=None, until='2026-06-30', reason='out-of-bounds',
          bound=('', ''), estimate=''):
    """The waiver, or the words of what is wrong with the request."""
    asked = asked or requirement(FREEZE)
    proof = (Evidence('value', 'cpu', estimate, '0'),)
    said = [signoff(2, ESTIMATE, 'reported', evidence=proof)] \
        if estimate else []
    found = state(said, [asked, requirement(ESTIMATE)], waivers=rules)
    bounds = {'cpu': bound} if asked.asks.anything else {}
    try:
        return waiver(WaiverRequest(reason, until, bounds), asked, found,
                      {Reason.AWAITING: '', Reason.STALE: ''}, TODAY)
    except InvalidRequest as error:
        assert {f for f, _ in error.problems} <= {'reason', 'until', 'bound'}
        return ' '.join(words for _, words in error.problems)


@pytest.mark.parametrize(('rules', 'last', 'days'), [
    pytest.param(None, '2026-09-08', 90, id='unwritten'),
    pytest.param(WaiverRules(), '2026-09-08', 90, id='days unwritten'),
    pytest.param(WaiverRules(60), '2026-08-09', 60, id='60 days'),
    pytest.param(WaiverRules(1), '2026-06-11', 1, id='one day'),
])
def test_a_waiver_lasts_as_long_as_the_template_says(rules, last, days):
    day = date.fromisoformat(last)
    assert given(rules=rules, until=last, reason='stale').until == day
    later = day.replace(day=day.day + 1).isoformat()
    assert given(rules=rules, until=later, reason='stale') == (
        f'A waiver in 2011 Prod lasts at most {days} days; write a day up '
        f'to {last}, and give another one then if it is still needed.')


def test_only_the_reasons_that_the_template_names_can_be_waived():
    rules = WaiverRules(reasons=('stale', 'out-of-bounds'))
    assert given(rules=rules, reason='stale').reason == 'stale'
    assert given(rules=rules, reason='awaiting') == (
        '"awaiting" cannot be waived in 2011 Prod: its template allows '
        'waivers of stale and out-of-bounds only. What stands against '
        'Feature Freeze has to be mended.')
    assert given(rules=rules, reason='rejected').endswith(
        'a waiver can lift stale.')


def test_a_form_offers_the_reasons_that_can_be_waived():
    answer = Answer(asking(at_most='1 h'), Reason.AWAITING, 'awaits anna')
    assert liftable(answer, campaign()) == ['awaiting', 'out-of-bounds']
    assert liftable(answer, campaign(
        waivers=WaiverRules(reasons=('awaiting',)))) == ['awaiting']


OWN = {'compare_with': ESTIMATE, 'tolerance': '20 %'}
LIMITS = [
    pytest.param({'at_most': '2 h'}, ('', '20 h'), ('', '20.1 h'),
                 'at most 20 h may', id='ten times the most'),
    pytest.param({'at_most': '90 min'}, ('', '15'), ('', '15.01'),
                 'at most 15 h may', id='in another unit'),
    pytest.param({'at_least': '2 h'}, ('0.2 h', ''), ('0.19 h', ''),
                 'at least 0.2 h may', id='a tenth of the least'),
    pytest.param({'at_most': '2 h', 'tolerable': '5 h'}, ('', '300 min'),
                 ('', '301 min'), 'at most 5 h may', id='tolerable'),
    pytest.param({'at_least': '2 h', 'tolerable': '1 h'}, ('1 h', ''),
                 ('0.9 h', ''), 'at least 1 h may', id='the least tolerable'),
    pytest.param({'at_least': '1 h', 'at_most': '2 h', 'tolerable': '5 h'},
                 ('0.1 h', '5 h'), ('0.09 h', ''), 'at least 0.1 h may',
                 id='of two bounds the most is written'),
    pytest.param(OWN, ('', '30 h'), ('', '31 h'), 'at most 30 h may',
                 id='ten times the tolerance above the estimate'),
    pytest.param({**OWN, 'tolerance': '5 %'}, ('5 h', ''), ('4.9 h', ''),
                 'at least 5 h may',
                 id='ten times the tolerance below the estimate'),
    pytest.param({**OWN, 'tolerance': '+20 %'}, ('', '30 h'), ('', '31 h'),
                 'at most 30 h may', id='a one-sided tolerance, upwards'),
    pytest.param({**OWN, 'tolerance': '-5 %', 'tolerable': '6 h'},
                 ('6 h', ''), ('5.9 h', ''), 'at least 6 h may',
                 id='a one-sided tolerance, downwards'),
    pytest.param({**OWN, 'at_most': '15 h'}, ('', '30 h'), ('', '31 h'),
                 'at most 30 h may', id='the nearer of two limits'),
    pytest.param({**OWN, 'at_most': '2 h'}, ('', '20 h'), ('', '21 h'),
                 'at most 20 h may', id='the other one is nearer'),
    pytest.param({'at_most': '-2 h'}, ('', '16 h'), ('', '17 h'),
                 'at most 16 h may', id='below zero'),
]


@pytest.mark.parametrize(('spec', 'within', 'beyond', 'words'), LIMITS)
def test_nobody_declares_tolerable_what_is_beyond_the_limit(
        spec, within, beyond, words):
    assert isinstance(given(asking(**spec), bound=within, estimate='10 h'),
                      Waiver)
    assert given(asking(**spec), bound=beyond, estimate='10 h').startswith(
        f'CPU time: {words} be declared tolerable; write a bound')


@pytest.mark.parametrize(('spec', 'typed', 'bound'), [
    pytest.param({'at_least': '1 h', 'at_most': '2 h'}, ('', '3 h'),
                 Bound('cpu', '1 h', '3 h'), id='the least of its own'),
    pytest.param({'at_least': '1 h', 'at_most': '2 h'}, ('0.5', ''),
                 Bound('cpu', '0.5 h', '2 h'), id='the most of its own'),
    pytest.param(OWN, ('', '15 h'), Bound('cpu', '8 h', '15 h'),
                 id='what is near enough to the estimate'),
    pytest.param({'at_most': '2 h'}, ('', '3 h'), Bound('cpu', '', '3 h'),
                 id='no such bound'),
])
def test_an_end_that_is_left_out_is_that_of_the_value_itself(
        spec, typed, bound):
    assert given(asking(**spec), bound=typed, estimate='10 h').bounds == (
        bound,)


def test_without_the_estimate_nobody_knows_how_far_it_may_be_missed():
    assert given(asking(**OWN), bound=('', '5 h')) == (
        'CPU time: the estimate that it is compared with is not there yet, '
        'so nobody can say how far it may be missed; waive it once it is.')


def test_the_limits_are_told_before_a_waiver_is_given():
    asked = asking(at_least='1 h', at_most='2 h')
    found = state((), [asked], waivers=WaiverRules(60))
    assert told(asked, found, TODAY) == [
        'at most 60 days, so up to 2026-08-09',
        'CPU time: not below 0.1 h', 'CPU time: not beyond 20 h']
    assert told(requirement(FREEZE), found, TODAY) == [
        'at most 60 days, so up to 2026-08-09']


def test_a_waiver_of_before_keeps_what_it_was_given():
    """Limits are for giving: an older waiver goes on beyond them."""
    asked = asking(at_most='1 h', tolerable='2 h')
    leave = signoff(2, verdict='waived', signer='anna', waiver=Waiver(
        'out-of-bounds', date(2030, 1, 1), (Bound('cpu', '', '500 h'),)))
    measured = signoff(3, verdict='reported', evidence=(
        Evidence('value', 'cpu', '400 h', '0'),))
    found = state([leave, measured], [asked],
                  waivers=WaiverRules(1, ('stale',)))
    assert live(asked, found, Reason.OUT_OF_BOUNDS, TODAY) == leave


@pytest.mark.parametrize(('person', 'rules', 'refused'), [
    pytest.param(Person('anna', grants=WAIVING), None, 'contact',
                 id='a contact'),
    pytest.param(Person('carlo', frozenset({'software'}), WAIVING), None,
                 'contact', id='a member of a group that signs'),
    pytest.param(Person('bruno', grants=WAIVING), None, 'deputy',
                 id='a deputy'),
    pytest.param(Person('dora', grants=WAIVING), None, '', id='another one'),
    pytest.param(Person('anna', grants=WAIVING), WaiverRules(own=True), '',
                 id='a contact, where the template allows it'),
    pytest.param(Person('anna', grants=WAIVING), WaiverRules(60), 'contact',
                 id='a contact, where the template says other things'),
])
def test_a_waiver_is_not_given_by_who_signs_it(person, rules, refused):
    asked = requirement(FREEZE, contacts=('anna', '@software'), deputies=(
        Deputy('bruno', 'anna', TODAY, TODAY),))
    found = state((), [asked], waivers=rules)
    words = (f'{person.name} signs #1 Feature Freeze as {refused}, so '
             'another holder of CAMPAIGN_WAIVE, who does not sign it, has to '
             'give a waiver of it') if refused else None
    assert verdict_refusal(Verdict.WAIVED, asked, found, person,
                           TODAY) == words
    assert own_waiver(asked, found, person, TODAY) == words
    answer = Answer(asked, Reason.AWAITING, 'awaits anna')
    offered = offered_verdicts(decide(some_snapshot(state=found), NOON),
                               answer, person)
    assert (Verdict.WAIVED in offered) == (not refused)


def test_who_signs_for_want_of_contacts_may_waive():
    asked = requirement(FREEZE, contacts=())
    root = Person('root', grants=WAIVING | {'CAMPAIGN_ADMIN'})
    assert own_waiver(asked, state((), [asked]), root, TODAY) is None


def test_who_may_not_waive_at_all_is_told_of_the_permission():
    asked = requirement(FREEZE)
    anna = Person('anna')
    assert own_waiver(asked, state((), [asked]), anna, TODAY) is None
    assert 'only a holder of CAMPAIGN_WAIVE may' in verdict_refusal(
        Verdict.WAIVED, asked, state((), [asked]), anna, TODAY)


@pytest.mark.parametrize(('left', 'words'), [
    pytest.param(-1, '', id='over'),
    pytest.param(0, 'today is its last day', id='today'),
    pytest.param(1, '1 day left', id='tomorrow'),
    pytest.param(6, '6 days left', id='six days'),
    pytest.param(7, '7 days left', id='a week'),
    pytest.param(8, '', id='later'),
])
def test_a_waiver_tells_that_it_is_about_to_end(left, words):
    assert ending(left) == words


def test_a_waiver_about_to_end_is_told_wherever_the_decision_is():
    leave = signoff(9, verdict='waived', signer='dora', contact='',
                    role='administrator',
                    waiver=Waiver('awaiting', date(2026, 6, 16)))
    found = some_snapshot()
    found = replace(found, state=replace(found.state, signoffs=(leave,)),
                    tickets={**found.tickets, FREEZE: facts(FREEZE,
                                                            'closed')})
    told_ = readiness(decide(found, NOON))
    note = ('the waiver of #1 Feature Freeze (awaiting) ends with '
            '2026-06-16: 6 days left')
    assert told_.notes == [note]
    answer = told_.as_dict()['stages'][0]['requirements'][0]
    assert answer['waivers'][0]['days_left'] == 6
    assert 'until 2026-06-16 (6 days left)' in answer['words']
    hidden = readiness(decide(found, NOON), '', frozenset({1}))
    assert hidden.notes == []
    before = readiness(decide(found, NOON - 3 * 86400 * 10**6))
    assert before.notes == []
    assert 'until 2026-06-16: ' in before.answers[0].words


QUANTITIES = st.integers(-50, 50)


@drawn(most=QUANTITIES, tolerable=st.integers(0, 40), bound=QUANTITIES,
       measured=QUANTITIES, days=st.integers(1, 40), ask=st.integers(0, 60),
       wait=st.integers(0, 70))
def test_no_waiver_lets_pass_what_is_beyond_its_limits(
        most, tolerable, bound, measured, days, ask, wait):
    """Whatever is asked for: only so much, for so long, is ever met."""
    asked = asking(at_most=f'{most} h', tolerable=f'{most + tolerable} h')
    until = (TODAY + timedelta(days=ask)).isoformat()
    leave = given(asked, WaiverRules(days), until, bound=('', f'{bound} h'))
    if isinstance(leave, str):
        return
    proof = (Evidence('value', 'cpu', f'{measured} h', '0'),)
    said = [signoff(2, verdict='waived', signer='dora', waiver=leave),
            signoff(3, evidence=proof)]
    found = some_snapshot()
    found = replace(found, state=state(said, [asked]), tickets={
        FREEZE: facts(FREEZE, 'closed')})
    later = NOON + wait * 86400 * 10**6
    met = decide(found, later).answer(FREEZE).met
    assert not met or measured <= most + tolerable
    assert not met or measured <= most or wait <= days


@pytest.mark.parametrize(('bounds', 'phrases'), [
    pytest.param({'at_least': '1 h'}, ['not below 0.1 h'], id='the least'),
    pytest.param({'at_most': '2 h'}, ['not beyond 20 h'], id='the most'),
    pytest.param({'at_most': '2 parsecs'}, [], id='in an unknown unit'),
    pytest.param({}, [], id='no bound'),
])
def test_of_each_value_only_the_limits_that_it_has_are_told(bounds, phrases):
    cpu = replace(ValueSpec('cpu', 'CPU time', 'h'), **bounds)
    size = ValueSpec('size', 'Size', 'GB', at_most='3 GB')
    asked = requirement(FREEZE, asks=EvidenceSpec((cpu, size)))
    assert told(asked, state((), [asked]), TODAY) == [
        'at most 90 days, so up to 2026-09-08',
        *(f'CPU time: {phrase}' for phrase in phrases),
        'Size: not beyond 30 GB']


@pytest.mark.parametrize(('site', 'rules', 'last'), [
    pytest.param(14, None, '2026-06-24', id='of the site'),
    pytest.param(14, WaiverRules(), '2026-06-24', id='of the site, own rules'),
    pytest.param(14, WaiverRules(60), '2026-08-09', id='of the template'),
    pytest.param(0, WaiverRules(60), '2026-08-09',
                 id='of the template, none of the site'),
])
def test_a_waiver_is_as_long_as_the_site_says_where_the_template_is_silent(
        site, rules, last):
    found = state((), [requirement(FREEZE)], waivers=rules, waiver_days=site)
    assert told(requirement(FREEZE), found, TODAY)[0].endswith(
        f'so up to {last}')
    assert waiver(WaiverRequest('awaiting', last, {}), requirement(FREEZE),
                  found, {Reason.AWAITING: ''}, TODAY).until.isoformat() \
        == last


@pytest.mark.parametrize('rules', [None, WaiverRules()])
def test_no_waiver_is_given_where_nobody_says_for_how_long(rules):
    words = ('no waiver is given in 2011 Prod: neither its template nor '
             '[prodworkflow] waiver_days in trac.ini says for how many days; '
             'write them there')
    found = state((), [requirement(FREEZE)], waivers=rules, waiver_days=0)
    assert told(requirement(FREEZE), found, TODAY) == [words]
    assert liftable(Answer(requirement(FREEZE), False, Reason.AWAITING, ''),
                    found.campaign) == []
    with pytest.raises(InvalidRequest) as refused:
        waiver(WaiverRequest('awaiting', '2026-06-10', {}),
               requirement(FREEZE), found, {Reason.AWAITING: ''}, TODAY)
    assert refused.value.problems == (('until', words),)
