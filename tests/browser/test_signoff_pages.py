"""Signing, waiving, patching and stopping in a real Chromium."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from playwright import sync_api as playwright

from prodworkflow.api import EvidenceInput, SignOffRequest, Verdict
from prodworkflow.domain.model.person import Person
from support.browser import shot
from support.campaigns import ANNA, FULL, NAME
from support.reported import suite, TEXT

HERE = f'/admin/production/campaigns/{FULL}'
NEXT_MONTH = (date.today() + timedelta(days=30)).isoformat()
BOX = '#prodworkflow-box'
OUTCOME = f'{BOX} [role=status]'


def reopen_box(page, tickets, key):
    page.goto(f'/ticket/{tickets[key]}')
    return page.locator(BOX)


def act(page, name, reason):
    """Press one of the buttons of a campaign's page, with a reason."""
    page.goto(HERE)
    for ending in page.locator('#prodworkflow-end > summary').all():
        ending.click()
    form = page.locator('form', has=page.get_by_role('button', name=name,
                                                     exact=True))
    form.get_by_label('Reason').fill(reason)
    form.get_by_role('button', name=name, exact=True).click()


def test_a_contact_signs_in_three_clicks_and_one_sentence(
        campaign, page_of, system):
    page = page_of('anna')
    page.goto('/roadmap')
    page.locator('.pw-compact').get_by_role(
        'link', name='#1 Feature Freeze').click()                     # one
    box = page.locator(BOX)
    box.get_by_label('Your statement').fill('Announced on the list.')
    box.get_by_role('button', name='Sign off').click()                # two
    outcome = box.get_by_role('status')
    playwright.expect(outcome).to_contain_text(
        'Signed off. Not ready: 6 of 7 sign-offs missing')
    playwright.expect(outcome).to_contain_text(
        'Stage 1. Software preparation still waits for:')
    shot(page, 'signed')
    last = system.queries.ledger(NAME)[-1]
    assert (last.actor, last.verb, last.payload['statement']) == (
        'anna', 'approved', 'Announced on the list.')


def test_contact_signs_several_tickets_at_once(
        campaign, page_of, system, ticket):
    page = page_of('anna')
    page.goto('/campaign')
    shot(page, 'mine')
    page.get_by_role('checkbox', name='#1 Feature Freeze').check()
    page.get_by_role('checkbox', name='#2 Software quality ok').check()
    page.get_by_label('Your statement').fill('Looked at both.')
    page.get_by_role('button', name='Sign off').click()
    told = page.get_by_role('status')
    playwright.expect(told).to_contain_text('2 signed off')
    playwright.expect(told).to_be_focused()
    assert ticket(1)['status'] == ticket(2)['status'] == 'closed'
    playwright.expect(page.locator('h3', has_text='What I signed')
                      ).to_be_visible()


def test_contact_gives_evidence_values_and_is_told_what_is_wrong(
        full, page_of, ticket):
    page = page_of('anna')
    box = reopen_box(page, full, 'memory-leaks')
    box.get_by_label('Memory growth', exact=True).fill('6 kB/furlong')
    box.get_by_label('leak report').fill('https://example.org/leaks')
    box.get_by_label('Your statement').fill('Two leaks fixed.')
    box.get_by_role('button', name='Sign off').click()
    playwright.expect(page.locator('#warning')).to_contain_text(
        'Memory growth:')
    playwright.expect(box.get_by_label('Your statement')).to_have_value(
        'Two leaks fixed.')
    shot(page, 'wrong-unit')
    box.get_by_label('Memory growth', exact=True).fill('0.7')
    box.get_by_role('button', name='Sign off').click()
    playwright.expect(page.locator(OUTCOME)).to_contain_text(
        'Signed off')
    assert ticket(full['memory-leaks'])['status'] == 'closed'
    shot(page, 'evidence')


