"""Nothing hidden leaks: no face tells of a ticket that its viewer may not see.

The viewers are eve, who administers campaigns, and anna, who signs; what is
hidden from them holds secret words.
"""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from trac.admin.api import IAdminPanelProvider
from trac.core import ComponentMeta
from trac.prefs.api import IPreferencePanelProvider
from trac.web.api import IRequestHandler
from trac.web.chrome import Chrome

from prodworkflow.api import SignOffRequest, Verdict
from prodworkflow.domain.model.person import Person
from prodworkflow.web.campaign_form import ACTS
from support.campaigns import NAME
from support.hidden_tickets import HIDING, SECRETS, TEMPLATE_SECRETS
from support.http_client import words_of

PANEL = '/admin/production/campaigns'
TEMPLATES = '/admin/production/templates'
API = '/campaign/api/v1'
# What each of the plugin's handlers and panels serves; a new one has to be
# added, and is walked then.
PAGES = {
    'CampaignPages': ['/campaign', '/campaign?signed=all',
                      '/campaign?site=CNAF', f'/campaign/{HIDING}'],
    'LaunchPage': [f'/campaign/{HIDING}/launch'],
    'GateHandler': [f'/campaign/{HIDING}/gate{query}' for query in (
        '', '?format=text', '?stage=prep', '?stage=val&format=text',
        '?stage=last', '?stage=3', '?stage=nope')],
    'CampaignApi': [API, f'{API}/openapi.json', f'{API}/campaigns',
                    f'{API}/templates', *(
                        f'{API}/campaigns/{HIDING}{more}' for more in (
                            '', '/decisions', '/decisions?stage=prep',
                            '/decisions?stage=nope', '/requirements',
                            '/requirements/signed/sign-offs',
                            '/requirements/estimate/evidence',
                            '/requirements/measured/sign-offs',
                            '/requirements/measured/evidence', '/evidence',
                            '/waivers', '/known-issues', '/ledger', '/hold',
                            '/launch'))],
    'TokenPanel': ['/prefs/production-tokens'],
    'MetricsHandler': ['/campaign/metrics'],
    'CampaignPictures': [f'/campaign/{HIDING}/badge.svg',
                         f'/campaign/{HIDING}/pipeline.svg',
                         f'/campaign/{HIDING}/timeline.svg'],
    'CampaignMatrixPage': ['/campaign/matrix', '/campaign/matrix?show=open'],
    'MeetingPage': [f'/campaign/{HIDING}/meeting'],
    'PlotsPage': [f'/campaign/{HIDING}/plots'],
    'TicketsFile': [f'/campaign/{HIDING}/tickets.csv'],
    'CampaignFeed': ['/campaign/feed', f'/campaign/{HIDING}/feed'],
    'CampaignCalendar': ['/campaign/due.ics', '/campaign/due.ics?mine=1',
                         f'/campaign/due.ics?campaign={HIDING}'],
    'SignOffBox': [f'/campaign/{HIDING}/sign'],
    'CampaignPanel': [PANEL, f'{PANEL}/{HIDING}', f'{PANEL}?like={HIDING}'],
    'TemplatePanel': [TEMPLATES, f'{TEMPLATES}?action=new',
                      f'{TEMPLATES}/path-to-production',
                      f'{TEMPLATES}/mine?show=1&base=1'],
}
FILTERED = ['/roadmap', '/', '/wiki', '/newticket', '/query?milestone=~Prod',
            *(f'/query?campaign={HIDING}&col=id&col=summary&col=stage'
              f'&col=requirement&{rest}' for rest in (
                  'group=stage', 'group=requirement', 'order=requirement',
                  'format=csv', 'format=rss', 'requirement=~s')),
            '/timeline?campaign=on', '/timeline?campaign=on&format=rss']
