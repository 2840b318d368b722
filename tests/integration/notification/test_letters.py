"""What a mail says, whole: as text, and as HTML for those who chose it."""

from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from prodworkflow.domain.news.notices import Kind, Section
from prodworkflow.notification.letters import letter
from support.campaigns import NAME
from support.mail_servers import body_of, html_of
from support.notices import line, news, section

GOLDEN = Path(__file__).parents[2] / 'data' / 'mails'
SITE = 'https://trac.example.org/production'

CREATED = news(section(
    Kind.MADE,
    line(1, 'Feature Freeze', 'feature-freeze', date(2027, 1, 4)),
    line(2, 'Software quality ok', 'software-quality', None,
         words='no crash in the nightly builds, no leak of memory, and no '
               'warning of the compiler that was not there before'),
    head='You are asked to sign'))
PATCH = news(
    section(Kind.AGAIN, line(7, words='signed on V1, by you; V1.1 touches '
                                      'what it rests on'),
            line(8, 'Runtime performance ok', 'runtime-performance', None),
            head='V1.1 is a patch of the reconstruction: “Fixes the leak, '
                 'see https://repository.example.org/releases/V1.1/notes-of-'
                 'the-release-that-are-long.html”, says coordinator.'),
    Section(Kind.RUNNING, f'{NAME} is on hold: a closed stage is open again. '
            'A holder of CAMPAIGN_LAUNCH may resume it.', subject='on hold'))
HOSTILE = news(
    section(Kind.REJECTED, line(
        9, '<script>alert("title")</script>', 'x"><b>', None,
        words='“</td></table><img src=x onerror=alert(1)>”, says eve.\n-- \n'
              '\x1b[31m ${7*7}'),
        head='<b>head</b> & # if true'),
    section(Kind.UPSTREAM, line(31, '校正データの検証が失敗しました' * 6, '',
                                None, concern=2),
            head='Ева открыла задачу #31: «Не сходится калибровка».'),
    campaign='2027 “<b>” & Ü 製造')
ASIDE = news(
    section(Kind.NOBODY, line(4, words='anna is no user of Trac'),
            head='Nobody is left who can sign'),
    section(Kind.UPSTREAM, line(31, 'It crashes', '', None, concern=4),
            head='Production goes on. You can put the campaign on hold on '
                 'its page.'))

MAILS = [pytest.param(CREATED, 'created', id='created'),
         pytest.param(PATCH, 'patch', id='patch'),
         pytest.param(HOSTILE, 'hostile', id='hostile'),
         pytest.param(ASIDE, 'aside', id='nobody and upstream')]


@pytest.fixture
def site_address(env):
    env.config.set('trac', 'base_url', SITE)


def golden(name):
    return (GOLDEN / name).read_text(encoding='utf-8')


def text_of(mail):
    return body_of(mail).replace('\r\n', '\n')


def html_part(mail):
    return html_of(mail).replace('\r\n', '\n')


def headers(mail):
    """The headers whose values are the same each time."""
    return ''.join(f'{name}: {value}\n' for name, value in mail.items()
                   if name in ('Subject', 'From', 'To', 'Reply-To',
                               'Precedence', 'Auto-Submitted',
                               'X-Trac-Realm', 'X-Trac-Campaign'))


@pytest.mark.parametrize(('told', 'name'), MAILS)
def test_mail_says_this_as_text(site_address, mailbox, tell, told, name):
    tell(told)
    [mail] = mailbox.mails
    assert f'{headers(mail)}\n{text_of(mail)}' == golden(f'{name}.txt')
    assert html_of(mail) is None


@pytest.mark.parametrize(('told', 'name'), MAILS)
def test_who_chose_html_gets_both(site_address, mailbox, tell, choose_html,
                                  told, name):
    choose_html()
    tell(told)
    [mail] = mailbox.mails
    assert f'{headers(mail)}\n{text_of(mail)}' == golden(f'{name}.txt')
    assert html_part(mail) == golden(f'{name}.html')
    [parts] = [part for part in mail.walk()
               if part.get_content_type() == 'multipart/alternative']
    assert [p.get_content_type() for p in parts.iter_parts()] == [
        'text/plain', 'text/html']


@pytest.mark.parametrize(('told', 'name'), MAILS)
def test_mail_says_all_but_links_where_the_sites_address_is_not_known(
        mailbox, tell, choose_html, told, name):
    choose_html()
    tell(told)
    [mail] = mailbox.mails
    assert f'{headers(mail)}\n{text_of(mail)}' == golden(
        f'{name}-without-links.txt')
    assert 'href' not in html_of(mail)
    for words in re.findall(r'\w+', ' '.join(
            f'{each.title}' for part in told.sections
            for each in part.lines)):
        assert words in html_of(mail)


