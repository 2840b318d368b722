"""A mistake stands at its field: `aria-invalid`, and a text that it names."""

from __future__ import annotations

import re
from html import unescape

import pytest

from prodworkflow.domain.planning.request import CampaignRequest
from support.campaigns import NAME

PAGE = '/campaign/2011%20Prod'
TEMPLATE = '''title = "Path"
[waivers]
days = 30
[[stage]]
key = "validation"
title = "Validation"
[[stage.requirement]]
key = "jobs"
title = "Jobs ran"
contacts = ["anna"]
links = ["report"]
plots = ["resolution"]
[[stage.requirement.value]]
name = "crash_rate"
title = "Crash rate"
unit = "%"
at_most = "1 %"
'''


def mistakes(page):
    """The texts of wrong fields, by the names of the fields."""
    found = {}
    for tag in re.findall(r'<(?:input|select)\b[^>]*aria-invalid="true"[^>]*>',
                          page):
        name, told = (re.search(f'{word}="([^"]+)"', tag)[1]
                      for word in ('name', 'aria-describedby'))
        (text,) = re.findall(
            f'(?s)<(?:span|p) class="pw-problem" id="{told}">(.*?)</', page)
        found[name] = unescape(' '.join(text.split()))
    return found


@pytest.fixture
def jobs(system):
    """The number of a sign-off that asks for evidence of each kind."""
    system.create(CampaignRequest(NAME, 'jobs', 'V1', template_text=TEMPLATE),
                  'coordinator')
    return system.queries.requirement(NAME, 'jobs').ticket


@pytest.fixture
def sent(jobs, client):
    """Sends the form of the box as a user; the page that comes back."""
    def send(user, verdict, statement='As usual.', **fields):
        return client(user).post(f'{PAGE}/sign', {
            'requirement': 'jobs', 'verdict': verdict, 'statement': statement,
            **fields})
    return send


def test_a_right_form_has_no_mistake(jobs, client):
    page = client('anna').get(f'/ticket/{jobs}').text
    assert 'name="value:crash_rate"' in page
    assert mistakes(page) == {}


def test_a_value_that_is_none_is_told_at_its_field(sent):
    page = sent('anna', 'reported', **{'value:crash_rate': 'many'})
    assert page.status == 400
    assert '"many" is no quantity' in mistakes(page.text)['value:crash_rate']
    assert 'value="many"' in page.text
    assert 'value="As usual."' in page.text


def test_a_link_that_is_none_is_told_at_its_field(sent):
    page = sent('anna', 'reported', **{'link:report': 'ftp://x y'})
    assert page.status == 400
    assert list(mistakes(page.text)) == ['link:report']


def test_what_is_lacking_is_told_at_each_field_that_lacks(sent):
    page = sent('anna', 'approved', **{'value:crash_rate': '0.5 %'})
    assert page.status == 400
    told = mistakes(page.text)
    assert set(told) == {'link:report', 'target_file:resolution',
                         'reference_file:resolution'}
    assert all('asks for more before it can be approved' in words
               for words in told.values())


def test_a_statement_that_is_missing_is_told_at_its_field(sent):
    page = sent('anna', 'rejected', '')
    assert page.status == 400
    assert list(mistakes(page.text)) == ['statement']


def test_mistakes_of_a_waiver_stand_in_its_form(sent):
    sent('anna', 'reported', **{'value:crash_rate': '2 %'})
    page = sent('coordinator', 'waived', 'Known.', reason='out-of-bounds',
                until='2020-01-01', **{'bound_max:crash_rate': 'much'})
    assert page.status == 400
    told = mistakes(page.text.split('class="pw-waive"')[1])
    assert set(told) == {'until', 'bound_max:crash_rate'}
    assert 'is no day from today on' in told['until']
    assert mistakes(page.text) == told


@pytest.mark.parametrize(('act', 'field'), [
    pytest.param({'act': 'hold'}, 'reason', id='hold without a reason'),
    pytest.param({'act': 'meeting', 'day': '2099-01-01'}, 'day',
                 id='meeting of tomorrow')])
def test_mistakes_of_the_campaigns_page_stand_at_their_fields(
        campaign, client, act, field):
    page = client('coordinator').post(PAGE, act)
    assert page.status == 400
    assert list(mistakes(page.text)) == [field]
    assert mistakes(client('coordinator').get(PAGE).text) == {}


def test_mistakes_of_a_known_issue_stand_at_their_fields(
        campaign, blocker, client):
    number = blocker()
    page = client('coordinator').post(PAGE, {
        'act': 'tolerate', 'ticket': number, 'until': '2020-01-01'})
    assert page.status == 400
    assert set(mistakes(page.text)) == {'until', 'reason'}