# What is hidden is found by none of its words; the page repeats those.
SEARCHED = ('Zirconstatement', 'Zirconword', 'Zirconrejection', 'Zirconreason',
            'Zirconfreeze', 'Zirconissue', '123.456', 'Quartzestimate',
            'Quartzstage', 'Zirconsite', 'zirconlogin')
# Templates are no tickets: where one is shown, it is shown as it is.
TEMPLATE_PAGES = (f'{PANEL}?like=',)
# What shows versions of templates, which this environment has none of, and
# what is no page: mails, and what a form answers while one types.
TEMPLATE_ALONE = {'prodworkflow_admin_template_diff.html',
                  'prodworkflow_creation_answer.html',
                  'prodworkflow_mail.html'}
FOLDER = Path(__file__).parents[2] / 'templates'
# All whom Trac knows, for fields to choose from: it tells nothing of tickets.
USERS = re.compile('(?s)<datalist.*?</datalist>')
REASON = {'reason': 'Because.'}
REFUSED = {
    'launch': REASON, 'resume': REASON, 'close': REASON, 'abandon': {},
    'hold': {},
    'release': {**REASON, 'release': 'V2'},
    'reschedule': {**REASON, 'start': '2031-07-01'},
    'tolerate': {**REASON, 'ticket': '1', 'until': '2031-01-01'},
    'change': {**REASON, 'contact:signed': 'bruno', 'contact:sites': 'bruno',
               'contact:estimate': 'nobody-known', 'quorum:signed': '7'},
    'items': {**REASON, 'drop': 'sites:zirkon'},
    'deputy': {**REASON, 'person': 'bruno', 'stands_for': 'nobody-known'},
    'remind': {'person': 'bruno'}, 'replace': REASON,
}


def leaks(answer, path=''):
    """The secret words that an answer tells, each with what is around it."""
    text = '\n'.join([USERS.sub('', answer.text),
                      *map(str, answer.headers.items())])
    words = SECRETS + (() if path.startswith(TEMPLATE_PAGES)
                       else TEMPLATE_SECRETS)
    return [text[max(m.start() - 90, 0):m.end() + 50] for m in re.finditer(
        '|'.join(map(re.escape, words)), text, re.IGNORECASE)]


def served(interface):
    """The plugin's components that implement an interface, by name."""
    return {c.__name__ for c in ComponentMeta._registry[interface]
            if c.__module__.startswith('prodworkflow.')}


@pytest.fixture(params=['eve', 'anna'])
def viewer(request, hiding, client):
    return client(request.param)


@pytest.fixture
def rendered(monkeypatch):
    """The names of the plugin's templates that were rendered."""
    found = set()
    load = Chrome.load_template

    def noting(self, name, *args, **named):
        found.add(name)
        return load(self, name, *args, **named)
    monkeypatch.setattr(Chrome, 'load_template', noting)
    return found


def all_pages(hiding):
    return [page for pages in PAGES.values() for page in pages] + [
        *FILTERED, *(f'/milestone/{m}'.replace(' ', '%20')
                     for m in hiding.milestones[:-1]),
        *(f'/ticket/{t}' for t in hiding.tickets.values())]


def test_every_handler_and_panel_of_the_plugin_is_walked(env):
    assert set(PAGES) == {name for interface in (
        IRequestHandler, IAdminPanelProvider, IPreferencePanelProvider)
        for name in served(interface)}
    assert set(REFUSED) == set(ACTS)


def whole_pages():
    """The plugin's templates but for those that are parts of others."""
    texts = {path.name: path.read_text(encoding='utf-8')
             for path in FOLDER.glob('*.html')}
    parts = {name for text in texts.values() for name in re.findall(
        r"# *(?:import|include|extends) '([^']+)'", text)}
    # A campaign's page includes its sections by their names.
    return {name for name in set(texts) - parts
            if not name.startswith('prodworkflow_section_')}


