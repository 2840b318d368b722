"""Mail reaches contacts whatever their login holds, and nobody else."""

from __future__ import annotations

import pytest
from trac.web.session import DetachedSession

from support.campaigns import ADMIN, CONTACTS, NAME
from support.mail_servers import LIST

FREEZE = 'feature-freeze'
LOGINS = [pytest.param('/DC=ch/CN=eve, anna', id='certificate'),
          pytest.param('eve anna', id='blank'),
          pytest.param('eve;anna', id='semicolon'),
          pytest.param('bruna', id='plain')]


@pytest.fixture
def jane(env, request):
    """A login whose parts are other people, with a mail address."""
    session = DetachedSession(env, None)
    session.get_session(request.param, authenticated=True)
    session.set('email', 'jane@example.org')
    session.save()
    return request.param


def recipients(mail):
    """To whom a mail goes, beside its author and the site's list."""
    return {part.strip() for field in ('To', 'Cc')
            for part in (mail[field] or '').split(',')} - {
            '', LIST, 'coordinator@example.org'}


@pytest.mark.parametrize('jane', LOGINS, indirect=True)
def test_contacts_are_told_of_their_tickets_and_of_the_campaign(
        create, env, system, mailbox, jane):
    env.config.set('notification', 'use_public_cc', 'true')
    env.config.set('notification-subscriber', 'always_notify_owner',
                   'TicketOwnerSubscriber')
    create(contacts={**CONTACTS, FREEZE: ('bruno', jane),
                     'software-quality': (jane,)})
    told = {mail['Subject'].partition(': ')[0].rpartition(' ')[2]:
            recipients(mail) for mail in mailbox.mails}
    assert told['#1'] == {'bruno@example.org', 'jane@example.org'}
    assert told['#2'] == {'jane@example.org'}
    mailbox.mails.clear()
    system.lifecycle.hold(NAME, ADMIN, 'A bug.')
    [mail] = [m for m in mailbox.mails if 'on hold' in m['Subject']]
    assert 'jane@example.org' in recipients(mail)
    assert 'eve@example.org' not in recipients(mail)
