"""The words of a forecast, to the day; pure."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from prodworkflow.domain.forecast.result import Critical, Forecast, Outlook
from prodworkflow.domain.rules.answers import Answer, Reason
from support.factories import requirement

TODAY = date(2026, 6, 10)
ANSWER = Answer(requirement('feature-freeze'), Reason.AWAITING, 'awaits anna')


def after(days):
    return TODAY + timedelta(days=days)


def none(start, outlook=Outlook.BLOCKED):
    return Forecast(outlook, TODAY, start, because='who knows')


@pytest.mark.parametrize(('start', 'past'), [
    (None, ''), (TODAY, ''), (after(1), ''),
    (after(-1), '; the planned start was 1 day ago'),
    (after(-2), '; the planned start was 2 days ago')])
def test_without_a_forecast_the_past_start_is_told(start, past):
    assert none(start).words == f'No forecast: who knows{past}.'
    assert none(start, Outlook.ENDED).words == 'No forecast: who knows.'


@pytest.mark.parametrize(('median', 'ninety', 'late', 'words'), [
    pytest.param(3, 5, (0, 0), ', in time for the planned start', id='early'),
    pytest.param(5, 5, (0, 0), ', in time for the planned start',
                 id='on the day'),
    pytest.param(5, 6, (0, 1), ', late by up to 1 day', id='perhaps a day'),
    pytest.param(5, 7, (0, 2), ', late by up to 2 days', id='perhaps two'),
    pytest.param(6, 6, (1, 1), ', late by 1 day', id='a day'),
    pytest.param(7, 7, (2, 2), ', late by 2 days', id='two days'),
    pytest.param(6, 8, (1, 3), ', late by 1 to 3 days', id='from one to'),
])
def test_a_forecast_is_compared_with_the_start(median, ninety, late, words):
    found = Forecast(Outlook.EXPECTED, TODAY, after(5), after(median),
                     after(ninety))
    assert found.late == late
    assert found.words == (
        f'Forecast: ready {10 + median} June (median), {10 + ninety} June '
        f'(90 %){words}; decided by a sign-off that you may not see.')
    assert found.as_dict()['days_late'] == dict(
        zip(('median', 'percentile_90'), late))


@pytest.mark.parametrize(('contact', 'overdue', 'who'), [
    ('anna', False, 'anna'), ('@emc', False, 'the group emc'),
    ('', False, 'a holder of CAMPAIGN_ADMIN'),
    ('anna', True, 'anna, who never took so long before')])
def test_forecast_names_the_contact_who_decides_it(contact, overdue, who):
    found = Forecast(Outlook.EXPECTED, TODAY, None, after(200), after(210),
                     Critical(ANSWER, contact, overdue))
    assert found.words == (
        'Forecast: ready 27 December (median), 6 January 2027 (90 %); '
        f'decided by #1 Feature Freeze, {who}.')
    assert found.as_dict() == {
        'state': 'expected', 'words': found.words, 'median': '2026-12-27',
        'percentile_90': '2027-01-06',
        'days_late': {'median': 0, 'percentile_90': 0},
        'decided_by': {'key': 'feature-freeze', 'ticket': 1,
                       'title': 'Feature Freeze', 'contact': contact}}


def test_ready_forecast_has_no_dates():
    found = Forecast(Outlook.READY, TODAY, after(-3)).as_dict()
    assert found == {
        'state': 'ready', 'words': 'Forecast: ready now.', 'median': None,
        'percentile_90': None, 'decided_by': None,
        'days_late': {'median': 0, 'percentile_90': 0}}
