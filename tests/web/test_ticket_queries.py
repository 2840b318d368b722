"""Trac's queries find tickets by campaign, stage and requirement."""

from __future__ import annotations

import csv
import io
import re
from urllib.parse import quote_plus

import pytest
from trac.db import util
from trac.perm import PermissionSystem
from trac.test import EnvironmentStub, MockRequest
from trac.ticket.api import TicketSystem
from trac.ticket.model import Milestone, Ticket
from trac.ticket.query import Query
from trac.web.chrome import web_context
from trac.wiki.formatter import format_to_html

from prodworkflow.query.query_words import QueryWords
from support.campaigns import NAME
from support.http_client import words_of
from support.logs import listening


@pytest.fixture
def milestones(env, campaign, system):
    """The milestones of the campaign's stages, by their keys."""
    return {s.key: s.milestone for s
            in system.queries.decision(NAME).snapshot.state.stages}


@pytest.fixture
def others(env, milestones, create):
    """Tickets 8 to 14 of another campaign; a defect of ours, and a stray.

    Numbers 15 and 16.
    """
    create('2012 Prod')
    return [insert(env, 'A defect',
                   milestone=milestones['software-preparation']),
            insert(env, 'A stray')]


def insert(env, summary, **values):
    ticket = Ticket(env)
    ticket.populate({'summary': summary, 'status': 'new', 'type': 'defect',
                     'priority': 'critical', 'reporter': 'bruno', **values})
    return ticket.insert()


def found(env, text, user='anna'):
    """The ids that a query gives a user, in its order."""
    req = MockRequest(env, authname=user)
    return [t['id'] for t in Query.from_string(
        env, f'{text}&max=0').execute(req)]


OURS = list(range(1, 8))
THEIRS = list(range(8, 15))
QUERIES = {
    'campaign=2011 Prod': [*OURS, 15],
    'campaign=2012 Prod': THEIRS,
    'campaign=2011 Prod|2012 Prod': [*OURS, *THEIRS, 15],
    'campaign!=2011 Prod': [*THEIRS, 16],
    'campaign!=2011 Prod|2012 Prod': [16],
    'campaign=': [16],
    'campaign!=': [*OURS, *THEIRS, 15],
    'campaign^=2011': [*OURS, 15],
    'campaign!^=2011': [*THEIRS, 16],
    'campaign~=PROD': [*OURS, *THEIRS, 15],
    'campaign!~=prod': [16],
    'campaign$=2 Prod': THEIRS,
    'campaign~=%': [],
    'campaign=2011 prod': [],
    'campaign=Nope': [],
    'campaign=2011 Prod&type=defect': [15],
    'campaign=2012 Prod&requirement=feature-freeze': [8],
    'requirement=feature-freeze': [1, 8],
    'requirement~=validated': [4, 5, 11, 12],
    'requirement=&campaign=2011 Prod': [15],
    'campaign=2012 Prod&or&id=16': [*THEIRS, 16],
    'campaign=2011 Prod&stage=software-preparation': [1, 2, 3, 15],
    "campaign=2011 Prod' OR '1'='1": [],
    'campaign=2011 Prod"); DROP TABLE ticket; --': [],
    'stage=%s': [],
}


@pytest.mark.parametrize(('text', 'ids'), QUERIES.items(), ids=QUERIES)
def test_query_finds_the_tickets_of_campaigns(env, others, text, ids):
    assert found(env, f'{text}&order=id') == ids


def test_each_stage_has_its_tickets(env, others, milestones, system):
    state = system.queries.decision(NAME).snapshot.state
    for key in milestones:
        assert {t for t in found(env, f'campaign={NAME}&stage={key}')
                if t in OURS} == {r.ticket for r in state.requirements
                                  if r.stage == key}


@pytest.mark.parametrize(('text', 'ids'), [
    ('campaign=2011 Prod|2012 Prod&order=campaign&type=task',
     [*OURS, *THEIRS]),
    ('campaign=2011 Prod|2012 Prod&order=campaign&desc=1&type=task',
     [*THEIRS, *OURS]),
    ('id=1,8,15,16&order=requirement', [1, 8, 15, 16]),
    ('id=16,8,1&group=campaign&order=id', [1, 8, 16]),
    ('id=16,8,1&group=campaign&groupdesc=1&order=milestone', [16, 8, 1]),
])
def test_query_is_ordered_and_grouped_by_our_words(env, others, text, ids):
    in_order = found(env, text)
    assert sorted(in_order) == sorted(ids)
    if 'requirement' not in text:
        assert in_order == ids


