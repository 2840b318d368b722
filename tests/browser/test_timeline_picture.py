"""The timeline in a real browser: drawn, readable, no text on another."""

from __future__ import annotations

import pytest

from prodworkflow.api import ReleaseRequest
from support.browser import shot
from support.campaigns import ADMIN, NAME
from support.meeting_campaign import MEETING

PAGE = '/campaign/2011%20Prod'
# The boxes of all texts, as drawn, with their sizes.
TEXTS = """(svg) => [...svg.querySelectorAll('text')].map(t => {
    const b = t.getBoundingClientRect();
    return {words: t.textContent, left: b.left, right: b.right,
            top: b.top, bottom: b.bottom,
            size: parseFloat(getComputedStyle(t).fontSize)
                  * svg.getBoundingClientRect().width
                  / svg.viewBox.baseVal.width};})"""
DASHES = """(svg) => Object.fromEntries([...svg.querySelectorAll('line, path')]
    .map(e => [e.getAttribute('class'),
               getComputedStyle(e).strokeDasharray]))"""


def shown(page):
    """The one picture that is shown."""
    found = page.locator('svg.pw-tl:visible')
    assert found.count() == 1
    return found


def apart(texts):
    """No text stands on another: what of two lies on each other is thin."""
    for number, one in enumerate(texts):
        for other in texts[number + 1:]:
            wide = min(one['right'], other['right']) - max(one['left'],
                                                           other['left'])
            high = min(one['bottom'], other['bottom']) - max(one['top'],
                                                             other['top'])
            assert wide <= 1 or high <= 4, (one, other)


@pytest.mark.parametrize(('width', 'name'), [
    (1280, 'wide'), (768, 'narrow'), (390, 'narrow'), (360, 'narrow')])
def test_one_picture_is_shown_with_texts_apart_and_large_enough(
        meeting, page_of, width, name):
    page = page_of('coordinator', width)
    page.goto(f'/campaign/{MEETING.replace(" ", "%20")}')
    picture = shown(page)
    assert picture.get_attribute('class') == f'pw-tl pw-tl-{name}'
    texts = picture.evaluate(TEXTS)
    assert len(texts) > 10
    apart(texts)
    box = picture.bounding_box()
    for text in texts:
        assert text['size'] >= 11, text
        assert text['left'] >= box['x'] - 2, text
        assert text['right'] <= box['x'] + box['width'] + 2, text
    assert page.evaluate('document.documentElement.scrollWidth') <= width
    picture.scroll_into_view_if_needed()
    shot(page, f'timeline-{width}')


def test_lines_differ_without_colour(campaign, system, page_of):
    system.release(NAME, ADMIN, ReleaseRequest('V2', (), 'A patch.'))
    system.lifecycle.hold(NAME, ADMIN, 'The storage is down.')
    page = page_of('coordinator')
    page.goto(PAGE)
    dashes = shown(page).evaluate(DASHES)
    told = [dashes[f'pw-tl-{name}'] for name in (
        'today', 'patch-line', 'needed', 'signed')]
    assert dashes['pw-tl-today'] == 'none'
    assert dashes['pw-tl-patch-line'] != 'none'
    assert 'none' not in told[1:3]


def test_readers_hear_the_picture_once(campaign, page_of):
    page = page_of('coordinator')
    page.goto(PAGE)
    assert page.get_by_role('img', name=f'Timeline of {NAME}').count() == 1
    page.get_by_text('the same as a table').click()
    assert page.get_by_role('rowheader', name='1. Software').first.is_visible()


def test_picture_alone_is_drawn_in_its_own_colours(campaign, page_of):
    page = page_of('coordinator')
    page.goto(f'{PAGE}/timeline.svg')
    drawn = page.evaluate("""() => {
        const t = document.querySelector('text.pw-tl-strong');
        const s = getComputedStyle(t);
        return [s.fill, document.documentElement.viewBox.baseVal.width];}""")
    assert drawn[1] == 1010
    assert drawn[0] != 'rgb(0, 0, 0)'


def test_stages_are_compact(meeting, page_of):
    page = page_of('coordinator', 1280)
    page.goto(f'/campaign/{MEETING.replace(" ", "%20")}')
    stages = page.locator('ol.pw-pipe')
    assert stages.bounding_box()['height'] <= 250
    present = page.locator('[aria-current=step]')
    assert present.count() == 1
    assert 'now' in present.inner_text()
