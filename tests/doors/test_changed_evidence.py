"""Evidence that is swapped after the signatures, by every door."""

from __future__ import annotations

import urllib.request

import pytest
from trac.attachment import Attachment
from trac.resource import ResourceNotFound
from trac.ticket.model import Milestone, Ticket

from prodworkflow.api import GateShut, Verdict
from support.campaigns import ADMIN, ANNA, BRUNO
from support.evidence import FILES, QUALITY, SEEN
from support.http_client import words_of
from support.signoffs import waiver

GATE = f'/campaign/{SEEN}/gate'
WHOLE = ('was approved by anna and bruno for other evidence: Memory growth '
         'was 0.5 kB/event and is 0.99 kB/event, reported by bruno; the '
         'approval of anna and bruno is asked again; awaits anna or bruno')


@pytest.fixture
def upload(client):
    """Uploads a file to a ticket by the page of Trac, in place of another."""
    def send(user, ticket, name, data):
        browser = client(user)
        browser.get('/about')
        token = next(c.value for c in browser.jar
                     if c.name == 'trac_form_token')
        fields = {'__FORM_TOKEN': token, 'action': 'new', 'realm': 'ticket',
                  'id': str(ticket), 'replace': 'on', 'description': ''}
        body = b''.join(
            f'--x\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}'
            '\r\n'.encode() for k, v in fields.items())
        body += (f'--x\r\nContent-Disposition: form-data; name="attachment"; '
                 f'filename="{name}"\r\nContent-Type: image/png\r\n\r\n'
                 ).encode() + data + b'\r\n--x--\r\n'
        return browser._open(urllib.request.Request(
            f'{browser.site}/attachment/ticket/{ticket}/?action=new', body,
            {'Content-Type': 'multipart/form-data; boundary=x'}))
    return send


def stage_of(env):
    return Milestone(env, f'{SEEN}: 1. Only')


def test_one_who_reports_another_value_alone_shuts_every_gate(
        signed_by_two, system, env, client, admin, why):
    """Quorum 2 signed 0.5 kB/event; one of them then reported 0.99 alone."""
    assert client('bruno').get(GATE).status == 200
    page = client('bruno').post(f'/campaign/{SEEN}/sign', {
        'requirement': QUALITY, 'verdict': 'reported',
        'value:memory_growth': '0.99', 'statement': 'Measured again.'})
    assert page.status == 200
    assert why() == ('evidence-changed', WHOLE)
    answer = client('bruno').get(GATE)
    assert answer.status == 409
    assert '"reason": "evidence-changed"' in answer.text
    assert Ticket(env, signed_by_two)['status'] == 'reopened'
    code, out, _ = admin('campaign', 'gate', SEEN)
    assert (code, WHOLE in out) == (1, True)
    code, _, err = admin('campaign', 'launch', SEEN, '--reason=Go.')
    assert code == 2
    assert '0.5 kB/event and is 0.99 kB/event' in err
    page = client('coordinator').post(f'/campaign/{SEEN}/launch',
                                      {'reason': 'Go.'})
    assert page.status == 409
    assert 'was 0.5 kB/event and is 0.99 kB/event' in words_of(page)
    assert not system.queries.decision(SEEN).snapshot.state.campaign.launched


def test_box_and_show_tell_old_and_new(signed_by_two, report, client, admin):
    report(BRUNO, '0.99 kB/event')
    box = words_of(client('anna').get(f'/ticket/{signed_by_two}'))
    assert 'Memory growth was 0.5 kB/event and is 0.99 kB/event' in box
    _, shown, _ = admin('campaign', 'show', SEEN)
    assert WHOLE in shown
    assert (f'bruno reported on #{signed_by_two} Quality (Memory growth '
            '0.99 kB/event, was 0.5 kB/event): “Measured.”') in shown


def test_who_reports_and_approves_in_one_act_approves_the_new(
        signed_by_two, report, why):
    report(BRUNO, '0.99 kB/event', Verdict.APPROVED)
    assert 'the approval of anna is asked again' in why()[1]
    report(ANNA, verdict=Verdict.APPROVED)
    assert why() == (None, 'signed off by anna and bruno')


def test_the_same_value_again_changes_nothing(signed_by_two, report, why,
                                              env):
    report(BRUNO, '0.5 kB/event')
    assert why() == (None, 'signed off by anna and bruno')
    assert Ticket(env, signed_by_two)['status'] == 'closed'


