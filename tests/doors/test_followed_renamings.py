"""Words that are renamed in Trac while campaigns run: followed, or told."""

from __future__ import annotations

import html
from urllib.parse import quote

import pytest
from trac.perm import PermissionSystem
from trac.ticket.api import TicketSystem
from trac.ticket.model import Component, Priority, Resolution, Type

from prodworkflow.api import (
    CampaignChanges,
    CampaignRequest,
    ItemAddition,
    SignOffRequest,
    Verdict,
)
from prodworkflow.domain.model.campaign import Freeze
from prodworkflow.domain.planning.freezes import FreezeWords
from prodworkflow.domain.rules.waivers.requests import WaiverRequest
from support.campaigns import ADMIN, ANNA, NAME
from support.http_client import words_of
from support.signoffs import TOMORROW
from support.sites.words import use_words

FREEZE = 'feature-freeze'
LISTED = '''
title = "T"
[lists]
sites = ["CNAF"]
[[stage]]
key = "one"
title = "One"
[[stage.requirement]]
key = "site"
title = "At {site}"
for_each = "sites"
type = "enhancement"
component = "component2"
priority = "minor"
'''


@pytest.fixture
def rename(client):
    """Renames a word in Trac's own admin panel, as eve."""
    def renaming(panel, was, now, **more):
        return client('eve').post(
            f'/admin/ticket/{panel}/{quote(was)}',
            {'name': now, 'save': 'Save', 'owner': '', 'time': '',
             'description': '', **more})
    return renaming


@pytest.fixture
def told(system):
    """What a check tells of the campaign."""
    return lambda: [f.words for f in system.check(NAME, False, 'root')]


@pytest.fixture
def now(system):
    """The campaign, or another one, as it is now."""
    return lambda name=NAME: \
        system.queries.decision(name).snapshot.state.campaign


@pytest.fixture
def german(env):
    use_words(env, 'german')
    env.config.save()
    TicketSystem(env).reset_ticket_fields()


def test_resolution_that_approves_is_followed(
        campaign, sign, rename, client, ticket, system, verbs, told, admin):
    sign(FREEZE)
    answer = rename('resolution', 'fixed', 'a  solution')
    assert answer.status == 200
    assert f'The new name is followed by {NAME}.' in words_of(answer)
    assert verbs()[-1] == 'word-renamed'
    assert system.queries.decision(NAME).answer(FREEZE).met
    assert client('anna').act(
        2, 'resolve',
        action_resolve_resolve_resolution='a solution').status == 200
    assert ticket(2)['resolution'] == 'a solution'
    assert told() == []
    assert 'followed the resolution fixed to its new name "a solution"' in \
        admin('campaign', 'show', NAME)[1]


def test_default_resolution_is_followed_where_it_approves(
        env, create, rename, system, ticket, now):
    Resolution(env, 'fixed').delete()
    env.config.set('ticket', 'default_resolution', 'worksforme')
    env.config.save()
    create()
    rename('resolution', 'worksforme', 'done')
    system.record(NAME, FREEZE, ANNA, SignOffRequest(Verdict.APPROVED, 'So.'))
    assert ticket(1)['resolution'] == 'done'
    rename('resolution', 'done', 'ok')
    system.sign(NAME, 'software-quality', 'anna', False, 'Fine.')
    assert ticket(2)['resolution'] == 'ok'


def test_resolution_of_waivers_is_followed(campaign, rename, system, ticket):
    rename('resolution', 'waived', 'erlassen')
    system.record(NAME, FREEZE, ADMIN, SignOffRequest(
        Verdict.WAIVED, 'Not now.', leave=WaiverRequest('awaiting', TOMORROW,
                                                        {})))
    assert ticket(1)['resolution'] == 'erlassen'


def test_words_of_a_freeze_are_followed(campaign, rename, now, told, verbs):
    rename('type', 'defect', 'bug')
    rename('priority', 'critical', 'P1')
    assert now().freeze == Freeze(FREEZE, ('bug',), 'P1')
    assert verbs()[1:] == ['word-renamed'] * 2
    assert told() == []


def test_word_that_no_campaign_names_is_not_followed(
        campaign, rename, verbs):
    answer = rename('type', 'enhancement', 'wish')
    assert 'is followed by' not in answer.text
    assert verbs() == ['created']


