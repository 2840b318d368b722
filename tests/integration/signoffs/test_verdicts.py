"""What people say of requirements, in a real environment and over HTTP."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date, timedelta
from urllib.parse import quote

import pytest
from trac.attachment import Attachment
from trac.db import util
from trac.perm import PermissionSystem
from trac.ticket.model import Ticket
from trac.util.datefmt import datetime_now, to_utimestamp, utc

from prodworkflow.api import (
    CampaignRequest,
    EvidenceInput,
    GateShut,
    InvalidRequest,
    SignOffRequest,
    Verdict,
    WAIVE,
)
from prodworkflow.domain.model.person import Person
from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.rules.waiver_requests import WaiverRequest
from support.campaigns import CONTACTS, FULL, FULL_TEXT, NAME

TOMORROW = (date.today() + timedelta(days=2)).isoformat()
DAY = 86400 * 10**6
ADMIN = Person('coordinator', grants=frozenset(
    {'CAMPAIGN_ADMIN', WAIVE, 'CAMPAIGN_LAUNCH', 'CAMPAIGN_HOLD'}))
ANNA, BRUNO, EVE = Person('anna'), Person('bruno'), Person('eve')
LEAKS = 'memory-leaks'
TWO_OF_PHYSICS = '''
title = "Two"
[[stage]]
key = "one"
title = "One"
[[stage.requirement]]
key = "made"
title = "Made"
[[stage.requirement]]
key = "reviewed"
title = "Reviewed"
separate_from = "made"
'''


def leak(value, statement='Measured.', verdict=Verdict.REPORTED):
    return SignOffRequest(verdict, statement, EvidenceInput(
        {'memory_growth': value}, {},
        {'leak report': 'https://example.org/leaks'}))


def waiver(reason='out-of-bounds', until=TOMORROW, bound='5 kB/event',
           statement='Small.'):
    bounds = {'memory_growth': ('', bound)} if bound else {}
    return SignOffRequest(Verdict.WAIVED, statement,
                          leave=WaiverRequest(reason, until, bounds))


@pytest.fixture
def state_of(system):
    """The answer's state and reason of one requirement."""
    def answer(key, name=FULL):
        found = system.decision(name).answer(key)
        return found.state, found.reason.value if found.reason else None
    return answer


@pytest.fixture
def post(client):
    """Sends the box of a ticket, as somebody."""
    def send(user, name, key, verdict='approved', **fields):
        return client(user).post(f'/campaign/{quote(name)}/sign', {
            'requirement': key, 'verdict': verdict, **fields})
    return send


# Approving

def test_a_quorum_closes_the_ticket_with_its_last_approval(
        full, system, sign_full, ticket, state_of):
    number = full['physics-results']
    system.say(FULL, 'physics-results', ANNA,
               SignOffRequest(Verdict.APPROVED, 'Good.'))
    assert ticket(number)['status'] == 'new'
    assert state_of('physics-results') == ('unmet', 'quorum-short')
    with pytest.raises(GateShut, match='anna has signed #9 already'):
        system.say(FULL, 'physics-results', ANNA,
                   SignOffRequest(Verdict.APPROVED, 'Good.'))
    system.say(FULL, 'physics-results', BRUNO,
               SignOffRequest(Verdict.APPROVED, 'Good.'))
    assert (ticket(number)['status'],
            ticket(number)['resolution']) == ('closed', 'fixed')
    assert state_of('physics-results') == ('met', None)


@pytest.mark.parametrize('key', [LEAKS, 'physics-results', 'physics-emc'])
def test_a_plain_closing_that_cannot_say_all_points_to_the_box(
        full, client, ticket, system, key):
    user = system.requirement(FULL, key).contacts[0]
    answer = client(user).resolve(full[key])
    assert answer.status == 409
    assert 'sign it off in the box of its page' in answer.text
    assert ticket(full[key])['status'] == 'new'


