"""The page of a campaign of 40 sites fits into a meeting: how high it is."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from support.browser import shot

SIZE = '[document.documentElement.scrollWidth, ' \
    'document.documentElement.scrollHeight]'
FIRST_SCREEN = 900


@pytest.fixture
def opened(page_of, meeting):
    """A page of the campaign as its coordinator sees it."""
    def make(width, *below):
        page = page_of('coordinator', width)
        page.goto('/'.join(('/campaign', quote(meeting.name), *below)))
        return page
    return make


def test_the_page_is_at_most_4500_px_high_before_anything_is_unfolded(opened):
    page = opened(1280)
    shot(page, 'campaign-height-1280')
    width, height = page.evaluate(SIZE)
    assert width <= 1280
    assert height <= 4500


@pytest.mark.parametrize('part', [
    '.pw-verdict', 'section:has(> #since)', '.pw-awaited'])
def test_the_first_screen_tells_verdict_changes_and_who_is_awaited(
        opened, part):
    box = opened(1280).locator(part).bounding_box()
    assert box['y'] + box['height'] <= FIRST_SCREEN


def test_cells_of_the_matrix_stand_on_one_line(opened):
    page = opened(1280)
    heights = page.locator('.pw-mx tbody tr').evaluate_all(
        'rows => rows.map(row => row.getBoundingClientRect().height)')
    assert len(heights) == 63
    assert max(heights) <= 30


@pytest.mark.parametrize(('width', 'most'), [(360, 9500), (390, 9200)])
def test_a_phone_shows_the_page_in_so_many_px(opened, width, most):
    assert opened(width).evaluate(SIZE)[1] <= most


@pytest.mark.parametrize('below', [(), ('meeting',), ('plots',)])
def test_no_page_of_it_scrolls_sideways(opened, below):
    page = opened(360, *below)
    for width in (360, 390, 600, 730, 768, 900, 1100, 1280):
        page.set_viewport_size({'width': width, 'height': FIRST_SCREEN})
        assert page.evaluate(SIZE)[0] <= width


def test_the_matrix_of_campaigns_does_not_scroll_sideways(opened, page_of):
    opened(360)
    page = page_of('coordinator', 360)
    page.goto('/campaign/matrix')
    assert page.evaluate(SIZE)[0] <= 360
