"""HTML mails fit a telephone and a wide window, whatever they hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.browser import shot

FOLDER = Path(__file__).parents[1] / 'data' / 'mails'
MAILS = sorted(path.name for path in FOLDER.glob('*.html'))


@pytest.mark.parametrize('width', [390, 1200])
@pytest.mark.parametrize('name', MAILS)
def test_nothing_of_a_mail_scrolls_sideways_and_no_script_runs(
        chromium, name, width):
    page = chromium.new_page(viewport={'width': width, 'height': 900})
    alerts = []
    page.on('dialog', lambda dialog: (alerts.append(dialog.message),
                                      dialog.dismiss()))
    page.set_content((FOLDER / name).read_text(encoding='utf-8'))
    assert page.evaluate('document.documentElement.scrollWidth') <= width
    assert page.evaluate("""Math.min(...[...document.querySelectorAll(
        'td, p')].map(each => parseFloat(getComputedStyle(each).fontSize)))
        """) >= 13
    assert page.locator('a').count() > 0
    shot(page, f'mail-{name}-{width}')
    assert alerts == []
    page.close()
