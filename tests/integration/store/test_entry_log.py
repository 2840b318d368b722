"""The log has one line for every change and every refusal, and no secrets."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import quote

import pytest

from prodworkflow import store
from prodworkflow.api import (
    CampaignRequest,
    GateShut,
    InvalidRequest,
    SignOffRequest,
    Verdict,
)
from prodworkflow.domain.model.person import Person
from prodworkflow.domain.model.vocabulary import Phase
from prodworkflow.domain.template.versions import TemplateDraft
from prodworkflow.services.campaigns.changes import CampaignChanges
from prodworkflow.services.campaigns.releases import ReleaseRequest
from prodworkflow.store.entry_log import REFUSALS
from support.campaigns import CONTACTS, NAME
from support.factories import SITES
from support.ledgers import EVERY, OF_LISTS
from support.logs import listening

ADMIN = Person('coordinator', grants=frozenset(
    {'CAMPAIGN_ADMIN', 'CAMPAIGN_WAIVE', 'CAMPAIGN_LAUNCH',
     'CAMPAIGN_HOLD'}))
EVE = Person('eve')
SECRET = 'the password is swordfish'
ENTRY = re.compile(rf'campaign {NAME}, entry (\d+): (\S+) by (\S+)')


@pytest.fixture
def log(env):
    with listening(env) as heard:
        yield heard


def ours(log):
    """The lines that are ours, as they are written."""
    return [line for _, line in log.matching(
        'campaign |refused |not done |template ')]


@pytest.fixture
def entries(system):
    """Number, verb and actor of the entries of a campaign's ledger."""
    return lambda: [(str(e.number), e.verb, e.actor)
                    for e in system.queries.ledger(NAME)]


def write(env, verb):
    requirement = 'feature-freeze' if 'ticket' in verb or verb in (
        'approved', 'rejected', 'reported', 'waived', 'withdrawn',
        'closed-unsigned', 'reopened', 'moved-on', 'restored',
        'contacts-changed',
        'objected', 'answered', 'reopening-refused',
        'attachment-changed') else ''
    with store.open_campaign(env, store.campaign_id(env, NAME)) as book:
        if verb in OF_LISTS:
            book.state = replace(book.state, lists=SITES)
        book.record(7, 'anna', verb, requirement, **EVERY[verb])


class Undone(Exception):
    """Lets a transaction fail."""


@pytest.mark.parametrize('verb', [v for v in EVERY if v != 'created'])
def test_entry_of_each_verb_has_one_log_line(env, campaign, log, verb):
    write(env, verb)
    line, = ours(log)
    assert ENTRY.match(line).groups() == ('2', verb, 'anna')


def test_entry_that_is_rolled_back_has_no_log_line(env, campaign, log):
    with pytest.raises(Undone), store.process_lock(env), env.db_transaction:
        write(env, 'held')
        raise Undone
    write(env, 'rescheduled')
    line, = ours(log)
    assert ENTRY.match(line).groups() == ('2', 'rescheduled', 'anna')


@pytest.mark.parametrize('verb', REFUSALS)
def test_refusal_has_its_log_line_even_if_the_transaction_is_rolled_back(
        env, campaign, log, verb):
    with pytest.raises(Undone), store.process_lock(env), env.db_transaction:
        write(env, verb)
        raise Undone
    assert len(ours(log)) == 1


def test_stored_entry_has_its_log_line_although_what_follows_fails(
        env, campaign, log):
    with pytest.raises(Undone), store.process_lock(env):
        write(env, 'held')
        raise Undone
    assert len(ours(log)) == 1


