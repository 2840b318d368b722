"""What rests on something unmet is approved by no door; it can be reported."""

from __future__ import annotations

import re

import pytest

from prodworkflow.api import (
    CampaignRequest,
    EvidenceInput,
    GateShut,
    SignOffRequest,
    Verdict,
)
from prodworkflow.domain.model.person import Person
from support.campaigns import NAME
from support.http_client import words_of

TEMPLATE = '''
title = "Resting"
[[stage]]
key = "tried"
title = "Tried"
[[stage.requirement]]
key = "sample"
title = "Sample"
contacts = ["anna"]
links = ["dataset"]
[[stage.requirement]]
key = "plots"
title = "Plots"
contacts = ["bruno"]
rests_on = ["sample"]
[[stage.requirement]]
key = "numbers"
title = "Numbers"
contacts = ["bruno"]
rests_on = ["plots"]
links = ["table"]
'''
ANNA, BRUNO = Person('anna'), Person('bruno')
FIXED = {'action': 'resolve', 'action_resolve_resolve_resolution': 'fixed'}
EARLY = ('#2 Plots cannot be approved yet: it rests on #1 Sample, which '
         'awaits anna')


@pytest.fixture
def resting(system):
    """A campaign whose plots rest on its sample."""
    def make(enforcement='standard'):
        system.create(CampaignRequest(
            NAME, 'resting', 'V1', enforcement=enforcement,
            template_text=TEMPLATE), 'coordinator')
    return make


@pytest.fixture
def say(system):
    def saying(key, person, verdict=Verdict.APPROVED, **links):
        system.record(NAME, key, person, SignOffRequest(
            verdict, 'Fine.', EvidenceInput(links={
                k: f'https://example.org/{v}' for k, v in links.items()})))
    return saying


def answer(system, key):
    return system.queries.decision(NAME).answer(key)


WAYS = [
    pytest.param(lambda d: d.client('bruno').post(
        f'/campaign/{NAME.replace(" ", "%20")}/sign', {
            'requirement': 'plots', 'verdict': 'approved',
            'statement': 'Fine.'}), id='box'),
    pytest.param(lambda d: d.client('bruno').post('/campaign', {
        'sel': f'{NAME}/plots', 'statement': 'Fine.'}), id='many at once'),
    pytest.param(lambda d: d.client('bruno').resolve(2), id='resolve'),
    pytest.param(lambda d: d.client('bruno').act(2, 'finish'),
                 id='custom action'),
    pytest.param(lambda d: d.batch('bruno', 2, **FIXED), id='batch'),
    pytest.param(lambda d: d.batch_page('coordinator', 2, **FIXED),
                 id='batch page'),
    pytest.param(lambda d: d.rpc_by_action('bruno', 2, **FIXED),
                 id='xml-rpc'),
    pytest.param(lambda d: d.save(2, 'bruno', status='closed',
                                  resolution='fixed'), id='script'),
    pytest.param(lambda d: d.commit('bruno', 'Closes #2'), id='commit'),
    pytest.param(lambda d: d.json_rpc('bruno', 2), id='json-rpc'),
]


@pytest.mark.parametrize('way', WAYS)
@pytest.mark.parametrize('enforcement', ['standard', 'strict'])
def test_no_door_approves_what_rests_on_something_unmet(
        way, enforcement, resting, doors, verbs, system):
    resting(enforcement)
    way(doors)
    assert 'approved' not in verbs()
    assert not answer(system, 'plots').met


def test_box_batch_and_workflow_say_what_it_rests_on(resting, doors):
    resting()
    assert EARLY in re.sub('<[^>]+>', '', doors.batch('bruno', 2, **FIXED))
    refused = doors.client('bruno').resolve(2)
    assert refused.status == 409
    assert 'cannot be approved yet: it rests on' in refused.text
    box = doors.client('bruno').get('/ticket/2').text
    assert 'value="approved"' not in box
    assert 'awaits' in box


def test_box_and_preview_name_what_it_rests_on(resting, doors):
    resting()
    box = words_of(doors.client('bruno').get('/ticket/2'))
    assert 'Rests on #1 Sample (not met yet)' in box
    page = doors.client('coordinator').post('/admin/production/campaigns', {
        'name': 'Next', 'template': 'path-to-production-full',
        'preview': '1'})
    assert 'after Pre-production sample produced' in words_of(page)


def test_reporting_is_possible_before(resting, say, system):
    resting()
    say('numbers', BRUNO, Verdict.REPORTED, table='t')
    assert answer(system, 'numbers').evidence[0].given
    with pytest.raises(GateShut, match='rests on #2 Plots, and #1 Sample'):
        say('numbers', BRUNO)


@pytest.mark.parametrize('by', ['box', 'resolve'])
def test_advisory_only_warns_and_keeps_what_it_let_pass(
        by, resting, doors, say, system):
    resting('advisory')
    if by == 'box':
        say('plots', BRUNO)
    else:
        doors.client('bruno').resolve(2)
    entry = next(e for e in system.queries.ledger(NAME)
                 if e.verb == 'approved')
    assert entry.payload['against'] == [EARLY]
    assert not answer(system, 'plots').met
    assert 'against the rules: #2 Plots cannot be approved yet' in str([
        e.words for e in system.queries.events(
            system.queries.decision(NAME))])


def signed_in_order(say):
    say('sample', ANNA, dataset='one')
    say('plots', BRUNO)
    say('numbers', BRUNO, table='t')


def statuses(ticket):
    return [ticket(n)['status'] for n in (1, 2, 3)]


def test_what_rests_on_a_withdrawn_base_opens_and_closes_with_it(
        resting, say, system, ticket, check_clean):
    resting()
    signed_in_order(say)
    assert statuses(ticket) == ['closed'] * 3
    say('sample', ANNA, Verdict.WITHDRAWN)
    assert statuses(ticket) == ['reopened'] * 3
    assert 'rests on #1 Sample' in answer(system, 'plots').words
    check_clean()
    say('sample', ANNA)
    assert answer(system, 'sample').met
    assert statuses(ticket) == ['closed'] * 3
    assert system.queries.decision(NAME).launch.open
    check_clean()


def test_another_sample_asks_again_down_the_line(resting, say, system,
                                                 ticket, check_clean):
    resting()
    signed_in_order(say)
    say('sample', ANNA, Verdict.WITHDRAWN)
    say('sample', ANNA, dataset='two')
    assert statuses(ticket) == ['closed', 'reopened', 'reopened']
    assert answer(system, 'plots').words == (
        'was signed before #1 Sample was approved for other evidence; '
        'awaits bruno')
    say('plots', BRUNO)
    assert statuses(ticket) == ['closed'] * 3
    check_clean()


def test_a_plain_closing_keeps_on_what_it_rests(resting, say, doors, system):
    resting()
    say('sample', ANNA, dataset='one')
    assert doors.client('bruno').resolve(2).status == 200
    entry = system.queries.ledger(NAME)[-1]
    assert (entry.verb, list(entry.payload['rests'])) == (
        'approved', ['sample'])
    assert answer(system, 'plots').met


def test_a_deleted_base_shuts_what_rests_on_it(resting, say, system, ticket):
    resting()
    signed_in_order(say)
    ticket(1).delete()
    assert answer(system, 'numbers').words == (
        'was signed, but rests on #2 Plots, and Sample has lost its sign-off '
        'ticket; "campaign check --repair" makes a new one')
    assert not system.queries.decision(NAME).launch.open


@pytest.fixture
def check_clean(system):
    """Nothing of the campaign is out of place."""
    def check():
        assert [f.words for f in system.check(NAME, False, 'root')] == []
    return check
