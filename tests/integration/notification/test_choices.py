"""What people are told they choose, a kind each, as for Trac's own mails."""

from __future__ import annotations

import re
from html import unescape

import pytest
from trac.core import Component, implements
from trac.notification.api import (
    INotificationDistributor,
    INotificationSubscriber,
    NotificationSystem,
)

from prodworkflow.domain.news.notices import Kind
from support.mail_servers import body_of, html_of
from support.notices import news, section, SUBSCRIBERS

KINDS = pytest.mark.parametrize('kind', list(Kind), ids=lambda k: k.value)
PAGE = '/prefs/notification'


def told_to(mailbox):
    return [address for mail in mailbox.mails for address in mail.recipients]


@pytest.fixture
def heads(mailbox):
    """The heads that the last mail has, of those that were told."""
    def answer():
        return [kind for kind in Kind
                if f'Told of {kind.value}.' in body_of(mailbox.mails[-1])]
    return answer


def all_kinds():
    return news(*(section(kind, head=f'Told of {kind.value}.')
                  for kind in Kind))


@KINDS
def test_each_kind_is_mailed_unless_somebody_says_otherwise(
        mailbox, tell, kind):
    tell(news(section(kind)))
    assert told_to(mailbox) == ['anna@example.org']


@KINDS
def test_who_says_never_to_a_kind_gets_the_others(
        mailbox, tell, choose, heads, kind):
    choose(kind, 'never')
    tell(news(section(kind)))
    assert mailbox.mails == []
    tell(all_kinds())
    assert told_to(mailbox) == ['anna@example.org']
    assert heads() == [k for k in Kind if k is not kind]


@KINDS
def test_site_switches_a_kind_off_and_a_person_has_it_all_the_same(
        env, mailbox, tell, choose, kind):
    for name, value in {'ours': SUBSCRIBERS[kind],
                        'ours.adverb': 'never'}.items():
        env.config.set('notification-subscriber', name, value)
    tell(news(section(kind)))
    assert mailbox.mails == []
    choose(kind, 'always', person='bruno')
    tell(news(section(kind), person='bruno'))
    tell(news(section(kind)))
    assert told_to(mailbox) == ['bruno@example.org']


def test_never_wins_over_what_comes_after_it(mailbox, tell, choose):
    choose(Kind.TURN, 'never')
    choose(Kind.TURN, 'always')
    tell(news(section(Kind.TURN)))
    assert mailbox.mails == []


def test_who_wants_none_of_a_causes_kinds_gets_no_mail(
        mailbox, tell, choose):
    choose(Kind.TURN, 'never')
    choose(Kind.RUNNING, 'never')
    tell(news(section(Kind.TURN), section(Kind.RUNNING)))
    assert mailbox.mails == []


@KINDS
def test_preferences_offer_each_kind_in_its_words_and_keep_what_is_chosen(
        client, mailbox, env, kind):
    anna = client('anna')
    page = anna.get(PAGE)
    offered = {value: unescape(words) for value, words in re.findall(
        r'<option value="(Campaign\w+)">([^<]*)</option>', page.text)}
    assert set(offered) == set(SUBSCRIBERS.values())
    assert offered[SUBSCRIBERS[kind]].startswith(
        f'Production campaigns ({kind.value}): ')
    assert unescape(page.text).count(f'Notify: {offered[SUBSCRIBERS[kind]]}'
                                     ) == 1
    answer = anna.post(PAGE, {'action': 'replace_all', 'format-email': '',
                              'adverb-email': 'never',
                              'class-email': SUBSCRIBERS[kind]})
    assert answer.status == 200
    assert f'Never notify: {offered[SUBSCRIBERS[kind]]}' in unescape(
        answer.text)


