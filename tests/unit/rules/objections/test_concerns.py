"""Tickets that shut no gate after the launch, and what is told of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from prodworkflow.domain.model.known_issue import Concern
from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.rules.objections.concerns import (
    concern_dict,
    concern_words,
    counted,
    open_concerns,
)
from support.factories import ASKED, KEYS, snapshot, stage

NOW = 10**15
NOTED = Concern(9, 'eve', 500, 'It crashes', 12)
TOLD = Concern(1, 'eve', 600, 'It crashes.', 13, 'feature-freeze')


def launched(concerns=(NOTED,), others=(9,), place=KEYS[0], begun=None,
             since=5):
    """All is signed and launched; these tickets are open in a milestone."""
    found = snapshot(list(ASKED), others={place: others},
                     begun=begun or {}, milestones=dict.fromkeys(KEYS, 5))
    return replace(found, state=replace(
        found.state, concerns=tuple(concerns), campaign=replace(
            found.state.campaign, phase='launched' if since else 'underway',
            launched=since)))


@pytest.mark.parametrize(('case', 'tickets'), [
    pytest.param(launched(), (), id='noted'),
    pytest.param(launched(others=(8, 9, 10)), (8, 10), id='beside others'),
    pytest.param(launched([]), (9,), id='not noted'),
    pytest.param(launched([replace(TOLD, ticket=9)]), (9,),
                 id='only wanted to be reopened'),
    pytest.param(launched(since=0), (9,), id='before the launch'),
    pytest.param(launched(begun={9: 500}), (), id='made when it was noted'),
    pytest.param(launched(begun={9: 501}), (9,), id='another of its number'),
    pytest.param(launched(others=()), (), id='none is open'),
])
def test_tickets_of_who_may_not_stop_it_do_not_count_after_the_launch(
        case, tickets):
    assert counted(case, stage(1)) == tickets
    gate = decide(case, NOW)
    assert gate.launch.open is not bool(tickets)
    assert gate.gates[1].open is not bool(tickets)


@pytest.mark.parametrize('place', KEYS)
def test_each_stage_counts_alike(place):
    assert decide(launched(place=place), NOW).launch.open
    assert not decide(launched([], place=place), NOW).launch.open


def test_open_concerns_are_told_latest_first():
    assert open_concerns(launched([NOTED, TOLD])) == (TOLD, NOTED)
    assert open_concerns(launched([NOTED, TOLD], others=())) == (TOLD,)


@pytest.mark.parametrize(('concern', 'words'), [
    pytest.param(NOTED, 'eve filed #9: “It crashes”', id='ticket'),
    pytest.param(TOLD, 'eve wanted to reopen #1: “It crashes.”',
                 id='reopening'),
    pytest.param(replace(TOLD, words=''), 'eve wanted to reopen #1',
                 id='without a word'),
    pytest.param(replace(NOTED, words='a\n' * 300),
                 f'eve filed #9: “{("a " * 300)[:199]}…”', id='long'),
])
def test_a_concern_is_told_in_a_sentence(concern, words):
    assert concern_words(concern) == words
    assert concern_dict(concern)['words'] == words


def test_concern_as_plain_data():
    assert concern_dict(TOLD) == {
        'ticket': 1, 'by': 'eve', 'time': '1970-01-01T00:00:00+00:00',
        'entry': 13, 'requirement': 'feature-freeze',
        'words': 'eve wanted to reopen #1: “It crashes.”'}
