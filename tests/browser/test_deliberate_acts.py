"""Enter in a field never signs, holds or launches; a sentence is asked for."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from playwright import sync_api as playwright

from prodworkflow.api import KnownIssueRequest
from support.browser import shot
from support.campaigns import ADMIN, CONTACTS, NAME
from support.signoffs import TOMORROW
from support.written_days import written

PAGE = f'/campaign/{quote(NAME)}'
PANEL = f'/admin/production/campaigns/{quote(NAME)}'
# What stands folded around a form.
FOLDS = ('details.pw-waive > summary, #prodworkflow-end > summary, '
         'details.pw-fold:has(#prodworkflow-controls) > summary')

FIELDS = [
    pytest.param('anna', '/ticket/1', 'Your statement', id='sign-off box'),
    pytest.param('coordinator', '/ticket/1', 'Why it is tolerable',
                 id='waiver'),
    pytest.param('anna', '/campaign', 'Your statement', id='several'),
    pytest.param('anna', PAGE, 'Reason', id='hold'),
    pytest.param('coordinator', PANEL, 'Reason', id='hold or abandon'),
    pytest.param('coordinator', f'{PAGE}/launch', 'Reason', id='launch'),
]


@pytest.mark.parametrize(('user', 'address', 'label'), FIELDS)
def test_enter_in_a_field_does_nothing(campaign, sign, page_of, verbs, user,
                                       address, label):
    if address.endswith('/launch'):
        sign(*CONTACTS)
    before = verbs()
    page = page_of(user)
    page.goto(address)
    for summary in page.locator(FOLDS).all():
        summary.click()
    if address == '/campaign':
        page.get_by_role('checkbox').first.check()
    here = page.url
    field = page.get_by_label(label).first
    field.fill('Enter is a reflex.')
    field.press('Enter')
    page.wait_for_timeout(300)
    assert page.url == here
    playwright.expect(field).to_have_value('Enter is a reflex.')
    assert verbs() == before


@pytest.mark.parametrize(('user', 'address', 'button'), [
    ('anna', '/ticket/1', 'Sign off'), ('anna', '/ticket/1', 'Reject'),
    ('anna', '/campaign', 'Sign off'), ('anna', PAGE, 'Put on hold'),
    ('coordinator', PANEL, 'Abandon the campaign')])
def test_browser_asks_for_the_sentence(campaign, page_of, verbs, user,
                                       address, button):
    page = page_of(user)
    page.goto(address)
    if address == '/campaign':
        page.get_by_role('checkbox').first.check()
    for summary in page.locator(FOLDS).all():
        summary.click()
    here = page.url
    page.get_by_role('button', name=button, exact=True).click()
    page.wait_for_timeout(300)
    assert page.url == here
    assert page.evaluate('document.activeElement.validity.valueMissing')
    assert verbs() == ['created']


def test_known_issue_is_tolerated_and_the_launch_looked_at(
        campaign, sign, page_of, blocker, system):
    sign(*CONTACTS)
    number = blocker()
    page = page_of('coordinator')
    page.goto(PAGE)
    assert page.get_by_role('link', name='Launch production…').count() == 0
    item = page.locator('.pw-issues li', has_text=f'#{number}')
    item.locator('summary').click()
    shot(page, 'open-tickets')
    item.get_by_label('Why it may stay open').fill('Only slow.')
    item.get_by_label('Last day (UTC)').fill(TOMORROW)
    item.get_by_role('button', name=f'Tolerate #{number}').click()
    playwright.expect(page.locator('#notice')).to_contain_text(
        f'#{number} is a known issue until {written(TOMORROW)}.')
    page.get_by_role('link', name='Launch production…').click()
    shot(page, 'launch')
    playwright.expect(page.locator('.pw-issues')).to_contain_text(
        'Only slow.')
    page.get_by_role('button', name='Launch production').click()
    page.wait_for_timeout(300)
    assert page.url.endswith('/launch')
    page.get_by_label('Reason').fill('All is signed.')
    page.get_by_role('button', name='Launch production').click()
    playwright.expect(page.locator('#notice')).to_contain_text('Launched')
    assert system.queries.ledger(NAME)[-1].payload['reason'] == (
        'All is signed.')


def test_launch_page_fits_a_phone(campaign, sign, page_of, blocker,
                                  system):
    sign(*CONTACTS)
    number = blocker()
    system.lifecycle.tolerate(NAME, ADMIN, KnownIssueRequest(
        str(number), 'Only slow.', TOMORROW))
    page = page_of('coordinator', width=360)
    for address, name in ((f'{PAGE}/launch', 'phone-launch'),
                          (PAGE, 'phone-known-issues')):
        page.goto(address)
        shot(page, name)
        assert page.evaluate('document.documentElement.scrollWidth') <= 360
