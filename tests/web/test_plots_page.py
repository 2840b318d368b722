"""All plots of a campaign on one page, and in short on the campaign's page."""

from __future__ import annotations

import hashlib
import re
from html import unescape

import pytest
from trac.attachment import Attachment
from trac.core import Component, implements
from trac.perm import IPermissionPolicy

from support.http_client import words_of
from support.plots import DRAWN, ENERGY, MASS

PAGE = f'/campaign/{DRAWN}/plots'


@pytest.fixture
def given(drawn, send_plots):
    """Both plots are signed by anna."""
    assert send_plots(*MASS, *ENERGY).status == 200
    return drawn


def test_page_shows_each_pair_with_digests_who_and_its_ticket(given, client):
    page = client('bruno').get(PAGE)
    assert page.status == 200
    words = unescape(words_of(page))
    assert '2 of 2 plots are given' in words
    for _field, _name, data in (*MASS, *ENERGY):
        assert hashlib.sha256(data).hexdigest()[:12] in words
    for told in ('mass 1 of 2', 'energy 2 of 2', 'Target mass.png anna,',
                 'Reference mass.2.png anna,', 'As before.'):
        assert told in words
    sources = re.findall(r'<img\s+src="([^"]+)"', page.text)
    assert [s.rpartition('/')[2] for s in sources if 'raw-' in s] == [
        'mass.png', 'mass.2.png', 'energy.png', 'before.png']
    assert f'/ticket/{given}#prodworkflow-box' in page.text


@pytest.mark.parametrize(('number', 'links'), [
    (1, [('next', '2')]), (2, [('prev', '1')])])
def test_one_plot_leads_to_the_next_without_a_script(
        given, client, number, links):
    page = client('bruno').get(f'{PAGE}?plot={number}')
    assert re.findall(r'<a rel="(next|prev)" href="[^"]*plot=(\d+)"',
                      page.text) == links
    assert f'{number} of 2' in words_of(page)
    assert len(re.findall('class="pw-plot"', page.text)) == 1


@pytest.mark.parametrize('wrong', ['0', '3', 'x', '-1', '', '1;2', '9' * 20,
                                   '1&plot=2', '%00'])
def test_a_plot_that_is_not_there_is_refused_with_those_that_are(
        given, client, wrong):
    page = client('bruno').get(f'{PAGE}?plot={wrong}')
    assert page.status == 400
    if wrong != '%00':
        assert ('plot is the number of a plot of this campaign, 1 to 2; '
                'leave it out to see all of them.' in words_of(page))


def test_missing_plots_are_named_with_their_ticket(drawn, client, send_plots):
    send_plots(*MASS, verdict='reported')
    words = words_of(client('bruno').get(PAGE))
    assert '1 of 2 plots are given' in words
    assert f'Not given yet: energy. to the box of #{drawn}' in words


def test_a_file_that_changed_since_is_marked(given, client, put_attachment):
    put_attachment(given, 'mass.png', ENERGY[0][2])
    assert '≠ not the file that was given' in words_of(
        client('bruno').get(PAGE))


def test_a_file_that_is_gone_is_told(given, env, client):
    Attachment(env, 'ticket', given, 'mass.png').delete()
    words = words_of(client('bruno').get(PAGE))
    assert '≠ gone' in words
    assert 'There is no such attachment any more.' in words


def test_campaign_without_plots_says_so(campaign, client):
    page = client('bruno').get('/campaign/2011%20Prod/plots')
    assert 'This campaign asks for no plots.' in words_of(page)
    assert ('Plots This campaign asks for no plots.'
            in words_of(client('bruno').get('/campaign/2011%20Prod')))


def test_no_such_campaign_is_not_found(drawn, client):
    assert client('bruno').get('/campaign/Other/plots').status == 404


def test_campaign_page_has_thumbnails_that_lead_to_the_page(given, client):
    page = client('bruno').get(f'/campaign/{DRAWN}')
    section = page.text.partition('<h2 id="plots">')[2].partition('<h2')[0]
    assert f'href="{PAGE}"' in section
    assert [int(n) for n in re.findall(r'plots\?plot=(\d+)', section)] == [
        1, 2]
    assert section.count('loading="lazy"') == section.count('<img') == 2
    words = ' '.join(re.sub('<[^>]*>', ' ', section).split())
    assert '2 of 2' in words
    assert 'anna : “As before.”' in unescape(words)


class HiddenFiles(Component):
    """Hides attachments from bruno."""

    implements(IPermissionPolicy)

    def check_permission(self, action, username, resource, perm):
        return False if (action == 'ATTACHMENT_VIEW'
                         and username == 'bruno') else None


def test_attachments_that_one_may_not_see_are_not_shown(given, env, client):
    env.config.set('components', f'{HiddenFiles.__module__}.*', 'enabled')
    env.config.set('trac', 'permission_policies',
                   'HiddenFiles, DefaultWikiPolicy, DefaultTicketPolicy, '
                   'DefaultPermissionPolicy, LegacyAttachmentPolicy')
    env.config.save()
    for address in (PAGE, f'/campaign/{DRAWN}', f'/ticket/{given}'):
        page = client('bruno').get(address)
        assert page.status == 200
        assert 'raw-attachment' not in page.text.partition(
            'id="attachments"')[0]
        assert 'raw-attachment' in client('anna').get(address).text
    assert 'You may not see this attachment.' in words_of(
        client('bruno').get(PAGE))


def test_plots_of_hidden_tickets_are_not_shown(given, env, client):
    env.config.set('components', 'support.hidden_tickets.*', 'enabled')
    env.config.set('trac', 'permission_policies',
                   'HidingPolicy, DefaultWikiPolicy, DefaultTicketPolicy, '
                   'DefaultPermissionPolicy, LegacyAttachmentPolicy')
    env.config.set('hidden', 'tickets', str(given))
    env.config.save()
    page = client('bruno').get(PAGE)
    assert page.status == 200
    assert 'This campaign asks for no plots.' in words_of(page)
    for hidden in ('mass', 'Physics', 'raw-attachment'):
        assert hidden not in page.text


def test_the_page_is_only_read(given, client):
    answer = client('coordinator').post(
        PAGE, {'plot': '1'})
    assert answer.status == 405
    assert 'This page is only read.' in words_of(answer)
