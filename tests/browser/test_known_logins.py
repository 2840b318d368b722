"""Known logins offered while typing, by keyboard and mouse, in Chromium."""

from __future__ import annotations

import pytest
from playwright import sync_api as playwright
from trac.web.session import DetachedSession

from support.browser import PANEL, shot
from support.campaigns import NAME

HERE = f'{PANEL}/2011%20Prod'
CERTIFICATE = '/DC=ch/CN=Doe, Jane'
FREEZE = 'feature-freeze'
expect = playwright.expect


@pytest.fixture
def people(env):
    """Users whose logins need care, beside anna, bruno, coordinator, eve."""
    for login in (CERTIFICATE, 'Doe, John', 'a "b" c', 'Annabel Lee'):
        session = DetachedSession(env, None)
        session.get_session(login, authenticated=True)
        session.save()


@pytest.fixture
def form(people, page_of):
    page = page_of('coordinator')
    page.goto(PANEL)
    return page


def contacts(page, key=FREEZE):
    return page.locator(f'[name="contact:{key}"]')


def known(page):
    return page.get_by_role('listbox', name='Known logins')


def offered(page):
    """The logins in the list, from above."""
    return known(page).get_by_role('option').all_inner_texts()


def test_logins_are_offered_by_role_and_taken_by_keyboard(form):
    field = form.get_by_role('combobox', name='Feature Freeze')
    expect(field).to_have_attribute('aria-expanded', 'false')
    field.press_sequentially('AN')
    expect(known(form)).to_be_visible()
    expect(field).to_have_attribute('aria-expanded', 'true')
    assert field.get_attribute('aria-controls') == 'prodworkflow-people'
    assert offered(form) == ['Annabel Lee', 'anna', CERTIFICATE]
    expect(form.get_by_role('status').last).to_have_text(
        '3 logins, choose with the arrow keys')
    shot(form, 'known-logins')
    field.press('ArrowDown')
    field.press('ArrowDown')
    chosen = known(form).get_by_role('option', selected=True)
    expect(chosen).to_have_text('anna')
    assert field.get_attribute('aria-activedescendant') == (
        chosen.get_attribute('id'))
    field.press('Enter')
    expect(field).to_have_value('anna')
    expect(known(form)).to_be_hidden()
    expect(field).to_have_attribute('aria-expanded', 'false')
    assert form.url.endswith(PANEL)  # Enter has not sent the form


def test_several_logins_are_taken_each_once_and_written_as_in_csv(form):
    field = contacts(form)
    field.press_sequentially('anna, doe')
    assert offered(form) == ['Doe, John', CERTIFICATE]
    field.press('ArrowUp')
    field.press('Enter')
    expect(field).to_have_value(f'anna, "{CERTIFICATE}"')
    field.press_sequentially(', ')
    field.press('ArrowDown')
    assert offered(form) == ['Annabel Lee', 'Doe, John', 'a "b" c', 'bruno',
                             'coordinator', 'eve']
    known(form).get_by_role('option', name='a "b" c').click()
    expect(field).to_have_value(f'anna, "{CERTIFICATE}", "a ""b"" c"')
    expect(field).to_be_focused()


def test_a_login_in_the_middle_is_replaced_alone(form):
    field = contacts(form)
    field.fill('anna, br, "Doe, John"')
    field.evaluate('field => field.setSelectionRange(8, 8)')
    field.press('u')
    assert offered(form) == ['bruno']
    field.press('ArrowDown')
    field.press('Enter')
    expect(field).to_have_value('anna, bruno, "Doe, John"')


def test_what_is_quoted_is_looked_for_without_its_marks(form):
    field = contacts(form)
    field.press_sequentially('"Doe, J')
    assert offered(form) == ['Doe, John', CERTIFICATE]
    field.press('ArrowDown')
    field.press('Enter')
    expect(field).to_have_value('"Doe, John"')


def test_escape_and_leaving_take_nothing(form):
    field = contacts(form)
    field.press_sequentially('br')
    field.press('ArrowDown')
    field.press('Escape')
    expect(known(form)).to_be_hidden()
    expect(field).to_have_value('br')
    field.press('ArrowDown')
    expect(known(form)).to_be_visible()
    field.press('Tab')
    expect(known(form)).to_be_hidden()
    expect(field).to_have_value('br')
    contacts(form, 'software-quality').press_sequentially('nobody like that')
    expect(known(form)).to_be_hidden()
    expect(form.get_by_role('status').last).to_have_text('No known login')


def test_the_preview_follows_what_is_chosen_and_the_campaign_is_made(
        form, system):
    form.get_by_label('Name', exact=True).fill(NAME)
    field = contacts(form)
    field.press_sequentially('john')
    field.press('ArrowDown')
    field.press('Enter')
    expect(form.locator('#prodworkflow-preview')).to_contain_text(
        '"Doe, John"')
    form.get_by_role('button', name='Create production campaign').click()
    expect(form.get_by_text('Its contacts can sign off now')).to_be_visible()
    assert system.queries.requirement(NAME, FREEZE).contacts == ('Doe, John',)


def test_deputies_are_offered_line_by_line(people, campaign, page_of):
    page = page_of('coordinator')
    page.goto(HERE)
    field = page.get_by_role('combobox', name='Feature Freeze: deputies')
    field.press_sequentially('br')
    field.press('ArrowDown')
    field.press('Enter')
    field.press_sequentially(' for a')
    known(page).get_by_role('option', name='anna', exact=True).click()
    field.press_sequentially(' 2999-01-01..2999-01-02')
    expect(known(page)).to_be_hidden()
    field.press('Enter')
    field.press_sequentially('john')
    field.press('ArrowDown')
    field.press('Enter')
    expect(field).to_have_value(
        'bruno for anna 2999-01-01..2999-01-02\n"Doe, John"')


def test_a_field_for_one_person_is_replaced_as_a_whole(people, campaign,
                                                       page_of):
    page = page_of('coordinator', width=390)
    page.goto(HERE)
    field = page.get_by_role('combobox', name='Stands for')
    field.press_sequentially('doe, ja')
    assert offered(page) == [CERTIFICATE]
    shot(page, 'known-logins-390')
    field.press('ArrowDown')
    field.press('Enter')
    expect(field).to_have_value(f'"{CERTIFICATE}"')


def test_without_scripts_the_browser_offers_the_same(people, page_of):
    page = page_of('coordinator', script=False)
    page.goto(PANEL)
    assert contacts(page).get_attribute('list') == 'prodworkflow-users'
    options = page.locator('#prodworkflow-users option').all()
    assert [each.get_attribute('value') for each in options] == [
        '"/DC=ch/CN=Doe, Jane"', '"Annabel Lee"', '"Doe, John"',
        '"a ""b"" c"', 'anna', 'bruno', 'coordinator', 'eve']