def test_sign_off_ticket_belongs_to_its_requirement_wherever_it_lies(
        env, campaign, milestones):
    elsewhere = Milestone(env)
    elsewhere.name = 'Elsewhere'
    elsewhere.insert()
    ticket = Ticket(env, 1)
    ticket['milestone'] = 'Elsewhere'
    ticket.save_changes('coordinator')
    assert found(env, f'campaign={NAME}&requirement=feature-freeze') == [1]


def test_other_tickets_follow_their_milestone(env, others, milestones):
    milestone = Milestone(env, milestones['software-preparation'])
    milestone.name = 'Renamed'
    milestone.update(author='coordinator')
    assert 15 in found(env, f'campaign={NAME}')
    ticket = Ticket(env, 15)
    ticket['milestone'] = ''
    ticket.save_changes('coordinator')
    assert 15 not in found(env, f'campaign={NAME}')


def test_removed_campaign_is_found_no_more(env, others, admin):
    assert admin('campaign', 'remove', NAME, '--reason', 'Made by mistake.'
                 )[0] == 0
    assert found(env, f'campaign={NAME}') == []


@pytest.fixture
def sent(monkeypatch):
    """The statements sent from now on."""
    found, execute = [], util.IterableCursor.execute

    def recording(self, sql, args=None):
        found.append(sql)
        return execute(self, sql, args)
    monkeypatch.setattr(util.IterableCursor, 'execute', recording)
    return found


# What is asked without our words

PLAIN = ('status!=closed&owner=$USER', 'milestone=a|b&order=version',
         'id=1-3&group=type&col=id|summary&row=description')


@pytest.mark.parametrize('text', PLAIN)
def test_query_without_our_words_is_tracs_own(env, campaign, text):
    req = MockRequest(env, authname='anna')
    asked = Query.from_string(env, text).get_sql(req)
    columns = Query.from_string(env, text).get_columns()
    switch_off(env)
    assert Query.from_string(env, text).get_sql(req) == asked
    assert Query.from_string(env, text).get_columns() == columns


def test_query_by_campaign_takes_as_many_statements_for_many_tickets(
        env, create, sent):
    def asked():
        sent.clear()
        found(env, 'campaign^=2&group=stage&col=requirement')
        return len(sent)
    create()
    few = asked()
    for number in range(3):
        create(f'203{number} Prod')
    assert asked() == few <= 5


# Nobody changes them

def test_our_words_are_no_fields_of_tickets(env, campaign):
    system = TicketSystem(env)
    names = {f['name'] for f in (*system.get_ticket_fields(),
                                 *system.get_custom_fields(),
                                 *Ticket(env, 1).fields)}
    assert names.isdisjoint({'campaign', 'stage', 'requirement'})
    assert 'campaign' not in system.get_ticket_field_labels()


def test_no_ticket_page_has_a_field_of_ours(campaign, client):
    for path in ('/ticket/1', '/newticket', '/admin/ticket/components'):
        page = client('coordinator').get(path)
        assert page.status == 200
        assert not re.search('name="field_(campaign|stage|requirement)"',
                             page.text)


def test_batch_modification_neither_offers_nor_changes_them(
        env, campaign, client):
    page = client('coordinator').get(f'/query?campaign={quote_plus(NAME)}')
    batch = re.search('(?s)<select id="add_batchmod_field">.*?</select>',
                      page.text)[0]
    assert 'value="milestone"' in batch
    for word in ('campaign', 'stage', 'requirement'):
        assert f'value="{word}"' not in batch
    client('coordinator').post('/batchmodify', {
        'selected_tickets': '1', 'batchmod_value_campaign': 'Other',
        'batchmod_value_stage': 'other', 'batchmod_value_comment': 'Hm.',
        'query_href': '/about', 'action': 'leave'})
    assert env.db_query('SELECT name FROM ticket_custom WHERE ticket=1') == []
    assert found(env, 'requirement=feature-freeze') == [1]


# The query page

