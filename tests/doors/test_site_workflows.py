"""Workflows of other sites: where sign-off tickets begin and are reopened to,
and that they can be signed again by whoever signs them."""

from __future__ import annotations

import pytest

from prodworkflow import store
from prodworkflow.api import CampaignChanges, SignOffRequest, Verdict
from prodworkflow.gateways.clock import now
from prodworkflow.services.campaigns.releases import ReleaseRequest
from prodworkflow.services.campaigns.signers import SignerChanges
from support.campaigns import ADMIN, ANNA, BRUNO, NAME
from support.logs import without_libpq
from support.sites.action_controllers import use_controllers
from support.sites.workflows import FIRST, REOPENED, use_workflow, WORKFLOWS

KEY = 'feature-freeze'
COMMON = {'leave': '* -> *', 'leave.operations': 'leave_status',
          'leave.default': '1', 'accept': 'new -> accepted',
          'resolve': '* -> closed',
          'resolve.operations': 'set_resolution'}


def reopening(text, **attributes):
    return {'again': text, 'again.operations': 'del_resolution',
            **{f'again.{name}': value for name, value in attributes.items()}}


# Options, the status in which a ticket begins, that to which it is reopened.
VARIANTS = {
    'from any status': ({**COMMON, **reopening('* -> queue')},
                        'new', 'queue'),
    'from several': ({**COMMON, **reopening('odd,closed -> queue')},
                     'new', 'queue'),
    'only of others': ({
        **COMMON, **reopening('closed -> queue', permissions='TRAC_ADMIN')},
        'new', 'queue'),
    'the last by name': ({
        **COMMON, 'a': 'closed -> first', 'a.operations': 'del_resolution',
        'b': 'closed -> second', 'b.operations': 'del_resolution'},
        'new', 'second'),
    'the heavier': ({
        **COMMON, 'a': 'closed -> first', 'a.operations': 'del_resolution',
        'a.default': '-1', 'b': 'closed -> second', 'b.default': '-2',
        'b.operations': 'del_resolution'}, 'new', 'first'),
    'one that only changes the resolution': ({
        **COMMON, 'z': 'closed -> closed', 'z.operations': 'del_resolution',
        'z.default': '9', **reopening('closed -> queue')}, 'new', 'queue'),
    'one that leaves the resolution': ({
        **COMMON, 'z': 'closed -> archived', 'z.default': '9',
        **reopening('closed -> queue')}, 'new', 'queue'),
    'none, and begun elsewhere': ({
        **COMMON, 'create': '<none> -> draft', 'submit': 'draft -> new'},
        'draft', 'draft'),
    'none, and no beginning': ({
        'leave': '* -> *', 'leave.operations': 'leave_status',
        'do': 'todo -> closed', 'do.operations': 'set_resolution'},
        'todo', 'todo'),
    'begun with an owner': ({
        **COMMON, 'create': '< none > -> new',
        'assign': '<none> -> assigned', 'assign.operations': 'may_set_owner',
        'assign.default': '3'}, 'assigned', 'assigned'),
    'begun so by some': ({
        **COMMON, 'create': '<none> -> new', 'create.default': '1',
        'admit': '<none> -> admitted', 'admit.default': '3',
        'admit.permissions': 'NOBODYS_RIGHT'}, 'new', 'new'),
    'begun so by nobody': ({
        **COMMON, 'admit': '<none> -> admitted',
        'admit.permissions': 'NOBODYS_RIGHT'}, 'admitted', 'admitted'),
    'begun at the end': ({
        **COMMON, 'create': '<none> -> new', 'note': '<none> -> closed',
        'note.default': '3', **reopening('closed -> queue')},
        'new', 'queue'),
}
SITES = [
    *[pytest.param(WORKFLOWS[name], FIRST[name], REOPENED[name], id=name)
      for name in WORKFLOWS],
    *[pytest.param(*given, id=name) for name, given in VARIANTS.items()],
]


USUAL = ('ConfigurableTicketWorkflow', 'SignOffActions')


def follow(env, options, controllers=USUAL):
    """Let a site have a workflow of these options."""
    WORKFLOWS['of this test'] = options
    use_workflow(env.config, 'of this test')
    del WORKFLOWS['of this test']
    use_controllers(env, *controllers)


@pytest.fixture
def site_of(env, create):
    """A campaign at a site with a workflow; its sign-off tickets."""
    def make(options, **given):
        follow(env, options, **given)
        return create()
    return make


@pytest.mark.parametrize(('options', 'first', 'again'), SITES)
def test_a_sign_off_is_given_taken_back_and_given_again(
        options, first, again, site_of, client, ticket, verbs, system):
    site_of(options)
    anna = client('anna')
    assert {ticket(n)['status'] for n in range(1, 8)} == {first}
    anna.act(1, 'signoff_approved', comment='Fine.')
    assert (ticket(1)['status'], ticket(1)['resolution']) == ('closed',
                                                              'fixed')
    anna.act(1, 'signoff_withdrawn', comment='A doubt.')
    assert (ticket(1)['status'], ticket(1)['resolution']) == (again, '')
    page = anna.get('/ticket/1').text
    assert 'value="signoff_approved"' in page
    anna.act(1, 'signoff_approved', comment='Fine after all.')
    assert ticket(1)['status'] == 'closed'
    assert verbs() == ['created', 'approved', 'withdrawn', 'approved']
    assert system.queries.decision(NAME).answer(KEY).met
    assert system.check(NAME, False, 'root') == []


