"""My sign-offs as a queue: rows with their fields, signed in one act."""

from __future__ import annotations

import re
from datetime import date, timedelta
from urllib.parse import urlencode

import pytest
from trac.perm import PermissionCache

from prodworkflow.api import (
    CampaignRequest,
    DeputyRequest,
    EvidenceInput,
    ReleaseRequest,
    SignOffRequest,
    Verdict,
)
from prodworkflow.domain.model.vocabulary import Phase
from support.campaigns import ADMIN, ANNA, BRUNO, CONTACTS, EVE, NAME
from support.http_client import words_of
from support.written_days import written

SITES = 20
TODAY = date.today()
TEXT = """
title = "Sites"
[lists]
subdetectors = ["emc", "dirc"]
""" + ''.join(f'[[lists.sites]]\nname = "Site {n:02}"\nweight = 1\n'
              for n in range(1, SITES + 1)) + """
[[stage]]
key = "validation"
title = "Release validation"
due = 10
[[stage.requirement]]
key = "memory-leaks"
title = "Memory leaks"
due = 30
contacts = ["anna"]
links = ["leak report"]
[[stage.requirement.value]]
name = "growth"
title = "Memory growth"
unit = "kB/event"
at_most = "1 kB/event"
[[stage.requirement]]
key = "site"
title = "Validated on {site}"
for_each = "sites"
contacts = ["anna"]
links = ["job list"]
[[stage.requirement.value]]
name = "crash_rate"
title = "Crash rate"
unit = "%"
at_most = "1 %"
[[stage]]
key = "physics"
title = "Physics"
due = 1
[[stage.requirement]]
key = "plots"
title = "Plots of {subdetector}"
for_each = "subdetectors"
contacts = ["anna"]
plots = ["mass"]
[[stage.requirement]]
key = "read"
title = "All was read"
contacts = ["anna", "bruno"]
[[stage.requirement]]
key = "released"
title = "Released"
contacts = ["anna"]
rests_on = ["read"]
"""
LEAKS = 'memory-leaks'
GROWTH = f'value:{LEAKS}:growth'
REPORT = f'link:{LEAKS}:leak report'
URL = 'https://example.org/jobs/'


def site(number):
    return f'site.site-{number:02}'


@pytest.fixture
def sites(system):
    """A factory of campaigns of 20 sites; memory leaks are 10 days late."""
    def make(name='Upsilon', **given):
        return system.create(CampaignRequest(
            name, 'sites', 'V1', str(TODAY + timedelta(20)),
            template_text=TEXT, **given), 'coordinator')
    return make


@pytest.fixture
def upsilon(sites):
    return sites()


def table(page, kind=''):
    """The rows of a part of the table, as HTML."""
    parts = re.split(r'<tbody class="pw-part pw-part-(\w+)">', page.text)
    found = dict(zip(parts[1::2], parts[2::2]))
    return found.get(kind, '').split('</table>')[0]


def listed(page, kind):
    """The keys of the rows of a part."""
    return re.findall(r'>#\d+ (.*?)</a>', table(page, kind))


def verdicts(system, name='Upsilon'):
    return [e.verb for e in system.queries.ledger(name)[1:]]


def filled(*numbers, **more):
    """The fields of ticked sites with a value and a link each."""
    fields = {'sel': [f'Upsilon/{site(n)}' for n in numbers],
              'statement': 'Looked at all.', **more}
    for n in numbers:
        fields[f'value:{site(n)}:crash_rate'] = f'0.{n:02} %'
        fields[f'link:{site(n)}:job list'] = f'{URL}{n}'
    return fields


def test_rows_are_late_now_and_early(upsilon, client):
    page = client('anna').get('/campaign')
    assert listed(page, 'late') == ['Memory leaks']
    assert listed(page, 'now') == [f'Validated on Site {n:02}'
                                   for n in range(1, SITES + 1)]
    assert listed(page, 'early') == ['Plots of emc', 'Plots of dirc',
                                     'All was read']
    assert ('21 sign-offs wait for you, 1 late; 3 more may be signed early.'
            in words_of(page))
    folded = page.text.split('Cannot be signed yet (1)')[1]
    assert 'Released' in folded.split('</details>')[0]


