"""The editor of templates in a real Chromium, with scripts and without."""

from __future__ import annotations

import pytest
from playwright import sync_api as playwright

from support.browser import shot
from support.template_versions import text

PANEL = '/admin/production/templates'
SCRIPTS = pytest.mark.parametrize('script', [
    pytest.param(True, id='scripts'), pytest.param(False, id='no scripts')])
LONG = """title = "Long"
""" + ''.join(f"""
[[stage]]
key = "stage-{n}"
title = "Stage {n}"

[[stage.requirement]]
key = "requirement-{n}"
title = "Requirement {n}"
""" for n in range(1, 13))


def written(page):
    return page.get_by_label('Text', exact=False).first


def answered(page):
    return page.locator('#prodworkflow-check')


def wide(page):
    """What of ours sticks out of the window, outside what scrolls."""
    return page.evaluate("""() => Array.from(document.querySelectorAll(
        '[class*="pw-"], #tabcontent input, #tabcontent textarea'))
        .filter(e => !e.closest('.pw-scroll, .pw-sheet')
        && !e.classList.contains('pw-hidden')
        && e.getBoundingClientRect().right > window.innerWidth)
        .map(e => e.className || e.name)""")


@SCRIPTS
def test_unknown_keyword_shows_its_line_and_a_suggestion(
        keep, page_of, script):
    """Mended, the plan is shown; without scripts, by the *Check* button."""
    keep()
    page = page_of('coordinator', width=1280, script=script)
    page.goto(f'{PANEL}/mine')
    playwright.expect(answered(page)).to_contain_text('Only stage')
    playwright.expect(answered(page)).to_contain_text(
        '7 days before the start')
    wrong = text().replace('due =', 'deu =')
    written(page).fill(wrong)
    if not script:
        page.get_by_role('button', name='Check').click()
    mistakes = answered(page).locator('.pw-mistakes li')
    playwright.expect(mistakes).to_have_count(1)
    playwright.expect(mistakes).to_contain_text('line 6')
    playwright.expect(mistakes).to_contain_text('write "due"')
    playwright.expect(page.locator('.pw-gutter .pw-wrong')).to_have_attribute(
        'id', 'prodworkflow-line-6')
    playwright.expect(written(page)).to_have_value(wrong)
    shot(page, f'editor-mistake-{"scripts" if script else "plain"}')
    written(page).fill(text('Mended').replace('7', '21'))
    if not script:
        page.get_by_role('button', name='Check').click()
    playwright.expect(answered(page)).to_contain_text('No mistakes')
    playwright.expect(answered(page)).to_contain_text(
        '21 days before the start')
    playwright.expect(answered(page)).to_contain_text('Mended')
    playwright.expect(page.locator('.pw-gutter .pw-wrong')).to_have_count(0)
    shot(page, f'editor-plan-{"scripts" if script else "plain"}')


def test_template_mistake_is_told_while_typing_and_leads_to_its_line(
        keep, page_of):
    keep(text=LONG)
    page = page_of('coordinator', width=1280)
    page.goto(f'{PANEL}/mine')
    line = LONG.split('\n').index('key = "stage-11"') + 1
    playwright.expect(page.locator('.pw-gutter li')).to_have_count(
        LONG.count('\n') + 1)
    written(page).evaluate("""(area) => {
        const at = area.value.indexOf('key = "stage-11"');
        area.focus(); area.setSelectionRange(at, at + 3); }""")
    page.keyboard.type('kye')
    link = answered(page).get_by_role('link', name=f'line {line}').first
    playwright.expect(link).to_be_visible()
    playwright.expect(answered(page)).to_contain_text('write "key"')
    playwright.expect(page.locator('#prodworkflow-told')).to_contain_text(
        f'line {line}')
    playwright.expect(written(page)).to_have_attribute('aria-invalid', 'true')
    page.locator('.pw-sheet').evaluate('sheet => { sheet.scrollTop = 0; }')
    link.focus()
    page.keyboard.press('Enter')
    chosen = written(page).evaluate("""area => [
        area === document.activeElement,
        area.value.slice(area.selectionStart, area.selectionEnd)]""")
    assert chosen == [True, 'kye = "stage-11"']
    assert page.locator(f'#prodworkflow-line-{line}').evaluate("""item => {
        const box = item.getBoundingClientRect();
        const sheet = item.closest('.pw-sheet').getBoundingClientRect();
        return box.top >= sheet.top && box.bottom <= sheet.bottom; }""")
    shot(page, 'editor-line')
    page.keyboard.type('key = "stage-11"')
    playwright.expect(answered(page)).to_contain_text('No mistakes')
    playwright.expect(page.locator('#prodworkflow-told')).to_contain_text(
        'No mistakes')


