"""The form that creates campaigns: what it asks for and when it complains."""

from __future__ import annotations

import re
from html import unescape

import pytest

from prodworkflow.api import CampaignRequest
from support.template_versions import keep

__all__ = ['keep']

PANEL = '/admin/production/campaigns'
FULL = 'path-to-production-full'


@pytest.fixture
def choose_template(client):
    """The form after another template was chosen in it."""
    def choose(**more):
        return client('coordinator').post(PANEL, {
            'template': FULL, 'fields_of': 'path-to-production',
            'preview': 'Preview', **more})
    return choose


def test_choosing_a_template_before_a_name_is_no_mistake(choose_template):
    page = choose_template(name='')
    assert page.status == 200
    assert 'needs a name' not in page.text
    assert 'name="contact:memory-leaks"' in page.text


def test_choosing_a_template_with_a_name_shows_its_plan(choose_template):
    page = choose_template(name='2027 MC')
    assert page.status == 200
    words = ' '.join(page.text.split())
    assert '<strong>2027 MC</strong> will get 3 milestones' in words


def test_creating_with_the_fields_of_another_template_is_refused(
        choose_template, env):
    page = choose_template(name='', create='Create')
    assert page.status == 409
    assert 'needs a name' in page.text
    assert env.db_query('SELECT COUNT(*) FROM ticket') == [(0,)]


def test_requirements_are_named_in_words(choose_template):
    page = choose_template(name='').text
    form = page.split('id="prodworkflow-create"')[1]
    assert 'Release validated at each site' in form
    assert 'Release built: the release' in form
    assert '{site}' not in form
    assert '{release}' not in form


WRONG = {'name': 'a/b', 'template': FULL, 'fields_of': FULL,
         'start': '2001-01-10', 'contact:memory-leaks': 'bruon',
         'quorum:crash-rate': 'many', 'preview': 'Preview'}
XHR = {'X-Requested-With': 'XMLHttpRequest'}


def words_of(page):
    return ' '.join(re.sub('<[^>]*>', ' ', unescape(page.text)).split())


def cells(page):
    """The rows of sites as the form shows them: name, weight, contacts."""
    return [tuple(unescape(re.search(
        f'name="item-{cell}:sites:{number}" value="([^"]*)"', page.text)[1])
        for cell in ('name', 'weight', 'contacts'))
        for number in re.findall('name="item-name:sites:([0-9]+)"',
                                 page.text)]


def hidden(page, name):
    return re.search(f'name="{name}" value="([^"]*)"', page.text)[1]


@pytest.fixture
def tables(client):
    """Send the form with these rows of sites, as a browser does."""
    def send(rows, *, lists=None, **more):
        user = client('coordinator')
        first = user.get(f'{PANEL}?template={FULL}')
        text = unescape(re.search(r'(?s)<textarea name="lists".*?>\n(.*?)'
                                  '</textarea>', first.text)[1])
        fields = {f'item-{cell}:sites:{number}': value
                  for number, row in enumerate(rows)
                  for cell, value in zip(('name', 'weight', 'contacts'), row)}
        fields.update({f'item-name:subdetectors:{n}': name
                       for n, name in enumerate(('SVT', 'DCH'))})
        return user.post(PANEL, {
            'name': 'Listed', 'template': FULL, 'fields_of': FULL,
            'tables-shown': hidden(first, 'tables-shown'),
            'lists-shown': hidden(first, 'lists-shown'),
            'lists': text if lists is None else lists(text),
            **fields, **more})
    return send


def test_one_mistake_leaves_the_preview_and_stands_at_its_field(client):
    page = client('coordinator').post(PANEL, WRONG)
    assert page.status == 409
    for field in ('name', 'contact:memory-leaks', 'quorum:crash-rate'):
        assert f'<a href="#pw-field-{field}">' in page.text
        at, = re.findall(f'<input [^>]*name="{field}"[^>]*>', page.text)
        assert 'aria-invalid="true"' in at
        assert f'aria-describedby="pw-wrong-{field}"' in at
    assert page.text.count('aria-invalid="true"') == 3
    words = words_of(page)
    assert '3 mistakes' in words
    assert 'Did you mean bruno?' in words
    assert '“Memory leaks”' in words
    assert 'memory-leaks' not in words
    assert 'Release validated at each site' in words.split('Nothing is')[1]


def test_own_due_dates_are_shown_and_marked_where_they_are_past(client):
    words = words_of(client('coordinator').post(PANEL, WRONG))
    assert re.search(r'due by itself: \S+ \d+, 2000 past: [0-9]+ days ago',
                     words)