def test_query_page_finds_and_offers_them(others, client):
    page = client('anna').get(
        f'/query?campaign={quote_plus(NAME)}&stage=software-preparation')
    assert page.status == 200
    assert '(4 matches)' in words_of(page)
    for label in ('Campaign', 'Stage', 'Requirement'):
        assert f'<option value="{label.lower()}">{label}</option>' in page.text
        assert re.search(f'name="col"\\s+value="{label.lower()}"', page.text)
    assert 'name="0_campaign"' in page.text
    assert f'value="{NAME}"' in page.text


def test_query_page_shows_columns_and_groups(others, client):
    page = client('anna').get('/query?campaign=^201&col=id&col=campaign'
                              '&col=requirement&group=stage&order=campaign')
    words = words_of(page)
    assert 'Stage: software-preparation (7 matches)' in words
    assert '<td class="requirement">' in page.text
    assert '>Requirement</a>' in page.text
    assert '<option value="stage" selected="selected">Stage</option>' in (
        page.text)


def test_filter_form_of_the_page_is_understood_without_scripts(
        others, client):
    page = client('anna').post('/query', {
        '0_campaign': ['2012'], '0_campaign_mode': '^', 'order': 'id',
        'add_filter_0': 'stage', 'add_0': '+'})
    assert 'name="0_stage"' in page.text
    page = client('anna').post('/query', {
        '0_campaign': ['2012'], '0_campaign_mode': '^', 'order': 'id',
        'group': 'stage', 'update': 'Update'})
    assert 'campaign=%5E2012' in page.url
    assert '(7 matches)' in words_of(page)


def test_results_are_exported(others, client):
    page = client('anna').get('/query?campaign=2012+Prod&col=id&col=campaign'
                              '&col=requirement&order=id&format=csv')
    rows = list(csv.reader(io.StringIO(page.text.lstrip('\ufeff'))))
    assert rows[0] == ['id', 'Campaign', 'Requirement']
    assert rows[1] == ['8', '2012 Prod', 'feature-freeze']
    assert len(rows) == 8
    feed = client('anna').get('/query?campaign=2012+Prod&format=rss')
    assert feed.text.count('<item>') == 7


def test_query_is_saved_and_shown_as_a_report(env, others, client):
    query = f'query:?campaign={quote_plus("2012 Prod")}&order=id'
    with env.db_transaction as db:
        db("INSERT INTO report (id, title, query) VALUES (99, 'Ours', %s)",
           (query,))
    page = client('anna').get('/report/99')
    assert page.status == 200
    assert '(7 matches)' in words_of(page)


# TicketQuery

def shown(env, text, user='anna'):
    req = MockRequest(env, authname=user)
    return str(format_to_html(env, web_context(req), text))


@pytest.mark.parametrize(('arguments', 'words'), [
    ('campaign=2011 Prod, format=count', '>8<'),
    ('campaign=2011 Prod, stage=software-preparation, format=count', '>4<'),
    ('campaign=2011 Prod, requirement=, format=compact', '#15'),
    ('campaign=2012 Prod, format=table, col=id|requirement',
     'feature-freeze'),
    ('campaign=2012 Prod, group=stage', 'software-preparation'),
    ('campaign^=201, group=campaign, format=progress', '2012 Prod'),
    ('campaign=2012 Prod, type=defect', 'No results'),
])
def test_macro_shows_the_tickets_of_campaigns(env, others, arguments, words):
    text = shown(env, f'[[TicketQuery({arguments})]]')
    assert words in text
    assert 'system-message' not in text


@pytest.mark.parametrize('form', ['list', 'count', 'table', 'progress'])
def test_unknown_campaign_is_told_in_place(env, campaign, form):
    text = shown(env, f'[[TicketQuery(campaign=Nope, format={form})]]')
    assert 'system-message' in text
    assert 'There is no campaign "Nope"' in text


@pytest.mark.parametrize(('arguments', 'told'), [
    ('stage=nope', 'No campaign has a stage "nope"; its key is asked for.'),
    ('requirement=feature-freeze|nope',
     'No campaign has a requirement "nope"'),
    ('campaign=2011 Prod, or, campaign=Nope', 'no campaign "Nope"'),
])
def test_unknown_words_are_told_in_place(env, campaign, arguments, told):
    text = shown(env, f'[[TicketQuery({arguments})]]')
    assert 'system-message' in text
    assert told in text