@pytest.mark.parametrize('encoding', ['none', 'base64', 'qp'])
def test_mail_says_the_same_in_each_encoding(
        env, site_address, mailbox, tell, choose_html, encoding):
    env.config.set('notification', 'mime_encoding', encoding)
    choose_html()
    tell(HOSTILE)
    [mail] = mailbox.mails
    assert f'{headers(mail)}\n{text_of(mail)}' == golden('hostile.txt')
    assert html_part(mail) == golden('hostile.html')


class Tags(HTMLParser):
    """The tags that a reader of HTML finds, with their attributes."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


@pytest.mark.parametrize(('told', 'name'), MAILS)
def test_html_holds_no_tag_but_ours_and_every_link_opens_a_page(
        site_address, mailbox, tell, choose_html, told, name):
    choose_html()
    tell(told)
    tags = Tags()
    tags.feed(html_of(mailbox.mails[0]))
    assert {tag for tag, _ in tags.found} <= {
        'html', 'head', 'meta', 'title', 'body', 'div', 'p', 'table', 'tr',
        'td', 'a', 'br'}
    assert {name for _, given in tags.found for name in given} <= {
        'lang', 'charset', 'name', 'content', 'style', 'href'}
    links = [given['href'] for tag, given in tags.found if tag == 'a']
    assert links
    for link in links:
        assert re.match(rf'{SITE}/(ticket/\d+|campaign|prefs/notification'
                        r'|admin/production/campaigns)(?=[/?#]|$)', link)


@pytest.mark.parametrize(('told', 'name'), MAILS)
def test_lines_of_text_are_short_but_for_links(
        site_address, mailbox, tell, told, name):
    tell(told)
    for each in text_of(mailbox.mails[0]).split('\n'):
        assert len(each) <= 72 or 'https://' in each


def test_each_sign_off_is_linked_to_its_box(site_address, mailbox, tell):
    tell(news(section(Kind.MADE, *(line(n) for n in range(1, 13)))))
    assert re.findall(
        r'(?m)^  (https://\S+)$', text_of(mailbox.mails[0])) == [
            f'{SITE}/ticket/{n}#prodworkflow-box' for n in range(1, 13)]


@pytest.mark.parametrize(('head', 'alone', 'above'), [
    ('It is your turn', 'It is your turn.', 'It is your turn:'),
    ('anna says “No”', 'anna says “No”.', 'anna says “No”:'),
    ('anna says “No.”', 'anna says “No.”', 'anna says “No.”'),
    ('Why?', 'Why?', 'Why?'), ('', '', '')])
def test_sentence_ends_as_it_does_or_with_a_stop(env, head, alone, above):
    given = news(Section(Kind.GATE, head), Section(Kind.GATE, head, (line(),)))
    assert [p.head for p in letter(env, given).paragraphs] == [alone, above]


@pytest.mark.parametrize(('prefix', 'begins'), [
    pytest.param('__default__', '[2011 Prod] 1 ', id='none is set'),
    pytest.param('', '[2011 Prod] 1 ', id='empty'),
    pytest.param('(Trac)', '(Trac) [2011 Prod] 1 ', id='set')])
def test_subject_stands_behind_the_prefix_of_the_site(
        env, mailbox, tell, prefix, begins):
    env.config.set('notification', 'smtp_subject_prefix', prefix)
    tell(news(section(Kind.TURN)))
    assert mailbox.mails[0]['Subject'].startswith(begins)


def test_mails_of_one_campaign_are_one_thread_of_each_person(mailbox, tell):
    for person in ('anna', 'anna', 'bruno'):
        tell(news(section(Kind.TURN), person=person))
    first, second, other = mailbox.mails
    assert first['References'] == second['References'] == first['In-Reply-To']
    assert first['References'] != other['References']
    assert len({mail['Message-ID'] for mail in mailbox.mails}) == 3


def test_name_cannot_add_headers(mailbox, tell):
    tell(news(section(Kind.RUNNING, subject='x\r\nBcc: eve@example.org'),
              campaign='2011\r\nBcc: eve@example.org\r\n\r\nHello'))
    [mail] = mailbox.mails
    assert mail.recipients == ['anna@example.org']
    assert 'Bcc' not in mail
    assert mail['Subject'] == (
        '[2011 Bcc: eve@example.org Hello] x Bcc: eve@example.org')


def test_mail_that_fails_is_logged_and_fails_nothing(env, mailbox, tell):
    mailbox.refused = 1
    tell(news(section(Kind.TURN)))
    tell(news(section(Kind.TURN), person='bruno'))
    assert [mail.recipients for mail in mailbox.mails] == [
        ['bruno@example.org']]
    with open(f'{env.path}/log/trac.log', encoding='utf-8') as log:
        assert 'Failure sending notification' in log.read()


def test_site_without_mail_is_asked_nothing_of_subscribers(env, tell):
    tell(news(section(Kind.TURN)))  # nothing listens at port 25