def test_quorums_are_fields_of_every_requirement(client, system):
    page = client('coordinator').get(f'{PANEL}?template={FULL}')
    contacts = re.findall('name="contact:([^"]*)"', page.text)
    assert contacts == re.findall('name="quorum:([^"]*)"', page.text)
    assert len(contacts) == 13
    client('coordinator').post(PANEL, {
        'name': 'Two', 'template': FULL, 'fields_of': FULL,
        'contact:memory-leaks': 'anna, bruno', 'quorum:memory-leaks': '2',
        'create': 'Create'})
    state = system.queries.decision('Two').snapshot.state
    assert state.requirement('memory-leaks').quorum == 2


@pytest.mark.parametrize(('act', 'more', 'rows'), [
    pytest.param('add:sites', {}, [('A', '1', 'anna'), ('B', '2', ''),
                                   ('', '', '')], id='add'),
    pytest.param('drop:sites:0', {}, [('B', '2', '')], id='drop'),
    pytest.param('drop:sites:x', {}, [('A', '1', 'anna'), ('B', '2', '')],
                 id='drop none'),
    pytest.param('paste:sites', {'paste:sites': 'B\t3\nC\t"4"\tbruno'},
                 [('A', '1', 'anna'), ('B', '3', ''), ('C', '"4"', 'bruno')],
                 id='paste'),
    pytest.param('same:sites', {'same:sites': 'bruno'},
                 [('A', '1', 'bruno'), ('B', '2', 'bruno')], id='same'),
    pytest.param('other:sites', {}, [('A', '1', 'anna'), ('B', '2', '')],
                 id='no such act'),
])
def test_rows_change_without_script_and_nobody_is_told_off(
        tables, act, more, rows):
    page = tables([('A', '1', 'anna'), ('B', '2', '')], row=act, name='',
                  **more)
    assert page.status == 200
    assert cells(page) == rows
    assert 'needs a name' not in page.text


def test_tables_that_were_touched_make_the_campaign(tables, system):
    tables([('A', '2', 'anna'), ('', '', ''), ('B', '1', '"bruno"')],
           create='Create')
    found = system.queries.decision('Listed').snapshot.state.lists
    sites, = (x for x in found if x.name == 'sites')
    assert [(i.name, i.weight, i.contacts) for i in sites.items] == [
        ('A', '2', ('anna',)), ('B', '1', ('bruno',))]


def test_mistakes_in_tables_stand_at_their_cells(tables):
    page = tables([('A', 'much', 'x "y'), ('a', '1', 'bruon')],
                  create='Create')
    assert page.status == 400
    for field in ('item-weight:sites:0', 'item-contacts:sites:0'):
        assert f'<a href="#pw-field-{field}">' in page.text
    assert cells(page)[0] == ('A', 'much', 'x "y')
    page = tables([('A', '1', ''), ('B', '1', 'bruon')], create='Create')
    assert '<a href="#pw-field-item-contacts:sites:1">' in page.text


def test_text_and_tables_both_changed_make_nothing_before_it_is_seen(
        tables, system):
    page = tables([('A', '1', '')], lists=lambda text: text + '# mine',
                  create='Create')
    assert page.status == 400
    assert 'both changed' in page.text
    assert '# mine' in page.text
    assert system.queries.names() == []


def test_answer_to_the_script_has_mistakes_text_and_tables(client):
    user = client('coordinator')
    user.get(PANEL)
    page = user.post(PANEL, WRONG, XHR)
    assert page.status == 200
    assert 'data-pw-field="contact:memory-leaks"' in page.text
    assert 'data-pw-part="tables"' in page.text
    assert '<html' not in page.text


def test_a_clone_tells_what_it_does_not_take_over(client, keep, system):
    keep()
    system.create(CampaignRequest('Old', 'mine'), 'coordinator')
    keep('Two', 'Newer.')
    words = words_of(client('coordinator').get(f'{PANEL}?like=Old'))
    assert 'The template mine has version 2 since' in words
    system.templates.remove('mine', 'coordinator', 'Gone.')
    words = words_of(client('coordinator').get(f'{PANEL}?like=Old'))
    assert 'The template mine is not offered any more' in words


def test_list_of_campaigns_leads_to_the_ticket_that_comes_next(
        campaign, client):
    page = client('coordinator').get(PANEL).text
    table = page.split('<table')[1].split('</table>')[0]
    assert re.search(r'next: <a [^>]*href="/ticket/1"', table)
