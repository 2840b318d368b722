"""Creating a campaign: all of it or nothing, from the panel and the shell."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from trac.db import util
from trac.env import Environment
from trac.ticket.model import Milestone, Ticket, Version

from prodworkflow.api import CampaignRequest, CampaignSystem, InvalidRequest
from support.campaigns import CONTACTS, NAME
from support.signoffs import TWO_OF_PHYSICS

SOURCE = {
    f'{NAME}: 1. Software preparation': [
        'Feature Freeze', 'Software quality ok', 'Resources estimate'],
    f'{NAME}: 2. Release validation': [
        'Release validated', 'Remote sites validated'],
    f'{NAME}: 3. pre-production': [
        'Runtime performance ok', 'Physics results ok'],
}
PANEL = '/admin/production/campaigns'
TABLES = ('milestone', 'ticket', 'version', 'cache', 'prodworkflow_campaign',
          'prodworkflow_stage', 'prodworkflow_requirement',
          'prodworkflow_signoff', 'prodworkflow_ledger')


@pytest.fixture
def all_rows(env):
    """All rows that creating could touch, but for cache counters."""
    def read():
        return {t: env.db_query(f'SELECT * FROM {t}')
                for t in TABLES if t != 'cache'}
    return read


def tickets_of(env):
    return {m: [s for s, in env.db_query(
        'SELECT summary FROM ticket WHERE milestone=%s ORDER BY id', (m,))]
        for m in SOURCE}


def form(**more):
    return {'name': NAME, 'template': 'path-to-production', 'release': 'V1',
            'start': '2026-06-29', 'enforcement': 'standard',
            'contact:feature-freeze': 'anna, bruno', **more}


def test_creation_command_makes_the_tickets_of_the_source_document(admin, env):
    code, out, err = admin('campaign', 'create', NAME)
    assert (code, err) == (0, '')
    assert tickets_of(env) == SOURCE
    assert len(env.db_query("SELECT id FROM ticket")) == 7
    row = env.db_query("""SELECT component, status, resolution, version, type,
                          priority, owner FROM ticket WHERE id=7""")[0]
    assert [v or '' for v in row] == ['component1', 'new', '', '', 'task',
                                      'major', 'somebody']
    assert 'only holders of CAMPAIGN_ADMIN can sign it' in out


def test_creation_command_takes_release_start_enforcement_and_contacts(
        admin, env, system):
    code, out, _ = admin(
        'campaign', 'create', NAME, '--release=V0.3.1', '--start=2026-06-29',
        '--enforcement=strict', '--contact=feature-freeze:anna,bruno',
        '--contact=physics-results:bruno')
    assert code == 0
    assert f'milestone {NAME}: 1. Software preparation (due 2026-06-01)' \
        in out
    assert Version(env, 'V0.3.1').name == 'V0.3.1'
    ticket = Ticket(env, 1)
    assert (ticket['owner'], ticket['cc'], ticket['version']) == (
        'anna', 'bruno', 'V0.3.1')
    milestone = Milestone(env, f'{NAME}: 3. pre-production')
    assert milestone.due.strftime('%Y-%m-%d %H:%M %Z') == \
        '2026-06-26 12:00 UTC'
    assert system.queries.decision(
        NAME).snapshot.state.campaign.enforcement == \
        'strict'


def test_dry_run_of_the_creation_command_makes_nothing(admin, all_rows):
    before = all_rows()
    code, out, _ = admin('campaign', 'create', NAME, '--dry-run',
                         '--release=V9')
    assert code == 0
    assert 'would be made (nothing was)' in out
    assert all_rows() == before


BAD = [
    pytest.param(['a/b'], 'The name cannot hold /', id='slash'),
    pytest.param(['a?b#c'], 'The name cannot hold # ?', id='query'),
    pytest.param(['50%'], 'The name cannot hold %', id='percent'),
    pytest.param([''], 'needs a name', id='empty'),
    pytest.param(['   '], 'needs a name', id='spaces'),
    pytest.param(['x' * 65], 'has 65 characters; 64 are allowed', id='long'),
    pytest.param(['a\u202eb'], 'cannot hold U+202E', id='bidi'),
    pytest.param(['a\x07b'], 'cannot hold U+0007', id='control'),
    pytest.param([NAME, '--contact=feature-freeze:ana'],
                 'Did you mean anna?', id='unknown contact'),
    pytest.param([NAME, '--contact=feature-freese:anna'],
                 'Did you mean feature-freeze?', id='unknown requirement'),
    pytest.param([NAME, '--contact=anna'], 'write KEY:user',
                 id='contact without key'),
    pytest.param([NAME, '--start=tomorrow'], 'YYYY-MM-DD', id='no day'),
    pytest.param([NAME, '--start=2026-02-30'], 'YYYY-MM-DD', id='Feb 30'),
    pytest.param([NAME, '--start=0001-01-01'], '1970', id='too early'),
    pytest.param([NAME, '--enforcement=lax'], 'standard, strict or advisory',
                 id='enforcement'),
    pytest.param([NAME, '--template=mine'], 'there is path-to-production',
                 id='template'),
    pytest.param([NAME, '--relase=V1'], 'unrecognized', id='option'),
    pytest.param([NAME, '--release=' + 'x' * 65], 'at most 64',
                 id='long release'),
    pytest.param([], 'required', id='no name'),
]


@pytest.mark.parametrize(('args', 'words'), BAD)
def test_creation_command_with_invalid_arguments_makes_nothing(
        admin, all_rows, args, words):
    before = all_rows()
    code, out, err = admin('campaign', 'create', *args)
    assert code == 2
    assert words in err + out
    assert 'Traceback' not in err
    assert all_rows() == before


def test_existing_milestones_are_in_the_way_of_a_campaign(
        env, admin, all_rows):
    milestone = Milestone(env)
    milestone.name = f'{NAME}: 2. Release validation'
    milestone.insert()
    before = all_rows()
    code, _, err = admin('campaign', 'create', NAME)
    assert code == 2
    assert f'A milestone named "{NAME}: 2. Release validation" exists' in err
    assert all_rows() == before


def test_second_campaign_of_the_same_name_is_refused(
        campaign, admin, all_rows):
    before = all_rows()
    code, _, err = admin('campaign', 'create', f' {NAME}  ')
    assert code == 2
    assert f'A campaign named "{NAME}" exists already' in err
    assert all_rows() == before


def test_campaign_created_at_once_on_several_nodes_is_made_once(
        path, all_rows):
    """Each thread has its own environment, as a node has."""
    envs = [Environment(str(path)) for _ in range(4)]

    def make(env):
        try:
            CampaignSystem(env).create(
                CampaignRequest(NAME, 'path-to-production', contacts=CONTACTS),
                'anna')
        except InvalidRequest as error:
            return str(error)
        return 'made'
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(make, envs))
    for env in envs:
        env.shutdown()
    assert answers.count('made') == 1
    assert all('exists already' in a for a in answers if a != 'made')
    found = all_rows()
    assert len(found['prodworkflow_campaign']) == 1
    assert len(found['ticket']) == 7


def test_creation_that_fails_half_way_leaves_nothing(env, system, all_rows):
    before = all_rows()

    class Breaks:
        def ticket_created(self, ticket):
            if ticket['summary'] == 'Physics results ok':
                raise RuntimeError('power cut')
    from prodworkflow.workflow.change_listeners import TicketListener
    follower = TicketListener(env)
    follower.ticket_created = Breaks().ticket_created
    with pytest.raises(RuntimeError):
        system.create(CampaignRequest(NAME, 'path-to-production'), 'anna')
    assert all_rows() == before
    assert Milestone.select(env)[0].name == 'milestone1'
    del follower.ticket_created
    assert len(system.create(CampaignRequest(NAME, 'path-to-production'),
                             'anna')) == 7


def test_creation_panel_previews_before_anything_is_made(client, all_rows):
    before = all_rows()
    page = client('coordinator').post(PANEL, form(preview='Preview')).text
    words = re.sub(r'\s+', ' ', re.sub('<[^>]*>', ' ', page))
    assert '2011 Prod: 1. Software preparation' in words
    assert 'anna, bruno' in words
    assert 'none: only holders of CAMPAIGN_ADMIN can sign' in words
    assert 'value="V1"' in page
    assert all_rows() == before


def test_creation_panel_makes_the_tickets_of_the_source_document(client, env):
    answer = client('coordinator').post(PANEL, form(create='Create'))
    assert answer.url.endswith('/campaign/2011%20Prod')
    assert tickets_of(env) == SOURCE
    assert Ticket(env, 1)['version'] == 'V1'
    again = client('coordinator').post(PANEL, form(create='Create'))
    assert again.status == 409
    assert 'exists already' in again.text
    assert 'value="2011 Prod"' in again.text


def test_creation_panel_tells_all_mistakes_at_once_and_keeps_the_fields(
        client, all_rows):
    before = all_rows()
    answer = client('coordinator').post(PANEL, form(
        create='Create', name='50% more', start='soon',
        **{'contact:physics-results': 'ana'}))
    assert answer.status == 409 or answer.status == 400
    for words in ('cannot hold %', 'YYYY-MM-DD', 'Did you mean anna?'):
        assert words in answer.text
    assert 'value="50% more"' in answer.text
    assert all_rows() == before


def test_creation_panel_answers_live_previews_with_a_fragment(client):
    answer = client('coordinator').post(
        PANEL, form(preview='1'),
        headers={'X-Requested-With': 'XMLHttpRequest'})
    assert '<html' not in answer.text
    assert 'Nothing is made yet' in answer.text


def test_creation_panel_offers_known_users(client):
    page = client('coordinator').get(PANEL).text
    users = re.search(r'(?s)<datalist id="prodworkflow-users">.*?</datalist>',
                      page)[0]
    assert re.findall('value="(.*?)"', users) == [
        'anna', 'bruno', 'coordinator', 'eve']


def test_creation_panel_is_for_administrators_only(client, all_rows):
    before = all_rows()
    assert client('anna').get(PANEL).status in (403, 404)
    assert client('anna').post(PANEL, form(create='1')).status in (403, 404)
    assert client('coordinator').post(PANEL, {
        **form(create='1'), '__FORM_TOKEN': 'forged'}).status == 400
    assert all_rows() == before


def test_markup_in_campaign_names_is_escaped(client):
    answer = client('coordinator').post(PANEL, form(
        create='1', release="<b>'\"&amp;", name="Été (&lt;)"))
    assert '<b>\'' not in answer.text


def test_removed_campaigns_leave_ordinary_tickets_and_their_ledger(
        campaign, sign, admin, env, client):
    sign('feature-freeze')
    assert admin('campaign', 'remove', NAME, '--reason=wrong start')[0] == 0
    assert admin('campaign', 'gate', NAME)[0] == 2
    assert tickets_of(env) == SOURCE
    assert admin('milestone', 'completed',
                 f'{NAME}: 3. pre-production', 'now')[0] == 0
    assert client('eve').resolve(3).status == 200
    verbs = [v for v, in env.db_query(
        'SELECT verb FROM prodworkflow_ledger ORDER BY number')]
    assert verbs == ['created', 'approved', 'removed']
    assert admin('campaign', 'check') == (0, '', '')
    assert admin('campaign', 'create', NAME)[0] == 2
    assert admin('campaign', 'create', 'Another')[0] == 0


def test_statements_of_creation_grow_by_one_a_sign_off(system, monkeypatch):
    counts = []
    execute = util.IterableCursor.execute

    def counting(self, sql, args=None):
        counts[-1] += 1
        return execute(self, sql, args)
    monkeypatch.setattr(util.IterableCursor, 'execute', counting)
    for number in (5, 5, 25):
        counts.append(0)
        text = 'title = "T"\n[[stage]]\nkey = "s"\ntitle = "S"\n' + '\n'.join(
            f'[[stage.requirement]]\nkey = "k{n}"\ntitle = "K{n}"'
            for n in range(number))
        contacts = {f'k{n}': ('anna',) for n in range(number)}
        system.create(CampaignRequest(f'C{len(counts)}', '',
                                      template_text=text,
                                      contacts=contacts), 'coordinator')
    # PostgreSQL is asked for each new id by a statement of Trac's own.
    asked = 2 if system.env.config.get('trac', 'database').startswith(
        'postgres') else 1
    assert counts[2] - counts[1] == 20 * asked


def test_ticket_fields_of_one_requirement_are_not_those_of_the_next(
        system, ticket):
    text = ('title = "T"\n[[stage]]\nkey = "s"\ntitle = "S"\n'
            '[[stage.requirement]]\nkey = "a"\ntitle = "A"\n'
            'priority = "critical"\ndescription = "Of A."\n'
            '[[stage.requirement]]\nkey = "b"\ntitle = "B"\n')
    one, other = map(ticket, system.create(
        CampaignRequest('C', '', template_text=text), 'coordinator'))
    assert (one['priority'], one['description']) == ('critical', 'Of A.')
    assert (other['priority'], other['description'] or '') == ('major', '')


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