def test_a_row_tells_its_day_campaign_and_what_it_asks(upsilon, client):
    page = client('anna').get('/campaign')
    late, = re.findall(r'(?s)<tr>\s*<td class="pw-tick.*?</tr>',
                       table(page, 'late'))
    due = TODAY - timedelta(10)
    assert f'<time datetime="{due}" title="' in late
    assert '10 days late' in late
    assert f'value="Upsilon/{LEAKS}"' in late
    assert f'name="{GROWTH}"' in late
    assert f'name="{REPORT}"' in late
    assert 'kB/event' in late
    assert 'at most 1 kB/event' in late
    assert f'/ticket/{upsilon[0]}#prodworkflow-box' in late
    assert 'in 10 days' in table(page, 'now')


def test_plots_have_a_link_and_no_tick(upsilon, client):
    early = table(client('anna').get('/campaign'), 'early')
    assert early.count('Look at the plots…') == 2
    assert 'plots.emc"' not in early


def test_with_nothing_to_tick_there_is_no_form(upsilon, client, system):
    assert 'method="post"' in client('anna').get('/campaign').text.split(
        'id="content"')[1]
    page = client('eve').get('/campaign').text.split('id="content"')[1]
    assert 'Nothing waits for you.' in page
    assert 'name="statement"' not in page
    assert 'method="post"' not in page


def test_an_objection_to_what_one_has_signed_waits_in_the_queue(
        campaign, sign, system, client):
    sign('feature-freeze')
    system.record(NAME, 'feature-freeze', EVE, SignOffRequest(
        Verdict.OBJECTED, 'It crashes.'))
    anna = client('anna')
    answer = anna.get('/campaign')
    page = answer.text
    row = page[page.index('#1 Feature Freeze'):]
    row = row[:row.index('</tr>')]
    assert 'Answer the objection…' in row
    assert f'value="{NAME}/feature-freeze"' not in page
    waiting = system.waiting.signoffs(ANNA, PermissionCache(system.env,
                                                            'anna'))
    assert [each.ticket for each in waiting] == [1, 2, 3]
    assert '3 sign-offs wait for you' in words_of(answer)


def test_only_plots_are_listed_without_a_form(system, client):
    system.create(CampaignRequest('P', 'p', 'V1', template_text="""
title = "Plots"
[[stage]]
key = "physics"
title = "Physics"
[[stage.requirement]]
key = "plots"
title = "Plots"
contacts = ["anna"]
plots = ["mass"]
"""), 'coordinator')
    page = client('anna').get('/campaign')
    assert listed(page, 'now') == ['Plots']
    assert 'name="statement"' not in page.text


def test_twenty_sites_are_signed_in_one_act(upsilon, client, system, ticket):
    answer = client('anna').post('/campaign',
                                 filled(*range(1, SITES + 1)))
    assert answer.status == 200
    assert '20 signed off.' in words_of(answer)
    state = system.queries.decision('Upsilon').snapshot.state
    for n in range(1, SITES + 1):
        given, = state.said_of(site(n))
        assert (given.verdict, given.statement) == ('approved',
                                                    'Looked at all.')
        assert {p.kind: p.text for p in given.evidence} == {
            'value': f'0.{n:02} %', 'link': f'{URL}{n}'}
        assert ticket(upsilon[n])['status'] == 'closed'


def test_what_was_done_is_told_once_in_a_status(upsilon, client):
    anna = client('anna')
    answer = anna.post('/campaign', filled(1, 2))
    told, = re.findall(r'(?s)<div[^>]*role="status"[^>]*>.*?</div>',
                       answer.text)
    assert 'tabindex="-1"' in told
    assert 'autofocus' in told
    said = ' '.join(re.sub('<[^>]*>', '', told).split())
    assert said.startswith('2 signed off. #')
    assert 'Upsilon: Not ready: ' in said
    assert '19 sign-offs wait for you, 1 late; 3 more may be signed' in said
    assert f'Your next: #{upsilon[0]} Memory leaks →' in said
    assert 'role="status"' not in anna.get('/campaign').text


