"""Mails are in the language of who gets them, whoever caused them."""

from __future__ import annotations

import pytest
from trac.web.session import DetachedSession

from prodworkflow.api import ReleaseRequest
from prodworkflow.domain.model.person import Person
from support.campaigns import ADMIN, FULL, FULL_CONTACTS, NAME
from support.italian import english, our_text
from support.mail_servers import body_of, html_of

ANNA, BRUNO = 'anna@example.org', 'bruno@example.org'
# What people wrote, and names.
WRITTEN = ('Memory leak.', 'A patch.', NAME, FULL, 'Go.')


@pytest.fixture
def speaks(env):
    """Sets the language that somebody has chosen in the preferences."""
    env.needs_upgrade()  # as whoever opens an environment asks
    def choose(person, language):
        session = DetachedSession(env, person)
        session.set('language', language)
        session.save()
    return choose


def to(mailbox, address):
    """The mails to an address, each with its subject, text and HTML."""
    return [(mail['Subject'], body_of(mail), html_of(mail))
            for mail in mailbox.mails if mail.recipients == [address]]


def titles(system, name):
    state = system.queries.decision(name).snapshot.state
    return [*WRITTEN, *(r.title for r in state.requirements),
            *(s.label for s in state.stages)]


def test_mail_is_in_the_language_of_its_recipient(
        campaign, system, mailbox, speaks):
    speaks('anna', 'it')
    mailbox.mails.clear()
    system.lifecycle.hold(NAME, Person('coordinator', grants=frozenset({
        'CAMPAIGN_HOLD'})), 'Memory leak.')
    (subject, text, _), = to(mailbox, ANNA)
    assert subject == f'[{NAME}] sospesa'
    assert f'coordinator ha sospeso {NAME}: “Memory leak.”' in ' '.join(
        text.split())
    (subject, text, _), = to(mailbox, BRUNO)
    assert subject == f'[{NAME}] on hold'
    assert f'coordinator has put {NAME} on hold' in ' '.join(text.split())


def test_mail_is_in_the_language_of_the_site_for_who_chose_none(
        campaign, env, system, mailbox, speaks):
    env.config.set('trac', 'default_language', 'it')
    env.config.save()
    speaks('bruno', 'en_US')
    mailbox.mails.clear()
    system.lifecycle.hold(NAME, Person('coordinator', grants=frozenset({
        'CAMPAIGN_HOLD'})), 'Memory leak.')
    assert [subject for subject, *_ in to(mailbox, ANNA)] == [
        f'[{NAME}] sospesa']
    assert [subject for subject, *_ in to(mailbox, BRUNO)] == [
        f'[{NAME}] on hold']


def test_mails_have_no_english_sentence_for_who_reads_italian(
        full, sign_full, env, system, mailbox, speaks):
    env.config.set('trac', 'default_language', 'it')
    env.config.set('notification', 'default_format.email', 'text/html')
    env.config.save()
    sign_full(*FULL_CONTACTS)
    mailbox.mails.clear()
    system.release(FULL, ADMIN, ReleaseRequest('V1.1', (), 'A patch.'))
    system.lifecycle.hold(FULL, ADMIN, 'Memory leak.')
    ours = [mail for mail in mailbox.mails if mail['X-Trac-Campaign']]
    assert ours
    data = titles(system, FULL)
    for mail in ours:
        said = [mail['Subject'], *body_of(mail).split('\n\n')]
        assert english(said, data) == []
        assert '<html lang="it">' in (html_of(mail) or '<html lang="it">')
        assert english(our_text(html_of(mail) or ''), data) == []
