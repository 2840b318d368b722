"""Forecast, a start that moves, and a campaign like the last, in Chromium."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from playwright import sync_api as playwright

from prodworkflow.api import SignOffRequest, Verdict
from prodworkflow.domain.model.person import Person
from support.browser import PANEL, shot
from support.campaigns import FULL, NAME

START = date.today() + timedelta(days=60)
LATER = START + timedelta(days=14)
HERE = f'{PANEL}/2011%20Prod'


def overflowing(page):
    """What is wider than the window, outside of what scrolls by itself."""
    return page.evaluate("""() => Array.from(document.querySelectorAll(
        '[class*="pw-"], [class*="pw-"] *')).filter(e =>
        !e.closest('.pw-scroll') && !e.closest('.pw-hidden')
        && getComputedStyle(e).position !== 'absolute'
        && e.getBoundingClientRect().right > window.innerWidth + 1)
        .map(e => e.outerHTML.slice(0, 80))""")


@pytest.mark.parametrize('width', [1200, 390])
def test_roadmap_panel_shows_the_forecast_in_one_line_under_the_verdict(
        past_campaigns, create, page_of, width):
    create(start=START.isoformat())
    page = page_of('anna', width=width)
    page.goto('/roadmap')
    line = page.locator('.pw-verdict + .pw-forecast')
    playwright.expect(line).to_contain_text('Forecast: ready ')
    playwright.expect(line).to_contain_text('in time for the planned start')
    playwright.expect(line.get_by_role('link')).to_have_count(1)
    shot(page, f'forecast-{width}')
    assert overflowing(page) == []


def test_roadmap_panel_without_history_shows_no_forecast(
        campaign, page_of):
    page = page_of('anna')
    page.goto('/roadmap')
    playwright.expect(page.locator('.pw-verdict')).to_be_visible()
    playwright.expect(page.locator('.pw-forecast')).to_have_count(0)


@pytest.mark.parametrize('width', [1200, 390])
def test_start_is_moved_after_its_schedule_was_shown(
        create, page_of, system, width):
    create(start=START.isoformat())
    page = page_of('coordinator', width=width)
    page.goto(HERE)
    form = page.locator('#prodworkflow-start')
    form.get_by_label('Start of production').fill(LATER.isoformat())
    form.get_by_label('Reason').fill('The magnet is late.')
    form.get_by_role('button', name='Show what would move').click()
    playwright.expect(form).to_contain_text('14 days later')
    playwright.expect(form.locator('tbody tr')).to_have_count(4)
    shot(page, f'shift-{width}')
    assert overflowing(page) == []
    assert len(system.queries.ledger(NAME)) == 1
    stop = page.locator('#prodworkflow-hold')
    playwright.expect(stop.get_by_label('Reason')).to_have_value('')
    form.get_by_role('button', name='Move the start').click()
    playwright.expect(page.locator('#notice')).to_contain_text(
        '14 days later')
    playwright.expect(page.locator('.pw-note')).to_contain_text(
        'The magnet is late.')
    assert system.queries.decision(NAME).snapshot.state.campaign.start == LATER


def test_moving_the_start_can_be_cancelled(create, page_of, system):
    create(start=START.isoformat())
    page = page_of('coordinator')
    page.goto(HERE)
    form = page.locator('#prodworkflow-start')
    form.get_by_label('Start of production').fill(LATER.isoformat())
    form.get_by_label('Reason').fill('Perhaps.')
    form.get_by_role('button', name='Show what would move').click()
    form.get_by_role('link', name='Leave it').click()
    playwright.expect(form.get_by_label('Start of production')
                      ).to_have_value(START.isoformat())
    assert len(system.queries.ledger(NAME)) == 1


@pytest.mark.parametrize('width', [1200, 390])
def test_a_campaign_like_the_last_is_made_from_its_page(
        full, page_of, system, width):
    system.record(FULL, 'memory-leaks', Person('anna'),
                  SignOffRequest(Verdict.REJECTED,
                                 'It grew by 4 kB per event.'))
    page = page_of('coordinator', width=width)
    page.goto(f'/campaign/{FULL}')
    page.get_by_role('link', name='New campaign like this').click()
    form = page.locator('#prodworkflow-create')
    playwright.expect(form.locator('#prodworkflow-last-time')
                      ).to_contain_text('It grew by 4 kB per event.')
    shot(page, f'like-{width}')
    assert overflowing(page) == []
    form.get_by_label('Name', exact=True).fill('Next')
    form.get_by_label('Planned start').fill(LATER.isoformat())
    playwright.expect(page.locator('#prodworkflow-preview')
                      ).to_contain_text('Next: 1. Software preparation')
    form.get_by_role('button', name='Create production campaign').click()
    playwright.expect(page.locator('#notice')).to_contain_text('is made')
    new, old = (system.queries.decision(n).snapshot.state for n in ('Next',
                                                                    FULL))
    assert [(r.contacts, r.quorum) for r in new.requirements] == [
        (r.contacts, r.quorum) for r in old.requirements]
    ticket = new.requirement('memory-leaks').ticket
    page.goto(f'/ticket/{ticket}')
    playwright.expect(page.locator('#prodworkflow-box')).to_contain_text(
        'It grew by 4 kB per event.')
    shot(page, f'last-time-{width}')
