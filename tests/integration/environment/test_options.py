"""Options of [prodworkflow]: told by TracIni, obeyed, and wrong ones told."""

from __future__ import annotations

import html
import json
import os
import re
from datetime import datetime, timedelta, timezone
from importlib.metadata import distribution
from pathlib import Path
from urllib.parse import quote

import pytest
from trac.config import Option
from trac.env import open_environment
from trac.wiki.model import WikiPage

from prodworkflow.api import CampaignRequest
from prodworkflow.domain.template.versions import TemplateDraft
from support.campaigns import FULL, FULL_CONTACTS, FULL_TEXT, NAME
from support.logs import without_libpq

DOCS = Path(__file__).parents[3] / 'docs'
NAMES = {'default_template', 'default_enforcement', 'done_statuses',
         'roadmap_panel', 'waiver_days', 'forecast', 'pictures_base',
         'quiet_days', 'escalate_days'}
WRONG = {'default_enforcement': 'lax', 'waiver_days': 'two weeks',
         'roadmap_panel': 'perhaps', 'forecast': 'sometimes',
         'pictures_base': 'trac', 'done_status': 'done',
         'quiet_days': 'saturdy', 'escalate_days': 'a week'}
CREATE = '/admin/production/campaigns'


@pytest.fixture(autouse=True, scope='module')
def loaded():
    """Load the components, as Trac does before it opens an environment."""
    for point in distribution('prodworkflow').entry_points:
        if point.group == 'trac.plugins':
            point.load()


def write(ini, given):
    """Write options into trac.ini, as by hand: Trac itself would mend them."""
    text = ini.read_text(encoding='utf-8')
    for name, value in given.items():
        text, found = re.subn(rf'(?m)^{name} =.*$', f'{name} = {value}', text)
        if not found:
            text = text.replace('[prodworkflow]\n',
                                f'[prodworkflow]\n{name} = {value}\n')
    ini.write_text(text, encoding='utf-8')
    later = ini.stat().st_mtime + 60  # Trac looks at it, in whole seconds
    os.utime(ini, (later, later))


@pytest.fixture
def option(env, path):
    """Changes options of this environment."""
    def change(name, value):
        write(path / 'conf' / 'trac.ini', {name: value})
        env.config.parse_if_needed()
    return change


@pytest.fixture
def warnings(path):
    """What is warned of when the environment is opened, with options."""
    def opened(**given):
        write(path / 'conf' / 'trac.ini', {'log_type': 'file', **given})
        open_environment(str(path), use_cache=False).shutdown()
        log = (path / 'log' / 'trac.log').read_text(encoding='utf-8')
        assert 'Traceback' not in without_libpq(log)
        return [line.partition('WARNING: ')[2] for line in log.splitlines()
                if 'WARNING: [prodworkflow]' in line]
    return opened


def test_there_are_these_options():
    assert {name for section, name in Option.registry
            if section == 'prodworkflow'} == NAMES


def test_tracini_shows_each_option_with_its_description(env, client):
    page = WikiPage(env, 'Options')
    page.text = '[[TracIni(prodworkflow)]]'
    page.save('eve', '')
    found = client('anna').get('/wiki/Options').text
    rows = dict(re.findall(
        r'(?s)id="prodworkflow-(\w+)-option".*?</td><td>(.*?)</td>', found))
    assert set(rows) == NAMES
    assert all(len(re.sub('<[^>]*>', '', text)) > 40
               for text in rows.values()), rows


def test_configuration_page_lists_each_option():
    text = (DOCS / 'reference' / 'configuration.rst').read_text(
        encoding='utf-8')
    listed = re.findall(r'(?m)^``\[prodworkflow\] (\w+)``$', text)
    assert sorted(listed) == sorted(NAMES)


@pytest.mark.parametrize('name', sorted(WRONG))
def test_wrong_option_is_warned_of_once_at_start(warnings, name):
    told, = warnings(**{name: WRONG[name]})
    assert told.startswith(f'[prodworkflow] {name}')


def test_nothing_is_warned_of_without_options(warnings):
    assert warnings() == []


def test_check_tells_what_is_wrong_with_options(campaign, option, admin):
    assert admin('campaign', 'check')[0] == 0
    for name, value in {**WRONG, 'default_template': 'mine',
                        'done_statuses': 'finished, closed'}.items():
        option(name, value)
    code, out, err = admin('campaign', 'check')
    assert (code, err) == (1, '')
    assert sorted(re.findall(r'(?m)^trac.ini: \[prodworkflow\] (\w+)', out)
                  ) == sorted([*WRONG, 'default_template', 'done_statuses'])
    assert 'no workflow has finished, so that counts for nothing' in out
    assert admin('campaign', 'check', NAME)[0] == 0


def test_no_page_fails_with_wrong_options(campaign, option, client):
    for name, value in {**WRONG, 'default_template': 'mine',
                        'done_statuses': 'finished'}.items():
        option(name, value)
    for path in ('/roadmap', CREATE, f'/campaign/{quote(NAME)}', '/ticket/1',
                 '/campaign', f'{CREATE}/{quote(NAME)}'):
        assert client('coordinator').get(path).status == 200, path