def test_one_that_cannot_be_signed_stops_all_and_says_why(
        upsilon, client, system):
    fields = filled(1, 2, 3)
    fields[f'value:{site(2)}:crash_rate'] = '7 %'
    del fields[f'link:{site(3)}:job list']
    answer = client('anna').post('/campaign', fields)
    assert answer.status == 409
    assert verdicts(system) == []
    rows = re.findall(r'(?s)<tr class="pw-wrong-row">.*?</tr>', answer.text)
    assert len(rows) == 2
    assert 'is 7 %, above 1 %' in rows[0] or '7 %' in rows[0]
    assert 'asks for more before it can be approved' in re.sub(
        '<[^>]*>', '', rows[1])
    for row in rows:
        number = re.search('id="pw-why-([0-9]+)"', row)[1]
        assert f'aria-describedby="pw-why-{number}"' in row
        assert 'checked' in row
    assert 'value="7 %"' in answer.text
    assert f'value="{URL}1"' in answer.text
    assert 'value="Looked at all."' in answer.text


def test_mistakes_in_two_campaigns_are_all_told(sites, client, system):
    sites('One')
    sites('Two')
    fields = {'statement': 'Fine.', 'sel': [f'One/{LEAKS}', f'Two/{LEAKS}'],
              f'value:One/{LEAKS}:growth': '1 furlong',
              f'value:Two/{LEAKS}:growth': 'much'}
    answer = client('anna').post('/campaign', fields)
    assert answer.status == 400
    assert answer.text.count('class="pw-why" id=') == 2
    assert 'furlong' in answer.text
    assert verdicts(system, 'One') == verdicts(system, 'Two') == []


def test_rows_of_several_campaigns_are_signed_at_once(sites, client, system,
                                                      campaign):
    sites('One')
    sites('Two')
    page = client('anna').get('/campaign').text
    assert f'name="value:One/{LEAKS}:growth"' in page
    assert f'name="value:Two/{LEAKS}:growth"' in page
    answer = client('anna').post('/campaign', {
        'statement': 'Fine.', 'link_all': URL,
        'sel': [f'One/{LEAKS}', f'Two/{LEAKS}', f'{NAME}/feature-freeze'],
        f'value:One/{LEAKS}:growth': '0.1',
        f'value:Two/{LEAKS}:growth': '0.2'})
    assert answer.status == 200
    for name, text in (('One', '0.1 kB/event'), ('Two', '0.2 kB/event')):
        said, = system.queries.decision(name).snapshot.state.said_of(LEAKS)
        assert [p.text for p in said.evidence] == [text, URL]
    assert verdicts(system, NAME) == ['approved']


def test_a_field_that_may_be_meant_for_two_rows_is_refused(sites, client,
                                                           system):
    sites('One')
    sites('Two')
    answer = client('anna').post('/campaign', {
        'statement': 'Fine.', 'sel': [f'One/{LEAKS}', f'Two/{LEAKS}'],
        GROWTH: '0.1', 'link_all': URL})
    assert answer.status == 400
    assert f'may be meant for One/{LEAKS} or Two/{LEAKS}' in words_of(answer)
    assert verdicts(system, 'One') == []


def test_the_same_link_goes_to_all_ticked_whose_own_is_empty(
        upsilon, client, system):
    fields = filled(1, 2)
    fields[f'link:{site(2)}:job list'] = ''
    fields['link_all'] = f'{URL}all'
    assert client('anna').post('/campaign', fields).status == 200
    state = system.queries.decision('Upsilon').snapshot.state
    assert [state.said_of(site(n))[0].evidence[1].text for n in (1, 2)] == [
        f'{URL}1', f'{URL}all']


def test_values_alone_are_reported_without_a_sentence(upsilon, client,
                                                      system):
    answer = client('anna').post('/campaign', {
        **filled(1, 2), 'statement': '', 'verdict': 'reported'})
    assert '2 reported.' in words_of(answer)
    assert verdicts(system) == ['reported'] * 2
    page = client('anna').get('/campaign').text
    assert 'given: 0.01 %' in page


def test_a_missing_sentence_is_told_once_beside_its_field(upsilon, client,
                                                          system):
    answer = client('anna').post('/campaign', {**filled(1, 2),
                                               'statement': ' '})
    assert answer.status == 400
    why, = re.findall('id="pw-why-statement">(.*?)<', answer.text)
    assert why.startswith('Say in a sentence')
    assert 'aria-describedby="pw-why-statement"' in answer.text
    assert verdicts(system) == []