def test_no_page_tells_of_what_is_hidden(hiding, viewer, rendered):
    found = {path: leaks(answer, path) for path in all_pages(hiding)
             for answer in [viewer.get(path)]}
    assert {path: told for path, told in found.items() if told} == {}
    missed = whole_pages() - rendered
    assert missed <= (TEMPLATE_ALONE if 'prodworkflow_admin_campaign.html'
                      in rendered else whole_pages())


def test_who_may_see_it_is_shown_all(hiding, client):
    page = client('coordinator').get(f'/campaign/{HIDING}')
    assert len(leaks(page)) > 20
    for words in ('123.456', 'zirconlogin', 'Quartzbase', 'Zirconsite',
                  'Quartzstage', 'Zirconreason', 'Zirconrejection'):
        assert words in page.text


WIKI = '\n\n'.join([
    *(f'[[{macro}({HIDING})]]' for macro in (
        'CampaignReadiness', 'CampaignTimeline', 'CampaignMatrix',
        'MySignOffs')),
    f'[[CampaignMatrix({HIDING}, sites)]] [[MySignOffs]]',
    # Errors name what there is instead.
    f'[[CampaignMatrix({HIDING}, sits)]] [campaign:"{HIDING}/nope" x]',
    *(f'[campaign:"{HIDING}/{key}" x]' for key in (
        '', 'freeze', 'estimate', 'base', 'signed', 'sites', 'sites.cnaf',
        'CNAF', 'measured', 'resting', 'twin', 'end', 'prep', 'val',
        'last'))])


def test_no_link_or_macro_of_wiki_text_tells_of_what_is_hidden(
        hiding, viewer, wiki_page):
    wiki_page(WIKI)
    page = viewer.get('/wiki/Production')
    assert leaks(page) == []
    assert page.text.count('missing campaign') >= 7
    assert 'Validated at CNAF' in page.text


def test_links_and_macros_show_all_to_who_may_see_it(
        hiding, client, wiki_page):
    wiki_page(WIKI)
    page = client('coordinator').get('/wiki/Production')
    assert len(leaks(page)) > 10
    assert page.text.count('missing campaign') == 2  # `nope`, and `sites`


@pytest.mark.parametrize('words', SEARCHED)
def test_no_search_finds_what_is_hidden(hiding, viewer, words):
    page = viewer.get(f'/search?q={words}&noquickjump=1&campaign=on')
    assert page.status == 200
    assert 'No matches found' in page.text
    assert 'id="results"' not in page.text


def test_who_may_see_it_finds_it_and_reads_of_it(hiding, client):
    initiated = client('coordinator')
    for words in ('Zirconstatement', 'Zirconrejection', 'Zirconreason',
                  '123.456'):
        assert 'id="results"' in initiated.get(
            f'/search?q={words}&noquickjump=1&campaign=on').text
    for path in ('/timeline?campaign=on', '/campaign/feed',
                 '/campaign/due.ics'):
        assert len(leaks(initiated.get(path))) > 3