def test_each_ledger_entry_of_a_campaign_has_its_log_line(
        log, create, system, sign, admin, milestone, ticket, entries):
    create(release='V1')
    system.release(NAME, ADMIN, ReleaseRequest('V2', (), SECRET))
    sign(*CONTACTS)
    system.lifecycle.launch(NAME, ADMIN, SECRET)
    key = 'physics-results'
    system.record(NAME, key, Person('anna'),
                  SignOffRequest(Verdict.REJECTED, SECRET))
    system.record(NAME, key, Person('anna'),
                  SignOffRequest(Verdict.APPROVED, SECRET))
    system.lifecycle.resume(NAME, ADMIN, SECRET)
    system.change(NAME, ADMIN, CampaignChanges(SECRET, 'advisory'))
    reopened = ticket(system.queries.requirement(NAME,
                                                 'feature-freeze').ticket)
    reopened['status'] = 'reopened'
    reopened.save_changes('eve', SECRET)
    milestone(1).delete()
    assert admin('campaign', 'check', '--repair')[0] == 0
    system.lifecycle.end(NAME, ADMIN, Phase.ABANDONED, SECRET)
    assert [ENTRY.match(line).groups() for line in ours(log)] == entries()
    assert SECRET not in '\n'.join(ours(log))


def attempts():
    yield 'a sign-off', lambda s: s.record(
        NAME, 'feature-freeze', EVE, SignOffRequest(Verdict.APPROVED, SECRET))
    yield 'a waiver', lambda s: s.record(
        NAME, 'feature-freeze', EVE, SignOffRequest(Verdict.WAIVED, SECRET))
    yield 'a release', lambda s: s.release(NAME, EVE,
                                           ReleaseRequest('V2', (), SECRET))
    yield 'a hold', lambda s: s.lifecycle.hold(NAME, EVE, SECRET)
    yield 'going on', lambda s: s.lifecycle.resume(NAME, EVE, SECRET)
    yield 'a launch', lambda s: s.lifecycle.launch(NAME, ADMIN, SECRET)
    yield 'an end', lambda s: s.lifecycle.end(NAME, EVE, Phase.CLOSED, SECRET)
    yield 'a change', lambda s: s.change(NAME, EVE, CampaignChanges(SECRET))


@pytest.mark.parametrize('attempt', [
    pytest.param(do, id=name) for name, do in attempts()])
def test_refusal_of_each_use_case_has_one_log_line(
        system, campaign, log, attempt):
    with pytest.raises(GateShut):
        attempt(system)
    line, = ours(log)
    assert line.startswith('refused ')
    assert SECRET not in line


def mistakes():
    yield 'a creation', lambda s: s.create(
        CampaignRequest(SECRET, 'no such template', 'V1'), 'coordinator')
    yield 'a release', lambda s: s.release(NAME, ADMIN,
                                           ReleaseRequest('', (), SECRET))
    yield 'a change', lambda s: s.change(
        NAME, ADMIN, CampaignChanges(SECRET, start=SECRET))
    yield 'a template', lambda s: s.templates.save(
        TemplateDraft('fresh', SECRET, SECRET, 0, True), 'coordinator')
    yield 'a removal', lambda s: s.templates.remove(
        'path-to-production', 'coordinator', SECRET)


@pytest.mark.parametrize('mistake', [
    pytest.param(do, id=name) for name, do in mistakes()])
def test_invalid_request_has_one_log_line_without_what_was_typed(
        system, campaign, log, mistake):
    with pytest.raises(InvalidRequest):
        mistake(system)
    line, = ours(log)
    assert line.startswith('not done for coordinator, unfit: ')
    assert SECRET not in line


def test_refusal_of_a_page_has_one_log_line(campaign, client, log):
    stage = f'{NAME}: 1. Software preparation'
    page = f'/milestone/{quote(stage)}'
    coordinator = client('coordinator')
    assert coordinator.post(page, {
        'id': stage, 'action': 'edit', 'name': stage, 'save': 'Submit',
        'completed': 'on',
        'completeddate': '2026-06-30T12:00:00Z'}).status == 409
    assert coordinator.post(page, {'id': stage,
                                   'action': 'delete'}).status == 409
    first = campaign['feature-freeze']
    assert client('eve').resolve(first).status == 409
    assert [line.split(':')[0] for line in ours(log)
            if 'refused' in line] == [
        'campaign 2011 Prod, entry 2', 'refused coordinator',
        'campaign 2011 Prod, entry 3']


def test_log_line_cannot_be_forged_by_control_characters(env, campaign, log):
    with store.open_campaign(env, store.campaign_id(env, NAME)) as book:
        book.record(7, 'anna\nforged\x1b[2J', 'held', reason='x')
    line, = ours(log)
    assert line.endswith('held by anna forged?[2J')