def test_a_plain_closing_answers_with_the_new_decision(campaign, client):
    answer = client('anna').resolve(1)
    words = ' '.join(re.sub('<[^>]+>', '', answer.text).split())
    assert 'Signed off. Not ready: 6 of 7 sign-offs missing' in words
    assert ('Stage 1. Software preparation still waits for:#2 Software '
            'quality ok awaits anna') in words
    answer = client('eve').act(1, 'reopen', comment='A doubt.')
    assert 'Withdrawn. Not ready: 7 of 7' in re.sub('<[^>]+>', '',
                                                    answer.text)
    assert 'Withdrawn' not in client('eve').resolve(1, action='leave').text


@pytest.mark.parametrize(('others', 'listed', 'more'), [
    (7, 11, ''), (8, 10, '2 more, see the page of the campaign'),
    (40, 10, '15 more, see the page of the campaign')])
def test_the_answer_lists_as_much_as_one_looks_at(
        campaign, client, env, others, listed, more):
    """Four sign-offs keep stage 2 shut, and open tickets in stage 1."""
    for number in range(others):
        ticket = Ticket(env)
        ticket.populate({'summary': f'No. {number}', 'status': 'new',
                         'milestone': f'{NAME}: 1. Software preparation'})
        ticket.insert()
    notice = re.search(r'(?s)still waits for:<ul>(.*?)</ul>',
                       client('bruno').resolve(4).text)[1]
    told = [re.sub('<[^>]+>', '', one) for one in
            re.findall('(?s)<li>(.*?)</li>', notice)]
    assert len(told) == listed + bool(more)
    assert told[-1].endswith(more or 'is open in 2011 Prod: '
                             '1. Software preparation')


def test_a_plain_closing_stays_a_sign_off_elsewhere(full, client, state_of):
    assert client('anna').resolve(full['feature-freeze']).status == 200
    assert state_of('feature-freeze') == ('met', None)


def test_what_is_asked_for_has_to_be_given(full, system, ticket):
    with pytest.raises(InvalidRequest,
                       match='Memory growth and the link leak'):
        system.say(FULL, LEAKS, ANNA,
                   SignOffRequest(Verdict.APPROVED, 'Fine.'))
    assert ticket(full[LEAKS])['status'] == 'new'
    assert len(system.ledger(FULL)) == 1


def test_what_is_out_of_bounds_cannot_be_approved(full, system, ticket):
    with pytest.raises(GateShut, match='more than 1 kB/event'):
        system.say(FULL, LEAKS, ANNA,
                   leak('2 kB/event', verdict=Verdict.APPROVED))
    assert ticket(full[LEAKS])['status'] == 'new'


def test_evidence_given_before_counts_for_the_approval(
        full, system, state_of):
    system.say(FULL, LEAKS, ANNA, leak('0.9 kB/event'))
    system.say(FULL, LEAKS, ANNA, SignOffRequest(Verdict.APPROVED, 'Fine.'))
    assert state_of(LEAKS) == ('met', None)


@pytest.mark.parametrize(('cpu', 'met'), [
    ('10 h', True), ('12 h', True), ('28800 s', True), ('12.01 h', False),
    ('7.9 h', False)])
def test_the_measurement_is_compared_with_the_estimate(
        full, system, sign_full, saying_for, cpu, met):
    """Ten hours were estimated, twenty per cent are tolerated."""
    sign_full('resources-estimate')
    saying = saying_for('runtime-performance')
    typed = EvidenceInput({**saying.typed.values, 'cpu_time_per_job': cpu})
    say = SignOffRequest(Verdict.APPROVED, 'Fine.', typed)
    if met:
        system.say(FULL, 'runtime-performance', BRUNO, say)
    else:
        with pytest.raises(GateShut, match='more than 20 % away from 10 h'):
            system.say(FULL, 'runtime-performance', BRUNO, say)


