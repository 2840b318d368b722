"""Freezes on sites with other types and priorities, by form and command."""

from __future__ import annotations

import html
from urllib.parse import quote

import pytest
from trac.ticket.api import TicketSystem

from prodworkflow.api import CampaignChanges, CampaignRequest
from prodworkflow.domain.model.campaign import Freeze
from prodworkflow.domain.planning.freezes import FreezeWords
from support.campaigns import ADMIN, NAME
from support.http_client import words_of
from support.sites.words import use_words

PANEL = '/admin/production/campaigns'
PAGE = f'{PANEL}/{quote(NAME)}'
FIRST = f'{NAME}: 1. Software preparation'
LACKS = ('"defect" is no type that Trac knows. It has Fehler, Wunsch and '
         'Aufgabe. Choose by --freeze-types=TYPE, or in the form.')


@pytest.fixture
def german(env):
    use_words(env, 'german')
    env.config.save()
    TicketSystem(env).reset_ticket_fields()


@pytest.fixture
def freeze(system):
    """What may enter the campaign after its freeze."""
    return lambda name=NAME: \
        system.queries.decision(name).snapshot.state.campaign.freeze


@pytest.fixture
def entering(client):
    """Makes a ticket in the first milestone, of a type and priority."""
    def make(type_, priority):
        answer = client('eve').post('/newticket', {
            'field_summary': 'Something', 'field_type': type_,
            'field_priority': priority, 'field_milestone': FIRST,
            'field_status': 'new', 'submit': '1'})
        return answer.status, html.unescape(words_of(answer))
    return make


# Before a campaign: the words are told, and chosen.

def test_command_tells_of_words_that_the_site_lacks_and_takes_others(
        german, admin, freeze):
    code, out, _ = admin('campaign', 'create', 'A', '--dry-run')
    assert code == 0
    assert LACKS in out
    assert '"critical" is no priority that Trac knows. It has ' in out
    assert '"fixed" is no resolution that Trac knows.' in out
    assert 'approves it with "erledigt".' in out
    code, out, _ = admin('campaign', 'create', NAME, '--freeze-types=Fehler',
                         '--freeze-priority=hoch')
    assert code == 0
    assert 'Feature freeze' not in out.partition('Feature Freeze')[2]
    assert freeze() == Freeze('feature-freeze', ('Fehler',), 'hoch')


def test_command_refuses_words_that_the_site_lacks(german, admin, env):
    code, out, err = admin('campaign', 'create', NAME,
                           '--freeze-types=Feler,defect',
                           '--freeze-priority=urgent')
    assert (code, out) == (2, '')
    assert 'Did you mean Fehler? It has Fehler, ' in err
    assert 'freeze-priority: Feature freeze: "urgent" is no priority' in err
    assert env.db_query('SELECT COUNT(*) FROM ticket') == [(0,)]


def test_form_shows_the_words_and_a_note_and_takes_others(
        german, client, freeze):
    user = client('coordinator')
    asked = {'name': NAME, 'template': 'path-to-production',
             'fields_of': 'path-to-production', 'enforcement': 'standard',
             'freeze-types': 'defect', 'freeze-priority': 'critical'}
    shown = user.post(PANEL, {**asked, 'preview': 'Preview'})
    assert shown.status == 200
    assert LACKS in html.unescape(words_of(shown))
    assert 'of Fehler, Wunsch, Aufgabe; * for any' in words_of(shown)
    wrong = user.post(PANEL, {**asked, 'freeze-types': 'Feler', 'create': '1'})
    assert wrong.status == 400
    assert 'value="Feler"' in wrong.text
    made = user.post(PANEL, {**asked, 'freeze-types': 'Fehler, Wunsch',
                             'freeze-priority': '*', 'create': '1'})
    assert made.status == 200
    assert freeze() == Freeze('feature-freeze', ('Fehler', 'Wunsch'), '*')


def test_clone_has_the_words_of_the_campaign_before(
        german, create, system, freeze, admin, client):
    create(freeze=FreezeWords('Fehler', 'hoch'))
    shown = client('coordinator').get(f'{PANEL}?like={quote(NAME)}')
    assert 'name="freeze-types" value="Fehler"' in shown.text
    assert admin('campaign', 'create', 'B', f'--like={NAME}')[0] == 0
    assert admin('campaign', 'create', 'C', f'--like={NAME}',
                 '--freeze-types=Wunsch')[0] == 0
    assert freeze('B') == freeze()
    assert freeze('C') == Freeze('feature-freeze', ('Wunsch',), 'hoch')


# While a campaign runs: refusals name what is there; commands and forms mend.

