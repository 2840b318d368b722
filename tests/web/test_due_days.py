"""Due days are days: one on every page, in every time zone."""

from __future__ import annotations

import json
import re
import time
from datetime import timedelta, timezone
from urllib.parse import quote

import pytest
from trac.ticket.model import Milestone
from trac.util.datefmt import (
    datetime_now,
    get_timezone,
    LocalTimezone,
    localtz,
    parse_date,
    utc,
)
from trac.web.session import DetachedSession
from trac.wiki.model import WikiPage

from prodworkflow.domain.dates import due_moment
from support.campaigns import NAME

FIRST = f'{NAME}: 1. Software preparation'
SECOND = f'{NAME}: 2. Release validation'
PAGE = '/milestone/' + quote(FIRST)
PANEL = '/admin/ticket/milestones/' + quote(FIRST)
CAMPAIGN = '/campaign/' + quote(NAME)
START = '2031-06-01'
DAY = '2031-05-04'
# Trac itself knows those of whole hours up to UTC+13, and pytz the others;
# without it, these are what the clock of the server shows.
ZONES = pytest.mark.parametrize('zone', [
    pytest.param('GMT -12:00', id='UTC-12'),
    pytest.param('America/New_York', id='west, summer time'),
    pytest.param('UTC', id='UTC'),
    pytest.param('Asia/Kathmandu', id='UTC+5:45'),
    pytest.param('GMT +13:00', id='UTC+13'),
    pytest.param('Pacific/Kiritimati', id='UTC+14'),
])


@pytest.fixture
def planned_campaign(create, env):
    create(start=START)
    page = WikiPage(env, 'Plan')
    page.text = f'[milestone:"{FIRST}"]'
    page.save('eve', '')


@pytest.fixture
def look_from(env, client, server_zone):
    """A client whose user lives in a time zone and reads ISO 8601."""
    def looking(zone, user='coordinator'):
        session = DetachedSession(env, user)
        if get_timezone(zone):
            session.set('tz', zone)
        else:
            server_zone(zone)
        session.set('lc_time', 'iso8601')
        session.save()
        return client(user)
    return looking


@pytest.fixture
def stored(env):
    """The moment at which the first stage is due, in the database."""
    return lambda: env.db_query(
        'SELECT due FROM milestone WHERE name=%s', (FIRST,))[0][0]


@pytest.fixture
def server_zone(monkeypatch):
    """Has this process, as a server, live in a time zone."""
    def live(zone):
        monkeypatch.setenv('TZ', zone)
        time.tzset()
        LocalTimezone._initialize()
    yield live
    monkeypatch.undo()
    time.tzset()
    LocalTimezone._initialize()


@pytest.fixture
def described(env):
    """The description of the first stage's milestone."""
    return lambda: env.db_query('SELECT description FROM milestone '
                                'WHERE name=%s', (FIRST,))[0][0]


def first_date(pattern, text):
    return re.search(pattern, text, re.DOTALL)[1]


FACES = {
    '/roadmap': [r'<p class="date">.*?\((\d{4}-\d\d-\d\d)T',
                 r'prodworkflow-panel.*?due (\d{4}-\d\d-\d\d)'],
    '/roadmap?format=ics': [r'DTSTART;VALUE=DATE:(\d{8})'],
    PAGE: [r'<p class="date">.*?\((\d{4}-\d\d-\d\d)T'],
    PAGE + '?action=edit': [r'name="duedate".*?value="(\d{4}-\d\d-\d\d)T'],
    PANEL: [r'name="duedate".*?value="(\d{4}-\d\d-\d\d)T'],
    '/admin/ticket/milestones':
        [r'Software preparation</a>\s*</td>\s*<td>(\d{4}-\d\d-\d\d)T'],
    '/wiki/Plan': [r'class="milestone"[^>]*\((\d{4}-\d\d-\d\d)T'],
    '/ticket/1': [r'prodworkflow-box.*?<dt>Due</dt>\s*<dd.*?'
                  r'(\d{4}-\d\d-\d\d)',
                  r'class="milestone"[^>]*\((\d{4}-\d\d-\d\d)T'],
    CAMPAIGN: [r'due (\d{4}-\d\d-\d\d)'],
    CAMPAIGN + '/gate': [r'"due": "(\d{4}-\d\d-\d\d)"'],
    CAMPAIGN + '/pipeline.svg': [r'due (\d{4}-\d\d-\d\d)'],
}


