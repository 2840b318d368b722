"""Chromium: a real browser, and the pages that users of a site see in it."""

from __future__ import annotations

import os
import shutil

import pytest
from playwright import sync_api as playwright

PANEL = '/admin/production/campaigns'
# How long a page takes says more of the machine than of the page.
PATIENCE = 90_000
playwright.expect.set_options(timeout=PATIENCE)
# Trac's own form of batch modification, which lacks a script of Trac's.
BATCH_FORM = 'showOnPreview is not a function'
# The shell opens no windows: a page takes it a quarter of the time.
PROGRAMS = ('chromium-headless-shell', 'chromium', 'chromium-browser')
FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
         '--disable-background-networking', '--disable-component-update',
         '--disable-sync']


@pytest.fixture(scope='session')
def chromium():
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        pytest.skip('there is no chromium')
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page_of(chromium, site):
    """A factory of pages, each of a user, None for a stranger.

    Errors of scripts fail the test.
    """
    contexts, errors = [], []

    def make(user, width=1200, script=True):
        context = chromium.new_context(
            viewport={'width': width, 'height': 900}, base_url=site,
            java_script_enabled=script,
            http_credentials={'username': user, 'password': user}
            if user else None)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on('pageerror', lambda e: BATCH_FORM in str(e)
                or errors.append(f'{page.url}: {e}'))
        if user:
            context.request.get('/login', max_redirects=0)
        return page
    yield make
    for context in contexts:
        context.close()
    assert not errors, errors


def shot(page, name):
    """Keep a picture to look at, where a folder for them is given."""
    folder = os.environ.get('PRODWORKFLOW_SCREENSHOTS')
    if folder:
        page.screenshot(path=f'{folder}/{name}.png', full_page=True)