@pytest.mark.parametrize('arguments', [
    'campaign=!Nope', 'campaign=~Nope', 'campaign=', 'stage=^nope',
    'status=nope'])
def test_only_what_is_named_in_full_is_looked_up(env, campaign, arguments):
    assert 'system-message' not in shown(env, f'[[TicketQuery({arguments})]]')


def test_known_values_of_several_are_found_on_the_page(campaign, client):
    page = client('anna').get(f'/query?campaign={quote_plus(NAME)}'
                              '&campaign=Nope&stage=software-preparation')
    assert '(3 matches)' in words_of(page)
    assert 'There is no campaign "Nope"' in words_of(page)


def test_unknown_campaign_is_told_on_the_query_page(campaign, client):
    page = client('anna').get('/query?campaign=Nope')
    assert page.status == 200
    assert 'There is no campaign "Nope"' in words_of(page)
    assert 'No tickets found' in words_of(page)
    assert 'system-message' in page.text
    exported = client('anna').get('/query?campaign=Nope&format=csv')
    assert exported.status == 200
    assert len(exported.text.splitlines()) == 1


# Who may not know

@pytest.fixture
def blind(env):
    """Everybody sees tickets, and no campaign but who administers."""
    permissions = PermissionSystem(env)
    permissions.revoke_permission('anonymous', 'ROADMAP_VIEW')


@pytest.mark.parametrize('text', [t for t in QUERIES if 'id=' not in t])
def test_who_may_not_see_campaigns_finds_nothing(env, blind, others, text):
    assert found(env, text) == []


def test_who_may_not_see_campaigns_is_told_so(env, blind, others, client):
    page = client('anna').get('/query?campaign=^2011&or&owner=anna')
    assert '(0 matches)' in words_of(page)
    assert 'CAMPAIGN_VIEW is needed' in words_of(page)
    assert 'CAMPAIGN_VIEW is needed' in shown(
        env, '[[TicketQuery(campaign=Nope)]]')
    page = client('anna').get('/query?id=1&col=id&col=campaign&group=stage')
    assert '(1 match)' in words_of(page)
    assert 'feature-freeze' not in page.text


def test_a_program_that_names_nobody_is_answered_as_anybody(
        env, blind, others):
    assert Query.from_string(env, f'campaign={NAME}').count() == 0
    assert Query.from_string(env, f'campaign={NAME}').count(
        authname='coordinator') == 8


# Other environments and sites

def switch_off(env):
    env.config.set('components', 'prodworkflow.query.*', 'disabled')
    env.enabled.clear()
    env.__dict__.pop('_component_rules', None)


def test_switched_off_nothing_of_it_is_left(env, others, client):
    switch_off(env)
    env.config.save()
    query = Query.from_string(env, f'campaign={NAME}&col=campaign')
    assert query.constraint_cols == {}
    assert not query.fields.by_name('campaign')
    page = client('anna').get('/query?campaign=Nope&id=1')
    assert page.status == 200
    assert 'Campaign' not in re.search(
        '(?s)<form id="query".*?</form>', page.text)[0]


def test_environment_without_the_plugin_is_as_it_was(env, campaign):
    other = EnvironmentStub()
    query = Query.from_string(other, 'campaign=x&order=campaign')
    assert (query.constraint_cols, query.order) == ({}, 'priority')
    assert found(env, 'requirement=feature-freeze') == [1]


def test_custom_field_of_the_site_keeps_its_name(env, campaign):
    env.config.set('ticket-custom', 'campaign', 'text')
    env.config.set('ticket-custom', 'campaign.label', 'Fund raising')
    TicketSystem(env).reset_ticket_fields()
    del TicketSystem(env).custom_fields
    number = insert(env, 'Ask for money', campaign='Autumn')
    assert found(env, 'campaign=Autumn') == [number]
    assert found(env, f'campaign={NAME}') == []
    assert found(env, 'requirement=feature-freeze&col=campaign') == [1]
    assert found(env, 'campaign=Autumn&stage=') == [number]
    with listening(env) as log:
        QueryWords(env)._checked = False
        QueryWords(env).environment_needs_upgrade()
    assert log.matching('Queries of tickets by campaign ask for the custom')