def test_a_coordinator_rejects_waives_patches_holds_and_launches(
        full, page_of, sign_full, system, ticket):
    page = page_of('coordinator')
    box = reopen_box(page, full, 'memory-leaks')
    box.get_by_label('Your statement').fill('The report is missing.')
    box.get_by_role('button', name='Reject').click()
    playwright.expect(page.locator(OUTCOME)).to_contain_text(
        'Rejected.')

    sign_full('feature-freeze', 'resources-estimate')
    system_report(system, 'memory-leaks', '4.9 MB per 1000 events')
    box = reopen_box(page, full, 'memory-leaks')
    shot(page, 'out-of-bounds')
    box.get_by_text('Waive…').click()
    box.get_by_label('Why it is tolerable').fill(
        'Small, and known since 2009.')
    box.get_by_label('Lifts').select_option('out-of-bounds')
    box.get_by_label('Last day').fill(NEXT_MONTH)
    box.get_by_label('Memory growth, tolerable up to').fill('5 kB/event')
    shot(page, 'waive')
    box.get_by_role('button', name='Waive').click()
    playwright.expect(page.locator(OUTCOME)).to_contain_text(
        'Waived.')

    sign_full('memory-leaks', value='4.8 kB/event')
    assert ticket(full['memory-leaks'])['resolution'] == 'tolerable'
    page.goto(f'/ticket/{full["memory-leaks"]}')
    shot(page, 'tolerable')
    sign_full(*[k for k in full if k not in (
        'feature-freeze', 'resources-estimate', 'memory-leaks')])
    page.goto(f'/campaign/{FULL}')
    playwright.expect(page.locator('.pw-verdict')).to_contain_text('Ready:')
    shot(page, 'ready')

    page.goto(HERE)
    form = page.locator('#prodworkflow-release')
    form.get_by_label('Release', exact=True).fill('V2')
    form.get_by_label('Reason').fill('A mistake in the clustering.')
    form.get_by_label('emc 4', exact=True).check()
    shot(page, 'admin-campaign')
    form.get_by_role('button', name='Show what it would do').click()
    shot(page, 'release-shown')
    playwright.expect(form).to_contain_text('would move from V1 to V2')
    form.get_by_role('button', name='Move to V2').click()
    notice = page.locator('#notice')
    playwright.expect(notice).to_contain_text(
        f'To be signed again: #{full["release-validated"]}')
    playwright.expect(notice).to_contain_text('Carried over:')
    assert ticket(full['physics-emc'])['status'] == 'reopened'
    assert ticket(full['physics-tracking'])['status'] == 'closed'
    # The leaks are not asked again, and so their waiver stands.
    assert ticket(full['memory-leaks'])['resolution'] == 'tolerable'

    act(page, 'Put on hold', 'Jobs crash at two sites.')
    playwright.expect(page.locator('.pw-verdict')).to_contain_text(
        'On hold by coordinator: Jobs crash at two sites;')
    shot(page, 'held')
    act(page, 'Resume', 'Mended.')
    playwright.expect(page.locator('#notice')).to_contain_text('Resumed.')
    page.goto(HERE)
    assert page.get_by_role('link', name='Launch production…').count() == 0
    sign_full('release-validated', 'runtime-performance', 'physics-emc',
              'physics-results')
    page.goto(HERE)
    page.get_by_role('link', name='Launch production…').click()
    page.get_by_label('Reason').fill('Go.')
    page.get_by_role('button', name='Launch production').click()
    playwright.expect(page.locator('#notice')).to_contain_text('Launched')
    shot(page, 'launched')
    page.goto('/roadmap')
    shot(page, 'roadmap-launched')
    assert system.queries.decision(
        FULL).snapshot.state.campaign.phase == 'launched'
    act(page, 'Close the campaign', 'All events are produced.')
    playwright.expect(page.locator('#content')).to_contain_text(
        'This campaign is closed')


def system_report(system, key, value):
    system.record(FULL, key, Person('anna'), SignOffRequest(
        Verdict.REPORTED, 'Measured.',
        EvidenceInput({'memory_growth': value})))


def test_contacts_and_enforcement_are_changed_with_a_reason(
        campaign, page_of, system):
    page = page_of('coordinator')
    page.goto(f'/admin/production/campaigns/{NAME}')
    form = page.locator('#prodworkflow-change')
    form.get_by_label('Feature Freeze: contacts').fill('anna, bruno')
    form.get_by_label('Feature Freeze: quorum').fill('3')
    form.get_by_label('Reason').fill('Two eyes see more.')
    form.get_by_role('button', name='Save changes').click()
    playwright.expect(page.locator('#warning')).to_contain_text(
        'The quorum of feature-freeze (Feature Freeze) is 3, but only anna '
        'and bruno can sign it')
    playwright.expect(form.get_by_label('Feature Freeze: quorum')
                      ).to_have_value('3')
    form.get_by_label('Feature Freeze: quorum').fill('2')
    form.get_by_label('Enforcement').select_option('advisory')
    form.get_by_role('button', name='Save changes').click()
    playwright.expect(page.locator('#notice')).to_contain_text('2 changed.')
    playwright.expect(page.locator('#content')).to_contain_text(
        'enforcement lowered to advisory by coordinator')
    shot(page, 'changed')
    freeze = system.queries.requirement(NAME, 'feature-freeze')
    assert (freeze.contacts, freeze.quorum) == (('anna', 'bruno'), 2)


@pytest.mark.parametrize('where', ['/ticket/2', f'/campaign/{FULL}',
                                   '/campaign', HERE])
def test_sign_off_pages_fit_a_phone(full, page_of, where):
    page = page_of('coordinator', width=360)
    page.goto(where)
    shot(page, 'phone' + where.replace('/', '-').replace(' ', '-'))
    assert page.evaluate('document.documentElement.scrollWidth') <= 400


def test_sign_off_box_can_be_walked_with_the_keyboard(full, page_of):
    page = page_of('anna')
    page.goto(f'/ticket/{full["memory-leaks"]}')
    box = page.locator(BOX)
    box.get_by_label('Memory growth', exact=True).focus()
    seen = []
    for _ in range(6):
        page.keyboard.press('Tab')
        seen.append(page.evaluate(
            'document.activeElement.name || document.activeElement.text'))
    assert 'statement' in seen
    assert 'verdict' in seen



@pytest.mark.parametrize('width', [1280, 390])
def test_what_a_field_asks_for_is_read_in_full(
        make_reported, report_file, page_of, width):
    """Also beside questions about a file, which take the place."""
    number = make_reported(text=TEXT.replace('kB/event', 'B'))
    for node in (b'wn-0001', b'wn-0002'):
        report_file(ANNA, suite().replace(b'"s"', (
            b'"s" hostname="%s.batch.production.example.org"' % node)),
            'tests.xml')
    page = page_of('anna', width=width)
    page.goto(f'/ticket/{number}')
    fields = page.locator(f'{BOX} input.pw-value')
    assert fields.evaluate_all("""fields => fields.map(field => {
        const ruler = document.createElement('canvas').getContext('2d');
        const style = getComputedStyle(field);
        ruler.font = style.font;
        return field.clientWidth - parseFloat(style.paddingLeft)
            - parseFloat(style.paddingRight)
            >= ruler.measureText(field.placeholder).width;
        })""") == [True] * 3