def test_what_is_chosen_on_the_page_is_what_is_mailed(
        client, mailbox, tell, heads):
    anna = client('anna')
    anna.post(PAGE, {'action': 'add-rule_email', 'format-email': '',
                     'new-adverb-email': 'never',
                     'new-rule-email': SUBSCRIBERS[Kind.RUNNING]})
    tell(all_kinds())
    assert Kind.RUNNING not in heads()
    [number] = re.findall(r'delete-rule_(\d+)"', anna.get(PAGE).text)
    anna.post(PAGE, {'action': f'delete-rule_{number}'})
    tell(all_kinds())
    assert heads() == list(Kind)
    anna.post(PAGE, {'action': 'replace_all', 'format-email': 'text/html'})
    tell(all_kinds())
    assert html_of(mailbox.mails[-1])
    assert [bool(html_of(mail)) for mail in mailbox.mails] == [
        False, False, True]


def test_rules_of_several_kinds_with_formats_of_their_own_are_one_mail(
        mailbox, tell, choose):
    choose(Kind.TURN, style='text/html')
    choose(Kind.GATE, style='text/plain')
    tell(news(section(Kind.GATE), section(Kind.TURN)))
    [mail] = mailbox.mails
    assert html_of(mail)


def test_site_may_let_everybody_have_html(env, mailbox, tell):
    env.config.set('notification', 'default_format.email', 'text/html')
    tell(news(section(Kind.TURN)))
    assert html_of(mailbox.mails[0])


def test_lists_that_get_all_mail_of_tickets_get_none_of_what_is_personal(
        env, mailbox, tell):
    env.config.set('notification', 'smtp_always_cc', 'bruno, all@example.org')
    tell(news(section(Kind.TURN)))
    assert told_to(mailbox) == ['anna@example.org']
    env.config.set('notification', 'smtp_always_cc', 'anna')
    tell(news(section(Kind.TURN)))
    assert told_to(mailbox) == 2 * ['anna@example.org']


class Chat(Component):
    """Another plugin's: a transport, with a subscriber who follows all."""

    implements(INotificationDistributor, INotificationSubscriber)

    def __init__(self):
        self.heard = []

    def transports(self):
        yield 'chat'

    def distribute(self, transport, recipients, event):
        self.heard.append((transport, recipients, event))

    def matches(self, event):
        for person in ('anna', 'eve'):
            yield ('Chat', 'chat', person, 1, None, None, 1, 'always')

    def description(self):
        return None

    def default_subscriptions(self):
        return ()

    def requires_authentication(self):
        return True


@pytest.fixture
def chat(env):
    env.enabled[Chat] = True
    env.config.set('components', f'{__name__}.Chat', 'enabled')
    return Chat(env)


def test_transports_of_other_plugins_get_what_the_person_gets(
        env, mailbox, chat, tell):
    env.config.set('notification', 'smtp_enabled', 'false')
    given = news(section(Kind.TURN), section(Kind.GATE))
    tell(given)
    assert mailbox.mails == []
    [(transport, recipients, event)] = chat.heard
    assert transport == 'chat'
    assert [r[:3] for r in recipients] == [('anna', 1, None)]
    assert event.target.person == 'anna'
    assert [s.kind for s in event.target.sections] == [Kind.TURN, Kind.GATE]
    assert (event.realm, event.category, event.author) == (
        'campaign', 'turn', 'coordinator')


def test_site_that_names_another_transport_keeps_the_mail(
        env, mailbox, chat, tell):
    for name, value in {'ours': SUBSCRIBERS[Kind.TURN],
                        'ours.distributor': 'chat'}.items():
        env.config.set('notification-subscriber', name, value)
    tell(news(section(Kind.TURN)))
    assert told_to(mailbox) == ['anna@example.org']
    assert len(chat.heard) == 1


def test_site_that_names_mail_has_it_as_it_says(env):
    for name, value in {'ours': SUBSCRIBERS[Kind.TURN],
                        'ours.priority': '7'}.items():
        env.config.set('notification-subscriber', name, value)
    [found] = [s for s in NotificationSystem(env).subscribers
               if type(s).__name__ == SUBSCRIBERS[Kind.TURN]]
    assert list(found.default_subscriptions()) == [
        (SUBSCRIBERS[Kind.TURN], 'email', None, 7, 'always')]