def refused(viewer, hiding):
    """What is refused to a viewer, by what they ask for."""
    page, measured = f'/campaign/{HIDING}', hiding.tickets['measured']
    for act, fields in REFUSED.items():
        for path in (page, f'{PANEL}/{HIDING}'):
            for revision in ('', '1'):
                yield act, viewer.post(path, {'act': act, **fields,
                                              'revision': revision})
    yield 'launch page', viewer.post(f'{page}/launch', REASON)
    for key, ticket in hiding.tickets.items():
        for verdict in ('approved', 'rejected', 'withdrawn', 'waived'):
            yield f'{verdict} {key}', viewer.post(f'{page}/sign', {
                'requirement': key, 'verdict': verdict, 'revision': '1',
                'statement': 'Fine.' if verdict == 'approved' else '',
                'reason': 'out-of-bounds', 'until': '2026-12-31',
                'bound_max:disk': '9000 TB'})
        yield f'many {key}', viewer.post('/campaign', {
            'sel': f'{HIDING}/{key}', 'statement': 'Fine.',
            'revision': f'1/{HIDING}'})
        yield f'several {key}', viewer.post('/campaign', {
            'sel': [f'{HIDING}/{key}', f'{HIDING}/measured',
                    f'{HIDING}/twin'], 'statement': 'Fine.',
            f'value:{key}:disk': '1 furlong', 'link_all': 'x',
            'verdict': 'reported'})
        for resolution in ('fixed', 'invalid'):
            yield f'resolve {key}', viewer.resolve(ticket, resolution)
    yield 'new ticket', viewer.post('/newticket', {
        'field_summary': 'New', 'field_type': 'task', 'submit': '1',
        'field_priority': 'trivial', 'field_status': 'new',
        'field_milestone': hiding.milestones[1]})
    yield 'batch', viewer.post('/batchmodify', {
        'selected_tickets': f'{measured}', 'action': 'resolve',
        'action_resolve_resolve_resolution': 'fixed',
        'batchmod_value_comment': '', 'query_href': '/about'})
    for name in hiding.milestones[:-1]:
        yield 'milestone', viewer.post(f'/milestone/{name}'.replace(
            ' ', '%20'), {'action': 'edit', 'id': name, 'name': name,
                          'completed': '1', 'completeddate': '', 'save': '1',
                          'retarget': '1', 'target': hiding.milestones[1]})
        yield 'delete', viewer.post(f'/milestone/{name}'.replace(' ', '%20'), {
            'action': 'delete', 'id': name})
    yield 'like', viewer.post(PANEL, {
        'like': HIDING, 'create': '1', 'name': HIDING, 'release': 'V1'})


def test_no_refusal_tells_of_what_is_hidden(hiding, viewer):
    found, statuses = {}, {}
    for what, answer in refused(viewer, hiding):
        statuses.setdefault(answer.status, []).append(what)
        if what != 'like' and leaks(answer):
            found.setdefault(what, leaks(answer))
    assert found == {}
    assert statuses.get(500) is None
    assert set(statuses) <= {200, 400, 403, 404, 409}
    assert len(statuses[409]) > 5
    assert len(statuses.get(400, ()) + statuses.get(403, ())) > 5


def test_what_is_told_after_an_act_tells_nothing_of_what_is_hidden(
        hiding, client):
    viewer, ticket = client('anna'), hiding.tickets['sites.cnaf']
    for verdict in ('approved', 'withdrawn', 'rejected'):
        page = viewer.get(f'/ticket/{ticket}').text
        answer = viewer.post(f'/campaign/{HIDING}/sign', {
            'requirement': 'sites.cnaf', 'verdict': verdict,
            'statement': 'It has been tried there.', 'revision': re.search(
                r'name="revision" value="(\d+)"', page)[1]})
        assert 'role="status"' in answer.text
        assert leaks(answer) == []


def test_a_freeze_that_rests_on_a_hidden_sign_off_says_what_may_enter(
        hiding, client):
    told = words_of(client('anna').post('/newticket', {
        'field_summary': 'New', 'field_type': 'task', 'submit': '1',
        'field_priority': 'trivial', 'field_status': 'new',
        'field_milestone': hiding.milestones[1]}))
    assert ('Prod is frozen ("a sign-off that you may not see" is signed): '
            'only defect tickets of priority critical or higher may enter its '
            'milestones, and this ticket is task, trivial. Ask a holder of '
            'CAMPAIGN_ADMIN.') in told


def test_whom_a_hidden_ticket_waits_for_is_a_holder_of_campaign_admin(
        hiding, client):
    page = client('anna').get(f'/ticket/{hiding.tickets["resting"]}')
    assert ('waits for something that you may not see: ask a holder of '
            'CAMPAIGN_ADMIN') in words_of(page)
    launch = client('eve').post(f'/campaign/{HIDING}/launch', REASON)
    assert launch.status == 409
    assert ('something that you may not see: ask a holder of '
            'CAMPAIGN_ADMIN') in words_of(launch)