def days_seen(client):
    """The first stage's due day on every face, by face and place on it."""
    return {(face, pattern): first_date(
        pattern, client.get(face).text).replace('-', '')
        for face, patterns in FACES.items() for pattern in patterns}


@ZONES
def test_every_page_shows_the_same_day(planned_campaign, look_from, zone):
    found = days_seen(look_from(zone))
    assert set(found.values()) == {DAY.replace('-', '')}, found


@ZONES
def test_every_page_shows_the_same_day_to_nobody_in_the_site_s_zone(
        planned_campaign, env, client, server_zone, zone):
    """Trac's calendar has other things, and tells in which zone they are."""
    name = get_timezone(zone)
    if name:
        env.config.set('trac', 'default_timezone', zone)
        env.config.save()
    else:
        server_zone(zone)
    text = client().get('/roadmap?format=ics').text
    assert 'DTSTART;VALUE=DATE:' + DAY.replace('-', '') in text
    assert f'X-WR-TIMEZONE:{name or localtz}' in text


@ZONES
@pytest.mark.parametrize(('page', 'more'), [
    pytest.param(PAGE, {'action': 'edit'}, id='milestone page'),
    pytest.param(PANEL, {}, id='admin panel'),
])
def test_a_milestone_saved_untouched_changes_nothing(
        planned_campaign, look_from, stored, described, zone, page, more):
    before, client = stored(), look_from(zone)
    query = '?action=edit' if more else ''
    form = client.get(page + query).text
    due = first_date(r'name="duedate".*?value="([^"]*)"', form)
    answer = client.post(page, {
        **more, 'name': FIRST, 'due': 'on', 'duedate': due, 'save': 'Save',
        'description': 'New words.'})
    assert answer.status == 200
    assert described() == 'New words.'
    assert stored() == before
    assert set(days_seen(client).values()) == {DAY.replace('-', '')}


@ZONES
@pytest.mark.parametrize('typed', ['2031-02-03', '2031-02-03T00:30:00',
                                   '2031-02-03T23:30:00'])
def test_another_day_typed_on_any_clock_is_that_day_for_all(
        planned_campaign, look_from, zone, typed):
    client = look_from(zone)
    client.post(PAGE, {'action': 'edit', 'name': FIRST, 'due': 'on',
                       'duedate': typed, 'save': 'Save', 'description': ''})
    assert set(days_seen(client).values()) == {'20310203'}
    other = look_from('Pacific/Kiritimati', 'eve')
    assert first_date(FACES[PAGE][0], other.get(PAGE).text) == '2031-02-03'


@ZONES
@pytest.mark.parametrize('more', [
    pytest.param({'completed': 'on', 'completeddate': '2026-01-01'},
                 id='refused by us'),
    pytest.param({'name': SECOND}, id='refused by Trac'),
])
def test_a_form_that_comes_back_has_the_day_that_was_typed(
        planned_campaign, look_from, zone, more):
    answer = look_from(zone).post(PAGE, {
        'action': 'edit', 'name': FIRST, 'due': 'on', 'save': 'Save',
        'duedate': '2031-02-03', 'description': '', **more})
    assert first_date(FACES[PAGE + '?action=edit'][0],
                      answer.text) == '2031-02-03'