@pytest.mark.parametrize('verdict', ['rejected', 'waived', 'nonsense'])
def test_several_at_once_are_approved_or_reported_only(
        upsilon, client, system, verdict):
    answer = client('anna').post('/campaign', {**filled(1),
                                               'verdict': verdict})
    assert answer.status == 400
    assert verdicts(system) == []


@pytest.mark.parametrize(('address', 'late', 'now', 'early'), [
    pytest.param({'campaign': 'Upsilon'}, 1, 20, 3, id='campaign'),
    pytest.param({'campaign': NAME}, 0, 3, 1, id='the other campaign'),
    pytest.param({'campaign': ['Upsilon', NAME]}, 1, 23, 4, id='both'),
    pytest.param({'site': 'Site 07'}, 0, 1, 0, id='site by name'),
    pytest.param({'site': 'site-07'}, 0, 1, 0, id='site by key'),
    pytest.param({'subdetector': 'emc'}, 0, 0, 1, id='subdetector'),
    pytest.param({'site': 'Site 07', 'campaign': NAME}, 0, 0, 0,
                 id='a site of another campaign'),
    pytest.param({'site': 'Nowhere'}, 0, 0, 0, id='no such site'),
    pytest.param({'campaign': '<b>'}, 0, 0, 0, id='no such campaign'),
    pytest.param({'site': ''}, 1, 23, 4, id='an empty one says nothing'),
])
def test_the_rows_are_filtered_by_the_address(upsilon, campaign, client,
                                              address, late, now, early):
    page = client('anna').get('/campaign?' + urlencode(address, True))
    assert page.status == 200
    assert [len(listed(page, kind)) for kind in ('late', 'now', 'early')] == [
        late, now, early]
    empty = not late + now + early
    assert ('Nothing of yours matches' in page.text) is empty
    assert '<b>' not in page.text


def test_filters_are_kept_through_the_form(upsilon, campaign, client):
    anna = client('anna')
    page = anna.get('/campaign?site=Site+07')
    assert 'action="/campaign?site=Site+07"' in page.text
    answer = anna.post('/campaign?site=Site+07', {**filled(7),
                                                  'statement': ''})
    assert 'action="/campaign?site=Site+07"' in answer.text
    assert listed(answer, 'now') == ['Validated on Site 07']
    answer = anna.post('/campaign?site=Site+07', filled(7))
    assert answer.url.endswith('/campaign?site=Site+07')
    assert '1 signed off.' in words_of(answer)


def test_many_rows_of_a_group_stand_below_its_name(upsilon, client):
    page = client('anna').get('/campaign')
    assert table(page, 'now').count('class="pw-block"') == 1
    assert 'Upsilon: Validated on each site' in words_of(page)
    assert 'class="pw-block"' not in table(page, 'early')
    link = re.search('href="([^"]*tick=[^"]*)"', page.text)[1]
    page = client('anna').get(link.replace('&amp;', '&'))
    assert len(re.findall(r'checked="checked"', page.text)) == SITES


def test_the_work_of_who_is_away_is_marked_and_can_be_chosen(
        upsilon, campaign, client, system):
    system.deputies.name(ADMIN, DeputyRequest(
        f'bruno for anna {TODAY}..{TODAY + timedelta(3)}', 'Away.'))
    bruno = client('bruno')
    page = bruno.get('/campaign')
    assert listed(page, 'late') == ['Memory leaks']
    assert 'Release validation: awaits anna or bruno (for anna); for anna' \
        in words_of(page)
    chosen = bruno.get('/campaign?for=anna')
    assert listed(chosen, 'late') == ['Memory leaks']
    assert 'Release validated' not in listed(chosen, 'early')
    assert 'Release validated' in listed(page, 'early')
    assert bruno.get('/campaign?for=eve').text.count('Nothing of yours') == 1


