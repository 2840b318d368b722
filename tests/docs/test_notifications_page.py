"""The guide's page on notifications names the kinds, and shows a true mail."""

from __future__ import annotations

import textwrap
from pathlib import Path

from prodworkflow.domain.news.notices import Kind
from support.notices import SUBSCRIBERS

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / 'docs' / 'guide' / 'notifications.rst').read_text(
    encoding='utf-8')
MAIL = (ROOT / 'tests' / 'data' / 'mails' / 'created.txt').read_text(
    encoding='utf-8')


def test_page_names_each_kind_and_its_subscriber():
    assert [kind.value for kind in Kind if f'\n*{kind.value}* ' not in PAGE
            or f'``{SUBSCRIBERS[kind]}``' not in PAGE] == []


def test_page_shows_a_mail_as_it_is_sent():
    headers, _, body = MAIL.partition('\n\n')
    shown = textwrap.indent(body, '    ').replace('-- \n', '--\n')
    assert shown in PAGE
    subject = headers.partition('Subject: ')[2].partition('\n')[0]
    assert f'``{subject}``' in ' '.join(PAGE.split())
