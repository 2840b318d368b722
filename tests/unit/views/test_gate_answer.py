"""The gate's answer: of one item, of an earlier moment, on an assumption."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date

from prodworkflow.domain.model.item_list import Item
from prodworkflow.domain.model.signoff import Waiver
from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.views.gate_answer import GateAnswer
from prodworkflow.domain.views.readiness import readiness
from support.factories import ASKED, facts, signoff, snapshot, state

TOLD = readiness(decide(snapshot(), 10**12))
OPEN = readiness(decide(snapshot(ASKED), 10**12))
FREEZE = 'feature-freeze'


def address(ticket):
    return f'https://trac.example.org/ticket/{ticket}'


def of(found, key=FREEZE):
    """What is told of a requirement."""
    [told] = [r for s in found.as_dict()['stages']
              for r in s['requirements'] if r['key'] == key]
    return told


def test_plain_answer_has_all_that_is_told_of_the_campaign():
    found = GateAnswer(TOLD)
    assert (found.passes, found.status, found.lasting) == (False, 409, False)
    told = TOLD.as_dict()
    assert {**found.as_dict(), 'stages': []} == {**told, 'stages': [],
                                                 'obstacles': []}
    assert found.as_text() == TOLD.as_text()
    assert of(found).keys() - told['stages'][0]['requirements'][0].keys() == {
        'address', 'signoffs'}


def test_open_gate_passes_and_lasts():
    found = GateAnswer(OPEN)
    assert (found.passes, found.status, found.lasting) == (True, 200, True)


def test_shut_gate_that_lets_pass_does_not_last():
    found = GateAnswer(replace(TOLD, passes=True))
    assert (found.passes, found.status, found.lasting) == (True, 200, False)


def test_item_and_moment_are_told():
    found = GateAnswer(TOLD, Item('ral', 'RAL'), 1781049600 * 10**6 + 500000)
    assert found.as_dict()['item'] == {'key': 'ral', 'name': 'RAL'}
    assert found.as_dict()['at'] == '2026-06-10T00:00:00.500000+00:00'
    assert found.as_text().splitlines()[:2] == [
        'Of RAL alone:', 'As it was at 2026-06-10T00:00:00.500000+00:00:']


def test_assumption_lets_nobody_pass_and_is_marked():
    found = GateAnswer(OPEN, assumed={FREEZE: 'approved'})
    assert (found.passes, found.status, found.lasting) == (False, 409, False)
    told = found.as_dict()
    assert (told['open'], told['passes']) == (True, False)
    assert told['assumed'] == {FREEZE: 'approved'}
    assert told['verdict'].startswith('If feature-freeze were approved: ')
    assert found.as_text().startswith(
        'If feature-freeze were approved, which nobody has said:\n')


def test_tickets_have_addresses():
    assert of(GateAnswer(TOLD, address=address))['address'] == address(1)
    assert of(GateAnswer(TOLD))['address'] is None
    lost = readiness(decide(replace(snapshot(), others={
        'software-preparation': (70,)}), 10**12))
    [obstacle] = GateAnswer(lost, address=address).as_dict()['obstacles']
    assert (obstacle['kind'], obstacle['ticket'], obstacle['address']) == (
        'open-ticket', 70, address(70))


def test_last_word_of_each_signer_is_told():
    said = [signoff(2, verdict='approved'), signoff(3, signer='bruno',
                                                    verdict='rejected'),
            signoff(4, verdict='reported'), signoff(5, statement='Again.')]
    found = snapshot(state=state(said), tickets={
        k: facts(k, 'closed' if k == FREEZE else 'new') for k in ASKED})
    told = of(GateAnswer(readiness(decide(found, 10**12)),
                         shown=lambda text: text.upper()))
    assert told['signoffs'] == [
        {'by': 'bruno', 'verdict': 'rejected', 'role': 'contact',
         'at': '1970-01-01T00:00:00+00:00', 'contact': 'bruno',
         'release': 'V1', 'statement': 'FINE.', 'entry': 3, 'counts': False},
        {'by': 'anna', 'verdict': 'approved', 'role': 'contact',
         'at': '1970-01-01T00:00:00+00:00', 'contact': 'anna',
         'release': 'V1', 'statement': 'AGAIN.', 'entry': 5, 'counts': True}]


def test_why_it_is_waived_is_told_as_far_as_one_may_read_it():
    leave = signoff(2, verdict='waived', signer='dora', role='administrator',
                    waiver=Waiver('awaiting', date(2026, 6, 30)))
    found = snapshot(state=state([leave]), tickets={
        k: facts(k, 'closed' if k == FREEZE else 'new') for k in ASKED})
    [lift] = of(GateAnswer(readiness(decide(found, 10**12)),
                           shown=lambda text: 'hidden'))['waivers']
    assert lift['because'] == 'hidden'
    assert lift['at'] == '1970-01-01T00:00:00+00:00'


def test_text_of_the_json_has_a_member_a_line():
    found = GateAnswer(TOLD)
    assert json.loads(found.as_json()) == json.loads(json.dumps(
        found.as_dict()))
    lines = found.as_json().splitlines()
    assert lines[0] == '{"campaign": "2011 Prod",'
    assert len(lines) == len(found.as_dict())


def test_tag_is_that_of_the_answer_whenever_it_is_asked():
    later = readiness(decide(snapshot(), 10**12 + 10**6))
    tag = GateAnswer(TOLD).tag('json')
    assert tag.startswith('W/"1-')
    assert GateAnswer(later).tag('json') == tag
    others = [GateAnswer(TOLD).tag('text'), GateAnswer(OPEN).tag('json'),
              GateAnswer(TOLD, Item('ral', 'RAL')).tag('json'),
              GateAnswer(TOLD, at=5).tag('json'),
              GateAnswer(TOLD, assumed={FREEZE: 'approved'}).tag('json'),
              GateAnswer(TOLD, address=address).tag('json')]
    assert len({tag, *others}) == 7


def test_tag_has_the_revision_and_thirty_two_digits():
    assert re.fullmatch('W/"1-[0-9a-f]{32}"', GateAnswer(TOLD).tag('json'))


def test_obstacles_and_dropped_members_of_a_stage_have_addresses():
    told = TOLD.as_dict()
    parts = [{'ticket': 70, 'kind': 'x'}, {'ticket': None, 'kind': 'y'}]
    stage = {**told['stages'][0], 'obstacles': parts, 'dropped': parts}
    found = GateAnswer(TOLD, address=address)._stage(stage)
    placed = [{'ticket': 70, 'kind': 'x', 'address': address(70)},
              {'ticket': None, 'kind': 'y', 'address': None}]
    assert (found['obstacles'], found['dropped']) == (placed, placed)


def test_nothing_is_said_of_what_nobody_signed():
    assert of(GateAnswer(TOLD))['signoffs'] == []


def test_reason_of_a_waiver_is_what_is_shown():
    leave = signoff(2, verdict='waived', signer='dora', role='administrator',
                    waiver=Waiver('awaiting', date(2026, 6, 30)))
    found = readiness(decide(snapshot(state=state([leave])), 10**12))
    [lift] = of(GateAnswer(found, shown=lambda text: f'<{text}>'))['waivers']
    assert lift['because'] == '<Fine.>'
