"""Nothing hidden leaks: no face tells of a ticket that its viewer may not see.

The viewers are eve, who administers campaigns, and anna, who signs; what is
hidden from them holds secret words.
"""

from __future__ import annotations

import re

import pytest
from trac.admin.api import IAdminPanelProvider
from trac.core import ComponentMeta
from trac.web.api import IRequestHandler
from trac.web.chrome import Chrome

from prodworkflow.web.campaign_form import ACTS
from support.hidden_tickets import HIDING, SECRETS, TEMPLATE_SECRETS

PANEL = '/admin/production/campaigns'
TEMPLATES = '/admin/production/templates'
# What each of the plugin's handlers and panels serves; a new one has to be
# added, and is walked then.
PAGES = {
    'CampaignPages': ['/campaign', f'/campaign/{HIDING}'],
    'LaunchPage': [f'/campaign/{HIDING}/launch'],
    'GateHandler': [f'/campaign/{HIDING}/gate{query}' for query in (
        '', '?format=text', '?stage=prep', '?stage=val&format=text',
        '?stage=last', '?stage=3', '?stage=nope')],
    'CampaignPictures': [f'/campaign/{HIDING}/badge.svg',
                         f'/campaign/{HIDING}/pipeline.svg'],
    'SignOffBox': [f'/campaign/{HIDING}/sign'],
    'CampaignPanel': [PANEL, f'{PANEL}/{HIDING}', f'{PANEL}?like={HIDING}'],
    'TemplatePanel': [TEMPLATES, f'{TEMPLATES}?action=new',
                      f'{TEMPLATES}/path-to-production',
                      f'{TEMPLATES}/mine?show=1&base=1'],
}
FILTERED = ['/roadmap', '/', '/newticket', '/query?milestone=~Prod']
# Templates are no tickets: where one is shown, it is shown as it is.
TEMPLATE_PAGES = (f'{PANEL}?like=',)
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
    assert served(IRequestHandler) | served(IAdminPanelProvider) == set(PAGES)
    assert set(REFUSED) == set(ACTS)


def test_no_page_tells_of_what_is_hidden(hiding, viewer):
    found = {path: leaks(answer, path) for path in all_pages(hiding)
             for answer in [viewer.get(path)]}
    assert {path: told for path, told in found.items() if told} == {}


def test_who_may_see_it_is_shown_all(hiding, client):
    page = client('coordinator').get(f'/campaign/{HIDING}')
    assert len(leaks(page)) > 20
    for words in ('123.456', 'zirconlogin', 'Quartzbase', 'Zirconsite',
                  'Quartzstage', 'Zirconreason', 'Zirconrejection'):
        assert words in page.text
