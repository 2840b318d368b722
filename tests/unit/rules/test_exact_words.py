"""Sentences of the rules, to the word, and bounds, to the last digit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from prodworkflow.domain.model.evidence import (
    Evidence,
    EvidenceSpec,
    ValueSpec,
)
from prodworkflow.domain.model.item_list import Group
from prodworkflow.domain.model.person import Deputy, Person
from prodworkflow.domain.model.signoff import Bound, Waiver
from prodworkflow.domain.model.vocabulary import Reason, Role, Verdict
from prodworkflow.domain.rules.answers import Answer
from prodworkflow.domain.rules.duties.awaited import Awaited
from prodworkflow.domain.rules.eligibility import (
    Capacity,
    signers_of,
    signing_capacity,
)
from prodworkflow.domain.rules.evaluation import CampaignEvaluation
from prodworkflow.domain.rules.evidence_report import EvidenceLine
from prodworkflow.domain.rules.freeze import TicketKind
from prodworkflow.domain.rules.groups.dropped import standing_no
from prodworkflow.domain.rules.verdicts import (
    separation_refusal,
    statement_problems,
)
from prodworkflow.domain.rules.waivers.limits import (
    allowed,
    Interval,
    tolerable,
)
from prodworkflow.domain.rules.waivers.standing import expiries
from prodworkflow.domain.rules.waivers.tolerances import bound
from support.factories import requirement, signoff, snapshot, state

DAY = date(2026, 6, 10)
FREEZE, ESTIMATE, QUALITY = ('feature-freeze', 'resources-estimate',
                             'software-quality')


# Intervals of values

def value(**bounds):
    return replace(ValueSpec('cpu', 'CPU time', 'h'), **bounds)


@pytest.mark.parametrize(('bounds', 'own', 'far'), [
    pytest.param({}, ('', ''), ('', ''), id='none'),
    pytest.param({'at_least': '1 h'}, ('1 h', ''), ('0.1 h', ''), id='least'),
    pytest.param({'at_most': '2 h'}, ('', '2 h'), ('', '20 h'), id='most'),
    pytest.param({'at_least': '0 h', 'at_most': '0.5 h'}, ('0 h', '0.5 h'),
                 ('0 h', '5 h'), id='nothing is no negative'),
    pytest.param({'at_least': '-1 h', 'at_most': '-1 h'}, ('-1 h', '-1 h'),
                 ('-1.9 h', '8 h'), id='below nothing'),
    pytest.param({'at_least': '1 s', 'at_most': '1 s'},
                 ('0.000277778 h', '0.000277777 h'),
                 ('0.000027778 h', '0.002777777 h'),
                 id='rounded to the bound'),
    pytest.param({'at_most': '10 h', 'tolerable': '11 h'}, ('', '10 h'),
                 ('', '11 h'), id='the most as written'),
    pytest.param({'at_least': '10 h', 'tolerable': '9 h'}, ('10 h', ''),
                 ('9 h', ''), id='the least as written'),
    pytest.param({'at_least': '10 s', 'at_most': '10 h', 'tolerable': '11 h'},
                 ('0.002777778 h', '10 h'), ('0.000277778 h', '11 h'),
                 id='both'),
    pytest.param({'at_most': '100 h'}, ('', '100 h'), ('', '1000 h'),
                 id='zeros before the point stay'),
])
def test_intervals_of_a_value_are_rounded_towards_what_was_asked(
        bounds, own, far):
    asked = value(**bounds)
    assert allowed(asked, state()) == Interval(*own)
    assert tolerable(asked, state()) == Interval(*far)


@pytest.mark.parametrize(('tolerance', 'told'), [
    ('20 %', 'within 20 % of the estimate'),
    ('+20 %', 'at most 20 % above the estimate'),
    (' + 20 %', 'at most 20 % above the estimate'),
    ('-5 %', 'at most 5 % below the estimate'),
    ('- 5 %', 'at most 5 % below the estimate'),
])
def test_a_tolerance_is_told_with_its_sides(tolerance, told):
    asked = value(compare_with=ESTIMATE, tolerance=tolerance)
    assert EvidenceLine('value', 'cpu', 'CPU time', asked).limits == told


# Who signs

def test_a_statement_that_is_wrong_is_told_of_its_field():
    for verdict in (Verdict.REPORTED, Verdict.APPROVED):
        (field, words), = statement_problems(requirement(FREEZE), verdict,
                                             'A\x07larm.')
        assert field == 'statement'
        assert words


def apart(signed_by, **deputies):
    asked = [requirement(FREEZE, title='Freeze', ticket=1),
             requirement(QUALITY, title='Quality', ticket=2,
                         contacts=('anna', 'bruno'),
                         separate_from=FREEZE)]
    asked[0] = replace(asked[0], **deputies)
    found = state([signoff(2, FREEZE, signer=signed_by)], asked)
    return asked[1], found


def test_who_has_signed_the_other_is_told_so():
    asked, found = apart('anna')
    assert separation_refusal(asked, found, Person('anna'), DAY) == (
        'anna has signed Freeze (#1), and Quality (#2) has to be signed by '
        'somebody else: bruno.')
    assert separation_refusal(asked, found, Person('bruno'), DAY) is None


def test_who_stands_for_the_signer_of_the_other_is_told_so():
    asked, found = apart('anna', deputies=(Deputy(
        'bruno', 'anna', date(2026, 6, 1), date(2026, 6, 30)),))
    told = separation_refusal(asked, found, Person('bruno'), DAY)
    assert told.startswith(
        'Freeze (#1) was signed by or for somebody for whom bruno stands or '
        'who stands for bruno, and Quality (#2) has to be signed by somebody '
        'else: ')
    assert '%' not in told


@pytest.mark.parametrize(('role', 'for_'), [
    ('contact', 'anna'), ('deputy', 'bruno')])
def test_a_signer_signed_in_a_capacity_and_for_somebody(role, for_):
    asked = requirement(FREEZE, contacts=('anna', 'bruno'))
    found = state([signoff(2, FREEZE, signer='anna', role=role,
                           contact=for_)], [asked])
    assert signing_capacity(asked, found, Person('anna')) == Capacity(
        Role(role), for_)


def test_without_contacts_an_administrator_signs():
    asked = requirement(FREEZE, contacts=())
    assert signers_of(asked, state((), [asked]), DAY) == (
        'a holder of CAMPAIGN_ADMIN (no contacts are named)')


@pytest.mark.parametrize(('begun', 'words'), [
    ((), 'a member of core'), (('@core',), 'another member of core'),
    (('@other',), 'a member of core')])
def test_a_group_is_awaited_by_one_of_its_members(begun, words):
    assert words in Awaited(('@core',), begun=frozenset(begun)).words


# What drops out

@pytest.mark.parametrize(('verdicts', 'since', 'number'), [
    pytest.param('', 0, None, id='nothing said'),
    pytest.param('rejected', 0, 1, id='no'),
    pytest.param('rejected approved', 0, None, id='yes since'),
    pytest.param('approved rejected', 0, 2, id='no since'),
    pytest.param('rejected waived', 0, 1, id='a waiver is no yes'),
    pytest.param('rejected reported', 0, 1, id='a report is no yes'),
    pytest.param('rejected', 1, None, id='said before'),
    pytest.param('rejected withdrawn', 1, 2, id='said after'),
    pytest.param('waived', 0, None, id='a waiver is no no'),
])
def test_of_what_dropped_out_the_last_no_stands(verdicts, since, number):
    past = tuple(signoff(n, FREEZE, verdict)
                 for n, verdict in enumerate(verdicts.split(), 1))
    found = standing_no(requirement(FREEZE, past=past, since=since))
    assert (found.number if found else None) == number


# Groups as bases

def test_a_group_without_members_is_met_by_nothing():
    asked = requirement(FREEZE, rests_on=('sites',))
    found = snapshot()
    whole = replace(found.state, requirements=(asked,), groups=(
        Group('sites', asked.stage, 'Sites', 'sites', 'all'),))
    answer = CampaignEvaluation(replace(found, state=whole),
                                DAY).answer(FREEZE)
    base, = answer.bases
    assert (base.key, base.name, base.members, base.met_items) == (
        'sites', 'Sites', (), ())
    assert base.words.startswith('has ')
    assert base.cause == f'Sites {base.words}'


# Waivers that have ended

@pytest.mark.parametrize(('reason', 'told'), [
    (Reason.OUT_OF_BOUNDS, 1), (Reason.AWAITING, 0), (None, 0)])
def test_an_ended_waiver_is_told_where_its_reason_stands(reason, told):
    leave = signoff(2, FREEZE, 'waived', signer='dora', waiver=Waiver(
        'out-of-bounds', date(2026, 6, 1), (Bound('cpu', '', '3 h'),)))
    asked = requirement(FREEZE, asks=EvidenceSpec((value(at_most='2 h'),)))
    proof = (Evidence('value', 'cpu', '3 h', '0'),)
    found = state([signoff(1, FREEZE, 'reported', evidence=proof), leave],
                  [asked])
    assert len(expiries([Answer(asked, reason, 'x')], found, DAY)) == told


# Bounds of waivers

@pytest.mark.parametrize(('bounds', 'typed', 'words'), [
    pytest.param({'at_most': '2 h'}, ('', '21 h'),
                 'at most 20 h may be declared tolerable; write a bound up '
                 'to that, or have the value mended', id='most'),
    pytest.param({'at_least': '2 h'}, ('0.1 h', ''),
                 'at least 0.2 h may be declared tolerable; write a bound '
                 'from there on, or have the value mended', id='least'),
])
def test_a_bound_beyond_the_limit_is_told_with_what_may_be_written(
        bounds, typed, words):
    asked = requirement(FREEZE, asks=EvidenceSpec((value(**bounds),)))
    problems: list[tuple[str, str]] = []
    assert bound('cpu', typed, {'cpu': asked.asks.values[0]},
                 state((), [asked]), problems) is None
    assert problems == [('bound', f'CPU time: {words}.')]


# Kinds of tickets

@pytest.mark.parametrize(('now', 'old', 'kind'), [
    pytest.param({'type': 'defect', 'priority': 'major'}, None,
                 TicketKind('defect', 'major'), id='now'),
    pytest.param({'type': 'defect', 'priority': 'major'},
                 {'type': 'task', 'priority': 'minor'},
                 TicketKind('task', 'minor'), id='before'),
    pytest.param({'type': 'defect', 'priority': 'major'}, {'type': 'task'},
                 TicketKind('task', 'major'), id='type changed'),
    pytest.param({'type': None, 'priority': None}, {}, TicketKind('', ''),
                 id='none'),
])
def test_the_kind_of_a_ticket_is_its_type_and_priority(now, old, kind):
    assert TicketKind.of(now, old) == kind
