"""Texts and names in templates reach no attribute, no code and no markup."""

from __future__ import annotations

from html import escape

import pytest
from trac.ticket.model import Ticket

from prodworkflow.api import CampaignRequest, InvalidRequest
from prodworkflow.domain.template.lists import parse_lists
from prodworkflow.domain.template.mistakes.problems import TemplateError
from prodworkflow.domain.template.parser import parse
from support.bad_input import Dangers
from support.campaigns import NAME, PANEL_OF

PANEL = '/admin/production/campaigns'


def text(title='Title', description='Text', item='CNAF', keywords='k'):
    """A template with one requirement for each of one site."""
    def quoted(value):
        return '"' + ''.join(f'\\U{ord(c):08x}' for c in value) + '"'
    # In its own title nothing is filled in: there a placeholder is a mistake.
    bare = title.replace('{site}', 'site').replace('{release}', 'release')
    return (f'title = {quoted(bare)}\n[[lists.sites]]\nkey = "one"\n'
            f'name = {quoted(item)}\nweight = 1\n[[stage]]\nkey = "a"\n'
            f'title = "A"\n[[stage.requirement]]\nkey = "r"\n'
            f'title = {quoted(title)}\ndescription = {quoted(description)}\n'
            f'keywords = {quoted(keywords)}\nfor_each = "sites"\n')


FORMATS = ['{campaign.__class__}', '{campaign.__class__.__mro__[1]}', '{0}',
           '{campaign!r:>1000000}', '{campaign:>1000000}', '{}', '{self}'[:-1],
           '{campaign[0]}', '%(campaign)s', '%s%s%s%n', '${campaign}'[:-1],
           '{{campaign.__init__.__globals__}}', '#{7*7}', '{% import os %}',
           '{{ 7*7 }}', '${7*7}']
UNKNOWN = ['{self}', '{env}', '{config}', '{req}', '{template}', '{db}']
MARKUP = ['<script>alert(1)</script>', '"><img src=x onerror=alert(1)>',
          "' onmouseover='alert(1)", '</title><script>alert(1)</script>',
          '</textarea><script>alert(1)</script>', '&lt;script&gt;',
          'javascript:alert(1)', '<!--', ']]>', '# endblock', '${7*7}'[:-1]]
WIKI = ['{{{#!html\n<script>alert(1)</script>\n}}}', '[[Image(x)]]',
        '[[Include(secret)]]', '[javascript:alert(1) x]',
        '{{{\n#!html\n<script>alert(1)</script>\n}}}',
        '{{{#!python\nimport os\n}}}']
LINES = ['Title\nBcc: eve@example.org', 'Title\r\nX-Evil: 1', 'a\x00b',
         'a\x1bb', 'a\u2028b', 'a\u202eb']
NAMES = ['{campaign}', '{{{#!html', '[[Macro(x)]]', '<script>', 'a|b', '`x`']
ODD_NAMES = ["L'Aquila", 'CERN "T0"', 'A & B', 'a; DROP TABLE ticket; --',
             '../../etc/passwd', 'Åland', '%(x)s', "'; alert(1); '"]


@pytest.fixture
def make_campaign(system):
    """Makes a campaign of a template; its one requirement."""
    def making(name=NAME, **given):
        system.create(CampaignRequest(name, 'x.toml', 'V1',
                                      template_text=text(**given)),
                      'coordinator')
        return system.queries.decision(name).snapshot.state.requirements[0]
    return making


@pytest.fixture
def pages(client):
    """All pages that show a campaign of one ticket."""
    def get(ticket, name=NAME):
        quoted = name.replace(' ', '%20')
        user = client('coordinator')
        return {path: user.get(path) for path in (
            f'/ticket/{ticket}', f'/campaign/{quoted}', '/roadmap',
            '/campaign', PANEL_OF.format(quoted), PANEL,
            f'/campaign/{quoted}/gate', f'/campaign/{quoted}/badge.svg',
            f'/campaign/{quoted}/pipeline.svg')}
    return get


@pytest.mark.parametrize('attack', FORMATS)
def test_format_string_in_a_template_stays_as_it_is(attack):
    try:
        found = parse(text(title=f'T {attack}', description=attack))
        assert found.requirements[0].description == attack
    except TemplateError as error:
        assert 'nothing stands for' in str(error)


@pytest.mark.parametrize('attack', UNKNOWN)
def test_unknown_placeholder_is_refused_with_its_line(attack):
    with pytest.raises(TemplateError) as error:
        parse(text(description=attack))
    assert f'nothing stands for {attack}' in str(error.value)
    assert error.value.problems[0].line == 12


