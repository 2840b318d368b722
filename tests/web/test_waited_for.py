"""The part of a campaign's page that says whom the campaign waits for."""

from __future__ import annotations

import re
from types import SimpleNamespace
from urllib.parse import quote

import pytest

from prodworkflow.api import SignOffRequest, Verdict
from support.campaigns import ANNA, NAME
from support.http_client import words_of


@pytest.fixture
def part(client):
    """The HTML of the section, as somebody sees it."""
    def read(user='coordinator', name=NAME):
        page = client(user).get(f'/campaign/{quote(name)}').text
        return page.split('id="waited-for"')[1].split('<h2')[0]
    return read


def words(html):
    return words_of(SimpleNamespace(text=html))


def test_each_person_is_one_block_with_since_and_due(campaign, part):
    html = part()
    told = words(html)
    assert 'Open, not late: anna 3, bruno 1' in told
    assert 'Later, or no longer needed: bruno 3, anna 1' in told
    assert 'Nobody' not in told
    assert 'nobody has signed yet' not in told


def test_the_reader_stands_first_and_may_sign(campaign, part):
    html = part('bruno')
    blocks = html.split('<tbody')[1:]
    assert len(blocks) == 1
    assert 'bruno' in words(blocks[0])
    assert 'Sign off' in blocks[0]
    for header in ('Person', 'Sign-off', 'Asked', 'Due', 'Late', 'Why'):
        assert f'<th scope="col">{header}</th>' in html
    assert 'You may sign 3 early' in words(html)
    assert 'Sign off' not in part('coordinator')
    assert 'early' not in words(part('coordinator'))


def test_a_rejection_is_why(campaign, part, system):
    system.record(NAME, 'software-quality', ANNA, SignOffRequest(
        Verdict.REJECTED, 'It crashes.'))
    assert 'rejected by anna: “It crashes.”' in words(part('anna'))


def test_a_campaign_that_is_ready_waits_for_nobody(campaign, part, sign):
    sign(*campaign)
    assert 'Nobody is waited for.' in words(part())


def test_the_meeting_sees_everybody_at_once(meeting, part):
    html = part(name=meeting.name)
    told = words(html)
    assert 'Open, not late: gina 8, hugo 8, anna 3' in told
    assert 'withdrawn by bruno: “I looked at the wrong log.”' in told
    assert '6 days late' in told
    assert len(html) < 20000
    assert len(re.findall('<tr', html)) < 28


@pytest.fixture
def remind(client):
    """Reminds somebody with the button of the page."""
    def sending(user, person, name=NAME):
        return client(user).post(f'/campaign/{quote(name)}', {
            'act': 'remind', 'person': person})
    return sending


def test_a_coordinator_reminds_a_person_once_a_day(
        campaign, told, part, remind):
    assert '>Remind</button>' in part()
    told()
    answer = remind('coordinator', 'bruno')
    assert answer.status == 200
    assert 'Reminded: bruno.' in words_of(answer)
    (person, kinds), = told().items()
    assert person == 'bruno'
    assert 'release-validated' in kinds['reminders']
    again = remind('coordinator', 'bruno')
    assert again.status == 409
    assert 'bruno was reminded today already' in words_of(again)
    assert told() == {}
    assert 'last reminded' in words(part())


def test_only_administrators_remind(campaign, told, part, remind):
    assert 'value="remind"' not in part('eve')
    told()
    answer = remind('eve', 'anna')
    assert answer.status == 409
    assert 'only a holder of CAMPAIGN_ADMIN' in words_of(answer)
    assert told() == {}


def test_nobody_is_reminded_for_whom_nothing_waits(campaign, told, remind):
    answer = remind('coordinator', 'nobody')
    assert answer.status == 409
    assert 'nothing waits for nobody that can be signed' in words_of(answer)


def test_nothing_is_sent_on_a_quiet_day(campaign, told, remind, env):
    env.config.set('prodworkflow', 'quiet_days',
                   'mon, tue, wed, thu, fri, sat, sun')
    env.config.save()
    assert 'nothing is sent today' in words_of(remind('coordinator', 'anna'))


def test_a_site_that_tells_nobody_offers_no_reminder(campaign, part):
    assert 'value="remind"' not in part()
