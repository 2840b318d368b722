"""The form that creates campaigns: what it asks for and when it complains."""

from __future__ import annotations

import pytest

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
