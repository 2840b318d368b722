"""The matrix in a real browser: narrow, by keyboard, with large targets."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

PAGE = '/campaign/Autumn%202026'
WIDTH = 'document.documentElement.scrollWidth'
HEIGHT = '''() => {
    const top = id => document.getElementById(id).getBoundingClientRect().top;
    return top('numbers') - top('matrix')}'''


@pytest.fixture
def opened(page_of, meeting):
    """The campaign's page, as wide as that."""
    def make(width=1280, address=PAGE, script=False):
        page = page_of('coordinator', width, script)
        page.goto(address)
        return page
    return make


@pytest.mark.parametrize('address', [PAGE, '/campaign/matrix'])
def test_nothing_scrolls_sideways_on_a_phone(opened, address):
    page = opened(360, address, True)
    assert page.evaluate(WIDTH) == 360
    box = page.locator('.pw-mx tbody tr').first.bounding_box()
    assert box['width'] <= 360


def test_a_phone_shows_the_item_first_and_its_cells_below_their_heads(opened):
    page = opened(360, script=True)
    table = page.locator('.pw-mx').first
    heads = table.locator('thead th').filter(has_text='at each site').all()
    row = table.locator('tbody tr').filter(has_text='CNAF')
    name = row.locator('th').bounding_box()
    cells = row.locator('td:not(.n)').all()
    assert len(cells) == len(heads) == 2
    for head, cell in zip(heads, cells):
        box, above = cell.bounding_box(), head.bounding_box()
        assert abs(box['y'] - name['y']) <= 1
        assert box['x'] >= name['x'] + name['width'] - 1
        assert box['y'] >= above['y'] + above['height'] - 1
        assert abs(above['x'] - box['x']) <= 1


def test_the_section_of_forty_sites_is_short(opened):
    assert opened(script=True).evaluate(HEIGHT) <= 1250


@pytest.mark.parametrize('width', [1280, 360])
def test_cells_and_links_are_large_enough_to_hit(opened, width):
    page = opened(width, script=True)
    for links in ('.pw-mx td:not(.n) a[href]', '.pw-mx-links a'):
        small = page.locator(links).evaluate_all('''links => links
            .map(a => [a.textContent, a.getBoundingClientRect()])
            .filter(([_, r]) => r.height < 24 || r.width < 24)
            .map(([text, r]) => `${text} ${r.width} ${r.height}`)''')
        assert small == []


def test_the_keyboard_reaches_cells_one_by_one(opened):
    page = opened(script=True)
    page.locator('.pw-mx tbody th a').filter(has_text='CNAF').focus()
    for _ in range(2):
        page.keyboard.press('Tab')
        assert page.evaluate(
            'document.activeElement.closest("td, th").tagName') == 'TD'
        assert page.evaluate('document.activeElement.href').endswith(
            '#prodworkflow-box')
    page.keyboard.press('Enter')
    page.wait_for_url('**/ticket/*#prodworkflow-box')


def test_a_site_is_found_with_its_state_evidence_and_history(opened):
    page = opened()
    page.locator('.pw-mx a', has_text='RAL').first.click()
    page.wait_for_url('**item=ral*')
    expect(page.locator('.pw-history li').first).to_be_visible()
    events = page.locator('.pw-history li').all_inner_texts()
    assert [e for e in events if 'RAL' not in e] == []
    assert events
    page.goto(PAGE)
    page.locator('.pw-mx tr', has_text='RAL').locator(
        'td:not(.n) a').first.click()
    expect(page.locator('#prodworkflow-box')).to_be_visible()


def test_two_halves_stand_side_by_side(opened):
    page = opened(script=True)
    first, second = (t.bounding_box() for t in page.locator(
        '.pw-mx-halves table').all()[:2])
    assert second['x'] > first['x'] + first['width']
    assert abs(second['y'] - first['y']) < 2
