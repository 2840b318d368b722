"""A value within its bound by luck: on the pages, and in the gate's JSON."""

from __future__ import annotations

import json
import re

import pytest

from prodworkflow.api import EvidenceInput, SignOffRequest, Verdict
from prodworkflow.domain.rules.waivers.requests import WaiverRequest
from support.campaigns import ADMIN, BRUNO, FULL, VALUES
from support.http_client import words_of
from support.signoffs import TOMORROW

SPEED = 'runtime-performance'
FEW = 'not-enough-statistics'
NEEDED = ('Crash rate is 0 of 20 jobs, of too few: 1 % at 95 % needs 299 '
          'without a crash')


@pytest.fixture
def report(sure, system):
    """Reports a crash rate of the campaign, as its contact."""
    def reporting(rate):
        system.record(FULL, SPEED, BRUNO, SignOffRequest(
            Verdict.REPORTED, 'Measured.', EvidenceInput(
                {'crash_rate': rate})))
    return reporting


@pytest.fixture
def told(client):
    """What the gate's JSON says of the requirement."""
    def asking():
        answer = client().get(f'/campaign/{FULL}/gate')
        assert answer.status == 409
        return next(each for stage in json.loads(answer.text)['stages']
                    for each in stage['requirements']
                    if each['key'] == SPEED)
    return asking


def test_the_gate_tells_how_many_would_be_enough(report, told):
    report('0 of 20 jobs')
    answer = told()
    assert (answer['answer'], answer['reason']) == ('unmet', FEW)
    rate = answer['evidence'][0]
    assert (rate['given'], rate['confidence'], rate['minimum']) == (
        '0 of 20 jobs', '95 %', None)
    assert (rate['fault_reason'], rate['needed'], rate['fault']) == (
        FEW, 299, NEEDED)


@pytest.mark.parametrize(('rate', 'reason', 'needed'), [
    pytest.param('1/149', FEW, 473, id='one failure needs more'),
    pytest.param('0.1 %', FEW, None, id='no count'),
    pytest.param('3/149', 'out-of-bounds', None, id='beyond by itself'),
    pytest.param('0/299', None, None, id='enough')])
def test_the_gate_tells_out_of_bounds_and_of_too_few_apart(
        report, told, rate, reason, needed):
    report(rate)
    value = told()['evidence'][0]
    assert (value['fault_reason'], value['needed']) == (reason, needed)


def test_the_gate_as_text_tells_it(report, client):
    report('0 of 20 jobs')
    answer = client().get(f'/campaign/{FULL}/gate?format=text')
    assert (answer.status, NEEDED in answer.text) == (409, True)


def test_the_box_tells_it_in_its_state_and_beside_the_value(
        report, sure, client):
    report('0 of 20 jobs')
    page = client('bruno').get(f'/ticket/{sure[SPEED]}').text
    state = page.split('<dt>State</dt>')[1].split('<dt>')[0]
    assert 'class="pw-mark pw-not-enough-statistics"' in state
    assert (f'has not enough statistics: {NEEDED}; awaits bruno with more of '
            'it, or a waiver by a holder of CAMPAIGN_WAIVE') in state
    row = re.search('(?s)<th scope="row">Crash rate.*?</tr>', page)[0]
    for words in ('at most 1 %, at 95 % confidence', '0 of 20 jobs',
                  'not enough statistics', NEEDED):
        assert words in row
    assert 'out of bounds' not in row


def test_the_box_refuses_an_approval_of_too_few(
        sure, sign_full, report, system, post, ticket):
    sign_full('resources-estimate')
    asked = system.queries.requirement(FULL, SPEED).asks.values
    system.record(FULL, SPEED, BRUNO, SignOffRequest(
        Verdict.REPORTED, 'Measured.', EvidenceInput(
            {each.name: VALUES[each.name] for each in asked})))
    report('0 of 20 jobs')
    answer = post('bruno', FULL, SPEED)
    assert (answer.status, NEEDED in words_of(answer)) == (409, True)
    assert ticket(sure[SPEED])['status'] == 'new'
    report('0/299')
    post('bruno', FULL, SPEED)
    assert ticket(sure[SPEED])['status'] == 'closed'


def test_the_page_of_the_campaign_judges_it_in_words(report, client):
    report('0 of 20 jobs')
    page = client('eve').get(f'/campaign/{FULL}')
    numbers = page.text.split('id="numbers"')[1].split('<h2')[0]
    row = numbers.split('Crash rate</a>')[1].split('</tr>')[0]
    assert f'class="pw-late">{NEEDED}<' in row
    assert 'at 95 % confidence' in row
    assert 'pw-g-out' not in row
    report('0/299')
    assert 'needs 299' not in words_of(client('eve').get(f'/campaign/{FULL}'))


def test_a_waiver_of_what_is_worse_lifts_a_better_value_of_too_few(
        report, told, system):
    report('3/149')
    system.record(FULL, SPEED, ADMIN, SignOffRequest(
        Verdict.WAIVED, 'Two known crashes.', leave=WaiverRequest(
            'out-of-bounds', TOMORROW, {'crash_rate': ('', '6 %')})))
    report('1/149')
    lifted, = told()['waivers']
    assert (lifted['reason'], lifted['bounds'][0]['at_most']) == (FEW, '6 %')
    report('0/20')
    assert (told()['reason'], told()['waivers']) == (FEW, [])
