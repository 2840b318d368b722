"""The form that creates a campaign, in a real Chromium."""

from __future__ import annotations

import re

import pytest
from playwright import sync_api as playwright

from support.browser import PANEL, shot

FULL = 'path-to-production-full'
HERE = f'{PANEL}?template={FULL}'
expect = playwright.expect
SHEET = 'Site\tCapacity\tContacts\r\nPIC\t12\tanna\r\nRAL\t99\tbruno\r\n'
PASTE = """([selector, text]) => {
    const data = new DataTransfer();
    data.setData('text/plain', text);
    document.querySelector(selector).dispatchEvent(new ClipboardEvent(
        'paste', {clipboardData: data, bubbles: true, cancelable: true}));
}"""


@pytest.fixture(params=[pytest.param(True, id='scripts'),
                        pytest.param(False, id='no scripts')])
def script(request):
    return request.param


@pytest.fixture
def form(page_of, script):
    page = page_of('coordinator', width=1280, script=script)
    page.goto(HERE)
    return page


def field(page, name):
    return page.locator(f'[name="{name}"]')


def said(page, name):
    """What is said to be wrong with a field, where the field names it."""
    at = field(page, name).get_attribute('aria-describedby')
    return page.locator(f'[id="{at}"]')


def names(page, of='sites'):
    return [each.input_value() for each in page.locator(
        f'[name^="item-name:{of}:"]').all()]


def press(page, name):
    page.locator('#prodworkflow-create').get_by_role(
        'button', name=name, exact=True).last.click()


def test_each_mistake_stands_at_its_field_and_goes_when_it_is_mended(
        form, script):
    field(form, 'name').fill('a/b')
    field(form, 'contact:memory-leaks').fill('bruon')
    field(form, 'item-weight:sites:1').fill('much')
    press(form, 'Create production campaign')
    for name, words in (('name', 'cannot hold /'),
                        ('contact:memory-leaks', 'Did you mean bruno?'),
                        ('item-weight:sites:1', 'is no weight')):
        expect(field(form, name)).to_have_attribute('aria-invalid', 'true')
        expect(said(form, name)).to_contain_text(words)
    summary = form.locator('#prodworkflow-mistakes')
    expect(summary).to_contain_text('Memory leaks')
    expect(form.locator('#prodworkflow-preview')).to_contain_text(
        'Memory leaks')
    shot(form, f'create-mistakes-{script}')
    summary.get_by_role('link', name='sites, row 2: weight').click()
    field(form, 'item-weight:sites:1').fill('30')
    field(form, 'contact:memory-leaks').fill('bruno')
    if not script:
        press(form, 'Preview')
    expect(field(form, 'item-weight:sites:1')).not_to_have_attribute(
        'aria-invalid', 'true')
    expect(said(form, 'item-weight:sites:1')).to_have_text('')
    expect(said(form, 'contact:memory-leaks')).to_have_text('')
    expect(said(form, 'name')).to_contain_text('cannot hold /')
    field(form, 'name').fill('Mended')
    if not script:
        press(form, 'Preview')
    expect(summary).to_have_text('')
    expect(form.locator('[aria-invalid=true]')).to_have_count(0)


def test_rows_are_added_dropped_and_pasted(form, script, system):
    field(form, 'name').fill('Pasted')
    form.get_by_role('button', name='Drop CNAF').click()
    expect(field(form, 'item-name:sites:0')).to_have_value('GridKa')
    form.get_by_role('button', name='Add a row').first.click()
    expect(form.locator('[name^="item-name:sites:"]')).to_have_count(6)
    field(form, 'item-name:sites:5').fill('Triumf')
    if script:
        form.evaluate(PASTE, ['[name="item-name:sites:0"]', SHEET])
    else:
        form.get_by_text('Paste sites from a spreadsheet').click()
        field(form, 'paste:sites').fill(SHEET)
        press(form, 'Take over the rows')
    expect(form.locator('[name^="item-name:sites:"]')).to_have_count(7)
    assert names(form) == ['GridKa', 'IN2P3-CC', 'RAL', 'SLAC', 'Napoli',
                           'Triumf', 'PIC']
    expect(field(form, 'item-weight:sites:2')).to_have_value('99')
    expect(field(form, 'item-contacts:sites:6')).to_have_value('anna')
    field(form, 'item-weight:sites:5').fill('1')
    press(form, 'Create production campaign')
    expect(form.locator('#notice')).to_contain_text('is made')
    sites, = (x for x in system.queries.decision('Pasted').snapshot.state.lists
              if x.name == 'sites')
    assert [(i.name, i.weight) for i in sites.items][2:] == [
        ('RAL', '99'), ('SLAC', '20'), ('Napoli', '5'), ('Triumf', '1'),
        ('PIC', '12')]


def test_tables_and_text_follow_each_other(page_of):
    page = page_of('coordinator', width=1280)
    page.goto(HERE)
    page.get_by_text('The lists as TOML').click()
    field(page, 'item-name:sites:0').fill('Bologna')
    expect(field(page, 'lists')).to_have_value(
        re.compile('name = "Bologna", weight = 40'))
    text = field(page, 'lists').input_value()
    field(page, 'lists').fill(text.replace('Bologna', 'Torino'))
    expect(field(page, 'item-name:sites:0')).to_have_value('Torino')
    field(page, 'item-weight:sites:0').fill('41')
    expect(field(page, 'lists')).to_have_value(
        re.compile('name = "Torino", weight = 41'))


def test_the_same_contacts_for_all(form):
    field(form, 'contact:memory-leaks').fill('bruno')
    field(form, 'same').fill('anna')
    press(form, 'Fill in where nobody is named')
    expect(field(form, 'contact:feature-freeze')).to_have_value('anna')
    expect(field(form, 'contact:memory-leaks')).to_have_value('bruno')
    field(form, 'same:sites').fill('bruno')
    press(form, 'The same for all sites')
    expect(field(form, 'item-contacts:sites:3')).to_have_value('bruno')


@pytest.mark.parametrize('width', [390, 360])
def test_nothing_scrolls_sideways_on_a_phone(page_of, width):
    page = page_of('coordinator', width=width)
    page.goto(HERE)
    shot(page, f'create-{width}')
    assert page.evaluate('document.documentElement.scrollWidth') <= width


def test_the_keyboard_alone_adds_a_row_and_goes_on_in_it(page_of):
    page = page_of('coordinator', width=1280)
    page.goto(HERE)
    page.get_by_role('button', name='Add a row').first.focus()
    page.keyboard.press('Enter')
    expect(field(page, 'item-name:sites:6')).to_be_focused()
    page.keyboard.type('PIC')
    expect(page.locator('#prodworkflow-preview')).to_contain_text('7 tickets')


def test_enter_in_a_field_shows_the_preview_and_drops_no_row(form):
    field(form, 'name').fill('Entered')
    field(form, 'name').press('Enter')
    expect(form.locator('#prodworkflow-preview')).to_contain_text('Entered')
    assert names(form)[0] == 'CNAF'