def test_estimate_and_measurement_stand_side_by_side(
        full, client, sign_full, system):
    sign_full('resources-estimate')
    page = client('bruno').get(f'/ticket/{full["runtime-performance"]}').text
    row = re.search(r'<th scope="row">CPU time per job.*?</tr>', page,
                    re.DOTALL)[0]
    assert 'within 20 % of the estimate' in row
    assert '10 h' in row
    system.say(FULL, 'runtime-performance', BRUNO, SignOffRequest(
        Verdict.REPORTED, '', EvidenceInput({'cpu_time_per_job': '46800 s'})))
    page = client('eve').get(f'/campaign/{FULL}').text
    row = re.search(r'<th scope="row">CPU time per job.*?</tr>', page.split(
        'Runtime performance ok: evidence')[1], re.DOTALL)[0]
    for words in ('within 20 % of the estimate', '10 h', '46800 s',
                  '(+30 %)', 'out of bounds'):
        assert words in row


def test_only_who_may_sign_gives_values(full, system):
    for verdict in (Verdict.REJECTED, Verdict.WAIVED):
        with pytest.raises(GateShut, match='only anna may give values'):
            system.say(FULL, LEAKS, ADMIN, replace(
                leak('0.1', verdict=verdict), leave=waiver().leave))
    assert len(system.ledger(FULL)) == 1


def test_a_plot_that_changed_since_it_was_reported_is_not_approved(
        full, system, env, saying_for):
    given = saying_for('physics-emc')
    system.say(FULL, 'physics-emc', BRUNO, replace(
        given, verdict=Verdict.REPORTED))
    attachment = Attachment(env, 'ticket', full['physics-emc'], 'new.png')
    attachment.delete()
    again = Attachment(env, 'ticket', full['physics-emc'])
    again.insert('new.png', io.BytesIO(b'other'), 5)
    plain = SignOffRequest(Verdict.APPROVED, 'Fine.')
    with pytest.raises(InvalidRequest,
                       match=r'new\.png of #\d+ changed after'):
        system.say(FULL, 'physics-emc', BRUNO, plain)
    system.say(FULL, 'physics-emc', BRUNO, given)
    assert system.decision(FULL).answer('physics-emc').met


def test_plots_are_kept_with_their_digests_and_checked(
        full, system, sign_full, env):
    sign_full('physics-emc')
    payload = system.ledger(FULL)[-1].payload
    plot = payload['evidence'][0]
    assert (plot['text'], plot['reference']) == ('new.png', 'old.png')
    assert len(plot['digest']) == len(plot['reference_digest']) == 64
    assert system.check(FULL, False, 'root') == []
    number = full['physics-emc']
    Attachment(env, 'ticket', number, 'new.png').delete()
    attachment = Attachment(env, 'ticket', number)
    attachment.insert('new.png', io.BytesIO(b'another'), 7)
    found = system.check(FULL, False, 'root')
    assert [f.words for f in found] == [
        f'attachment new.png of #{number} is gone or not what bruno has '
        'signed']


def test_a_plot_needs_its_reference(full, system, attach):
    attach(full['physics-emc'], 'new.png')
    with pytest.raises(InvalidRequest, match='needs two attachments'):
        system.say(FULL, 'physics-emc', BRUNO, SignOffRequest(
            Verdict.APPROVED, 'Fine.',
            EvidenceInput(plots={'cluster energy': ('new.png', '')})))


# Rejecting and withdrawing

def test_rejecting_needs_a_reason_and_leaves_the_ticket_open(
        campaign, post, ticket, system):
    assert post('anna', NAME, 'feature-freeze', 'rejected').status == 400
    answer = post('anna', NAME, 'feature-freeze', 'rejected',
                  statement='Too early.')
    assert 'Rejected.' in answer.text
    assert ticket(1)['status'] == 'new'
    entry = system.ledger(NAME)[-1]
    assert (entry.verb, entry.actor) == ('rejected', 'anna')
    assert 'Too early.' in ticket(1).get_changelog()[-1][4]


