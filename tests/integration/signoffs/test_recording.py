"""Approving, rejecting and withdrawing: evidence, quorums and the record."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from trac.attachment import Attachment
from trac.db import util
from trac.perm import PermissionSystem

from prodworkflow.api import (
    CampaignChanges,
    CampaignRequest,
    EvidenceInput,
    GateShut,
    InvalidRequest,
    SignerChanges,
    SignOffRequest,
    Verdict,
)
from prodworkflow.domain.dates import day_of
from prodworkflow.domain.model.person import Person
from prodworkflow.gateways.clock import now
from support.campaigns import ADMIN, ANNA, BRUNO, CONTACTS, FULL, NAME
from support.signoffs import leak, LEAKS, TWO_OF_PHYSICS, waiver


def test_a_quorum_closes_the_ticket_with_its_last_approval(
        full, system, sign_full, ticket, state_of):
    number = full['physics-results']
    system.record(FULL, 'physics-results', ANNA,
                  SignOffRequest(Verdict.APPROVED, 'Good.'))
    assert ticket(number)['status'] == 'new'
    assert state_of('physics-results') == ('unmet', 'quorum-short')
    with pytest.raises(GateShut, match='anna has signed #9 already'):
        system.record(FULL, 'physics-results', ANNA,
                      SignOffRequest(Verdict.APPROVED, 'Good.'))
    system.record(FULL, 'physics-results', BRUNO,
                  SignOffRequest(Verdict.APPROVED, 'Good.'))
    assert (ticket(number)['status'],
            ticket(number)['resolution']) == ('closed', 'fixed')
    assert state_of('physics-results') == ('met', None)


def test_approval_without_the_evidence_asked_for_is_refused(
        full, system, ticket):
    with pytest.raises(InvalidRequest,
                       match='Memory growth and the link leak'):
        system.record(FULL, LEAKS, ANNA,
                      SignOffRequest(Verdict.APPROVED, 'Fine.'))
    assert ticket(full[LEAKS])['status'] == 'new'
    assert len(system.queries.ledger(FULL)) == 1


def test_approval_with_a_value_out_of_bounds_is_refused(full, system, ticket):
    with pytest.raises(GateShut, match='more than 1 kB/event'):
        system.record(FULL, LEAKS, ANNA,
                      leak('2 kB/event', verdict=Verdict.APPROVED))
    assert ticket(full[LEAKS])['status'] == 'new'


def test_evidence_given_before_counts_for_the_approval(
        full, system, state_of):
    system.record(FULL, LEAKS, ANNA, leak('0.9 kB/event'))
    system.record(FULL, LEAKS, ANNA, SignOffRequest(Verdict.APPROVED, 'Fine.'))
    assert state_of(LEAKS) == ('met', None)


@pytest.mark.parametrize(('cpu', 'met'), [
    ('10 h', True), ('12 h', True), ('28800 s', True), ('12.01 h', False),
    ('7.9 h', False)])
def test_approval_compares_the_measurement_with_the_estimate(
        full, system, sign_full, saying_for, cpu, met):
    """Ten hours were estimated, twenty per cent are tolerated."""
    sign_full('resources-estimate')
    saying = saying_for('runtime-performance')
    typed = EvidenceInput({**saying.typed.values, 'cpu_time_per_job': cpu})
    say = SignOffRequest(Verdict.APPROVED, 'Fine.', typed)
    if met:
        system.record(FULL, 'runtime-performance', BRUNO, say)
    else:
        with pytest.raises(GateShut, match='more than 20 % away from 10 h'):
            system.record(FULL, 'runtime-performance', BRUNO, say)


def test_evidence_values_of_who_may_not_sign_are_refused(full, system):
    for verdict in (Verdict.REJECTED, Verdict.WAIVED):
        with pytest.raises(GateShut, match='only anna may give values'):
            system.record(FULL, LEAKS, ADMIN, replace(
                leak('0.1', verdict=verdict), leave=waiver().leave))
    assert len(system.queries.ledger(FULL)) == 1


def test_a_plot_that_changed_since_it_was_reported_is_not_approved(
        full, system, env, saying_for):
    given = saying_for('physics-emc')
    system.record(FULL, 'physics-emc', BRUNO, replace(
        given, verdict=Verdict.REPORTED))
    attachment = Attachment(env, 'ticket', full['physics-emc'], 'new.png')
    attachment.delete()
    again = Attachment(env, 'ticket', full['physics-emc'])
    again.insert('new.png', io.BytesIO(b'other'), 5)
    plain = SignOffRequest(Verdict.APPROVED, 'Fine.')
    with pytest.raises(InvalidRequest,
                       match=r'new\.png of #\d+ changed after'):
        system.record(FULL, 'physics-emc', BRUNO, plain)
    system.record(FULL, 'physics-emc', BRUNO, given)
    assert system.queries.decision(FULL).answer('physics-emc').met


def test_plots_are_kept_with_their_digests_and_checked(
        full, system, sign_full, env):
    sign_full('physics-emc')
    payload = system.queries.ledger(FULL)[-1].payload
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
        system.record(FULL, 'physics-emc', BRUNO, SignOffRequest(
            Verdict.APPROVED, 'Fine.',
            EvidenceInput(plots={'cluster energy': ('new.png', '')})))


def test_report_without_value_or_statement_is_refused(campaign, system):
    with pytest.raises(InvalidRequest, match='There is nothing to report'):
        system.record(NAME, 'feature-freeze', Person('anna'),
                      SignOffRequest(Verdict.REPORTED, ''))
    assert len(system.queries.ledger(NAME)) == 1


def test_a_group_signs_by_any_of_its_members(system, env):
    PermissionSystem(env).grant_permission('bruno', 'physics')
    PermissionSystem(env).grant_permission('physics', 'TICKET_VIEW')
    system.create(CampaignRequest('G', 'path-to-production', 'V1', contacts={
        **CONTACTS, 'physics-results': ('@physics',)}), 'coordinator')
    with pytest.raises(GateShut, match='only a member of physics may sign'):
        system.sign('G', 'physics-results', 'anna', False, 'Fine.')
    system.sign('G', 'physics-results', 'bruno', False, 'Good.')
    assert system.queries.decision('G').answer('physics-results').met


def test_separate_requirements_have_to_be_signed_by_different_people(system):
    system.create(CampaignRequest('S', 'two', 'V1',
                                  template_text=TWO_OF_PHYSICS, contacts={
        'made': ('anna', 'bruno'), 'reviewed': ('anna', 'bruno')}),
        'coordinator')
    system.sign('S', 'made', 'anna', False, 'Made.')
    with pytest.raises(GateShut, match='anna has signed Made'):
        system.sign('S', 'reviewed', 'anna', False, 'Fine.')
    system.sign('S', 'reviewed', 'bruno', False, 'Fine.')
    assert system.queries.decision('S').launch.open


def test_a_deputy_counts_as_the_one_they_stand_for(system):
    system.create(CampaignRequest('S', 'two', template_text=TWO_OF_PHYSICS,
                                  contacts={
        'made': ('anna', 'bruno'), 'reviewed': ('anna', 'bruno')}),
        'coordinator')
    today = day_of(now())
    system.change('S', ADMIN, CampaignChanges('Leave.', staff=(
        ('reviewed', SignerChanges(deputies=(
            f'eve for anna {today}..{today}',))),)))
    system.sign('S', 'made', 'anna', False, 'Made.')
    told = system.queries.decision('S').answer('reviewed')
    assert told.words == 'awaits bruno'
    with pytest.raises(GateShut, match=r'Made \(#1\) was signed by or for'):
        system.sign('S', 'reviewed', 'eve', False, 'Fine.')
    system.record('S', 'made', ANNA, SignOffRequest(Verdict.WITHDRAWN, 'No.'))
    system.sign('S', 'reviewed', 'eve', False, 'Fine.')
    assert system.queries.ledger('S')[-1].payload['persons'] == [
        'anna', 'eve']
    with pytest.raises(GateShut, match='to be signed by somebody else: bru'):
        system.sign('S', 'made', 'anna', False, 'Made.')
    assert system.check('S', False, 'root') == []


def test_a_former_member_of_a_group_takes_back_what_they_signed(
        system, env, ticket):
    grant = PermissionSystem(env)
    grant.grant_permission('anna', 'physics')
    system.create(CampaignRequest('S', 'two', template_text=TWO_OF_PHYSICS,
                                  contacts={'made': ('@physics',),
                                            'reviewed': ('bruno',)}),
                  'coordinator')
    system.sign('S', 'made', 'anna', False, 'Made.')
    grant.revoke_permission('anna', 'physics')
    grant.grant_permission('bruno', 'physics')
    with pytest.raises(GateShut, match='only a member of physics'):
        system.record('S', 'made', ANNA,
                      SignOffRequest(Verdict.REJECTED, 'Odd.'))
    system.record('S', 'made', ANNA,
                  SignOffRequest(Verdict.WITHDRAWN, 'Odd.'))
    payload = system.queries.ledger('S')[-1].payload
    assert (payload['role'], payload['contact']) == ('contact', '@physics')
    assert ticket(1)['status'] != 'closed'
    with pytest.raises(GateShut, match='may withdraw'):
        system.record('S', 'made', ANNA,
                      SignOffRequest(Verdict.WITHDRAWN, 'Odd.'))


def test_every_verdict_is_one_entry_and_one_comment(full, system, ticket):
    number = full[LEAKS]
    says = [(ANNA, leak('3 kB/event', 'Three.')),
            (ANNA, SignOffRequest(Verdict.REJECTED, 'Too much.')),
            (ADMIN, waiver(statement='Tolerable.')),
            (ANNA, leak('2 kB/event', 'Better.', Verdict.APPROVED)),
            (ANNA, SignOffRequest(Verdict.WITHDRAWN, 'A doubt.'))]
    for person, saying in says:
        system.record(FULL, LEAKS, person, saying)
    entries = system.queries.ledger(FULL)[1:]
    assert [(e.verb, e.actor, e.release, e.payload['statement'])
            for e in entries] == [
        (s.verdict.value, p.name, 'V1', s.statement) for p, s in says]
    comments = [c[4] for c in ticket(number).get_changelog()
                if c[2] == 'comment']
    assert len(comments) == len(says)
    for (_, saying), comment in zip(says, comments):
        assert saying.statement in comment
    assert system.check(FULL, False, 'root') == []


def test_several_verdicts_at_once_reopen_a_stage_once_and_name_all(
        campaign, sign, system, admin):
    sign(*CONTACTS)
    assert admin('milestone', 'completed', f'{NAME}: 1. Software preparation',
                 'now')[0] == 0
    system.record_all([
        (NAME, 'feature-freeze', SignOffRequest(Verdict.REJECTED, 'No.')),
        (NAME, 'software-quality', SignOffRequest(Verdict.REJECTED, 'No.')),
        (NAME, 'resources-estimate',
         SignOffRequest(Verdict.WITHDRAWN, 'Again.')),
    ], Person('anna'))
    reopened, = (e for e in system.queries.ledger(NAME)
                 if e.verb == 'stage-reopened')
    assert reopened.payload['because'] == (
        '#1 and #2 were rejected by anna; #3 was withdrawn by anna')
    assert system.queries.ledger(NAME)[-1] == reopened


def test_statements_of_several_verdicts_grow_less_than_their_number(
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
        system.record_all([(NAME, key, SignOffRequest(verdict, 'Said.'))
                           for key in anna[:number]], Person('anna'))
    for one, three in zip(counts[:2], counts[2:]):
        assert three < 3 * one
