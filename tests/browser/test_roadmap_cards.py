"""Cards on the roadmap and the admin page of a campaign, wide and narrow."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from playwright import sync_api as playwright

from support.browser import shot
from support.campaigns import NAME

ADMIN_PAGE = f'/admin/production/campaigns/{quote(NAME)}'
# What sticks out of the window, and what is smaller than a target may be.
WIDE = """() => Array.from(document.querySelectorAll('[class*="pw-"] *'))
    .filter(e => !e.closest('.pw-hidden')
        && getComputedStyle(e).position !== 'absolute'
        && e.getBoundingClientRect().right > window.innerWidth + 1)
    .map(e => e.outerHTML.slice(0, 80))"""
SMALL = """() => Array.from(document.querySelectorAll('.pw-create button,'
    + '.pw-create input:not([type=hidden]), .pw-create select, summary'))
    .filter(e => e.offsetParent && e.type !== 'checkbox'
        && e.getBoundingClientRect().height < 24)
    .map(e => e.outerHTML.slice(0, 80))"""


@pytest.mark.parametrize(('width', 'abreast'), [(1280, 2), (390, 1)])
def test_cards_stand_abreast_where_there_is_room(create, page_of, width,
                                                 abreast):
    for name in ('One', 'Two', 'Three'):
        create(name)
    page = page_of('anna', width=width)
    page.goto('/roadmap')
    tops = page.locator('.pw-compact').evaluate_all(
        'cards => cards.map(c => c.getBoundingClientRect().top)')
    assert len(tops) == 3
    assert tops.count(tops[0]) == abreast
    assert page.evaluate(WIDE) == []
    shot(page, f'roadmap-cards-{width}')


@pytest.mark.parametrize('width', [1280, 360])
def test_somebody_is_replaced_on_the_admin_page(campaign, page_of, system,
                                                width):
    page = page_of('coordinator', width=width)
    page.goto(ADMIN_PAGE)
    form = page.locator('#prodworkflow-replace')
    form.locator('[name=replace]').fill('bruno')
    form.locator('[name=by]').fill('anna')
    form.locator('[name=reason]').fill('Bruno leaves.')
    form.get_by_role('button', name='Show where that is').click()
    playwright.expect(form.get_by_role('status')).to_contain_text(
        'Nothing is changed yet')
    assert page.evaluate(WIDE) == []
    assert page.evaluate(SMALL) == []
    form.get_by_role('button', name='Replace bruno by anna').click()
    playwright.expect(page.locator('#notice')).to_contain_text(
        'have other signers')
    contacts = {c for r in system.queries.decision(
        NAME).snapshot.state.requirements for c in r.contacts}
    assert contacts == {'anna'}


def test_rows_are_found_while_one_types(campaign, page_of):
    page = page_of('coordinator')
    page.goto(ADMIN_PAGE)
    rows = page.locator('#prodworkflow-change tbody tr')
    playwright.expect(rows.locator('visible=true').first).to_be_visible()
    page.locator('[name=find]').fill('freeze')
    playwright.expect(page.locator('#prodworkflow-found')).to_have_text('1')
    shown = page.locator('#prodworkflow-change tbody tr:not([hidden])')
    playwright.expect(shown).to_have_count(1)
    playwright.expect(shown).to_contain_text('Feature Freeze')