def say(verdict):
    def saying(system):
        system.record(NAME, KEY, ANNA, SignOffRequest(verdict, 'A doubt.'))
    return saying


def object_to(system):
    system.record(NAME, KEY, BRUNO, SignOffRequest(Verdict.OBJECTED, 'No.'))


def release(system):
    system.release(NAME, ADMIN, ReleaseRequest('V2', (), 'It is newer.'))


def signers(**changes):
    def change(system):
        system.change(NAME, ADMIN, CampaignChanges('So.', None, (
            (KEY, SignerChanges(**changes)),)))
    return change


def lapse(system):
    """A waiver lapses, and the next check finds it."""
    env = system.env
    with store.open_campaign(env, store.campaign_id(env, NAME)) as book:
        book.record(now(), 'anna', 'withdrawn', KEY, role='contact',
                    contact='anna', statement='A hole.')
        book.record(now(), 'dora', 'waived', KEY, role='administrator',
                    statement='It is small.', waiver={
                        'reason': 'withdrawn', 'until': '2020-01-01',
                        'bounds': []})
    system.check(NAME, True, 'root')


@pytest.mark.parametrize('way', [
    pytest.param(say(Verdict.WITHDRAWN), id='withdrawn'),
    pytest.param(say(Verdict.REJECTED), id='rejected'),
    pytest.param(object_to, id='objected'),
    pytest.param(release, id='release'),
    pytest.param(signers(contacts=('bruno',)), id='contacts replaced'),
    pytest.param(signers(contacts=('anna', 'bruno'), quorum='2'),
                 id='quorum'),
    pytest.param(lapse, id='waiver lapsed, repair'),
])
@pytest.mark.parametrize('name', ['trivial', 'german', 'final'])
def test_whatever_opens_a_ticket_again_goes_the_site_s_way(
        way, name, site_of, sign, system, ticket):
    site_of(WORKFLOWS[name])
    key = 'release-validated' if way is release else KEY
    number = 4 if way is release else 1
    sign(key)
    assert ticket(number)['status'] == 'closed'
    way(system)
    assert (ticket(number)['status'],
            ticket(number)['resolution']) == (
        {'trivial': 'new', 'german': 'offen', 'final': 'new'}[name], '')
    assert not system.queries.decision(NAME).answer(key).met


def test_a_ticket_made_by_repair_begins_as_any_other(
        site_of, system, ticket):
    site_of(WORKFLOWS['untriaged'])
    ticket(1).delete()
    system.check(NAME, True, 'coordinator')
    number = system.queries.requirement(NAME, KEY).ticket
    assert number == 8
    assert ticket(number)['status'] == 'untriaged'


TRIAGE = {**COMMON, 'triage': 'closed -> *', 'triage.operations': 'triage',
          'triage.default': '5', **reopening('closed -> queue')}


@pytest.mark.parametrize(('controllers', 'status'), [
    pytest.param(['ConfigurableTicketWorkflow', 'Triage'], 'for-tasks',
                 id='that depends on the ticket'),
    pytest.param(['ConfigurableTicketWorkflow', 'Failing'], 'queue',
                 id='that fails'),
    pytest.param(['Failing', 'Triage', 'ConfigurableTicketWorkflow'],
                 'for-tasks', id='both'),
    pytest.param(['ConfigurableTicketWorkflow'], 'queue', id='none'),
])
def test_workflow_plugins_are_asked_where_a_ticket_is_reopened_to(
        controllers, status, site_of, sign, system, ticket):
    site_of(TRIAGE, controllers=controllers)
    sign(KEY)
    say(Verdict.WITHDRAWN)(system)
    assert ticket(1)['type'] == 'task'
    assert ticket(1)['status'] == status


def test_a_controller_that_fails_is_named_in_the_log(
        site_of, sign, system, ticket, caplog):
    site_of(TRIAGE, controllers=['ConfigurableTicketWorkflow', 'Failing'])
    sign(KEY)
    system.env.log.addHandler(caplog.handler)
    say(Verdict.WITHDRAWN)(system)
    assert {without_libpq(r.getMessage()) for r in caplog.records
            if r.levelname == 'WARNING'} - {''} == {
        'Failing did not say where its actions lead: AttributeError: '
        'no_such_thing'}


def test_check_tells_of_a_status_that_the_workflow_does_not_know(
        site_of, sign, system, ticket, env, admin):
    """As tickets are that were reopened before the plugin asked Trac."""
    site_of(WORKFLOWS['trivial'])
    with env.db_transaction as db:
        db("UPDATE ticket SET status='reopened' WHERE id=2")
    words = ('#2 Software quality ok has the status "reopened", which the '
             'ticket workflow does not know')
    found, = system.check(NAME, False, 'root')
    assert (found.words, found.remedy) == (words, 'move it to "new"')
    _, out, err = admin('campaign', 'check', '--repair')
    assert words in out + err
    assert ticket(2)['status'] == 'new'
    assert system.check(NAME, False, 'root') == []


def test_sign_off_actions_come_after_all_others(site_of, client):
    """Nobody signs off by a mere comment where `leave` has no `default`."""
    site_of({**{k: v for k, v in COMMON.items() if k != 'leave.default'}})
    page = client('anna').get('/ticket/1').text
    chosen, = [line for line in page.split('<input') if 'checked' in line
               and 'name="action"' in line]
    assert 'value="resolve"' in chosen
    places = [page.index(f'value="{action}"') for action in (
        'resolve', 'leave', 'signoff_rejected', 'signoff_approved')]
    assert places == sorted(places)
