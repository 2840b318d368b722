"""A forecast to the word and to the day, where tables look elsewhere; pure."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date

import pytest

from prodworkflow.domain.forecast.result import Forecast, Outlook
from prodworkflow.domain.model.evidence import EvidenceSpec
from support import factories
from support.factories import ASKED, KEYS, requirement, signoff
from support.forecasts import ALL, asked, campaign, DAY, days, LAST

TODAY = date(2024, 10, 4)
START = date(2024, 12, 1)
END = 253402300800 * 10**6 - 1  # of the year 9999: no float is so exact


def of_last(said=(), pace=None, closed=False, **changes):
    """All but the last sign-off are given; the last one is so."""
    found = campaign(ALL[:-1])
    last = replace(found.state.requirements[-1], **changes)
    state = replace(found.state, requirements=(
        *found.state.requirements[:-1], last),
        signoffs=(*found.state.signoffs, *said))
    tickets = found.tickets if not closed else {
        **found.tickets, LAST: factories.facts(LAST, 'closed')}
    return asked(replace(found, state=state, tickets=tickets), pace)


def test_forecast_without_dates_has_a_reason_or_is_ready():
    lost = campaign(start=START)
    tickets = {k: f for k, f in lost.tickets.items() if k != LAST}
    assert asked(replace(lost, tickets=tickets)) == Forecast(
        Outlook.BLOCKED, TODAY, START, because='a sign-off ticket is missing')
    assert asked(campaign(ALL)) == Forecast(Outlook.READY, TODAY, None)
    blocked = replace(campaign(ALL, start=START), others={KEYS[0]: (99,)})
    assert asked(blocked) == Forecast(
        Outlook.BLOCKED, TODAY, START, because='all sign-offs are given, '
        'something else is in the way')
    held = campaign(held_since=5, held_by='anna', held_because='FAX...')
    assert asked(held) == Forecast(
        Outlook.ON_HOLD, TODAY, None,
        because='the campaign is on hold by anna: FAX')


@pytest.mark.parametrize('zone', ['EAST-14', 'WEST+12'])
def test_forecast_days_are_utc_whatever_the_time_zone_of_the_server(
        zone, monkeypatch):
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv('TZ', zone)
        time.tzset()
        first, last = asked(campaign(ALL)), asked(campaign(ALL), now=END)
    time.tzset()
    assert (first.asked, last.asked) == (TODAY, date(9999, 12, 31))


def test_contact_is_overdue_from_the_longest_time_they_ever_took():
    on_the_day = asked(campaign(ALL[:-1], made=1), {'anna': [DAY] * 3})
    assert on_the_day.critical.overdue
    assert not asked(campaign(ALL[:-1], made=1),
                     {'anna': [2 * DAY] * 3}).critical.overdue


def test_days_already_waited_shorten_the_forecast():
    """Six days, of which five are over, are less than three to come."""
    asked_of = [requirement(k, contacts=(
        'bruno' if n < 3 else 'anna',)) for n, k in enumerate(ASKED)]
    found = asked(campaign(made=5, requirements=asked_of), {
        'bruno': [6 * DAY] * 3, 'anna': [3 * DAY] * 3})
    assert days(found) == (7, 7)
    assert found.critical.answer.requirement.stage == KEYS[2]


THREE = {'contacts': ('anna', 'bruno', 'dora'), 'quorum': 2,
         'release_bound': True}


@pytest.mark.parametrize(('release', 'expected'), [
    pytest.param('V1', (2, 'bruno'), id='of this release'),
    pytest.param('V0', (2, 'bruno'), id='of another release'),
])
def test_forecast_counts_only_sign_offs_of_this_release(release, expected):
    found = of_last([signoff(20, LAST, release=release)], {
        'anna': [DAY] * 3, 'bruno': [2 * DAY] * 3, 'dora': [9 * DAY] * 3},
        **THREE)
    assert (days(found)[0], found.critical.contact) == expected
    only = of_last([signoff(20, LAST, release=release)],
                   {'bruno': [2 * DAY] * 3}, **THREE)
    assert (only.outlook is Outlook.EXPECTED) is (release == 'V1')


def test_quorum_without_contacts_is_expected_of_the_administrators():
    found = of_last(pace={'': [DAY] * 3}, contacts=(), quorum=2)
    assert days(found) == (1, 1)
    assert found.critical.contact == ''


def test_contact_whose_approval_lacks_evidence_is_waited_for_again():
    """Where what they signed lacks what is asked for."""
    found = of_last([signoff(20, LAST)], {'anna': [DAY] * 3}, closed=True,
                    asks=EvidenceSpec(links=('report',)))
    assert days(found) == (1, 1)
    assert found.critical.contact == 'anna'


def test_quorum_that_lacks_evidence_is_waited_for_by_its_fastest_signer():
    both = [signoff(20, LAST), signoff(21, LAST, signer='bruno')]
    found = of_last(both, {'anna': [DAY] * 3, 'bruno': [2 * DAY] * 3},
                    closed=True, asks=EvidenceSpec(links=('report',)),
                    quorum=2,
                    contacts=('anna', 'bruno'))
    assert found.critical.contact == 'anna'
