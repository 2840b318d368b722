"""What is typed while the server still thinks is never taken away."""

from __future__ import annotations

import pytest
from playwright import sync_api as playwright

from support.browser import PANEL

HERE = f'{PANEL}?template=path-to-production-full'
LISTS = '[lists]\nsubdetectors = ["SVT"]\nsites = ["Oslo", "Bergen"]\n'
expect = playwright.expect


@pytest.fixture
def page(page_of):
    page = page_of('coordinator', width=1280)
    page.goto(HERE)
    return page


@pytest.fixture
def held(page):
    """The answers to previews that wait to be let go, the oldest first."""
    waiting = []
    page.route(lambda url: PANEL in url, lambda route: (
        waiting.append(route) if route.request.method == 'POST'
        else route.continue_()))
    return waiting


def asked(page, held, act):
    """Whatever `act` makes the page ask of the server, answered later."""
    before = len(held)
    with page.expect_request(lambda each: each.method == 'POST'):
        act()
    page.wait_for_timeout(50)
    return held[before]


def answer(page, route):
    """Let the answer through, and let the page do with it what it does."""
    with page.expect_response(lambda each: True):
        route.continue_()
    page.evaluate('new Promise(done => setTimeout(done, 100))')


def test_lists_that_are_typed_outlive_an_answer_to_what_was_before(
        page, held):
    page.get_by_text('The lists as TOML').click()
    early = asked(page, held, lambda: page.locator(
        '[name=release]').fill('V1'))
    page.get_by_label('Lists, as TOML').fill(LISTS)
    page.get_by_label('Planned start').focus()
    answer(page, early)
    expect(page.get_by_label('Lists, as TOML')).to_have_value(LISTS)


def test_a_row_is_added_though_one_types_before_it_is_there(page, held):
    rows = page.locator('[name^="item-name:sites:"]')
    before = rows.count()
    early = asked(page, held, lambda: page.get_by_role(
        'button', name='Add a row').first.click())
    again = asked(page, held, lambda: page.locator(
        '[name="item-name:sites:0"]').fill('Oslo'))
    answer(page, early)
    answer(page, again)
    expect(rows).to_have_count(before + 1)
    expect(rows.first).to_have_value('Oslo')