def test_who_may_not_see_campaigns_is_not_told_who_follows(
        campaign, env, rename, now):
    permissions = PermissionSystem(env)
    permissions.revoke_permission('anonymous', 'ROADMAP_VIEW')
    permissions.revoke_permission('eve', 'MILESTONE_ADMIN')
    answer = rename('type', 'defect', 'bug')
    assert answer.status == 200
    assert NAME not in answer.text
    assert now().freeze.types == ('bug',)


@pytest.mark.parametrize(('panel', 'was', 'now'), [
    pytest.param('type', 'defect', 'task', id='a name that is there'),
    pytest.param('type', 'defect', '', id='no name'),
    pytest.param('type', 'defect', 'defect', id='the same name'),
    pytest.param('type', 'gone', 'bug', id='no such word'),
])
def test_renaming_that_trac_refuses_is_not_followed(
        campaign, rename, verbs, env, panel, was, now):
    rename(panel, was, now)
    assert verbs() == ['created']
    assert [t.name for t in Type.select(env)] == ['defect', 'enhancement',
                                                  'task']


def test_cancelled_renaming_is_not_followed(campaign, client, verbs):
    client('eve').post('/admin/ticket/type/defect',
                       {'name': 'bug', 'cancel': 'Cancel'})
    assert verbs() == ['created']


def test_whoever_may_not_rename_in_trac_makes_nobody_follow(
        campaign, client, verbs):
    answer = client('anna').post('/admin/ticket/type/defect',
                                 {'name': 'bug', 'save': 'Save'})
    assert answer.status in (403, 404)
    assert verbs() == ['created']


def test_version_of_the_release_is_followed(
        campaign, sign, rename, now, ticket, system, told, verbs):
    sign(*('feature-freeze', 'software-quality', 'resources-estimate',
           'release-validated'))
    rename('versions', 'V1', 'V1.0')
    assert now().release == 'V1.0'
    assert verbs()[-1] == 'release-renamed'
    assert ticket(4)['version'] == 'V1.0'
    assert system.queries.decision(NAME).answer('release-validated').met
    assert told() == []


def test_later_tickets_have_the_new_names(env, system, rename, ticket, told):
    system.create(CampaignRequest(NAME, 'own', 'V1', template_text=LISTED),
                  'coordinator')
    rename('type', 'enhancement', 'wish')
    rename('components', 'component2', 'grid')
    rename('priority', 'minor', 'P4')
    system.change(NAME, ADMIN, CampaignChanges(
        'New.', joiners=(ItemAddition('sites', 'RAL'),)))
    assert [(t['type'], t['component'], t['priority'])
            for t in map(ticket, (1, 2))] == [('wish', 'grid', 'P4')] * 2
    ticket(1).delete()
    system.check(NAME, True, 'root')
    assert ticket(3)['type'] == 'wish'
    assert told() == []


def test_what_later_tickets_get_in_place_of_words_is_said(
        env, system, ticket, admin):
    system.create(CampaignRequest(NAME, 'own', 'V1', template_text=LISTED),
                  'coordinator')
    Type(env, 'enhancement').delete()
    system.change(NAME, ADMIN, CampaignChanges(
        'New.', joiners=(ItemAddition('sites', 'RAL'),)))
    instead = ('site: "enhancement" is no type that Trac knows. It has '
               'defect and task. Its ticket gets defect.')
    assert (f'added RAL to sites ({instead}): “New.”'
            in admin('campaign', 'show', NAME)[1])
    ticket(1).delete()
    assert any(f.words.endswith(f'#3 takes its place, unsigned; {instead}')
               for f in system.check(NAME, True, 'root'))
    assert ticket(2)['type'] == ticket(3)['type'] == 'defect'


# Where Trac tells nobody: trac-admin, plugins, words that are removed.

