"""The main job runs on every kind of site."""

from __future__ import annotations

import re

import pytest
from trac.env import Environment
from trac.web.session import DetachedSession

from prodworkflow import demo
from prodworkflow.api import CampaignRequest, CampaignSystem
from support.logs import without_libpq
from support.sites.job import Job, NAME, VERBS
from support.sites.logins import LOGINS
from support.sites.mail import MAIL, mail_server
from support.sites.policies import POLICIES
from support.sites.serving import PASSWORDS, served_site
from support.sites.table import BASE_URL, SITES, values
from support.sites.words import use_words, WORDS
from support.sites.workflows import use_workflow, WORKFLOWS

# What is recorded beside VERBS where the workflow has more than one end.
SPECIAL = {'two-ends': ['ticket-entered', 'ticket-left'],
           'verified': ['moved-on']}
ROWS = [pytest.param(site, id=site.name, marks=(
    () if site.everywhere else pytest.mark.only('sqlite'))) for site in SITES]


def introduce(env, site):
    """Make the people of a site known, or just able to log in.

    Who is known has a time zone of their own, on the other side of the day.
    """
    lines, logins = [], site.logins
    for login in (logins.anna, logins.bruno):
        if logins.met:
            session = DetachedSession(env, None)
            session.get_session(login, authenticated=True)
            session.set('tz', 'GMT +12:00' if '-' in site.zone
                        else 'GMT -11:00')
            session.set('email', 'somebody@example.org')
            session.save()
        lines.append(f'{login}:{demo.md5crypt(login, "salt", "$apr1$")}\n')
    with open(f'{env.path}/conf/{PASSWORDS}', 'a', encoding='utf-8') as file:
        file.writelines(lines)


@pytest.fixture
def neighbour(copy_environment, made_once, tmp_path):
    """Another environment beside the site's, with a campaign of that name."""
    path = copy_environment(made_once, tmp_path / 'neighbour')
    env = Environment(str(path))
    CampaignSystem(env).create(CampaignRequest(NAME, 'path-to-production'),
                               'coordinator')
    yield env
    env.shutdown()


@pytest.mark.parametrize('site', ROWS)
def test_main_job_runs_on_every_kind_of_site(
        site, env, path, admin, unused_tcp_port_number, request):
    beside = request.getfixturevalue('neighbour') if site.several else None
    use_workflow(env.config, site.workflow)
    use_words(env, site.words)
    introduce(env, site)
    POLICIES[site.policy](env, site.logins)
    site.configure(env.config)
    env.config.save()
    with mail_server(site.mail, env, unused_tcp_port_number) as mail, \
            served_site(path, site.logins, site.several) as clients:
        Job(site, env, clients, admin, mail).run()
        address = clients('eve').site
    recorded, special = verbs(env), SPECIAL.get(site.workflow, [])
    assert [verb for verb in recorded if verb not in special] == VERBS
    assert [verb for verb in recorded if verb in special] == special
    assert beside is None or verbs(beside) == ['created']
    assert bool(mail.mails) == (site.mail not in ('none', 'missing'))
    assert_links_are_whole(site, address, mail.mails)
    log = (path / 'log' / 'trac.log').read_text(encoding='utf-8')
    assert site.logged_errors or 'Traceback' not in without_libpq(log)


def verbs(env):
    return [e.verb for e in CampaignSystem(env).queries.ledger(NAME)]


def assert_links_are_whole(site, address, mails):
    """A mail names the site's address, else the one that people came by."""
    if site.mail == 'takes':
        start = site.base_url or address
        found = {link for _, text in mails
                 for link in re.findall(r'https?://[^\s>]*', text)}
        assert found
        assert {each for each in found
                if not f'{each}/'.startswith(f'{start}/')} == set()


@pytest.mark.parametrize(('dimension', 'wanted'), [
    pytest.param('workflow', WORKFLOWS, id='workflows'),
    pytest.param('words', WORDS, id='words'),
    pytest.param('people', LOGINS, id='log-ins'),
    pytest.param('policy', POLICIES, id='policies'),
    pytest.param('mail', MAIL, id='mail servers'),
    pytest.param('several', (True, False), id='below a prefix'),
    pytest.param('base_url', (BASE_URL, ''), id='base_url')])
def test_table_has_every_kind(dimension, wanted):
    assert values(dimension) == set(wanted)


def test_table_has_as_many_kinds_as_it_should():
    assert [len(values(each)) for each in (
        'workflow', 'words', 'people', 'policy', 'zone')] >= [12, 6, 5, 4, 7]
    assert len([site for site in SITES if site.everywhere]) * 3 >= len(SITES)
