"""Badges: the state of a campaign and of its stages by shape and word."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.views.progress.badge import (
    campaign_badge,
    Sign,
    stage_badge,
)
from prodworkflow.domain.views.readiness import readiness
from support.factories import ASKED, KEYS, moment, snapshot

EARLY, LATE = date(2026, 5, 1), date(2026, 6, 3)


def told(signed=(), today=EARLY, closed=(), **campaign):
    found = snapshot(signed, milestones={
        k: moment(today) if k in closed else 0 for k in KEYS})
    found = replace(found, state=replace(found.state, campaign=replace(
        found.state.campaign, **campaign)))
    return readiness(decide(found, moment(today)))


HELD = {'held_since': moment(EARLY), 'held_by': 'anna', 'held_because': 'x'}
LAUNCHED = {'launched': moment(EARLY), 'phase': 'launched'}


@pytest.mark.parametrize(('given', 'sign', 'words'), [
    pytest.param({}, Sign.UNDERWAY, '0 of 7 signed', id='under way'),
    pytest.param({'today': LATE}, Sign.LATE, '0 of 7 signed, 2 days late',
                 id='late'),
    pytest.param({'signed': ASKED}, Sign.READY, 'ready', id='ready'),
    pytest.param(HELD, Sign.HELD, 'on hold', id='on hold'),
    pytest.param({**HELD, **LAUNCHED}, Sign.HELD, 'launched, on hold',
                 id='on hold after the launch'),
    pytest.param({'signed': ASKED, **LAUNCHED}, Sign.LAUNCHED, 'launched',
                 id='launched'),
    pytest.param(LAUNCHED, Sign.UNDERWAY, 'launched, 0 of 7 signed',
                 id='launched and shut'),
    pytest.param({'phase': 'closed'}, Sign.ENDED, 'closed', id='closed'),
    pytest.param({'phase': 'abandoned', **HELD}, Sign.ENDED, 'abandoned',
                 id='abandoned')])
def test_campaign_is_told_by_sign_and_word(given, sign, words):
    badge = campaign_badge(told(**given))
    assert (badge.sign, badge.words) == (sign, words)


FIRST = ('feature-freeze', 'software-quality', 'resources-estimate')


@pytest.mark.parametrize(('given', 'sign', 'words'), [
    pytest.param({}, Sign.UNDERWAY, '3 missing', id='under way'),
    pytest.param({'today': LATE}, Sign.LATE, '3 missing', id='late'),
    pytest.param({'signed': FIRST}, Sign.READY, 'may be closed', id='ready'),
    pytest.param({'signed': FIRST, 'closed': KEYS[:1]}, Sign.CLOSED,
                 'closed', id='closed'),
    pytest.param(HELD, Sign.HELD, '3 missing, on hold', id='on hold'),
    pytest.param({**HELD, 'phase': 'closed'}, Sign.UNDERWAY, '3 missing',
                 id='over')])
def test_stage_is_told_by_sign_and_word(given, sign, words):
    shown = told(**given)
    badge = stage_badge(shown, shown.stages[0])
    assert (badge.sign, badge.words) == (sign, words)


def test_hold_is_told_of_the_present_stage_only():
    shown = told(**HELD)
    assert stage_badge(shown, shown.stages[1]).sign is Sign.UNDERWAY


def test_each_sign_has_a_shape_of_its_own_and_a_colour():
    shapes = {s: s.path for s in Sign if s is not Sign.CLOSED}
    assert len({*shapes.values()}) == len(shapes)
    assert all(s.colour.startswith('--pw-') for s in Sign)
