"""A campaign's whole life, as each of its people sees it in a browser."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from playwright import sync_api as playwright
from trac.perm import PermissionSystem

from support.browser import PANEL, shot
from support.campaigns import CONTACTS

NAME = 'Spring 2031'
PAGE = f'/campaign/{NAME}'
ADMIN_PAGE = f'{PANEL}/{NAME}'
SCRIPTS = pytest.mark.parametrize('script', [
    pytest.param(True, id='scripts'), pytest.param(False, id='no scripts')])
TODAY = date.today().isoformat()
NEXT_WEEK = (date.today() + timedelta(days=7)).isoformat()
# The template asks nothing of sites or subdetectors.
NO_LISTS = 'None of the last campaigns has a list of items that you may see.'
LIFE = ['created', 'approved', 'deputy-named', 'approved', 'waived',
        'approved', 'approved', 'approved', 'approved', 'held', 'resumed',
        *['stage-closed'] * 3, 'launched']


def outcome(page, words):
    playwright.expect(page.locator('#prodworkflow-box [role=status]')
                      ).to_contain_text(words)


def create(page):
    """As coordinator: the form, with somebody for each sign-off."""
    page.goto(PANEL)
    page.locator('#prodworkflow-create input[name=name]').fill(NAME)
    page.locator('input[name=release]').fill('V1')
    page.locator('input[name=start]').fill('2031-06-29')
    for key, people in CONTACTS.items():
        page.locator(f'[name="contact:{key}"]').fill(', '.join(people))
    page.get_by_role('button', name='Create production campaign').click()
    playwright.expect(page.locator('h1')).to_contain_text(NAME)


def sign(page, ticket, words='Looked at; fine.'):
    """As a contact or a deputy: the statement and the button of the box."""
    page.goto(f'/ticket/{ticket}')
    page.get_by_label('Your statement').fill(words)
    page.get_by_role('button', name='Sign off').click()
    outcome(page, 'Signed off.')


def name_deputy(page, deputy, contact):
    page.goto(ADMIN_PAGE)
    form = page.locator('form', has=page.locator('input[name=deputy]'))
    unfold(form)
    form.locator('input[name=deputy]').fill(deputy)
    form.locator('input[name=for]').fill(contact)
    form.locator('input[name=first]').fill(TODAY)
    form.locator('input[name=last]').fill(NEXT_WEEK)
    form.get_by_role('button', name='Name the deputy').click()
    playwright.expect(page.locator('#notice')).to_contain_text('deputies')


def waive(page, ticket):
    """As manager: the form comes filled in, but for the reason."""
    page.goto(f'/ticket/{ticket}')
    box = page.locator('#prodworkflow-box')
    box.locator('summary', has_text='Waive').click()
    box.get_by_label('Why it is tolerable').fill('Measured on one site.')
    box.get_by_role('button', name='Waive', exact=True).click()
    outcome(page, 'Waived.')


def unfold(within):
    """Open what is folded around a control, as one who looks for it does."""
    folded = within.locator('xpath=ancestor-or-self::details[not(@open)]')
    for each in folded.all():
        each.locator('summary').first.click()


def hold_and_resume(page):
    for button, reason in (('Put on hold', 'Jobs crash.'),
                           ('Resume', 'Mended.')):
        page.goto(PAGE)
        form = page.locator('#prodworkflow-controls')
        unfold(form)
        form.locator('[name=reason]').fill(reason)
        form.get_by_role('button', name=button).click()
        playwright.expect(page.locator('#notice')).to_be_visible()


def launch(page):
    page.goto(f'{PAGE}/launch')
    page.get_by_label('Reason').fill('All is signed.')
    page.get_by_role('button', name='Launch').click()
    playwright.expect(page.locator('h1')).to_contain_text(NAME)


def look_only(page):
    """As a stranger: all pages are readable, and nothing can be done."""
    for address in (PAGE, f'{PAGE}/meeting', f'{PAGE}/plots',
                    '/campaign/matrix', '/roadmap', '/ticket/1'):
        assert page.goto(address).status == 200
        ours = page.locator('.pw-page, #prodworkflow-box, '
                            '#prodworkflow-panel')
        playwright.expect(ours.first).to_contain_text(
            NO_LISTS if address == '/campaign/matrix' else NAME)
        assert ours.locator('form[method=post]').count() == 0, address


@SCRIPTS
def test_life_from_the_form_to_the_launch(env, page_of, verbs, script):
    for name in ('CAMPAIGN_LAUNCH', 'CAMPAIGN_WAIVE', 'CAMPAIGN_HOLD'):
        PermissionSystem(env).grant_permission('eve', name)
    coordinator, anna, bruno, eve = (
        page_of(user, script=script)
        for user in ('coordinator', 'anna', 'bruno', 'eve'))
    create(coordinator)
    sign(anna, 1)
    name_deputy(coordinator, 'bruno', 'anna')
    sign(bruno, 2, 'Signed for anna, who is on shift.')
    waive(eve, 3)
    for ticket in (4, 5, 6):
        sign(bruno, ticket)
    look_only(page_of(None, script=script))
    sign(anna, 7)
    hold_and_resume(eve)
    launch(eve)
    coordinator.goto(PAGE)
    shot(coordinator, f'launched-{"scripts" if script else "plain"}')
    playwright.expect(coordinator.locator('#content')).to_contain_text(
        'launched')
    assert verbs(NAME) == LIFE
    look_only(page_of(None, script=script))
