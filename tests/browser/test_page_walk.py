"""Every page of ours, opened once in each role, and all that it has to be.

axe-core finds nothing at the widths of that role, nor does the Nu HTML
checker; at 360 px nothing of ours is wider than the screen; contrast is kept
in a dark theme.
"""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

import pytest

from support.axe import faults
from support.page_walk import OURS, pages_for, ROLES, WIDTHS, WIDTHS_OF
from support.valid_html import html_errors

THEME = (Path(__file__).parents[1] / 'data' / 'dark_theme.css').read_text(
    encoding='utf-8')
# Trac's own form of batch modification, whose table has columns without cells.
BATCH_FORM = re.compile('(?s)<form id="batchmod_form".*?</form>')
NARROW = 360
# Parts of ours that are wider than the screen, or scroll inside.
WIDE = '''ours => Array.from(document.querySelectorAll(ours)).filter(
    e => e.getBoundingClientRect().right > window.innerWidth + .5
        || e.scrollWidth > e.clientWidth + 1
        && /auto|scroll/.test(getComputedStyle(e).overflowX)).map(
    e => `${e.tagName}#${e.id}.${e.className}`)'''
DOCUMENT = 'document.documentElement.scrollWidth'


def resize(page, width):
    page.set_viewport_size({'width': width, 'height': 900})


def sideways(page, path):
    """What scrolls sideways on a phone: our parts, and all of our pages.

    Trac's own tables may be wider on the pages that we only add to.
    """
    resize(page, NARROW)
    found = page.evaluate(WIDE, ','.join(OURS))
    if page.locator('#content.pw-page').count():
        width = page.evaluate(DOCUMENT)
        found += [f'the page, {width} px'] if width > NARROW else []
    return [f'{path} at {NARROW}: {part} is too wide' for part in found]


def in_the_dark(page, path):
    """What axe-core says of contrast in a site's own dark theme."""
    page.add_style_tag(content=THEME)
    return [f'dark: {line}'
            for line in faults(page, path, ('color-contrast',))]


@pytest.mark.parametrize('role', ROLES)
def test_nothing_is_found_on_any_page(walked, page_of, role, tmp_path):
    page = page_of(ROLES[role], width=WIDTHS[0])
    kept, found = tmp_path / 'pages', []
    kept.mkdir()
    for each in pages_for(role):
        answer = page.goto(each.path)
        assert answer.status == 200, each.path
        (kept / f'{quote(each.path, "")}.html').write_text(
            BATCH_FORM.sub('', answer.text()), encoding='utf-8')
        found += sideways(page, each.path)
        for width in WIDTHS_OF[role]:
            resize(page, width)
            found += faults(page, each.path)
        if role == 'coordinator':
            found += in_the_dark(page, each.path)
    found += html_errors(kept)
    assert not found, '\n'.join(found)


def test_letters_like_their_ground_would_be_found(walked, page_of):
    page = page_of('anna')
    page.goto('/campaign')
    page.add_style_tag(content='.pw-page { color: #eee }')
    assert any('color-contrast' in line for line in faults(page, '/campaign'))
    page.add_style_tag(content='.pw-page { min-width: 400px }')
    assert sideways(page, '/campaign')


def test_an_error_of_html_would_be_found(tmp_path):
    (tmp_path / 'wrong.html').write_text(
        '<!DOCTYPE html><html lang="en"><title>T</title><p id="a">'
        '<p id="a">', encoding='utf-8')
    assert len(html_errors(tmp_path)) == 1
