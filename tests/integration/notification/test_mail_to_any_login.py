"""Mail reaches contacts whatever their login holds, and nobody else."""

from __future__ import annotations

import re

import pytest
from trac.web.session import DetachedSession

from support.campaigns import ADMIN, CONTACTS, NAME
from support.mail_servers import body_of

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


@pytest.mark.parametrize('jane', LOGINS, indirect=True)
def test_contacts_are_told_of_their_tickets_and_of_the_campaign(
        create, system, mailbox, jane):
    create(contacts={**CONTACTS, FREEZE: ('bruno', jane),
                     'software-quality': (jane,)})
    [mail] = told(mailbox, 'jane')
    assert mail['Subject'] == f'[{NAME}] 2 sign-offs wait for you'
    assert re.findall(r'(?m)^\* (#\d+) ', body_of(mail)) == ['#1', '#2']
    assert 'eve@example.org' not in {r for m in mailbox.mails
                                     for r in m.recipients}
    system.lifecycle.hold(NAME, ADMIN, 'A bug.')
    assert told(mailbox, 'jane')[1]['Subject'] == f'[{NAME}] on hold'
    assert told(mailbox, 'eve') == []


def told(mailbox, name):
    """The mails that somebody got, all of their own."""
    found = [m for m in mailbox.mails if f'{name}@example.org'
             in m.recipients]
    assert [m.recipients for m in found] == len(found) * [
        [f'{name}@example.org']]
    return found