def test_form_of_an_older_release_is_refused_and_renewed(
        sites, client, system):
    sites('One')
    anna = client('anna')
    page = anna.get('/campaign').text
    made = re.findall('name="revision" value="(.*?)"', page)
    system.record('One', LEAKS, ANNA, SignOffRequest(
        Verdict.REPORTED, '', EvidenceInput({'growth': '0.7'})))
    fields = {'sel': f'One/{LEAKS}', 'statement': 'Fine.', GROWTH: '0.1',
              'link_all': URL, 'revision': made}
    answer = anna.post('/campaign', fields)
    assert answer.status == 409
    assert '0.7 kB/event' in words_of(answer)
    anew = re.findall('name="revision" value="(.*?)"', answer.text)
    assert anew != made
    assert anna.post('/campaign', {**fields, 'revision': anew}).status == 200


def test_what_is_asked_again_stands_first_of_what_may_be_signed_early(
        upsilon, client, system):
    system.record('Upsilon', 'read', BRUNO, SignOffRequest(
        Verdict.APPROVED, 'Read.'))
    system.record('Upsilon', 'read', BRUNO, SignOffRequest(
        Verdict.WITHDRAWN, 'A page was lost.'))
    page = client('anna').get('/campaign')
    assert listed(page, 'early')[0] == 'All was read'


def signed_rows(page):
    """The cells of what was signed, as words."""
    part = page.text.split('What I signed (')[1].split('</table>')[0]
    return [[' '.join(re.sub('<[^>]*>', '', cell).split())
             for cell in re.findall('(?s)<td>(.*?)</td>', row)]
            for row in part.split('<tr>')[2:]]


def test_what_was_signed_is_listed_with_what_became_of_it(
        campaign, client, system, sign):
    sign('feature-freeze', 'software-quality')
    system.record(NAME, 'software-quality', ANNA, SignOffRequest(
        Verdict.WITHDRAWN, 'A leak.'))
    sign('resources-estimate', person='anna')
    rows = signed_rows(client('anna').get('/campaign'))
    assert [row[1] for row in rows] == [
        '#3 Resources estimate', '#2 Software quality ok',
        '#1 Feature Freeze']
    assert [row[2:4] for row in rows] == [[f'{NAME}, V1', '“Fine.”']] * 3
    assert rows[0][4].endswith('stands')
    assert f'withdrawn by anna on {written(TODAY)}' in rows[1][4]


def test_what_a_release_asks_again_or_carries_over_is_told(ready, client,
                                                           system):
    system.release('Full', ADMIN, ReleaseRequest('V1.1', ('emc',), 'Split.'))
    rows = {row[1].split(' ', 1)[1]: row[4]
            for row in signed_rows(client('anna').get('/campaign'))}
    assert rows['Feature Freeze'].endswith('stands')
    assert rows['Physics results ok: tracking'].endswith(
        'carried over to V1.1')
    assert 'asked again: ' in rows['Physics results ok']


def test_what_was_signed_in_a_finished_campaign_is_listed(
        campaign, client, system, sign, env):
    sign(*CONTACTS)
    system.lifecycle.launch(NAME, ADMIN, 'Go.')
    launched = signed_rows(client('anna').get('/campaign'))
    assert launched[0][4].endswith(f'launched on {written(TODAY)}')
    system.lifecycle.end(NAME, ADMIN, Phase.CLOSED, 'Done.')
    rows = signed_rows(client('anna').get('/campaign'))
    assert {row[4] for row in rows} == {'the campaign is closed'}
    assert len(rows) == len(launched)


def test_what_was_signed_long_ago_is_shown_when_asked_for(
        campaign, client, sign, env):
    sign('feature-freeze')
    month = 31 * 24 * 3600 * 10**6
    with env.db_transaction as db:
        db('UPDATE prodworkflow_signoff SET time=time-%s', (month,))
    anna = client('anna')
    page = anna.get('/campaign').text
    assert 'What I signed (' not in page
    link = re.search('href="([^"]*signed=all[^"]*)"', page)[1]
    assert 'What I signed (1)' in anna.get(link).text


def test_who_is_not_logged_in_is_asked_to(campaign, client):
    page = client().get('/campaign').text.split('id="content"')[1]
    assert 'Log in, and what you are to sign stands here.' in page
    assert 'waits for you' not in page
    assert 'What you signed' not in page
