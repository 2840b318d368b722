"""After an act the box has the focus, tells what came of it, and leads on."""

from __future__ import annotations

import pytest
from playwright import sync_api as playwright

from support.browser import shot

OUTCOME = '#prodworkflow-box [role=status]'


@pytest.mark.parametrize('script', [True, False],
                         ids=['scripts', 'no scripts'])
def test_whoever_signs_is_led_from_one_sign_off_to_the_next(
        campaign, page_of, script):
    page = page_of('anna', script=script)
    page.goto('/wiki')
    entry = page.get_by_role('link', name='Production 3 sign-offs wait for '
                             'you')
    playwright.expect(entry).to_be_visible()
    shot(page, f'navigation-{"scripts" if script else "plain"}')
    page.goto('/ticket/1')
    for ticket, title in ((2, 'Software quality ok'),
                          (3, 'Resources estimate')):
        box = page.locator('#prodworkflow-box')
        box.get_by_label('Your statement').fill('Looked at it with care.')
        box.get_by_role('button', name='Sign off').click()
        outcome = page.locator(OUTCOME)
        playwright.expect(outcome).to_contain_text('Signed off.')
        playwright.expect(outcome).to_be_in_viewport()
        if script:
            playwright.expect(outcome).to_be_focused()
        shot(page, f'outcome-{ticket}')
        outcome.get_by_role('link', name=f'#{ticket} → {title}').click()
        playwright.expect(page.locator('#prodworkflow-box')).to_contain_text(
            f'#{ticket}')
        playwright.expect(page.locator(OUTCOME)).to_have_count(0)


def test_the_keyboard_goes_on_from_what_is_told(campaign, page_of):
    page = page_of('anna')
    page.goto('/ticket/1')
    box = page.locator('#prodworkflow-box')
    box.get_by_label('Your statement').fill('Looked at it with care.')
    box.get_by_role('button', name='Sign off').click()
    playwright.expect(page.locator(OUTCOME)).to_be_focused()
    page.keyboard.press('Tab')
    inside = page.evaluate(
        "document.activeElement.closest('.pw-outcome') !== null")
    assert inside
