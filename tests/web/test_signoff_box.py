"""The sign-off box of a ticket, and signing several tickets on one page."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from trac.perm import PermissionSystem
from trac.ticket.model import Ticket

from prodworkflow import store
from prodworkflow.api import (
    CampaignChanges,
    CampaignRequest,
    EvidenceInput,
    SignOffRequest,
    Verdict,
)
from prodworkflow.domain.dates import day_of
from prodworkflow.domain.model.person import Person
from prodworkflow.gateways.clock import now
from support.campaigns import (
    ADMIN,
    ANNA,
    BRUNO,
    CONTACTS,
    FULL,
    FULL_TEXT,
    NAME,
)
from support.http_client import words_of
from support.signoffs import LEAKS, TOMORROW, TWO_OF_PHYSICS, waiver
from support.written_days import written


@pytest.mark.parametrize('key', [LEAKS, 'physics-results', 'physics-emc'])
def test_closing_a_ticket_that_needs_evidence_points_to_the_box(
        full, client, ticket, system, key):
    user = system.queries.requirement(FULL, key).contacts[0]
    answer = client(user).resolve(full[key])
    assert answer.status == 409
    assert 'sign it off in the box of its page' in answer.text
    assert ticket(full[key])['status'] == 'new'


def test_closing_a_sign_off_ticket_answers_with_the_new_decision(
        campaign, client):
    answer = client('anna').resolve(1)
    words = words_of(answer)
    assert 'Signed off. Not ready: 6 of 7 sign-offs missing' in words
    assert ('Stage 1. Software preparation still waits for: #2 Software '
            'quality ok awaits anna') in words
    answer = client('eve').act(1, 'reopen', comment='A doubt.')
    assert 'Objected. Not ready: 7 of 7' in words_of(answer)
    assert 'Objected.' not in client('eve').resolve(1, action='leave').text
    answer = client('anna').resolve(1, comment='No doubt.')
    assert 'Answered. Not ready: 6 of 7' in words_of(answer)
    answer = client('anna').act(1, 'reopen', comment='After all.')
    assert 'Withdrawn. Not ready: 7 of 7' in words_of(answer)


@pytest.mark.parametrize(('others', 'listed', 'more'), [
    (7, 11, ''), (8, 10, '2 more, see the page of the campaign'),
    (40, 10, '15 more, see the page of the campaign')])
def test_closing_a_sign_off_ticket_lists_at_most_eleven_obstacles(
        campaign, client, env, others, listed, more):
    """Four sign-offs keep stage 2 shut, and open tickets in stage 1."""
    for number in range(others):
        ticket = Ticket(env)
        ticket.populate({'summary': f'No. {number}', 'status': 'new',
                         'milestone': f'{NAME}: 1. Software preparation'})
        ticket.insert()
    notice = re.search(r'(?s)still waits for:</p>\s*<ul>(.*?)</ul>',
                       client('bruno').resolve(4).text)[1]
    told = [re.sub('<[^>]+>', '', one) for one in
            re.findall('(?s)<li>(.*?)</li>', notice)]
    assert len(told) == listed + bool(more)
    assert told[-1].endswith(more or 'is open in 2011 Prod: '
                             '1. Software preparation')


def test_closing_a_ticket_without_evidence_to_give_signs_off(
        full, client, state_of):
    assert client('anna').resolve(full['feature-freeze']).status == 200
    assert state_of('feature-freeze') == ('met', None)


def test_box_and_page_show_estimate_and_measurement_side_by_side(
        full, client, sign_full, system):
    sign_full('resources-estimate')
    page = client('bruno').get(f'/ticket/{full["runtime-performance"]}').text
    row = re.search(r'<th scope="row">CPU time per job.*?</tr>', page,
                    re.DOTALL)[0]
    assert 'within 20 % of the estimate' in row
    assert '10 h' in row
    system.record(FULL, 'runtime-performance', BRUNO, SignOffRequest(
        Verdict.REPORTED, '', EvidenceInput({'cpu_time_per_job': '46800 s'})))
    page = client('bruno').get(f'/ticket/{full["runtime-performance"]}').text
    row = re.search(r'<th scope="row">CPU time per job.*?</tr>', page,
                    re.DOTALL)[0]
    for words in ('within 20 % of the estimate', '10 h', '46800 s',
                  '(+30 %)', 'out of bounds'):
        assert words in row
    told = words_of(client('eve').get(f'/campaign/{FULL}'))
    assert '30 % above the estimate, allowed 20 %' in told


def test_rejecting_needs_a_reason_and_leaves_the_ticket_open(
        campaign, post, ticket, system):
    assert post('anna', NAME, 'feature-freeze', 'rejected',
                statement='').status == 400
    answer = post('anna', NAME, 'feature-freeze', 'rejected',
                  statement='Too early.')
    assert 'Rejected.' in answer.text
    assert ticket(1)['status'] == 'new'
    entry = system.queries.ledger(NAME)[-1]
    assert (entry.verb, entry.actor) == ('rejected', 'anna')
    assert 'Too early.' in ticket(1).get_changelog()[-1][4]


@pytest.mark.parametrize('verdict', ['rejected', 'withdrawn'])
def test_rejecting_or_withdrawing_reopens_a_signed_ticket_and_its_stages(
        campaign, sign, post, ticket, admin, stored, gate, verdict):
    sign(*CONTACTS)
    admin('milestone', 'completed', f'{NAME}: 3. pre-production', 'now')
    answer = post('anna', NAME, 'feature-freeze', verdict,
                  statement='A feature came in.')
    assert answer.status == 200
    assert ticket(1)['status'] == 'reopened'
    assert stored(1) == stored(3) == [False]
    assert not gate('1')
    sign('feature-freeze')
    assert gate()


def test_withdrawing_without_a_sign_off_is_refused(campaign, post):
    answer = post('anna', NAME, 'feature-freeze', 'withdrawn',
                  statement='No.')
    assert answer.status == 409
    assert 'nothing to withdraw' in answer.text


def test_box_says_why_the_sign_off_was_rejected(
        campaign, system, client, sign):
    system.record(NAME, 'feature-freeze', Person('anna'),
               SignOffRequest(Verdict.REJECTED, 'Two <b> merges are open.'))
    told = 'Because “Two &lt;b&gt; merges are open.” anna, '
    assert told in words_of(client('bruno').get('/ticket/1'))
    sign('feature-freeze')
    assert 'Because' not in words_of(client('bruno').get('/ticket/1'))


def test_the_box_tells_what_was_waived_or_rejected_in_past_campaigns(
        full, system, client, admin):
    system.record(FULL, LEAKS, ANNA,
               SignOffRequest(Verdict.REJECTED, 'It leaks.'))
    system.record(FULL, LEAKS, ADMIN, waiver(statement='Known since 2009.'))
    tickets = system.create(CampaignRequest('Next', 'full', contacts={
        'physics-results': ('anna', 'bruno')}, template_text=FULL_TEXT),
        'coordinator')
    page = client('coordinator').get(f'/ticket/{tickets[1]}')
    assert re.search(
        'Last time in Full: waived by coordinator \\(out-of-bounds, '
        f'memory_growth up to 5 kB/event, until {written(TOMORROW)}\\): '
        '“Known since 2009.” ?; rejected by anna: “It leaks.”', words_of(page))
    assert 'Waived before' in page.text
    page = client('anna').get(f'/ticket/{tickets[1]}').text
    assert 'Known since 2009.' in page
    assert 'Waived before' not in page
    code, out, _ = admin('campaign', 'waive', 'Next', LEAKS, 'awaiting',
                         f'--until={TOMORROW}', '--reason=Again.')
    assert code == 0
    assert 'Waived before, in Full: waived by coordinator' in out
    assert 'Rejected before, in Full: rejected by anna' in out


REFUSED = [
    pytest.param('eve', 'approved', 'only anna may sign', id='approve'),
    pytest.param('eve', 'reported', 'only anna may sign', id='report'),
    pytest.param('eve', 'rejected', 'only anna, or a holder of '
                 'CAMPAIGN_ADMIN, may reject #', id='reject'),
    pytest.param('eve', 'withdrawn', 'only anna, or a holder of '
                 'CAMPAIGN_ADMIN, may withdraw the sign-off of #',
                 id='withdraw'),
    pytest.param('eve', 'waived', 'only a holder of CAMPAIGN_WAIVE may',
                 id='waive'),
    pytest.param('coordinator', 'approved', 'only anna may sign',
                 id='administrator in the place of a contact'),
    pytest.param('anna', 'waived', 'only a holder of CAMPAIGN_WAIVE may',
                 id='contact waives'),
]


@pytest.mark.parametrize(('user', 'verdict', 'words'), REFUSED)
def test_refusal_of_a_verdict_says_who_may_give_it(
        campaign, post, system, env, user, verdict, words):
    PermissionSystem(env).grant_permission('eve', 'TICKET_MODIFY')
    answer = post(user, NAME, 'feature-freeze', verdict, statement='Mine.',
                  reason='awaiting', until=TOMORROW)
    assert answer.status == 409
    assert words in words_of(answer)
    assert ('value="Mine."' in answer.text) is (user != 'eve')
    assert len(system.queries.ledger(NAME)) == 1


def test_signing_several_tickets_is_all_or_nothing(
        campaign, client, system, ticket):
    keys = [f'{NAME}/{k}' for k in ('feature-freeze', 'release-validated')]
    answer = client('anna').post('/campaign', {'sel': keys,
                                               'statement': 'All fine.'})
    assert answer.status == 409
    assert 'only bruno may sign' in answer.text
    assert ticket(1)['status'] == 'new'
    assert len(system.queries.ledger(NAME)) == 1
    keys[1] = f'{NAME}/software-quality'
    answer = client('anna').post('/campaign', {'sel': keys,
                                               'statement': 'All fine.'})
    assert '2 signed off.' in answer.text
    assert ticket(1)['status'] == ticket(2)['status'] == 'closed'


@pytest.mark.parametrize(('fields', 'status'), [
    pytest.param({}, 400, id='nothing chosen'),
    pytest.param({'sel': 'No/such'}, 400, id='no campaign'),
    pytest.param({'sel': f'{NAME}/no-such'}, 400, id='no requirement'),
    pytest.param({'sel': 'nonsense'}, 400, id='nonsense'),
])
def test_signing_several_tickets_of_nonsense_is_refused(
        campaign, client, fields, status):
    assert client('anna').post('/campaign', fields).status == status


def test_who_signed_what_others_must_sign_is_not_offered_to_sign(
        system, client):
    system.create(CampaignRequest(
        'S', 'two', 'V1', template_text=TWO_OF_PHYSICS, contacts={
            'made': ('anna', 'bruno'), 'reviewed': ('anna', 'bruno')}),
        'coordinator')
    system.sign('S', 'made', 'anna', False, 'Made.')
    page = client('anna').get('/ticket/2').text
    assert 'value="approved"' not in page
    assert 'value="rejected"' in page
    assert 'value="approved"' in client('bruno').get('/ticket/2').text


def test_a_waiver_comes_filled_in_with_what_was_measured_and_the_start(
        full, client, system):
    start = day_of(now()) + timedelta(days=9)
    system.change(FULL, ADMIN, CampaignChanges('Later.', start=str(start)))
    system.record(FULL, LEAKS, ANNA, SignOffRequest(
        Verdict.REPORTED, '', EvidenceInput({'memory_growth': '3 kB/event'})))
    page = client('coordinator').get(f'/ticket/{full[LEAKS]}').text
    form = page.split('class="pw-waive"')[1].split('</form>')[0]
    fields = dict(re.findall('name="(until|bound_max:[a-z_]+)"[^>]*?'
                             'value="([^"]*)"', form))
    assert fields == {'until': str(start),
                      'bound_max:memory_growth': '3 kB/event'}
    assert re.search('<option selected="selected">out-of-bounds<', form)


def test_a_waiver_of_another_reason_has_no_bound_filled_in(full, client):
    page = client('coordinator').get(f'/ticket/{full[LEAKS]}').text
    form = page.split('class="pw-waive"')[1].split('</form>')[0]
    assert re.search('name="bound_max:memory_growth"[^>]*?value=""', form)


def test_after_a_lapsed_waiver_its_contact_is_offered_what_they_may_do(
        expired, client):
    ticket_of = f'/ticket/{expired["physics-results"]}'
    page = client('anna').get(ticket_of).text
    for verdict in ('approved', 'rejected'):
        assert f'name="verdict" value="{verdict}"' in page
    assert 'name="verdict" value="waived"' not in page


def test_after_a_lapsed_waiver_another_one_is_offered(
        campaign, client, env):
    with store.open_campaign(env, store.campaign_id(env, NAME)) as book:
        book.record(now(), 'dora', 'waived', 'software-quality',
                    role='administrator', statement='Known.', waiver={
                        'reason': 'awaiting', 'until': '2020-01-01',
                        'bounds': []})
    ticket_of = f'/ticket/{campaign["software-quality"]}'
    waive = 'name="verdict" value="waived"'
    assert waive in client('coordinator').get(ticket_of).text
    page = client('anna').get(ticket_of).text
    assert waive not in page
    assert 'name="verdict" value="approved"' in page


def test_what_is_late_says_for_how_long(campaign, client, admin):
    milestone = f'{NAME}: 1. Software preparation'
    ticket_of = f'/ticket/{campaign["software-quality"]}'
    admin('milestone', 'due', milestone, str(
        day_of(now()) - timedelta(days=2)))
    page = client('anna').get(ticket_of)
    assert re.search('<dd class="pw-late">[^<]*2 days late', page.text)
    admin('milestone', 'due', milestone, str(
        day_of(now()) + timedelta(days=2)))
    assert 'days late' not in words_of(client('anna').get(ticket_of))


def test_values_show_their_history(full, client, system):
    for person, value in ((ANNA, '3 kB/event'), (ANNA, '0.5 kB/event')):
        system.record(FULL, LEAKS, person, SignOffRequest(
            Verdict.REPORTED, 'Measured.', EvidenceInput(
                {'memory_growth': value})))
    page = client('bruno').get(f'/ticket/{full[LEAKS]}').text
    history = page.split('class="pw-small pw-series"')[1].split(
        '</details>')[0]
    assert '2 times given' in history
    assert history.index('0.5 kB/event') < history.index('3 kB/event')
    assert 'anna' in history