def test_check_tells_of_a_resolution_that_was_renamed_elsewhere(
        campaign, admin, told, ticket, system):
    assert told() == []
    assert admin('resolution', 'change', 'fixed', 'solved')[0] == 0
    assert told() == [
        '"fixed" is no resolution (Trac has waived, wontfix, solved, invalid, '
        'duplicate, worksforme and tolerable), so "solved" approves now; say '
        'which one does by "campaign change NAME --resolution=RESOLUTION"']
    code, _, err = admin('campaign', 'change', NAME, '--resolution=solve',
                         '--reason=Renamed.')
    assert code == 2
    assert 'resolution: "solve" is no resolution that Trac knows. Did you ' \
        'mean solved?' in err
    code, out, _ = admin('campaign', 'change', NAME, '--resolution=solved',
                         '--reason=Renamed.')
    assert (code, out.split('\n')[0]) == (0, '1 changed.')
    assert told() == []
    system.sign(NAME, FREEZE, 'anna', False, 'Fine.')
    assert ticket(1)['resolution'] == 'solved'
    code, out, _ = admin('campaign', 'change', NAME, '--resolution=solved',
                         '--reason=Again.')
    assert out.startswith('Nothing was changed.')


def test_check_tells_of_words_of_the_freeze_and_how_to_mend_them(
        campaign, env, told, system):
    Type(env, 'defect').delete()
    Priority(env, 'critical').delete()
    assert told() == [
        'Feature freeze: "defect" is no type that Trac knows. It has '
        'enhancement and task. Choose by --freeze-types=TYPE, or in '
        'the form.',
        'Feature freeze: "critical" is no priority that Trac knows. It has '
        'blocker, major, minor and trivial. Choose by '
        '--freeze-priority=PRIORITY, or in the form.']
    system.change(NAME, ADMIN, CampaignChanges(
        'So.', freeze=FreezeWords('task', 'blocker')))
    assert told() == []


def test_check_tells_of_words_that_sign_off_tickets_still_name(
        campaign, env, told, ticket):
    found = ticket(3)
    found['type'] = 'enhancement'
    found.save_changes('anna', '')
    Type(env, 'task').delete()
    assert told() == [
        '"task" is no type (Trac has defect and enhancement), and #1, #2, '
        '#4, #5, #6 and #7 still name it; choose another one on their pages']


def test_check_says_nothing_of_a_field_that_the_site_has_removed(
        campaign, env, told):
    for each in list(Type.select(env)):
        Type(env, each.name).delete()
    assert [w for w in told() if not w.startswith('Feature freeze')] == []


def test_campaign_made_on_a_site_of_other_words_is_in_order(
        german, admin, told):
    assert admin('campaign', 'create', NAME, '--freeze-types=Fehler',
                 '--freeze-priority=hoch')[0] == 0
    assert told() == []
    assert admin('campaign', 'check')[0] == 0


def test_tickets_are_made_with_what_the_site_has(german, create, ticket):
    create()
    assert {(ticket(n)['type'], ticket(n)['priority'], ticket(n)['component'])
            for n in range(1, 8)} == {
        ('Aufgabe', 'mittel', 'Rekonstruktion & Physik')}


def test_revision_of_an_older_form_guards_renamed_words(
        campaign, rename, client, now, system):
    revision = system.queries.decision(NAME).snapshot.revision
    rename('type', 'defect', 'bug')
    answer = client('coordinator').post(
        f'/admin/production/campaigns/{quote(NAME)}',
        {'act': 'change', 'reason': 'Mine.', 'revision': str(revision),
         'freeze-types': 'task', 'freeze-priority': 'critical'})
    assert answer.status == 409
    assert '“bug” now, not “defect”: changed by eve' in html.unescape(
        words_of(answer))
    assert now().freeze.types == ('bug',)


def test_site_without_types_priorities_and_components_runs_a_campaign(
        env, create, sign, ticket, client, system):
    for kind in (Type, Priority):
        for each in list(kind.select(env)):
            kind(env, each.name).delete()
    for each in list(Component.select(env)):
        Component(env, each.name).delete()
    create(freeze=FreezeWords('*', '*'))
    sign(FREEZE)
    assert ticket(1)['status'] == 'closed'
    answer = client('eve').post('/newticket', {
        'field_summary': 'Something', 'submit': '1', 'field_status': 'new',
        'field_milestone': f'{NAME}: 1. Software preparation'})
    assert answer.status == 200
    assert ticket(8)['milestone'] == f'{NAME}: 1. Software preparation'
    assert system.check(NAME, False, 'root') == []
