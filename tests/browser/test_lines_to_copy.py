"""Lines to copy: with the script by a button, without it as text."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from playwright.sync_api import expect


@pytest.fixture
def lines(page_of, meeting):
    """The unfolded section, with the script or without."""
    def make(script):
        page = page_of('coordinator', 1280, script)
        if script:
            page.context.grant_permissions(
                ['clipboard-read', 'clipboard-write'])
        page.goto(f'/campaign/{quote(meeting.name)}#lines-to-copy')
        page.locator('.pw-copyable summary').click()
        return page
    return make


def test_a_button_beside_each_line_copies_it(lines):
    page = lines(True)
    codes = page.locator('.pw-lines dd > code')
    expect(page.locator('.pw-lines dd > button')).to_have_count(codes.count())
    page.locator('.pw-lines dd > button').nth(1).click()
    expect(page.locator('.pw-copyable [role=status]')).to_have_text('Copied.')
    assert page.evaluate('navigator.clipboard.readText()') == (
        codes.nth(1).inner_text())


def test_without_the_script_lines_are_text_and_no_button_stands_there(lines):
    page = lines(False)
    expect(page.locator('.pw-lines dd > code').first).to_be_visible()
    expect(page.locator('.pw-lines button')).to_have_count(0)
