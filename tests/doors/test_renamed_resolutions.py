"""Sites that have other words than `fixed`, and than those of waivers."""

from __future__ import annotations

import html

import pytest
from trac.ticket.api import TicketSystem

from prodworkflow.api import SignOffRequest, Verdict
from prodworkflow.domain.rules.waivers.requests import WaiverRequest
from support.campaigns import ADMIN, ANNA, NAME
from support.http_client import words_of
from support.signoffs import TOMORROW
from support.sites.words import use_words, WORDS

SITES = pytest.mark.parametrize('name', list(WORDS))
FREEZE = 'feature-freeze'


@pytest.fixture
def use(env):
    """Lets the site have other words from now on."""
    def using(name):
        use_words(env, name)
        env.config.save()
        TicketSystem(env).reset_ticket_fields()
        return WORDS[name]
    return using


@pytest.fixture
def renamed(campaign, use):
    """The same, while a campaign runs."""
    return use


@pytest.fixture
def close(client):
    """Closes the sign-off ticket of the freeze on Trac's own page."""
    def closing(resolution, user='anna'):
        return client(user).act(
            1, 'resolve', action_resolve_resolve_resolution=resolution)
    return closing


def unexpected(system):
    """What a check finds but for words that Trac has renamed."""
    return [f.words for f in system.check(NAME, False, 'root')
            if '(Trac has ' not in f.words and 'It has ' not in f.words]


def waived(reason='awaiting'):
    return SignOffRequest(Verdict.WAIVED, 'Not this time.',
                          leave=WaiverRequest(reason, TOMORROW, {}))


@SITES
def test_ticket_page_takes_the_word_of_the_site_for_an_approval(
        renamed, close, ticket, system, name):
    words = renamed(name)
    assert close(words.approving).status == 200
    assert ticket(1)['resolution'] == words.approving
    assert system.queries.decision(NAME).answer(FREEZE).met
    assert unexpected(system) == []


@SITES
def test_another_word_is_refused_with_the_right_one_and_the_box(
        renamed, close, ticket, name):
    words = renamed(name)
    other = next((w for w in words.resolution if w != words.approving),
                 'worksforme')
    answer = close(other)
    told = html.unescape(words_of(answer))
    assert answer.status == 409
    assert f'needs the resolution "{words.approving}", not "{other}"' in told
    assert 'choose that, or sign it off in its box, which closes it' in told
    assert ticket(1)['status'] == 'new'


@SITES
def test_box_and_waivers_store_no_word_that_the_site_lacks(
        renamed, ticket, system, name):
    words = renamed(name)
    system.record(NAME, FREEZE, ANNA, SignOffRequest(Verdict.APPROVED, 'So.'))
    assert ticket(1)['resolution'] == words.approving
    system.record(NAME, 'software-quality', ADMIN, waived())
    assert ticket(2)['status'] == 'closed'
    assert ticket(2)['resolution'] in words.resolution
    assert unexpected(system) == []


def test_site_without_resolutions_stores_none(
        renamed, env, ticket, system, close):
    renamed('trac')
    env.db_transaction("DELETE FROM enum WHERE type='resolution'")
    TicketSystem(env).reset_ticket_fields()
    system.record(NAME, FREEZE, ANNA, SignOffRequest(Verdict.APPROVED, 'So.'))
    system.record(NAME, 'software-quality', ADMIN, waived())
    assert [(ticket(n)['status'], ticket(n)['resolution'] or '')
            for n in (1, 2)] == [('closed', '')] * 2
    assert system.queries.decision(NAME).answer(FREEZE).met
    assert system.check(NAME, False, 'root') == []


def test_approval_given_before_a_renaming_counts_after_it(
        sign, renamed, ticket, system):
    sign(FREEZE)
    renamed('german')
    assert system.queries.decision(NAME).answer(FREEZE).met
    assert unexpected(system) == []
    found = ticket(1)
    found['milestone'] = ''
    found.save_changes('eve', 'Away.')
    assert system.queries.decision(NAME).answer(FREEZE).met


def test_signed_ticket_that_is_closed_again_gets_a_word_of_the_site(
        sign, renamed, ticket, system):
    sign(FREEZE)
    renamed('german')
    ticket(1).delete_change(1)
    assert (ticket(1)['status'], ticket(1)['resolution']) == (
        'closed', 'erledigt')
    assert system.queries.decision(NAME).answer(FREEZE).met


@pytest.mark.parametrize(('had', 'has'), [('wontfix', 'erledigt'),
                                          ('abgelehnt', 'abgelehnt')])
def test_ticket_that_is_put_back_after_the_launch_has_a_word_of_the_site(
        launched, use, ticket, had, has):
    """The one that it had, if the site still has that."""
    use('german')
    found = ticket(1)
    found['resolution'] = had
    found.save_changes('anna', 'Another word.')
    found['status'], found['resolution'] = 'reopened', ''
    found.save_changes('eve', 'Not at all.')
    assert (ticket(1)['status'], ticket(1)['resolution']) == ('closed', has)