def test_what_is_put_back_makes_the_approvals_count_again(
        signed_by_two, report, why, env):
    report(BRUNO, '0.99 kB/event')
    report(BRUNO, '0.5 kB/event')
    assert why() == (None, 'signed off by anna and bruno')
    assert Ticket(env, signed_by_two)['status'] == 'closed'


def test_a_plot_replaced_on_its_page_shuts_the_gate_at_once(
        signed_by_two, upload, why, env, client, admin):
    assert upload('eve', signed_by_two, FILES[0], b'other').status == 200
    reason, words = why()
    assert reason == 'evidence-changed'
    assert 'the plot memory was memory.png (SHA-256 ' in words
    assert 'replaced by eve' in words
    assert client('eve').get(GATE).status == 409
    assert Ticket(env, signed_by_two)['status'] == 'reopened'
    _, shown, _ = admin('campaign', 'show', SEEN)
    assert 'eve changed memory.png, which is evidence of ' in shown
    code, _, err = admin('campaign', 'launch', SEEN, '--reason=Go.')
    assert code == 2
    assert 'replaced by eve' in err


def test_the_same_file_uploaded_again_changes_nothing(
        signed_by_two, upload, why, system):
    before = len(system.queries.ledger(SEEN))
    assert upload('eve', signed_by_two, FILES[0],
                  FILES[0].encode()).status == 200
    assert why()[0] is None
    assert len(system.queries.ledger(SEEN)) == before


def test_a_file_that_is_no_evidence_changes_nothing(
        signed_by_two, attach, system):
    before = len(system.queries.ledger(SEEN))
    attach(signed_by_two, 'more.png')
    assert len(system.queries.ledger(SEEN)) == before


@pytest.mark.parametrize('file', FILES)
def test_an_attachment_removed_by_trac_admin_shuts_the_gate(
        file, signed_by_two, admin, why):
    assert admin('attachment', 'remove', f'ticket:{signed_by_two}',
                 file)[0] == 0
    reason, words = why()
    assert reason == 'evidence-changed'
    assert f'was {file} (SHA-256 ' in words
    assert 'and was removed by ' in words


def test_an_attachment_moved_to_another_ticket_shuts_the_gate(
        signed_by_two, env, why):
    other = Ticket(env)
    other['summary'] = 'Elsewhere'
    other.insert()
    Attachment(env, 'ticket', signed_by_two, FILES[0]).move('ticket',
                                                           other.id)
    assert why()[0] == 'evidence-changed'
    Attachment(env, 'ticket', other.id, FILES[0]).move('ticket',
                                                       signed_by_two)
    assert why() == (None, 'signed off by anna and bruno')
    assert Ticket(env, signed_by_two)['status'] == 'closed'


def test_a_file_that_is_put_back_closes_the_ticket_again(
        signed_by_two, put_attachment, env, why, client, verbs, system):
    put_attachment(signed_by_two, FILES[0], b'other')
    assert client('eve').get(GATE).status == 409
    put_attachment(signed_by_two, FILES[0], FILES[0].encode())
    assert why() == (None, 'signed off by anna and bruno')
    assert Ticket(env, signed_by_two)['status'] == 'closed'
    assert client('eve').get(GATE).status == 200
    assert 'withdrawn' not in verbs(SEEN)
    assert system.check(SEEN, False, 'root') == []


def test_a_launched_campaign_goes_on_hold_and_its_stages_reopen(
        signed_by_two, system, put_attachment, env):
    system.lifecycle.launch(SEEN, ADMIN, 'Go.')
    assert stage_of(env).completed
    put_attachment(signed_by_two, FILES[0], b'other')
    campaign = system.queries.decision(SEEN).snapshot.state.campaign
    assert campaign.held_since
    assert 'memory.png of ' in campaign.held_because
    assert not stage_of(env).completed


def test_launch_reads_the_bytes_again(signed_by_two, system, overwrite, why,
                                      env, client):
    """A file that was changed past Trac is found, told and kept."""
    overwrite(signed_by_two, FILES[0], b'other')
    assert client('eve').get(GATE).status == 200  # nobody has told yet
    with pytest.raises(GateShut) as refused:
        system.lifecycle.launch(SEEN, ADMIN, 'Go.')
    assert 'replaced by somebody past Trac' in str(refused.value)
    assert why()[0] == 'evidence-changed'
    assert client('eve').get(GATE).status == 409
    assert Ticket(env, signed_by_two)['status'] == 'reopened'


