"""The calendar of what is due, as calendars read it."""

from __future__ import annotations

import re
from datetime import date

import pytest
from trac.perm import PermissionSystem
from trac.ticket.model import Milestone

from prodworkflow.domain.dates import due_moment
from support.campaigns import CONTACTS, NAME

PATH = '/campaign/due.ics'
START = '2031-06-30'


def unfolded(text):
    """The lines of a document, each with its property and value."""
    assert text.endswith('\r\n')
    assert '\n' not in text.replace('\r\n', '')
    lines = text[:-2].split('\r\n')
    assert all(len(line.encode()) <= 75 for line in lines)
    return [tuple(line.split(':', 1))
            for line in text[:-2].replace('\r\n ', '').split('\r\n')]


@pytest.fixture
def days(client):
    """The events of the calendar as somebody has it."""
    def read(user='eve', query=''):
        answer = client(user).get(PATH + query)
        assert answer.status == 200
        assert answer.headers['Content-Type'] == 'text/calendar;charset=utf-8'
        lines = unfolded(answer.text)
        assert lines[0] == ('BEGIN', 'VCALENDAR')
        assert lines[-1] == ('END', 'VCALENDAR')
        events = []
        for name, value in lines:
            if (name, value) == ('BEGIN', 'VEVENT'):
                events.append({})
            elif events:
                events[-1].setdefault(name, value)
        assert len({e['UID'] for e in events}) == len(events)
        return events
    return read


def test_what_is_due_and_the_start_are_days(create, days, site):
    create(start=START)
    found = days()
    assert len(found) == len(CONTACTS) + 1
    assert found[-1]['SUMMARY'] == f'{NAME}: planned start of production'
    assert found[-1]['DTSTART;VALUE=DATE'] == '20310630'
    assert found[-1]['DTEND;VALUE=DATE'] == '20310701'
    assert found[-1]['URL'] == f'{site}/campaign/2011%20Prod'
    freeze, = (e for e in found if 'Feature Freeze' in e['SUMMARY'])
    assert freeze['SUMMARY'] == f'{NAME}: #1 Feature Freeze is due'
    assert freeze['URL'] == f'{site}/ticket/1#prodworkflow-box'
    assert freeze['DESCRIPTION'] == ('Stage 1. Software preparation. '
                                     '#1 Feature Freeze awaits anna.')
    assert re.fullmatch(r'\d{8}T\d{6}Z', freeze['DTSTAMP'])


def test_what_is_signed_is_due_no_more_and_ids_stay(create, sign, days):
    create(start=START)
    before = {e['SUMMARY']: e['UID'] for e in days()}
    sign('feature-freeze')
    after = {e['SUMMARY']: e['UID'] for e in days()}
    assert {*before} - {*after} == {f'{NAME}: #1 Feature Freeze is due'}
    assert after.items() <= before.items()


def test_a_milestone_that_moves_takes_its_requirements_along(create, env,
                                                             days):
    create(start=START)
    milestone = Milestone(env, f'{NAME}: 1. Software preparation')
    milestone.due = due_moment(date(2030, 2, 28))
    milestone.update()
    assert [e['DTSTART;VALUE=DATE'] for e in days()][:3] == ['20300228'] * 3


def test_mine_are_those_that_i_may_sign(create, days):
    create(start=START)
    assert [e['SUMMARY'][-25:] for e in days('eve', '?mine=1')] == []
    assert len(days('anna', '?mine=1')) == sum(
        'anna' in people for people in CONTACTS.values())


def test_one_campaign_can_be_chosen(create, days, client):
    create(start=START)
    create('Other', start='2032-01-31')
    found = days(query='?campaign=Other')
    assert len(found) == len(CONTACTS) + 1
    assert all(e['SUMMARY'].startswith('Other: ') for e in found)
    assert client('eve').get(f'{PATH}?campaign=Nothing').status == 404


@pytest.mark.parametrize('query', ['?mine=2', '?mine=', '?mine=anna'])
def test_what_makes_no_sense_is_told(campaign, client, query):
    answer = client('eve').get(PATH + query)
    assert answer.status == 400
    assert 'mine' in answer.text


def test_campaigns_that_are_over_are_left_out(create, system, days):
    create(start=START)
    system.lifecycle.remove(NAME, 'coordinator', 'A test.')
    assert days() == []


def test_it_is_only_read_and_linked_from_my_sign_offs(campaign, client, env):
    eve = client('eve')
    assert eve.post(PATH, {}).status == 405
    assert f'href="{PATH}"' in eve.get('/campaign').text
    PermissionSystem(env).revoke_permission('anonymous', 'ROADMAP_VIEW')
    PermissionSystem(env).revoke_permission('anonymous', 'MILESTONE_VIEW')
    assert client().get(PATH).status == 403


def test_long_names_are_folded_and_marks_escaped(create, days):
    name = 'Größe, 日本, ' + 'ü' * 50
    create(name, start=START)
    assert days()[-1]['SUMMARY'] == (
        f'Größe\\, 日本\\, {"ü" * 50}: planned start of production')