def test_refusal_names_words_that_exist_and_who_helps(
        campaign, sign, german, entering, system):
    sign('feature-freeze')
    status, told = entering('Fehler', 'hoch')
    assert status == 409
    assert ('nothing may enter its milestones as long as its freeze names '
            'words that Trac lacks: "defect" is no type (Trac has Fehler, '
            'Wunsch and Aufgabe) and "critical" is no priority (Trac has '
            'hoch, mittel and niedrig)') in told
    assert 'A holder of CAMPAIGN_ADMIN can choose others; ask anna' in told


def test_command_mends_a_running_campaign_and_its_ledger_says_so(
        campaign, sign, german, entering, admin, freeze, verbs, system):
    sign('feature-freeze')
    code, out, _ = admin('campaign', 'change', NAME, '--freeze-types=Fehler',
                         '--freeze-priority=hoch', '--reason=Renamed.')
    assert code == 0
    assert '1 changed.' in out
    assert freeze() == Freeze('feature-freeze', ('Fehler',), 'hoch')
    assert verbs()[-1] == 'freeze-changed'
    assert ('changed what may enter after the feature freeze to Fehler of '
            'priority hoch or higher, from defect of priority critical or '
            'higher: “Renamed.”') in admin('campaign', 'show', NAME)[1]
    assert entering('Fehler', 'hoch')[0] == 200
    status, told = entering('Wunsch', 'hoch')
    assert status == 409
    assert 'only Fehler tickets of priority hoch or higher may' in told
    assert [f for f in system.check(NAME, False, 'root')
            if 'freeze' in f.words] == []


@pytest.mark.parametrize(('words', 'enters', 'told'), [
    (('*', 'hoch'), (('Wunsch', 'hoch'),),
     'only tickets of priority hoch or higher may enter'),
    (('Fehler', '*'), (('Fehler', 'niedrig'),),
     'only Fehler tickets may enter'),
])
def test_star_lets_any_type_or_priority_in(
        campaign, sign, german, entering, system, words, enters, told):
    sign('feature-freeze')
    system.change(NAME, ADMIN, CampaignChanges(
        'So.', freeze=FreezeWords(*words)))
    assert [entering(*each)[0] for each in enters] == [200] * len(enters)
    status, shown = entering('Wunsch', 'niedrig')
    assert status == 409
    assert told in shown


@pytest.mark.parametrize(('given', 'words'), [
    (('--freeze-types=defect',), 'Nothing was changed.'),
    (('--freeze-types=Fehler', '--dry-run'), '--dry-run shows'),
    (('--freeze-types=Bug',), 'freeze-types: Feature freeze: "Bug"'),
    (('--freeze-priority= ',), 'freeze-priority: Name the least urgent'),
])
def test_command_that_cannot_change_the_freeze_changes_nothing(
        campaign, german, admin, verbs, given, words):
    _, out, err = admin('campaign', 'change', NAME, *given, '--reason=So.')
    assert words in out + err
    assert verbs() == ['created']


def test_form_of_a_running_campaign_changes_what_may_enter(
        campaign, german, client, freeze, verbs):
    user = client('coordinator')
    page = user.get(PAGE)
    assert 'name="freeze-types" value="defect"' in page.text
    same = {'act': 'change', 'reason': 'So.', 'enforcement': 'standard',
            'freeze-types': 'defect', 'freeze-priority': 'critical'}
    assert 'Nothing was changed.' in words_of(user.post(PAGE, same))
    told = user.post(PAGE, {**same, 'freeze-types': 'Feler'})
    assert told.status == 400
    assert 'value="Feler"' in told.text
    assert verbs() == ['created']
    user.post(PAGE, {**same, 'freeze-types': 'Fehler',
                     'freeze-priority': 'hoch'})
    assert freeze() == Freeze('feature-freeze', ('Fehler',), 'hoch')


def test_older_form_overwrites_no_freeze_that_others_have_changed(
        campaign, german, client, freeze, system):
    revision = system.queries.decision(NAME).snapshot.revision
    system.change(NAME, ADMIN, CampaignChanges(
        'So.', freeze=FreezeWords('Wunsch', 'mittel')))
    form = {'act': 'change', 'reason': 'Mine.', 'revision': str(revision),
            'freeze-types': 'Fehler', 'freeze-priority': 'critical'}
    told = client('coordinator').post(PAGE, form)
    assert told.status == 409
    assert 'the types that may enter after the freeze is “Wunsch” now, not ' \
        '“defect”' in html.unescape(words_of(told))
    assert freeze() == Freeze('feature-freeze', ('Wunsch',), 'mittel')


def test_campaign_without_a_freeze_has_no_such_fields(system, client, admin):
    system.create(CampaignRequest(NAME, 'own', template_text='''
title = "T"
[[stage]]
key = "one"
title = "One"
[[stage.requirement]]
key = "first"
title = "First"
'''), 'coordinator')
    assert 'freeze-types' not in client('coordinator').get(PAGE).text
    code, _, err = admin('campaign', 'change', NAME, '--freeze-types=*',
                         '--reason=So.')
    assert code == 2
    assert 'The campaign has no feature freeze' in err