@pytest.mark.parametrize('attack', LINES)
def test_title_keyword_or_name_with_a_line_break_is_refused(attack):
    for field in ('title', 'keywords', 'item'):
        with pytest.raises(TemplateError, match='printable characters'):
            parse(text(**{field: attack}))


@pytest.mark.parametrize('attack', NAMES)
def test_item_name_with_wiki_markup_is_refused(attack):
    with pytest.raises(TemplateError, match='a name cannot hold'):
        parse(text(item=attack))
    with pytest.raises(TemplateError, match='a name cannot hold'):
        parse_lists('[lists]\nsites = ["' + attack + '"]')


def test_release_with_a_placeholder_is_not_filled_in_again(system,
                                                           make_campaign):
    """A release has no braces to be afraid of, but it may have some."""
    system.create(CampaignRequest(NAME, 'x', '{campaign}', template_text=text(
        title='{release} {site}', description='{release}')), 'coordinator')
    found = system.queries.decision(NAME).snapshot.state.requirements[0]
    assert found.title == '{campaign} CNAF'


@pytest.mark.parametrize('attack', ODD_NAMES)
def test_odd_item_name_stays_as_it_is_in_its_ticket(make_campaign, env,
                                                    attack):
    found = make_campaign(item=attack, title='{site}', description='{item}.')
    ticket = Ticket(env, found.ticket)
    assert (ticket['summary'], ticket['description']) == (
        attack, f'{attack}.')
    assert env.db_query('SELECT COUNT(*) FROM ticket') == [(1,)]


def test_markup_in_a_template_is_escaped_on_every_page(make_campaign, pages,
                                                       client):
    """All attacks at once, so that each page is asked for once."""
    for n, attack in enumerate(MARKUP):
        found = make_campaign(f'P{n}', title=attack[:64], description=attack,
                              keywords=attack)
        for path, page in pages(found.ticket, f'P{n}').items():
            assert page.status in (200, 409), (path, attack)
            if 'json' in page.headers['Content-Type']:
                continue
            assert Dangers.of(page.text) == [], path


def test_wiki_text_of_a_description_is_as_safe_as_any_ticket(make_campaign,
                                                             pages,
                                                             env):
    for n, attack in enumerate(WIKI):
        found = make_campaign(f'P{n}', description=attack)
        assert Ticket(env, found.ticket)['description'] == attack
        page = pages(found.ticket, f'P{n}')[f'/ticket/{found.ticket}']
        assert page.status == 200
        assert Dangers.of(page.text) == []


def test_creation_form_escapes_what_was_typed(client, env):
    lists = '</textarea><script>alert(1)</script>\n[lists]\nx = 3'
    page = client('coordinator').post(PANEL, {
        'name': NAME, 'template': 'path-to-production-full', 'lists': lists,
        'fields_of': 'path-to-production-full', 'create': 'Create'})
    assert page.status == 400
    assert '<script>alert' not in page.text
    assert escape('</textarea><script>') in page.text
    assert env.db_query('SELECT COUNT(*) FROM ticket') == [(0,)]


def test_preview_escapes_item_names(client):
    names = ('[lists]\nsites = [{name = "\'><b>", weight = 1}]\n'
             'subdetectors = ["x\' y\\" & z"]')
    page = client('coordinator').post(PANEL, {
        'name': NAME, 'template': 'path-to-production-full', 'preview': '1',
        'lists': names, 'fields_of': 'path-to-production-full'})
    assert "'><b>" not in page.text
    page = client('coordinator').post(PANEL, {
        'name': NAME, 'template': 'path-to-production-full', 'preview': '1',
        'lists': names.replace("'><b>", 'A'),
        'fields_of': 'path-to-production-full'})
    assert 'Physics results ok: x&#39; y&#34; &amp; z' in page.text


@pytest.mark.parametrize('field', ['type', 'component', 'priority'])
def test_ticket_field_value_that_trac_does_not_know_is_never_stored(
        system, ticket, client, field):
    strange = text() + f'{field} = "<script>x"\n'
    system.create(CampaignRequest(NAME, 'x', template_text=strange),
                  'coordinator')
    assert ticket(1)[field] in ('defect', 'component1', 'major')
    page = client('coordinator').post('/admin/production/templates', {
        'act': 'check', 'text': strange, 'action': 'new'})
    assert '<script>x' not in page.text


def test_template_that_sets_a_standard_ticket_field_is_refused(system):
    for field in ('owner', 'milestone', 'status', 'reporter', 'cc', 'time'):
        with pytest.raises(InvalidRequest, match='no custom ticket field'):
            system.create(CampaignRequest(NAME, 'x', template_text=text() + (
                f'[stage.requirement.fields]\n{field} = "x"\n')), 'anna')
