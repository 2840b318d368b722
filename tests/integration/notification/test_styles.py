"""Who chose HTML misses nothing that is written as text alone, as Trac's is.
"""

from __future__ import annotations

import pytest
from trac.core import Component, implements
from trac.notification.api import INotificationFormatter
from trac.notification.model import Subscription
from trac.ticket.model import Ticket

from support.mail_servers import body_of, html_of


def subscribe(env, person, style=None):
    Subscription.add(env, {
        'sid': person, 'authenticated': 1, 'distributor': 'email',
        'format': style, 'adverb': 'always', 'class': 'NewTicketSubscriber'})


@pytest.fixture
def file_ticket(client, mailbox):
    """Files a ticket on Trac's page; gives its mail, by its recipients."""
    def filing():
        answer = client('eve').post('/newticket', {
            'field_summary': 'It crashes', 'field_reporter': 'eve',
            'submit': '1'})
        assert answer.status == 200
        return {tuple(r for r in mail.recipients if 'list@' not in r): mail
                for mail in mailbox.mails}
    return filing


@pytest.mark.parametrize('style', [None, 'text/html'])
def test_tracs_mail_of_tickets_goes_to_who_chose_html_as_text(
        env, file_ticket, choose_html, style):
    choose_html('anna')
    subscribe(env, 'anna', style)
    subscribe(env, 'bruno')
    [(people, mail)] = file_ticket().items()
    assert people[:2] == ('anna@example.org', 'bruno@example.org')
    assert 'It crashes' in body_of(mail)
    assert html_of(mail) is None


def test_mail_of_our_own_changes_goes_to_who_chose_html_as_text(
        campaign, env, system, mailbox, choose_html, sign):
    choose_html('anna')
    Subscription.add(env, {
        'sid': 'anna', 'authenticated': 1, 'distributor': 'email',
        'format': 'text/html', 'adverb': 'always',
        'class': 'TicketReporterSubscriber'})
    ticket = Ticket(env, 1)
    ticket['reporter'] = 'anna'
    ticket.save_changes('coordinator', '')
    mailbox.mails.clear()
    sign('feature-freeze')
    [mail] = [m for m in mailbox.mails if '#1' in m['Subject']]
    assert 'anna@example.org' in mail.recipients


class HtmlTickets(Component):
    """Another plugin's: writes Trac's mails of tickets as HTML."""

    implements(INotificationFormatter)

    def get_supported_styles(self, transport):
        yield 'text/html', 'ticket'

    def format(self, transport, style, event):
        return '<p>As HTML</p>'


def test_other_plugins_html_of_tickets_is_kept(
        env, file_ticket, choose_html):
    env.config.set('components', f'{__name__}.HtmlTickets', 'enabled')
    env.config.save()
    choose_html('anna')
    subscribe(env, 'anna')
    found = file_ticket()
    assert 'As HTML' in html_of(found['anna@example.org',])