@pytest.fixture
def full(system):
    """A campaign whose template says nothing of waivers."""
    system.create(CampaignRequest(FULL, 'full', 'V1', '2031-06-01',
                                  contacts=FULL_CONTACTS,
                                  template_text=FULL_TEXT), 'coordinator')


@pytest.fixture
def ahead():
    """A day so many days from today on (UTC)."""
    return lambda days: (datetime.now(timezone.utc).date()
                         + timedelta(days=days)).isoformat()


def chosen(answer, field):
    """The value that a form has chosen in a list of options."""
    select = re.search(rf'(?s)<select[^>]*name="{field}".*?</select>',
                       answer.text)
    found = re.findall(r'<option([^>]*)>([^<:]*)', select[0])
    return next((text for about, text in found if 'selected' in about),
                found[0][1]).strip()


def test_default_template_is_offered_first_and_taken_by_the_command(
        option, client, admin, system):
    assert chosen(client('coordinator').get(CREATE), 'template') \
        == 'path-to-production'
    system.templates.save(TemplateDraft('mine', FULL_TEXT, 'A first one.'),
                          'eve')
    option('default_template', 'mine')
    assert chosen(client('coordinator').get(CREATE), 'template') == 'mine'
    option('default_template', 'path-to-production-full')
    assert admin('campaign', 'create', NAME)[0] == 0
    assert system.queries.decision(NAME).snapshot.state.campaign.template \
        == 'path-to-production-full'


def test_default_template_that_is_not_there_is_told_and_not_taken(
        option, client, admin):
    option('default_template', 'mine')
    words = ('[prodworkflow] default_template = mine: no template has that '
             'name; write one of path-to-production or '
             'path-to-production-full, or take the option out.')
    code, _, err = admin('campaign', 'create', NAME)
    assert (code, err) == (2, f'Error: {words}\n')
    assert admin('campaign', 'list')[1].count(NAME) == 0
    page = client('coordinator').get(CREATE)
    assert words in html.unescape(page.text)
    assert chosen(page, 'template') == 'path-to-production'
    assert admin('campaign', 'create', NAME,
                 '--template=path-to-production')[0] == 0


@pytest.mark.parametrize(('value', 'proposed'), [
    ('', 'standard'), ('advisory', 'advisory'), ('strict', 'strict'),
    ('lax', 'strict')])
def test_default_enforcement_is_proposed(option, client, admin, system,
                                         value, proposed):
    option('default_enforcement', value)
    assert chosen(client('coordinator').get(CREATE), 'enforcement') \
        == proposed
    admin('campaign', 'create', NAME)
    assert system.queries.decision(NAME).snapshot.state.campaign.enforcement \
        == proposed
    admin('campaign', 'create', 'Other', '--enforcement=standard')
    assert system.queries.decision(
        'Other').snapshot.state.campaign.enforcement == 'standard'


@pytest.mark.parametrize(('value', 'shown'), [
    ('enabled', True), ('disabled', False), ('perhaps', True)])
def test_panel_is_shown_unless_it_is_switched_off(campaign, option, client,
                                                  value, shown):
    option('roadmap_panel', value)
    found = client('anna').get('/roadmap')
    assert found.status == 200
    assert ('prodworkflow-panel' in found.text) is shown
    assert client('anna').get(f'/campaign/{quote(NAME)}').status == 200


@pytest.mark.parametrize(('value', 'shown'), [
    ('enabled', True), ('disabled', False), ('sometimes', True)])
def test_forecast_is_told_unless_it_is_switched_off(
        past_campaigns, campaign, option, client, admin, value, shown):
    option('forecast', value)
    gate = json.loads(client('anna').get(f'/campaign/{quote(NAME)}/gate').text)
    assert (gate['forecast'] is not None) is shown
    for page in ('/roadmap', f'/campaign/{quote(NAME)}'):
        assert ('pw-forecast' in client('anna').get(page).text) is shown
    assert ('orecast' in admin('campaign', 'show', NAME)[1]) is shown


@pytest.mark.parametrize(('value', 'days', 'code'), [
    ('14', 14, 0), ('14', 15, 2), ('', 90, 0), ('', 91, 2), ('0', 0, 2),
    ('two weeks', 0, 2)])
def test_waivers_last_as_long_as_the_option_says(full, option, admin,
                                                 ahead, value, days, code):
    option('waiver_days', value)
    found, _, err = admin('campaign', 'waive', FULL, 'feature-freeze',
                          'awaiting', f'--until={ahead(days)}',
                          '--reason=Late.')
    assert found == code, err
    assert 'Traceback' not in err


def test_box_offers_no_waiver_where_nobody_says_for_how_long(
        full, option, client):
    waive, looking = 'name="verdict" value="waived"', client('coordinator')
    assert waive in looking.get('/ticket/1').text
    option('waiver_days', '0')
    assert waive not in looking.get('/ticket/1').text


@pytest.mark.parametrize(('value', 'base'), [
    ('https://pictures.example.org/p/', 'https://pictures.example.org/p'),
    ('trac', 'https://trac.example.org')])
def test_pictures_have_the_whole_address_or_trac_s(campaign, option, client,
                                                   value, base):
    option('base_url', 'https://trac.example.org')
    option('pictures_base', value)
    found = client('anna').get(f'/campaign/{quote(NAME)}').text
    assert f'{base}/campaign/{quote(NAME)}/badge.svg' in html.unescape(found)