def test_line_numbers_of_the_editor_stand_beside_their_lines(keep, page_of):
    keep(text=LONG)
    page = page_of('coordinator', width=1280)
    page.goto(f'{PANEL}/mine')
    for added in ('', '\n# more\n' * 30):
        written(page).evaluate(
            """(area, added) => { area.value += added;
            area.dispatchEvent(new Event('input', {bubbles: true})); }""",
            added)
        heights = page.evaluate("""() => {
            const items = document.querySelectorAll('.pw-gutter li');
            const area = document.getElementById('prodworkflow-text');
            const style = getComputedStyle(area);
            return [items[1].offsetTop - items[0].offsetTop,
                    parseFloat(style.lineHeight),
                    area.scrollHeight - area.clientHeight]; }""")
        assert heights[0] == heights[1]
        assert heights[2] <= 0


@SCRIPTS
def test_saving_a_template_makes_a_new_version_with_its_reason(
        keep, page_of, system, script):
    keep()
    page = page_of('coordinator', width=1280, script=script)
    page.goto(f'{PANEL}/mine')
    written(page).fill(text('Two'))
    page.get_by_role('button', name='Save as version 2').click()
    playwright.expect(page.locator('#warning')).to_contain_text('Say why')
    playwright.expect(written(page)).to_have_value(text('Two'))
    page.get_by_label('Why').fill('It is two now.')
    page.get_by_role('button', name='Save as version 2').click()
    playwright.expect(page.locator('#notice')).to_contain_text(
        'Version 2 of mine is saved')
    assert [(k.version, k.author, k.reason)
            for k in system.templates.versions('mine')] == [
        (2, 'coordinator', 'It is two now.'), (1, 'anna', 'Because.')]
    page.get_by_role('button', name='View changes').click()
    playwright.expect(page.locator('h2', has_text='Changes')
                      ).to_contain_text('from version 1 to version 2')
    playwright.expect(page.locator('table.trac-diff')).to_contain_text('Two')
    shot(page, f'difference-{"scripts" if script else "plain"}')


def test_second_of_two_template_editors_is_told_and_loses_nothing(
        keep, page_of, system):
    keep()
    first, second = page_of('coordinator'), page_of('coordinator', width=1280)
    for page in (first, second):
        page.goto(f'{PANEL}/mine')
    for page, title in ((first, 'One'), (second, 'Two')):
        written(page).fill(text(title))
        page.get_by_label('Why').fill(f'It is {title}.')
        page.get_by_role('button', name='Save as version 2').click()
    playwright.expect(second.locator('#warning')).to_contain_text(
        'version 2 was saved meanwhile by coordinator (“It is One.”)')
    playwright.expect(written(second)).to_have_value(text('Two'))
    playwright.expect(second.get_by_label('Why')).to_have_value('It is Two.')
    playwright.expect(second.locator('table.trac-diff')).to_contain_text('Two')
    shot(second, 'conflict')
    assert len(system.templates.versions('mine')) == 2
    second.get_by_role('button', name='Save as version 3').click()
    playwright.expect(second.locator('#notice')).to_contain_text(
        'Version 3 of mine is saved')
    assert system.templates.version('mine').text == text('Two')


def test_built_in_template_is_copied_and_used(page_of, system):
    page = page_of('coordinator', width=1280)
    page.goto(PANEL)
    shot(page, 'templates')
    page.get_by_role('row', name='path-to-production Path').get_by_role(
        'link', name='Copy…').click()
    shot(page, 'editor-built-in')
    playwright.expect(page.get_by_role('button', name='Save as version')
                      ).to_have_count(0)
    page.get_by_label('New name').fill('our-path')
    page.get_by_label('Why').fill('Ours.')
    page.get_by_role('button', name='Save as a new template').click()
    playwright.expect(page.locator('#notice')).to_contain_text(
        'Version 1 of our-path is saved')
    page.get_by_role('link', name='Try in a new campaign').click()
    playwright.expect(page.get_by_label('Template')).to_have_value('our-path')
    page.get_by_label('Name', exact=True).fill('2014 Prod')
    playwright.expect(page.locator('#prodworkflow-preview')).to_contain_text(
        'Nothing is made yet')
    page.get_by_role('button', name='Create production campaign').click()
    playwright.expect(page.locator('h1')).to_have_text(
        '2014 Prod stage 1 of 3')
    campaign = system.queries.decision('2014 Prod').snapshot.state.campaign
    assert campaign.made_from == 'our-path@1'


