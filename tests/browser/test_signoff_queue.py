"""Twenty sites signed in one act, in a real Chromium."""

from __future__ import annotations

from playwright import sync_api as playwright

from prodworkflow.api import CampaignRequest
from support.browser import shot

SITES = 20
TEXT = """
title = "Sites"
""" + ''.join(f'[[lists.sites]]\nname = "Site {n:02}"\n'
              for n in range(1, SITES + 1)) + """
[[stage]]
key = "validation"
title = "Release validation"
[[stage.requirement]]
key = "site"
title = "Validated on {site}"
for_each = "sites"
contacts = ["anna"]
links = ["job list"]
[[stage.requirement.value]]
name = "crash_rate"
title = "Crash rate"
unit = "%"
at_most = "1 %"
"""


def open_queue(page_of, system, **viewport):
    """Anna's queue, twenty sites in it."""
    system.create(CampaignRequest('Upsilon', 'sites', 'V1',
                                  template_text=TEXT), 'coordinator')
    page = page_of('anna')
    if viewport:
        page.set_viewport_size(viewport)
    page.goto('/campaign')
    return page


def test_twenty_sites_are_signed_in_one_act(page_of, system):
    page = open_queue(page_of, system)
    for n, field in enumerate(page.get_by_label('Crash rate').all(), 1):
        field.fill(f'0.{n:02} %')
    page.get_by_label('Same link').fill('https://example.org/jobs')
    page.get_by_label('Your statement').fill('Looked at all of them.')
    button = page.get_by_role('button', name='Sign off')
    playwright.expect(button).to_have_text('Sign off the 20 ticked')
    playwright.expect(page.locator('#pw-ticked')).to_contain_text(
        '20 ticked: #1 Validated on Site 01 (0.01 %), #2 ')
    shot(page, 'twenty')
    button.click()
    told = page.get_by_role('status')
    playwright.expect(told).to_be_focused()
    playwright.expect(told).to_contain_text('20 signed off.')
    state = system.queries.decision('Upsilon').snapshot.state
    assert len([s for s in state.signoffs if s.verdict == 'approved']) == SITES
    page.reload()
    playwright.expect(page.get_by_role('status')).to_have_count(0)


def test_a_group_is_ticked_at_once(page_of, system):
    page = open_queue(page_of, system)
    page.get_by_label('Crash rate').first.fill('0.1')
    page.get_by_role('link', name='tick all 20').click()
    playwright.expect(page.locator('input[name=sel]:checked')).to_have_count(
        SITES)
    playwright.expect(page.get_by_label('Crash rate').first).to_have_value(
        '0.1')
    page.get_by_role('link', name='tick all 20').click()
    playwright.expect(page.locator('input[name=sel]:checked')).to_have_count(0)


def test_on_a_narrow_screen_nothing_scrolls_sideways(page_of, system):
    page = open_queue(page_of, system, width=390, height=844)
    assert page.evaluate('document.documentElement.scrollWidth') <= 390
    box = page.get_by_role('checkbox').first.bounding_box()
    assert min(box['width'], box['height']) >= 20
