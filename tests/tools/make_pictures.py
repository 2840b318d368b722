"""Makes the pictures of the documentation from the demonstration.

`tox run -e pictures` makes a demonstration in a temporary folder, serves it,
looks at it with Chromium, and writes docs/images/*.png, and every page at
three widths into `pages` beside them.  The picture of the packages,
docs/images/packages.svg, is drawn from the import contract.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import shutil
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Callable

from package_picture import FILE
from package_picture import picture as packages
from PIL import Image
from playwright import sync_api as playwright
from trac.web.standalone import TracHTTPServer

from prodworkflow import demo

IMAGES = Path(__file__).parents[2] / 'docs' / 'images'
FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
         '--disable-background-networking', '--disable-component-update',
         '--disable-sync', '--font-render-hinting=none']
WIDTH, HEIGHT = 1000, 900
MARGIN = 8  # px around what is shown
BYTES_MAX = 150_000
CAMPAIGN = '/campaign/2011%20Prod'


@dataclass(frozen=True)
class Picture:
    """What is shown: of the page of `path`, as `user` sees it, an element.

    `before` is done on the page first; what begins with the element `until`
    is cut off.
    """

    name: str
    user: str
    path: str
    element: str
    before: Callable[[Any], None] = lambda page: None
    until: str = ''


@dataclass(frozen=True)
class View:
    """A page that is shown whole, at each of three widths."""

    name: str
    user: str
    path: str


def sign(page):
    """Type a statement, as somebody does who is about to sign."""
    page.get_by_label('Your statement').fill(
        'CPU time measured on 2000 events; disk space as in 2010.')


def fill_in(page):
    """Fill in a campaign, and wait for its preview."""
    page.get_by_label('Name', exact=True).fill('2012 Prod')
    page.locator('input[name=release]').fill('V2.0')
    page.get_by_label('Planned start').fill('2012-06-27')
    for key, people in demo.CONTACTS.items():
        page.locator(f'[name="contact:{key}"]').fill(', '.join(people))
    page.locator('#prodworkflow-preview').get_by_text('bruno, anna').wait_for()


PICTURES = (
    Picture('roadmap', 'anna', '/roadmap', '#prodworkflow-panel'),
    Picture('signoff-box', 'anna', '/ticket/3', '#prodworkflow-box', sign),
    Picture('campaign', 'coordinator', CAMPAIGN, '#content',
            until='#timeline'),
    Picture('create-form', 'coordinator', '/admin/production/campaigns',
            '#prodworkflow-create', fill_in),
    Picture('my-sign-offs', 'anna', '/campaign', '#content',
            until='h2:has-text("All campaigns")'),
)


STAGE = '/milestone/2011%20Prod%3A%201.%20Software%20preparation'
PANELS = '/admin/production'
VIEWS = (
    View('roadmap', 'anna', '/roadmap'),
    View('my-sign-offs', 'anna', '/campaign'),
    View('campaign', 'coordinator', CAMPAIGN),
    View('meeting', 'coordinator', f'{CAMPAIGN}/meeting'),
    View('plots', 'coordinator', f'{CAMPAIGN}/plots'),
    View('matrix', 'coordinator', '/campaign/matrix'),
    View('launch', 'coordinator', f'{CAMPAIGN}/launch'),
    View('ticket', 'anna', '/ticket/3'),
    View('milestone', 'coordinator', STAGE),
    View('query', 'anna', '/query?campaign=2011+Prod'),
    View('create', 'coordinator', f'{PANELS}/campaigns'),
    View('campaign-admin', 'coordinator', f'{PANELS}/campaigns/2011%20Prod'),
    View('templates', 'coordinator', f'{PANELS}/templates'),
    View('template', 'coordinator',
         f'{PANELS}/templates/path-to-production-full'),
    View('tokens', 'anna', '/prefs/production-tokens'),
    View('api', 'anna', '/campaign/api/v1/'),
)
WIDTHS = (1280, 768, 390)
HEIGHT_MAX = 2400  # px of a page that are shown


@contextlib.contextmanager
def demonstration():
    """The address of a demonstration that is made anew."""
    folder = tempfile.mkdtemp()
    path = f'{folder}/demo-trac'
    demo.prepare(path)
    server = TracHTTPServer(('127.0.0.1', 0), demo.application(path), None,
                            [path])
    server.RequestHandlerClass.log_message = lambda *args: None
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f'http://127.0.0.1:{server.server_port}'
    finally:
        server.shutdown()
        server.server_close()
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def chromium():
    """Debian's Chromium, or whichever there is."""
    program = shutil.which('chromium') or shutil.which('chromium-browser')
    if program is None:
        raise SystemExit('There is no chromium; install it.')
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


def taken(browser, site, picture):
    """The picture as PNG, in as few colours as look the same."""
    context = browser.new_context(
        base_url=site, locale='en-GB', timezone_id='UTC',
        viewport={'width': WIDTH, 'height': HEIGHT},
        http_credentials={'username': picture.user,
                          'password': picture.user})
    page = context.new_page()
    page.goto('/login')
    page.goto(picture.path)
    picture.before(page)
    page.evaluate('document.activeElement.blur(); scrollTo(0, 0)')
    box = page.locator(picture.element).first.bounding_box()
    height = box['height'] + 2 * MARGIN
    if picture.until:
        height = page.locator(picture.until).bounding_box()['y'] - box['y']
    shot = page.screenshot(full_page=True, clip={
        'x': max(box['x'] - MARGIN, 0), 'y': max(box['y'] - MARGIN, 0),
        'width': box['width'] + 2 * MARGIN, 'height': height})
    context.close()
    return smaller(shot)


def viewed(browser, site, view, width):
    """The head of a page at that width, as PNG."""
    context = browser.new_context(
        base_url=site, locale='en-GB', timezone_id='UTC',
        viewport={'width': width, 'height': HEIGHT},
        http_credentials={'username': view.user, 'password': view.user})
    page = context.new_page()
    page.goto('/login')
    answer = page.goto(view.path)
    assert answer.status == 200, (view.path, answer.status)
    height = page.evaluate('document.documentElement.scrollHeight')
    shot = page.screenshot(full_page=True, clip={
        'x': 0, 'y': 0, 'width': width, 'height': min(height, HEIGHT_MAX)})
    context.close()
    return smaller(shot)


def smaller(png):
    """The same picture with a palette of 128 colours."""
    found = io.BytesIO()
    Image.open(io.BytesIO(png)).convert('RGB').quantize(
        128, dither=Image.Dither.NONE).save(found, 'PNG', optimize=True)
    return found.getvalue()


def main(argv=None):
    """Write all pictures, or those that are named."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument('names', nargs='*', metavar='NAME',
                        help='one of ' + ', '.join(
                            p.name for p in (*PICTURES, *VIEWS)))
    names = parser.parse_args(argv).names
    FILE.write_text(packages(), encoding='utf-8')
    with demonstration() as site, chromium() as browser:
        for picture in PICTURES:
            if not names or picture.name in names:
                keep(picture.name, taken(browser, site, picture))
        for view in VIEWS:
            for width in WIDTHS:
                if not names or view.name in names:
                    keep(f'pages/{view.name}-{width}',
                         viewed(browser, site, view, width))


def keep(name, png):
    """Write a picture, unless it is too large for a page of documentation."""
    assert len(png) <= BYTES_MAX, (name, len(png))
    (IMAGES / f'{name}.png').write_bytes(png)
    print(f'docs/images/{name}.png {len(png)} bytes')


if __name__ == '__main__':
    sys.exit(main())
