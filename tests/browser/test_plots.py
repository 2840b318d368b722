"""Plots in a real browser: uploaded, shown, enlarged, gone through by keys."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from support.browser import shot
from support.plots import DRAWN, png

PAGE = f'/campaign/{quote(DRAWN)}/plots'
BOX = '#prodworkflow-box'
LOADED = 'image => image.complete && image.naturalWidth'


def picture(name, shade):
    return {'name': name, 'mimeType': 'image/png',
            'buffer': png(shade, (300, 200))}


@pytest.fixture
def upload(page_of, drawn):
    """Signs as anna with four files, in the box; the page that answers."""
    def sign(script=True, width=1200, button='Sign off'):
        page = page_of('anna', width, script)
        page.goto(f'/ticket/{drawn}')
        box = page.locator(BOX)
        for number, plot in enumerate(('mass', 'energy')):
            row = box.get_by_role('row', name=plot)
            row.get_by_label('Target').set_input_files(
                picture(f'{plot}.png', 60 * number))
            row.get_by_label('Reference').set_input_files(
                picture(f'{plot}.png', 60 * number + 120))
        box.get_by_label('Your statement').fill('As before.')
        box.get_by_role('button', name=button).click()
        return page
    return sign


@pytest.mark.parametrize('script', [True, False], ids=['script', 'plain'])
def test_plots_are_uploaded_with_the_sign_off_and_shown(upload, script):
    page = upload(script)
    told = page.locator(f'{BOX} [role=status]')
    expect(told).to_contain_text('Signed off.')
    images = page.locator(f'{BOX} .pw-picture img')
    expect(images).to_have_count(4)
    sizes = set()
    for image in images.all():
        image.scroll_into_view_if_needed()
        if script:
            expect(image).to_have_js_property('complete', True)
            assert image.evaluate(LOADED) == 300
        box = image.bounding_box()
        sizes.add((round(box['width']), round(box['height'])))
    assert len(sizes) == 1
    shot(page, f'plots-in-box-{"script" if script else "plain"}')


def test_a_wrong_file_is_told_beside_its_field(page_of, drawn):
    page = page_of('anna')
    page.goto(f'/ticket/{drawn}')
    row = page.locator(BOX).get_by_role('row', name='mass')
    row.get_by_label('Target').set_input_files(
        {'name': 'x.svg', 'mimeType': 'image/svg+xml',
         'buffer': b'<svg xmlns="http://www.w3.org/2000/svg"/>'})
    page.locator(BOX).get_by_label('Your statement').fill('As before.')
    page.locator(BOX).get_by_role('button', name='Report only').click()
    field = row.get_by_label('Target')
    expect(field).to_have_attribute('aria-invalid', 'true')
    words = page.locator(f'#{field.get_attribute("aria-describedby")}')
    expect(words).to_contain_text('SVG is not taken')
    expect(page.locator(BOX).get_by_label('Your statement')).to_have_value(
        'As before.')
    shot(page, 'plots-wrong-file')


def test_a_picture_is_enlarged_by_a_key_and_escape_gives_focus_back(upload):
    page = upload()
    page.goto(PAGE)
    link = page.locator('a.pw-picture').nth(1)
    link.focus()
    page.keyboard.press('Enter')
    dialog = page.get_by_role('dialog', name='Enlarged plot')
    expect(dialog).to_be_visible()
    expect(dialog.get_by_role('img')).to_have_attribute(
        'alt', 'mass, Reference')
    page.keyboard.press('ArrowLeft')
    expect(dialog.get_by_role('img')).to_have_attribute('alt', 'mass, Target')
    page.keyboard.press('Escape')
    expect(dialog).to_be_hidden()
    expect(page.locator('a.pw-picture').nth(0)).to_be_focused()


def test_without_a_script_a_picture_leads_to_its_attachment(upload):
    page = upload(script=False)
    page.goto(PAGE)
    page.locator('a.pw-picture').first.click()
    expect(page).to_have_url(re.compile('/attachment/ticket/'))
    assert page.locator('#preview img').count() == 1


def test_arrow_keys_go_from_plot_to_plot(upload):
    page = upload()
    page.goto(PAGE)
    for number, key in ((1, 'ArrowRight'), (2, 'ArrowRight'),
                        (1, 'ArrowLeft')):
        page.keyboard.press(key)
        expect(page.locator(f'#plot-name-{number}')).to_be_focused()
    page.goto(f'{PAGE}?plot=1')
    page.keyboard.press('ArrowRight')
    page.wait_for_url('**/plots?plot=2')
    page.keyboard.press('ArrowLeft')
    page.wait_for_url('**/plots?plot=1')


def test_links_go_from_plot_to_plot_without_a_script(upload):
    page = upload(script=False)
    page.goto(f'{PAGE}?plot=1')
    page.get_by_role('link', name='next').click()
    page.wait_for_url('**/plots?plot=2')
    page.get_by_role('link', name='previous').click()
    page.wait_for_url('**/plots?plot=1')


def test_nothing_scrolls_sideways_on_a_phone(upload):
    page = upload(width=360)
    wide = 'document.documentElement.scrollWidth'
    expect(page.locator(f'{BOX} [role=status]')).to_be_visible()
    assert page.evaluate(f"document.querySelector('{BOX}').scrollWidth <= "
                         f"document.querySelector('{BOX}').clientWidth + 1")
    shot(page, 'plots-in-box-360')
    for address in (PAGE, f'{PAGE}?plot=2'):
        page.goto(address)
        assert page.evaluate(wide) <= 360
        shot(page, 'plots-360')


def test_white_ground_stays_where_a_theme_is_dark(upload):
    page = upload()
    page.emulate_media(color_scheme='dark')
    page.goto(PAGE)
    page.add_style_tag(content=':root { --pw-paper: #111; --pw-ink: #eee; }')
    ground = page.locator('a.pw-picture').first.evaluate(
        'link => getComputedStyle(link).backgroundColor')
    assert ground == 'rgb(255, 255, 255)'