def test_launch_in_advisory_is_refused_when_it_finds_another_file(
        signed_by_two, system, overwrite, admin):
    """Then that is told, and the next one passes against the rules."""
    admin('campaign', 'change', SEEN, '--enforcement=advisory',
          '--reason=Rehearsal.')
    overwrite(signed_by_two, FILES[0], b'other')
    with pytest.raises(GateShut):
        system.lifecycle.launch(SEEN, ADMIN, 'Go.')
    system.lifecycle.launch(SEEN, ADMIN, 'Go.')
    assert 'evidence' in ' '.join(
        system.queries.ledger(SEEN)[-1].payload['against'])


def test_closing_a_stage_reads_the_bytes_again(
        signed_by_two, overwrite, admin, env, why):
    overwrite(signed_by_two, FILES[1], b'other')
    code, _, err = admin('milestone', 'completed', f'{SEEN}: 1. Only', 'now')
    assert code != 0
    assert 'replaced by somebody past Trac' in err
    assert not stage_of(env).completed
    assert why()[0] == 'evidence-changed'
    assert Ticket(env, signed_by_two)['status'] == 'reopened'


def test_the_milestone_page_reads_the_bytes_again(
        signed_by_two, overwrite, client, env, why):
    overwrite(signed_by_two, FILES[1], b'other')
    name = f'{SEEN}: 1. Only'
    page = client('eve').post(f'/milestone/{name}'.replace(' ', '%20'), {
        'id': name, 'name': name, 'action': 'edit', 'save': '1',
        'completed': 'on', 'description': '',
        'completeddate': '2026-06-01T10:00:00+00:00'})
    assert page.status == 409
    assert not stage_of(env).completed
    assert why()[0] == 'evidence-changed'


def test_check_reads_the_bytes_again_and_shuts_the_gate(
        signed_by_two, overwrite, admin, client, why):
    overwrite(signed_by_two, FILES[0], b'other')
    code, out, _ = admin('campaign', 'check', SEEN)
    assert (code, 'memory.png of ' in out) == (1, True)
    assert client('eve').get(GATE).status == 409
    assert why()[0] == 'evidence-changed'
    code, out, _ = admin('campaign', 'check', SEEN)
    assert (code, 'memory.png of ' in out) == (1, True)
    overwrite(signed_by_two, FILES[0], FILES[0].encode())
    admin('campaign', 'check', SEEN)
    assert why() == (None, 'signed off by anna and bruno')
    assert admin('campaign', 'check', SEEN)[:2] == (0, '')


def test_the_box_offers_to_sign_what_there_is_now(signed_by_two, report,
                                                  client):
    page = client('anna').get(f'/ticket/{signed_by_two}').text
    assert 'value="approved"' not in page
    report(BRUNO, '0.99 kB/event')
    for user in ('anna', 'bruno'):
        page = client(user).get(f'/ticket/{signed_by_two}').text
        assert 'value="approved"' in page


def test_a_deleted_ticket_takes_its_evidence_along(signed_by_two, env,
                                                   system):
    Ticket(env, signed_by_two).delete()
    with pytest.raises(ResourceNotFound):
        Ticket(env, signed_by_two)
    assert system.queries.decision(SEEN).answer(
        QUALITY).reason.value == 'ticket-missing'


def test_a_waiver_lets_changed_evidence_pass_until_it_changes_again(
        signed_by_two, report, system, why, put_attachment):
    report(BRUNO, '0.6 kB/event')
    system.record(SEEN, QUALITY, ADMIN, waiver('evidence-changed', bound=''))
    assert system.queries.decision(SEEN).answer(QUALITY).waived
    report(BRUNO, '0.7 kB/event')
    assert why()[0] == 'evidence-changed'
    assert not system.queries.decision(SEEN).answer(QUALITY).waived


def test_evidence_that_is_put_back_closes_its_stage_again(
        signed_by_two, report, admin, env, system, client):
    assert admin('milestone', 'completed', stage_of(env).name, 'now')[0] == 0
    report(BRUNO, '0.99 kB/event')
    assert not stage_of(env).is_completed
    report(BRUNO, '0.5 kB/event')
    assert stage_of(env).is_completed
    last = [e for e in system.queries.ledger(SEEN)
            if e.verb.startswith('stage-')][-1]
    assert (last.verb, last.actor) == ('stage-closed', 'prodworkflow')
    page = words_of(client('anna').get(f'/campaign/{SEEN}'))
    assert ('closed stage 1. Only again: '
            f'#{signed_by_two} was reported by bruno') in page