@pytest.mark.parametrize('verdict', ['rejected', 'withdrawn'])
def test_a_no_on_a_signed_ticket_reopens_it_and_its_stages(
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


def test_what_is_not_signed_cannot_be_withdrawn(campaign, post):
    answer = post('anna', NAME, 'feature-freeze', 'withdrawn',
                  statement='No.')
    assert answer.status == 409
    assert 'nothing to withdraw' in answer.text


# Who may

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
def test_every_refusal_says_who_may(campaign, post, system, env, user,
                                    verdict, words):
    PermissionSystem(env).grant_permission('eve', 'TICKET_MODIFY')
    answer = post(user, NAME, 'feature-freeze', verdict, statement='Mine.',
                  reason='awaiting', until=TOMORROW)
    assert answer.status == 409
    assert words in ' '.join(re.sub('<[^>]+>', '', answer.text).split())
    assert ('value="Mine."' in answer.text) is (user != 'eve')
    assert len(system.ledger(NAME)) == 1


def test_a_group_signs_by_any_of_its_members(system, env):
    PermissionSystem(env).grant_permission('bruno', 'physics')
    PermissionSystem(env).grant_permission('physics', 'TICKET_VIEW')
    system.create(CampaignRequest('G', 'path-to-production', contacts={
        **CONTACTS, 'physics-results': ('@physics',)}), 'coordinator')
    with pytest.raises(GateShut, match='only a member of physics may sign'):
        system.sign('G', 'physics-results', 'anna', False, '')
    system.sign('G', 'physics-results', 'bruno', False, 'Good.')
    assert system.decision('G').answer('physics-results').met


def test_different_people_have_to_sign_what_is_separate(system):
    system.create(CampaignRequest('S', 'two', template_text=TWO_OF_PHYSICS,
                                  contacts={
        'made': ('anna', 'bruno'), 'reviewed': ('anna', 'bruno')}),
        'coordinator')
    system.sign('S', 'made', 'anna', False, 'Made.')
    with pytest.raises(GateShut, match='anna has signed Made'):
        system.sign('S', 'reviewed', 'anna', False, 'Fine.')
    system.sign('S', 'reviewed', 'bruno', False, 'Fine.')
    assert system.decision('S').launch.open


QUORUMS = [
    pytest.param({'quorums': {'feature-freeze': '2'}},
                 'The quorum of feature-freeze (Feature Freeze) is 2, but '
                 'only anna can sign it', id='one contact'),
    pytest.param({'quorums': {'feature-freeze': 'two'}},
                 '"two" is no quorum of feature-freeze', id='no number'),
    pytest.param({'quorums': {'nothing': '2'}},
                 'There is no requirement "nothing"', id='no requirement'),
    pytest.param({'contacts': {'feature-freeze': ('@nobody',)}},
                 '"@nobody" of feature-freeze is no permission group',
                 id='no group'),
    pytest.param({'contacts': {'feature-freeze': ('@authenticated',)}},
                 'is no permission group', id='everybody'),
    pytest.param({'template_text': TWO_OF_PHYSICS, 'contacts': {
        'made': ('anna',), 'reviewed': ('anna',)}},
        'has to be signed by others than made', id='separate'),
]


@pytest.mark.parametrize(('given', 'words'), QUORUMS)
def test_a_quorum_that_nobody_can_reach_is_refused(system, env, given,
                                                   words):
    with pytest.raises(InvalidRequest) as error:
        system.create(CampaignRequest(**{'name': 'X',
                                         'template': 'path-to-production',
                                         'contacts': CONTACTS, **given}),
                      'coordinator')
    assert words in str(error.value)
    assert env.db_query('SELECT id FROM ticket') == []


# Waivers

def test_a_waiver_of_five_covers_what_is_below_and_not_above(
        full, system, state_of, ticket):
    number = full[LEAKS]
    system.say(FULL, LEAKS, ADMIN, waiver())
    system.say(FULL, LEAKS, ANNA, leak('4.9 MB per 1000 events', 'Fine.',
                                       Verdict.APPROVED))
    assert state_of(LEAKS) == ('waived', 'out-of-bounds')
    assert ticket(number)['resolution'] == 'tolerable'
    answer = system.decision(FULL).answer(LEAKS)
    assert 'Memory growth is 4.9 MB per 1000 events' in answer.words
    system.say(FULL, LEAKS, ANNA, leak('6 kB/event'))
    assert state_of(LEAKS) == ('unmet', 'out-of-bounds')
    assert ticket(number)['status'] == 'reopened'
    system.say(FULL, LEAKS, ANNA, leak('4 kB/event'))
    assert state_of(LEAKS) == ('unmet', 'out-of-bounds')  # lapsed for good


def test_a_waiver_ends_with_its_last_day(full, system):
    system.say(FULL, LEAKS, ADMIN, waiver(until=date.today().isoformat()))
    system.say(FULL, LEAKS, ANNA, leak('4 kB/event', 'Fine.',
                                       Verdict.APPROVED))
    snapshot = system.decision(FULL).snapshot
    now = to_utimestamp(datetime_now(utc))
    assert decide(snapshot, now).answer(LEAKS).met
    assert not decide(snapshot, now + DAY).answer(LEAKS).met


def test_a_waiver_lifts_one_reason_and_nothing_else(
        full, system, state_of, ticket):
    system.say(FULL, LEAKS, ADMIN, waiver('awaiting', bound=''))
    assert state_of(LEAKS) == ('unmet', 'evidence-missing')
    assert ticket(full[LEAKS])['status'] == 'new'
    system.say(FULL, LEAKS, ADMIN, waiver('evidence-missing', bound=''))
    assert state_of(LEAKS) == ('waived', 'awaiting')
    assert (ticket(full[LEAKS])['status'],
            ticket(full[LEAKS])['resolution']) == ('closed', 'waived')


WRONG = [
    pytest.param({'statement': ''}, 'Say why', id='no reason'),
    pytest.param({'until': ''}, 'is no day from today on', id='no end'),
    pytest.param({'until': '2020-01-01'}, 'is no day from today on',
                 id='ended'),
    pytest.param({'bound': ''}, 'Say up to what it is tolerable',
                 id='no bound'),
    pytest.param({'bound': '5 kg'}, 'cannot be counted in kB/event',
                 id='another kind of unit'),
    pytest.param({'reason': 'stale', 'bound': ''},
                 '"stale" does not stand against Memory leaks',
                 id='a reason that is not there'),
    pytest.param({'reason': 'awaiting'}, 'leave them out',
                 id='a bound for nothing'),
]


@pytest.mark.parametrize(('given', 'words'), WRONG)
def test_a_waiver_that_makes_no_sense_is_refused(full, system, given, words):
    with pytest.raises(InvalidRequest) as error:
        system.say(FULL, LEAKS, ADMIN, waiver(**given))
    assert words in str(error.value)
    assert len(system.ledger(FULL)) == 1


def test_the_box_tells_what_was_waived_or_rejected_in_past_campaigns(
        full, system, client, admin):
    system.say(FULL, LEAKS, ANNA,
               SignOffRequest(Verdict.REJECTED, 'It leaks.'))
    system.say(FULL, LEAKS, ADMIN, waiver(statement='Known since 2009.'))
    tickets = system.create(CampaignRequest('Next', 'full', contacts={
        'physics-results': ('anna', 'bruno')}, template_text=FULL_TEXT),
        'coordinator')
    page = client('coordinator').get(f'/ticket/{tickets[1]}').text
    words = ' '.join(re.sub('<[^>]*>', '', page).split())
    assert re.search(
        'Last time in Full: waived by coordinator \\(out-of-bounds, '
        f'memory_growth up to 5 kB/event, until {TOMORROW}\\): “Known since '
        '2009.” ?; rejected by anna: “It leaks.”', words)
    assert 'Waived before' in page
    page = client('anna').get(f'/ticket/{tickets[1]}').text
    assert 'Known since 2009.' in page
    assert 'Waived before' not in page
    code, out, _ = admin('campaign', 'waive', 'Next', LEAKS, 'awaiting',
                         f'--until={TOMORROW}', '--reason=Again.')
    assert code == 0
    assert 'Waived before, in Full: waived by coordinator' in out
    assert 'Rejected before, in Full: rejected by anna' in out


def test_a_stop_takes_the_waiver_with_it(full, system, state_of, ticket):
    for reason in ('awaiting', 'evidence-missing'):
        system.say(FULL, LEAKS, ADMIN, waiver(reason, bound=''))
    system.say(FULL, LEAKS, ANNA, SignOffRequest(Verdict.REJECTED, 'It grew.'))
    assert state_of(LEAKS) == ('unmet', 'rejected')
    assert ticket(full[LEAKS])['status'] == 'reopened'


# The record

def test_every_saying_is_one_entry_and_one_comment(full, system, ticket):
    number = full[LEAKS]
    says = [(ANNA, leak('3 kB/event', 'Three.')),
            (ANNA, SignOffRequest(Verdict.REJECTED, 'Too much.')),
            (ADMIN, waiver(statement='Tolerable.')),
            (ANNA, leak('2 kB/event', 'Better.', Verdict.APPROVED)),
            (ANNA, SignOffRequest(Verdict.WITHDRAWN, 'A doubt.'))]
    for person, saying in says:
        system.say(FULL, LEAKS, person, saying)
    entries = system.ledger(FULL)[1:]
    assert [(e.verb, e.actor, e.release, e.payload['statement'])
            for e in entries] == [
        (s.verdict.value, p.name, 'V1', s.statement) for p, s in says]
    comments = [c[4] for c in ticket(number).get_changelog()
                if c[2] == 'comment']
    assert len(comments) == len(says)
    for (_, saying), comment in zip(says, comments):
        assert saying.statement in comment
    assert system.check(FULL, False, 'root') == []


def test_bulk_is_all_or_nothing(campaign, client, system, ticket):
    keys = [f'{NAME}/{k}' for k in ('feature-freeze', 'release-validated')]
    answer = client('anna').post('/campaign', {'sel': keys,
                                               'statement': 'All fine.'})
    assert answer.status == 409
    assert 'only bruno may sign' in answer.text
    assert ticket(1)['status'] == 'new'
    assert len(system.ledger(NAME)) == 1
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
def test_bulk_of_nonsense_is_refused(campaign, client, fields, status):
    assert client('anna').post('/campaign', fields).status == status


def test_of_many_at_once_a_stage_reopens_once_and_all_are_named(
        campaign, sign, system, admin):
    sign(*CONTACTS)
    assert admin('milestone', 'completed', f'{NAME}: 1. Software preparation',
                 'now')[0] == 0
    system.say_all(NAME, [
        ('feature-freeze', SignOffRequest(Verdict.REJECTED, 'No.')),
        ('software-quality', SignOffRequest(Verdict.REJECTED, 'No.')),
        ('resources-estimate', SignOffRequest(Verdict.WITHDRAWN, 'Again.')),
    ], Person('anna'))
    reopened, = (e for e in system.ledger(NAME) if e.verb == 'stage-reopened')
    assert reopened.payload['because'] == (
        '#1 and #2 were rejected by anna; #3 was withdrawn by anna')
    assert system.ledger(NAME)[-1] == reopened


def test_saying_one_thing_more_costs_the_same_each_time(
        campaign, system, monkeypatch):
    """What settles a campaign is done once, however much is said."""
    counts, execute = [], util.IterableCursor.execute

    def counting(self, sql, args=None):
        counts[-1] += 1
        return execute(self, sql, args)
    monkeypatch.setattr(util.IterableCursor, 'execute', counting)
    anna = [key for key, contacts in CONTACTS.items() if 'anna' in contacts]
    for number, verdict in ((1, Verdict.APPROVED), (1, Verdict.REJECTED),
                            (3, Verdict.APPROVED), (3, Verdict.REJECTED)):
        counts.append(0)
        system.say_all(NAME, [(key, SignOffRequest(verdict, 'Said.'))
                              for key in anna[:number]], Person('anna'))
    for one, three in zip(counts[:2], counts[2:]):
        assert three < 3 * one
