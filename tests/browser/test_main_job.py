"""The main job in a real Chromium, as its users do it."""

from __future__ import annotations

import pytest
from playwright import sync_api as playwright
from trac.ticket.model import Ticket

from support.browser import PANEL, shot
from support.campaigns import CONTACTS, NAME


def fill(page):
    page.goto(PANEL)
    page.get_by_label('Name', exact=True).fill(NAME)
    page.locator('input[name=release]').fill('V1')
    page.get_by_label('Planned start').fill('2026-12-01')
    page.locator('[name="contact:feature-freeze"]').fill('anna')


def test_a_campaign_is_made_in_two_clicks_after_the_form(page_of, env):
    page = page_of('coordinator')
    fill(page)
    preview = page.locator('#prodworkflow-preview')
    playwright.expect(preview).to_contain_text('Nothing is made yet')
    playwright.expect(preview).to_contain_text('1. Software preparation')
    shot(page, 'create')
    assert env.db_query('SELECT id FROM ticket') == []
    page.get_by_role('button', name='Preview').click()
    page.get_by_role('button', name='Create production campaign').click()
    playwright.expect(page.locator('h1')).to_have_text(
        f'{NAME} stage 1 of 3')
    assert len(env.db_query('SELECT id FROM ticket')) == 7
    assert len(env.db_query("SELECT name FROM milestone "
                            "WHERE name LIKE '2011 Prod: %'")) == 3


def test_a_double_click_makes_one_campaign(page_of, env):
    page = page_of('coordinator')
    fill(page)
    page.get_by_role('button', name='Create production campaign').dblclick()
    made = page.locator('h1', has_text=NAME)
    refused = page.locator('#prodworkflow-mistakes', has_text='exists already')
    playwright.expect(made.or_(refused)).to_be_visible()
    assert len(env.db_query('SELECT id FROM ticket')) == 7


def test_preview_button_previews_a_campaign_without_scripts(page_of, env):
    page = page_of('coordinator', script=False)
    fill(page)
    page.get_by_role('button', name='Preview').click()
    playwright.expect(page.locator('#prodworkflow-preview')).to_contain_text(
        'Nothing is made yet')
    page.get_by_role('button', name='Create production campaign').click()
    playwright.expect(page.locator('h1')).to_have_text(
        f'{NAME} stage 1 of 3')


def test_a_contact_signs_off_from_the_roadmap(campaign, page_of, env, gate):
    page = page_of('anna')
    page.goto('/roadmap')
    shot(page, 'roadmap')
    page.locator('.pw-compact').get_by_role(
        'link', name='#1 Feature Freeze').click()
    page.get_by_label('Your statement').fill('Frozen on Monday.')
    shot(page, 'ticket')
    page.get_by_role('button', name='Sign off').click()
    playwright.expect(page.get_by_role('status')).to_contain_text(
        '6 of 7 sign-offs missing')
    assert Ticket(env, 1)['status'] == 'closed'


def test_a_contact_resolves_as_fixed_and_others_are_not_offered_it(
        campaign, page_of, system):
    page = page_of('eve')
    page.goto('/ticket/2')
    page.get_by_role('link', name='Modify', exact=True).click()
    playwright.expect(page.locator('#action_leave')).to_be_visible()
    playwright.expect(page.locator('#action_resolve')).to_have_count(0)
    playwright.expect(page.locator('.pw-left-out')).to_contain_text(
        'Not offered below: resolve.')
    playwright.expect(page.locator('.pw-left-out')).to_contain_text(
        'only anna may sign')
    shot(page, 'resolve-eve')
    page = page_of('anna')
    page.goto('/ticket/2')
    page.get_by_role('link', name='Modify', exact=True).click()
    page.locator('#action_resolve').check()
    page.get_by_role('button', name='Submit changes').click()
    page.wait_for_load_state()
    assert Ticket(system.env, 2)['status'] == 'closed'
    shot(page, 'resolve-anna')


def test_closing_a_stage_behind_a_shut_gate_brings_the_form_back(
        campaign, sign, page_of, stored):
    sign(*(k for k in CONTACTS if k != 'resources-estimate'))
    page = page_of('eve')
    page.goto('/milestone/2011 Prod: 2. Release validation?action=edit')
    page.locator('#completed').check()
    page.locator('#description').fill('Typed with care.')
    page.get_by_role('button', name='Submit changes').click()
    playwright.expect(page.locator('#warning')).to_contain_text(
        '#3 Resources estimate awaits anna or bruno')
    playwright.expect(page.locator('#completed')).to_be_checked()
    playwright.expect(page.locator('#description')).to_have_value(
        'Typed with care.')
    shot(page, 'refused')
    assert stored(2) == [False]
    sign('resources-estimate')
    page.locator('#completed').check()
    page.get_by_role('button', name='Submit changes').click()
    playwright.expect(page.locator('#notice')).to_contain_text('saved')
    assert stored(2) == [True]


@pytest.mark.parametrize('where', [
    '/roadmap', '/campaign', '/campaign/2011%20Prod', '/ticket/3', PANEL])
def test_campaign_pages_fit_a_phone(campaign, page_of, where):
    page = page_of('coordinator', width=360)
    page.goto(where)
    shot(page, 'narrow' + where.replace('/', '-'))
    wide = page.evaluate("""() => Array.from(document.querySelectorAll(
        '[class*="pw-"]')).filter(e => !e.closest('.pw-scroll')
        && !e.classList.contains('pw-hidden')
        && e.getBoundingClientRect().right > window.innerWidth)
        .map(e => e.className)""")
    assert wide == []


def test_roadmap_panel_can_be_walked_with_the_keyboard(campaign, page_of):
    page = page_of('anna')
    page.goto('/roadmap')
    page.locator('#prodworkflow-panel h3 a').focus()
    reached = []
    for _ in range(30):
        page.keyboard.press('Tab')
        reached.append(page.evaluate('document.activeElement.textContent'
                                     '.trim()'))
    assert '1. Software preparation' in reached
    assert any('#2' in text for text in reached)
    assert 'Sign off 3' in reached