@pytest.fixture
def held(launched, system, env, hiding_policy):
    """Production is on hold for what a hidden ticket's contact said."""
    system.record(NAME, 'resources-estimate', Person('anna'), SignOffRequest(
        Verdict.WITHDRAWN, 'Zirconstatement.'))
    env.config.set('hidden', 'tickets', '3')
    env.config.save()


@pytest.mark.parametrize('page', [
    '/roadmap', '/campaign', f'/campaign/{NAME}', f'/campaign/{NAME}/launch',
    f'/campaign/{NAME}/gate', f'/campaign/{NAME}/gate?format=text',
    f'/campaign/{NAME}/badge.svg', f'/campaign/{NAME}/pipeline.svg',
    f'{PANEL}/{NAME}', f'/milestone/{NAME}: 3. pre-production', '/ticket/1'])
def test_the_reason_of_a_hold_tells_of_no_hidden_ticket(held, client, page):
    page = client('eve').get(page.replace(' ', '%20'))
    assert page.status in (200, 409)
    told = html.unescape(words_of(page))
    for word in ('zircon', 'Resources estimate', '#3'):
        assert word not in told


@pytest.mark.parametrize('act', ['resume', 'launch', 'hold'])
def test_no_act_on_a_held_campaign_tells_of_a_hidden_ticket(held, client,
                                                            act):
    answer = client('eve').post(f'{PANEL}/{NAME}'.replace(
        ' ', '%20'), {'act': act, **REASON})
    assert answer.status == 409
    told = words_of(answer)
    assert 'you may not see: ask a holder of CAMPAIGN_ADMIN' in told
    for word in ('zircon', 'Resources estimate', '#3'):
        assert word not in told


def test_a_door_for_programs_tells_of_no_hidden_ticket(hiding, doors):
    for key in ('twin', 'resting', 'measured'):
        answer = doors.json_rpc('anna', hiding.tickets[key])
        assert leaks(answer) == []


HIDDEN_WORDS = ('requirement=estimate', 'stage=last', 'requirement=nope')


@pytest.mark.parametrize('condition', HIDDEN_WORDS)
def test_a_hidden_word_of_a_query_is_unknown_as_any_other(viewer, condition):
    word, value = condition.split('=')
    for page in (viewer.get(f'/query?{condition}'), wiki(viewer, condition)):
        assert f'No campaign has a {word} "{value}"' in words_of(
            page).replace('&#34;', '"')


@pytest.mark.parametrize('arguments', [
    f'campaign={HIDING}', f'campaign={HIDING}, format=table, col=requirement',
    f'campaign={HIDING}, group=stage, format=progress',
    f'campaign={HIDING}, group=requirement', 'requirement=~s, order=stage'])
def test_no_macro_of_tickets_tells_of_what_is_hidden(viewer, arguments):
    page = wiki(viewer, arguments)
    assert page.status == 200
    assert re.search('easured|>val<', re.sub(r'\s', '', page.text))
    assert leaks(page) == []


def wiki(viewer, arguments):
    return viewer.post('/wiki_render', {
        'text': f'[[TicketQuery({arguments})]]'})


@pytest.mark.parametrize(('condition', 'matches'), [
    pytest.param('', '(4 matches)', id='only what is seen is counted'),
    pytest.param('&requirement=estimate', '(0 matches)', id='hidden ticket'),
    pytest.param('&summary=~zircon', '(0 matches)', id='words of a ticket'),
    pytest.param('&stage=last', '(0 matches)', id='hidden stage'),
    pytest.param('&requirement=!measured', '(3 matches)', id='the others'),
])
def test_no_condition_of_a_query_finds_out_what_is_hidden(
        hiding, viewer, condition, matches):
    page = viewer.get(f'/query?campaign={HIDING}{condition}')
    assert matches in words_of(page)
