"""The nouns: how a state is asked for what it holds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from prodworkflow.domain.model.evidence import EvidenceSpec
from prodworkflow.domain.model.person import Person
from prodworkflow.domain.model.vocabulary import Enforcement
from support.factories import campaign, facts, requirement, stage, state


@pytest.mark.parametrize(('word', 'blocks'), [
    pytest.param('standard', True, id='standard'),
    pytest.param('strict', True, id='strict'),
    pytest.param('advisory', False, id='advisory'),
    pytest.param('Advisory', True, id='another spelling'),
    pytest.param('lenient', True, id='unknown'),
    pytest.param('', True, id='none'),
])
def test_advisory_enforcement_alone_does_not_block(word, blocks):
    assert campaign(enforcement=word).blocks is blocks


def test_there_are_three_ways_of_enforcement():
    assert [e.value for e in Enforcement] == ['standard', 'strict',
                                              'advisory']


def test_the_reason_of_a_hold_is_told_as_a_part_of_a_sentence():
    held = campaign(held_since=5, held_by='anna', held_because='A\nleak.')
    assert held.ground == 'A leak'
    assert held.hold == 'by anna: A leak'
    assert held.stopped == ('on hold by anna: A leak; anna or a holder of '
                            'CAMPAIGN_HOLD may lift it')
    assert replace(held, launched=3).stopped == (
        'on hold by anna: A leak; a holder of CAMPAIGN_LAUNCH may resume it')


def test_stages_and_requirements_are_found_by_key():
    assert state().stage('pre-production') == stage(3)
    assert state().requirement('physics-results') == requirement(
        'physics-results')
    with pytest.raises(KeyError, match='physics'):
        state().stage('physics')
    with pytest.raises(KeyError, match='nothing'):
        state().requirement('nothing')


def test_inputs_of_all_requirements_are_named_once_in_order():
    asked = [requirement('feature-freeze', inputs=('simulation', 'emc')),
             requirement('software-quality'),
             requirement('resources-estimate', inputs=('emc', 'sites'))]
    assert state(requirements=asked).inputs == ['simulation', 'emc', 'sites']


def test_a_requirement_is_found_by_its_ticket():
    assert state().for_ticket(3).key == 'resources-estimate'
    assert state().for_ticket(8) is None


def test_lost_ticket_belongs_to_no_requirement():
    lost = state(requirements=[requirement('feature-freeze', ticket=None)])
    assert lost.for_ticket(None) is None


def test_a_stage_is_found_by_any_of_its_milestones_names():
    name = '2011 Prod: 2. Release validation'
    assert state().for_milestone(name).number == 2
    assert state().for_milestone('old name', name).number == 2
    assert state().for_milestone('another', None) is None
    assert state().for_milestone() is None


def test_a_stage_is_called_by_number_and_title():
    assert stage(1).label == '1. Software preparation'


@pytest.mark.parametrize(('status', 'closed'), [
    pytest.param('closed', True, id='closed'),
    pytest.param('new', False, id='new'),
    pytest.param('Closed', False, id='another spelling'),
    pytest.param('', False, id='none'),
])
def test_a_ticket_is_closed_by_its_status_alone(status, closed):
    assert facts('feature-freeze', status=status,
                 resolution='fixed').closed is closed


def test_person_has_the_permissions_that_were_granted():
    anna = Person('anna', grants=frozenset({'CAMPAIGN_WAIVE'}))
    assert anna.may('CAMPAIGN_WAIVE')
    assert not anna.may('CAMPAIGN_LAUNCH')
    assert not anna.administrator
    assert Person('root', grants=frozenset({'CAMPAIGN_ADMIN'})).administrator


def test_template_of_a_campaign_is_told_with_its_version_if_it_has_one():
    assert campaign().made_from == 'path-to-production'
    assert campaign(template_version=3).made_from == 'path-to-production@3'


@pytest.mark.parametrize(('changes', 'plain'), [
    pytest.param({}, True, id='one approval'),
    pytest.param({'quorum': 2}, False, id='two approvals'),
    pytest.param({'asks': EvidenceSpec(plots=('speed',))}, False,
                 id='evidence'),
])
def test_closing_a_ticket_says_all_where_one_plain_approval_is_asked_for(
        changes, plain):
    assert requirement('feature-freeze', **changes).plain_closing is plain