def test_no_date_is_no_date_on_every_page(planned_campaign, client, admin):
    client('coordinator').post(PAGE, {'action': 'edit', 'name': FIRST,
                                      'save': 'Save', 'description': ''})
    assert 'No date set' in client('anna').get(PAGE).text
    assert f'{FIRST} (shut)\n' in admin('campaign', 'show', NAME)[1]
    dues = [s['due'] for s in json.loads(client('anna').get(
        CAMPAIGN + '/gate').text)['stages']]
    assert dues == [None, '2031-05-18', '2031-05-29']


@pytest.mark.parametrize('server', ['Pacific/Kiritimati', 'Europe/Zurich',
                                    'Etc/GMT+12'])
def test_a_day_that_a_command_sets_is_that_day_for_all(
        planned_campaign, admin, look_from, server, server_zone):
    server_zone(server)
    assert admin('milestone', 'due', FIRST, '2031-02-03')[0] == 0
    assert 'due 2031-02-03' in admin('campaign', 'show', NAME)[1]
    assert set(days_seen(look_from('America/New_York')).values()) == {
        '20310203'}


def test_a_day_that_a_program_sets_is_the_one_in_utc(
        planned_campaign, env, request_of, system, stored):
    system.context.bind_request(request := request_of('eve'))
    milestone = Milestone(env, FIRST)
    milestone.due = parse_date('2031-02-03T23:00:00Z', utc)
    milestone.update()
    assert request.method == 'POST'
    assert Milestone(env, FIRST).due == parse_date('2031-02-03T12:00Z', utc)


def test_a_milestone_made_anew_by_hand_keeps_the_day_that_was_typed(
        planned_campaign, env, look_from, stored):
    Milestone(env, FIRST).delete()
    client = look_from('Pacific/Kiritimati')
    client.post(PAGE, {'action': 'edit', 'name': FIRST, 'due': 'on',
                       'duedate': '2031-02-03T01:00:00', 'add': 'Add',
                       'description': ''})
    assert Milestone(env, FIRST).due.astimezone(timezone.utc).isoformat() \
        == '2031-02-03T12:00:00+00:00'
    assert first_date(FACES[PAGE][0], client.get(PAGE).text) == '2031-02-03'


def test_a_renamed_milestone_is_still_due_on_its_day(planned_campaign, env,
                                                     look_from):
    client = look_from('Pacific/Kiritimati')
    client.get('/roadmap')
    milestone = Milestone(env, FIRST)
    milestone.name = 'Renamed'
    milestone.update()
    found = client.get('/milestone/Renamed').text
    assert first_date(FACES[PAGE][0], found) == DAY


@ZONES
def test_other_milestones_are_as_trac_shows_them(planned_campaign, env,
                                                 look_from, zone):
    milestone = Milestone(env)
    milestone.name = 'Ours not'
    milestone.due = parse_date('2031-02-03T10:30:00Z', utc)
    milestone.insert()
    client = look_from(zone)
    found = client.get('/milestone/Ours%20not').text
    shown = first_date(r'<p class="date">.*?\(([^)]*)\)', found)
    assert parse_date(shown, utc) == milestone.due
    form = client.get('/milestone/Ours%20not?action=edit').text
    assert parse_date(first_date(r'name="duedate".*?value="([^"]*)"', form),
                      utc) == milestone.due
    assert Milestone(env, 'Ours not').due == milestone.due


@pytest.mark.parametrize('page', ['/roadmap', PAGE])
@pytest.mark.parametrize(('days', 'late'), [(-1, True), (0, False)])
def test_a_stage_is_late_for_trac_as_well_when_its_day_is_over(
        planned_campaign, env, look_from, page, days, late):
    """In the last hours of a day: Trac compares with noon of it."""
    today = datetime_now(utc)
    zone = f'GMT +{23 - today.hour}:00' if today.hour > 11 else 'UTC'
    milestone = Milestone(env, FIRST)
    local = today.astimezone(get_timezone(zone) or utc)
    milestone.due = due_moment(local.date() + timedelta(days=days))
    milestone.update()
    line = first_date(r'<p class="date">(.*?)</p>',
                      look_from(zone).get(page).text)
    assert ('late' in line) == late
