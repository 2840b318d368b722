"""Mails are in the language of who gets them, whoever caused them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from trac.perm import PermissionSystem
from trac.ticket.model import Ticket
from trac.web.session import DetachedSession

from prodworkflow.api import (
    CampaignChanges,
    ReleaseRequest,
    SignerChanges,
    SignOffRequest,
    Verdict,
    WaiverRequest,
)
from prodworkflow.domain.model.person import Person
from prodworkflow.domain.news.notices import Kind
from support.campaigns import ADMIN, CONTACTS, FULL, FULL_CONTACTS, NAME
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


FIRST, REST = [*CONTACTS][:3], [*CONTACTS][3:]


@pytest.fixture
def in_italian(env):
    """The site's language is Italian, and its mails have HTML."""
    env.needs_upgrade()  # as whoever opens an environment asks
    for section, name, value in (
            ('trac', 'default_language', 'it'),
            ('notification', 'default_format.email', 'text/html')):
        env.config.set(section, name, value)
    env.config.save()
    for action in ('CAMPAIGN_ADMIN', 'CAMPAIGN_WAIVE', 'CAMPAIGN_LAUNCH'):
        PermissionSystem(env).grant_permission('eve', action)
    PermissionSystem(env).grant_permission('lonely', 'group')


def much_happens(create, sign, system, env, admin):
    """The life of a campaign in which each kind of news is told."""
    create(start=(date.today() + timedelta(30)).isoformat())
    assert admin('campaign', 'remind')[0] == 0
    system.record(NAME, 'release-validated', ADMIN, SignOffRequest(
        Verdict.WAIVED, 'Known.', leave=WaiverRequest(
            'awaiting', (date.today() + timedelta(20)).isoformat())))
    sign(*FIRST)
    system.release(NAME, ADMIN, ReleaseRequest('V2', (), 'A patch.'))
    system.record(NAME, 'resources-estimate', Person('anna'),
                  SignOffRequest(Verdict.REJECTED, 'Too small.'))
    system.lifecycle.hold(NAME, ADMIN, 'Memory leak.')
    system.lifecycle.resume(NAME, ADMIN, 'Mended.')
    system.change(NAME, ADMIN, CampaignChanges('Group.', staff=(
        ('feature-freeze', SignerChanges(('@group',))),)))
    PermissionSystem(env).revoke_permission('lonely', 'group')
    system.check(NAME, False, 'root')
    system.change(NAME, ADMIN, CampaignChanges('Back.', staff=(
        ('feature-freeze', SignerChanges(('anna',))),)))
    sign(FIRST[-1], *REST)
    system.release(NAME, ADMIN, ReleaseRequest('V3', (), 'A patch.'))
    sign(*REST)
    system.lifecycle.launch(NAME, ADMIN, 'Go.')
    ticket = Ticket(env)
    ticket.populate({'summary': 'Crash', 'status': 'new', 'reporter': 'bob',
                     'type': 'defect', 'priority': 'critical',
                     'milestone': f'{NAME}: 1. Software preparation'})
    ticket.insert()


def test_mails_of_each_kind_have_no_english_sentence_for_who_reads_italian(
        in_italian, told_news, create, sign, system, env, admin, mailbox):
    much_happens(create, sign, system, env, admin)
    assert {section.kind for news in told_news()
            for section in news.sections} == {*Kind}
    ours = [mail for mail in mailbox.mails if mail['X-Trac-Campaign']]
    data = [*titles(system, NAME), 'Crash', 'Known.', 'Too small.', 'Mended.',
            'Group.', 'Back.']
    assert len(ours) > len(Kind)
    for mail in ours:
        said = [mail['Subject'], *body_of(mail).split('\n\n')]
        assert english(said, data) == []
        assert english(our_text(html_of(mail)), data) == []