def test_another_template_asks_for_its_own_contacts(keep, page_of, system):
    keep()
    page = page_of('coordinator', width=1280)
    page.goto('/admin/production/campaigns')
    page.get_by_label('Name', exact=True).fill('2014 Prod')
    page.get_by_label('Software quality ok', exact=True).fill('anna')
    page.get_by_label('Template').select_option('mine')
    page.get_by_label('One thing', exact=True).fill('bruno')
    playwright.expect(page.locator('#prodworkflow-preview')).to_contain_text(
        'bruno')
    playwright.expect(page.get_by_label('Software quality ok')
                      ).to_have_count(0)
    page.get_by_role('button', name='Create production campaign').click()
    playwright.expect(page.locator('h1')).to_have_text(
        '2014 Prod stage 1 of 1')
    assert system.queries.requirement('2014 Prod',
                                      'one').contacts == ('bruno',)


@SCRIPTS
def test_template_file_is_imported_in_the_panel(
        page_of, system, tmp_path, script):
    file = tmp_path / 'from-far-away.toml'
    file.write_text(text().replace('due =', 'deu ='), encoding='utf-8')
    page = page_of('coordinator', width=1280, script=script)
    page.goto(PANEL)
    page.locator('input[type=file]').set_input_files(file)
    page.get_by_label('Why').fill('Theirs is good.')
    page.get_by_role('button', name='Import').click()
    playwright.expect(page.locator('#warning')).to_contain_text('write "due"')
    playwright.expect(written(page)).to_have_value(
        text().replace('due =', 'deu ='))
    shot(page, f'import-mistake-{"scripts" if script else "plain"}')
    written(page).fill(text())
    page.get_by_role('button', name='Save as a new template').click()
    playwright.expect(page.locator('#notice')).to_contain_text(
        'Version 1 of from-far-away is saved')
    with page.expect_download() as downloading:
        page.get_by_role('link', name='Download').first.click()
    assert downloading.value.suggested_filename == 'from-far-away-1.toml'
    assert downloading.value.path().read_text(encoding='utf-8') == text()


def test_template_editor_says_when_the_server_does_not_answer(keep, page_of):
    keep()
    page = page_of('coordinator')
    page.goto(f'{PANEL}/mine')
    page.route('**/templates/mine', lambda route: route.abort())
    written(page).fill(text('Else'))
    playwright.expect(answered(page)).to_contain_text('cannot be reached')
    playwright.expect(written(page)).to_have_value(text('Else'))
    page.unroute('**/templates/mine')
    page.context.clear_cookies()
    written(page).fill(text('Else again'))
    playwright.expect(answered(page)).to_contain_text('refused to answer')
    playwright.expect(written(page)).to_have_value(text('Else again'))


@pytest.mark.parametrize('where', [
    '', '/mine', '/mine?version=1', '/path-to-production', '?action=new',
    '/mine?action=diff&old_version=1&version=2'])
def test_pages_of_templates_fit_a_phone(keep, page_of, where):
    keep('One')
    keep('Two')
    page = page_of('coordinator', width=390)
    page.goto(PANEL + where)
    name = 'narrow-templates' + where.translate(
        str.maketrans('/?=&', '----'))
    shot(page, name)
    assert wide(page) == []


def test_template_editor_can_be_walked_with_the_keyboard(keep, page_of):
    keep(text=LONG.replace('key = "stage-1"', 'kye = "stage-1"', 1)
         .replace('kye', 'key'))
    page = page_of('coordinator', width=1280)
    page.goto(f'{PANEL}/mine')
    written(page).focus()
    reached = []
    for _ in range(40):
        page.keyboard.press('Tab')
        reached.append(page.evaluate("""() => {
            const e = document.activeElement;
            return e.name || e.textContent.trim(); }"""))
    for name in ('act', 'The template', 'reason', 'new_name', 'old_version'):
        assert name in reached
