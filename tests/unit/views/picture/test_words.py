"""Words of the picture: title, description and table tell all of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from prodworkflow.domain.forecast.result import Forecast, Outlook
from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.views.picture.chart import chart
from prodworkflow.domain.views.picture.layout import Speech
from prodworkflow.domain.views.picture.occurrences import (
    Hold,
    Kind,
    Mark,
    occurrences,
)
from prodworkflow.domain.views.picture.table import Row, rows
from prodworkflow.domain.views.picture.words import description, title
from prodworkflow.domain.views.readiness import readiness
from support.days import created, day, on
from support.factories import KEYS, moment, snapshot

TODAY = day(30)
SPEECH = Speech(lambda d: d.isoformat())
HISTORY = (created(), on(5, 'held'), on(9, 'resumed'), on(9, 'held'),
           on(9, 'resumed'), on(12, 'released', release='V2', touches=['x'],
              stale=[]),
           on(13, 'released', release='V3', stale=[]), on(20, 'held'))


def shown(entries=HISTORY, forecast=None, found=None, due=True, **campaign):
    found = found or snapshot(['feature-freeze'], milestones={
        **dict.fromkeys(KEYS, 0), KEYS[1]: moment(day(20))})
    stages = tuple(s if due else replace(s, due=None)
                   for s in found.state.stages)
    found = replace(found, state=replace(
        found.state, stages=stages,
        campaign=replace(found.state.campaign, **campaign)))
    told = readiness(decide(found, moment(TODAY)))
    return chart(replace(told, forecast=forecast), entries)


def test_title_names_the_campaign():
    assert title(shown()) == 'Timeline of 2011 Prod'


def test_description_tells_all_that_is_drawn():
    forecast = Forecast(Outlook.EXPECTED, TODAY, None, day(60), day(70))
    assert description(shown(forecast=forecast), SPEECH) == (
        'Today is 2026-05-31. '
        'Stage 1. Software preparation: due 2026-06-01, tomorrow; 1 of 3 '
        'signed, 2 missing. '
        'Stage 2. Release validation: due 2026-06-02, closed 2026-05-21; '
        '0 of 2 signed, closed although its gate is shut. '
        'Stage 3. pre-production: due 2026-06-03, in 3 days; 0 of 2 signed, '
        '2 missing. '
        'Start of production: planned 2026-06-29; forecast 2026-06-30 '
        '(median), 2026-07-10 (90 %). '
        '2026-05-13: patch V2. 2026-05-14: release V3. '
        'On hold from 2026-05-06 to 2026-05-10. On hold on 2026-05-10. '
        'On hold since 2026-05-21. '
        'Signed now: 1 of 7 needed.')


@pytest.mark.parametrize(('changes', 'words'), [
    ({'start': None}, 'Start of production: not planned.'),
    ({'launched': moment(day(25)), 'phase': 'launched'},
     'Start of production: planned 2026-06-29; launched 2026-05-26.'),
    ({'phase': 'abandoned'}, 'planned 2026-06-29; not launched.'),
    ({'phase': 'abandoned'}, 'Stage 1. Software preparation: due '
                             '2026-06-01; 1 of 3 signed'),
    ({'due': False}, 'Stage 1. Software preparation: no due date; 1 of 3'),
    ({'due': False}, 'Stage 2. Release validation: closed 2026-05-21; 0'),
    ({'entries': [created(), on(26, 'launched'), on(28, 'abandoned')]},
     '2026-05-27: launch. 2026-05-29: campaign abandoned.')])
def test_description_of_other_states(changes, words):
    assert words in description(shown(**changes), SPEECH)


def test_without_a_forecast_or_entries_it_says_nothing_of_them():
    said = description(shown(entries=[]), SPEECH)
    assert 'forecast' not in said.lower()
    assert 'Signed now' not in said


@pytest.mark.parametrize(('changes', 'told'), [
    pytest.param({}, True, id='under way'),
    pytest.param({'launched': moment(day(25)), 'phase': 'launched'}, False,
                 id='launched'),
    pytest.param({'entries': [created(), on(28, 'abandoned')]}, False,
                 id='over')])
def test_it_says_why_there_is_no_forecast_while_one_is_of_use(changes, told):
    none = Forecast(Outlook.ON_HOLD, TODAY, None, because='it is on hold')
    said = description(shown(forecast=none, **changes), SPEECH)
    assert ('No forecast: it is on hold.' in said) is told


def test_table_has_a_row_for_each_thing_that_is_drawn():
    forecast = Forecast(Outlook.EXPECTED, TODAY, None, day(60), day(70))
    made = rows(shown(forecast=forecast, launched=moment(day(25))), SPEECH)
    assert made == [
        Row('1. Software preparation', day(31),
            '1 of 3 signed, 2 missing; tomorrow'),
        Row('2. Release validation', day(32), '0 of 2 signed, closed '
            'although its gate is shut on 2026-05-21'),
        Row('3. pre-production', day(33),
            '0 of 2 signed, 2 missing; in 3 days'),
        Row('Production planned', day(59)),
        Row('Forecast, median', day(60)), Row('Forecast, 90 %', day(70)),
        Row('patch V2', day(12)), Row('release V3', day(13)),
        Row('hold', day(5), 'On hold from 2026-05-06 to 2026-05-10'),
        Row('hold', day(9), 'On hold on 2026-05-10'),
        Row('hold', day(20), 'On hold since 2026-05-21')]


def test_planned_start_says_how_far_it_is():
    assert Row('Production planned', day(59), 'in 29 days') in rows(
        shown(), SPEECH)


def test_occurrences_are_those_of_the_campaign_as_a_whole():
    found = occurrences([*HISTORY, on(21, 'resumed'), on(22, 'launched'),
                         on(23, 'closed')])
    assert found.began == day(0)
    assert found.marks == (
        Mark(Kind.PATCH, day(12), 'V2'), Mark(Kind.RELEASE, day(13), 'V3'),
        Mark(Kind.LAUNCH, day(22), 'launch'),
        Mark(Kind.END, day(23), 'campaign closed'))
    assert found.holds == (Hold(day(5), day(9)), Hold(day(9), day(9)),
                           Hold(day(20), day(21)))


def test_resumption_without_a_hold_is_passed_over():
    assert occurrences([on(1, 'resumed')]).holds == ()
