"""With JavaScript off, the create form and the box do the same job."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from playwright import sync_api as playwright

from support.browser import PANEL, shot
from support.campaigns import FULL, FULL_CONTACTS
from support.signoffs import LEAKS

SCRIPTS = pytest.mark.parametrize('script', [
    pytest.param(True, id='scripts'), pytest.param(False, id='no scripts')])
BOX = '#prodworkflow-box'
OUTCOME = f'{BOX} [role=status]'
LISTS = '''[lists]
subdetectors = ["SVT", "DCH"]
sites = [
  {name = "CNAF", weight = 60, contacts = ["anna"]},
  {name = "GridKa", weight = 40, contacts = ["bruno"]},
]
'''
# As Trac writes it with Babel, and without.
JUNE_1 = re.compile('Jun 1, 2031|06/01/31')
NEXT_MONTH = (date.today() + timedelta(days=30)).isoformat()


def told(page, where='#notice'):
    return playwright.expect(page.locator(where).first)


def preview(page, script):
    """The preview comes while one types, or by its button."""
    if not script:
        page.get_by_role('button', name='Preview').click()
    return playwright.expect(page.locator('#prodworkflow-preview'))


@SCRIPTS
def test_create_form_does_the_same_job(page_of, system, env, script):
    """Another template with its lists, a mistake that is told, the plan."""
    page = page_of('coordinator', script=script)
    page.goto(PANEL)
    page.get_by_label('Name', exact=True).fill('2031 Prod')
    page.get_by_label('Template').select_option('path-to-production-full')
    preview(page, script).to_contain_text('sign-off tickets')
    playwright.expect(page.get_by_label('Name', exact=True)).to_have_value(
        '2031 Prod')
    page.locator('input[name=release]').fill('V1')
    page.get_by_label('Planned start').fill('2031-06-29')
    page.get_by_text('The lists as TOML').click()
    page.get_by_label('Lists, as TOML').fill(LISTS)
    page.locator('[name="contact:feature-freeze"]').fill('anna, brnuo')
    preview(page, script).to_contain_text('a mistake stands at its field')
    playwright.expect(page.locator(
        '[id="pw-wrong-contact:feature-freeze"]')).to_contain_text(
            'Did you mean bruno?')
    playwright.expect(page.locator('[name="contact:feature-freeze"]')
                      ).to_have_value('anna, brnuo')
    page.locator('[name="contact:feature-freeze"]').fill(
        'bruno, "Doe, Jane"')
    preview(page, script).to_contain_text('"Doe, Jane"')
    playwright.expect(page.locator('#prodworkflow-preview')
                      ).not_to_contain_text('Nothing is made yet')
    page.get_by_label('Name people who have never logged in').check()
    preview(page, script).to_contain_text('Nothing is made yet')
    preview(page, script).to_contain_text(JUNE_1)
    shot(page, f'create-{"scripts" if script else "plain"}')
    assert env.db_query("SELECT id FROM ticket") == []
    page.get_by_role('button', name='Create production campaign').click()
    playwright.expect(page.locator('h1')).to_have_text(
        '2031 Prod stage 1 of 3')
    made = system.queries.requirement('2031 Prod', 'feature-freeze')
    assert made.contacts == ('bruno', 'Doe, Jane')
    assert system.queries.requirement(
        '2031 Prod', 'site-validated.cnaf').contacts == ('anna',)


def test_campaign_like_an_earlier_one_is_made_without_scripts(
        full, page_of, system):
    page = page_of('coordinator', script=False)
    page.goto(PANEL)
    page.get_by_label('Like an earlier campaign').select_option(FULL)
    page.get_by_role('button', name='Fill in the form').click()
    page.get_by_label('Name', exact=True).fill('Second')
    page.locator('input[name=release]').fill('V2')
    page.locator('[name="contact:memory-leaks"]').fill('bruno')
    preview(page, False).to_contain_text('Nothing is made yet')
    page.get_by_role('button', name='Create production campaign').click()
    playwright.expect(page.locator('h1')).to_have_text(
        'Second stage 1 of 3')
    assert {key: system.queries.requirement('Second', key).contacts
            for key in FULL_CONTACTS} == {**FULL_CONTACTS, LEAKS: ('bruno',)}


@SCRIPTS
def test_box_does_the_same_job(full, page_of, verbs, script):
    """Each act that it offers, and a refusal that keeps what was typed."""
    def box(user):
        page = page_of(user, script=script)
        page.goto(f'/ticket/{full[LEAKS]}')
        return page, page.locator(BOX)

    page, anna = box('anna')
    growth = anna.get_by_label('Memory growth', exact=True)
    statement = anna.get_by_label('Your statement')
    growth.fill('6 kB/furlong')
    statement.fill('Measured.')
    anna.get_by_role('button', name='Report only').click()
    told(page, '#warning').to_contain_text('Memory growth:')
    playwright.expect(growth).to_have_value('6 kB/furlong')
    playwright.expect(statement).to_have_value('Measured.')
    growth.fill('6 kB/event')
    anna.get_by_role('button', name='Report only').click()
    told(page, OUTCOME).to_contain_text('Reported.')
    statement.fill('It is too much.')
    anna.get_by_role('button', name='Reject').click()
    told(page, OUTCOME).to_contain_text('Rejected.')

    page, coordinator = box('coordinator')
    coordinator.locator('summary', has_text='Waive…').click()
    coordinator.get_by_label('Why it is tolerable').fill('It is known.')
    coordinator.get_by_label('Lifts').select_option('rejected')
    coordinator.get_by_label('Last day').fill(NEXT_MONTH)
    coordinator.get_by_role('button', name='Waive').click()
    told(page, OUTCOME).to_contain_text('Waived.')
    shot(page, f'box-{"scripts" if script else "plain"}')

    page, anna = box('anna')
    anna.get_by_label('Memory growth', exact=True).fill('0.7')
    anna.get_by_label('leak report').fill('https://example.org/leaks')
    anna.get_by_label('Your statement').fill('Two leaks fixed.')
    anna.get_by_role('button', name='Sign off').click()
    told(page, OUTCOME).to_contain_text('Signed off.')

    page, eve = box('eve')
    eve.get_by_label('Your statement').fill('The third is still there.')
    eve.get_by_role('button', name='Object').click()
    told(page, OUTCOME).to_contain_text('Objected.')
    page, anna = box('anna')
    anna.get_by_label('Your answer').fill('It is small.')
    anna.get_by_role('button', name='Answer and close').click()
    told(page, OUTCOME).to_contain_text('nswered')
    anna.get_by_label('Your statement').fill('It grew.')
    anna.get_by_role('button', name='Withdraw').click()
    told(page, OUTCOME).to_contain_text('Withdrawn.')
    assert verbs(FULL) == ['created', 'reported', 'rejected', 'waived',
                           'approved', 'objected', 'answered', 'withdrawn']


def test_plots_are_chosen_from_the_attachments_without_scripts(
        full, page_of, attach, verbs):
    attach(full['physics-emc'], 'new.png', 'old.png')
    page = page_of('bruno', script=False)
    page.goto(f'/ticket/{full["physics-emc"]}')
    box = page.locator(BOX)
    for select, name in zip(box.locator('select[name^="plot:"], '
                                        'select[name^="reference:"]').all(),
                            ('new.png', 'old.png') * 9):
        select.select_option(name)
    for link in box.locator('input[name^="link:"]').all():
        link.fill('https://example.org/report')
    box.get_by_label('Your statement').fill('As before.')
    box.get_by_role('button', name='Sign off').click()
    told(page, OUTCOME).to_contain_text('Signed off.')
    assert verbs(FULL) == ['created', 'approved']
