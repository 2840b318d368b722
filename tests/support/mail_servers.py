"""SMTP servers that keep what they get, stay silent, or refuse."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from contextlib import closing
from email import message_from_bytes
from email.policy import default

import pytest
from aiosmtpd.controller import Controller

from prodworkflow.store.process_lock import _locks

LIST = 'list@example.org'
ROWS = ('SELECT id FROM prodworkflow_campaign', 'SELECT id FROM ticket',
        'SELECT name FROM milestone')


class Mailbox:
    """An SMTP server that keeps what it gets.

    The `recipients` of a mail are the addresses that it was sent to;
    `subjects` are those of the mails so far, without the project's name;
    `locked` are those of them that came while anybody who writes would have
    had to wait.  The next `refused` mails are refused.  `silence` makes the
    next ones wait for `speak`.
    """

    def __init__(self, env):
        self.env = env
        self.mails = []
        self.locked = []
        self.refused = 0
        self.asked, self._spoken = threading.Event(), threading.Event()
        self._silent = 0

    @property
    def subjects(self):
        return [mail['Subject'].replace('[Tests] ', '')
                for mail in self.mails]

    def silence(self, mails=1):
        self._silent = mails

    def speak(self):
        self._spoken.set()

    async def handle_EHLO(self, server, session, envelope, name, responses):
        session.host_name = name
        self.asked.set()
        if self._silent:
            self._silent -= 1
            while not self._spoken.is_set():
                await asyncio.sleep(0.01)
        return responses

    async def handle_MAIL(self, server, session, envelope, address, options):
        if self.refused:
            self.refused -= 1
            return '550 Not from you'
        envelope.mail_from = address
        return '250 OK'

    async def handle_DATA(self, server, session, envelope):
        mail = message_from_bytes(envelope.content, policy=default)
        mail.recipients = sorted(set(envelope.rcpt_tos))
        self.mails.append(mail)
        if not (nobody_waits(self.env) and process_is_free()):
            self.locked.append(mail['Subject'])
        return '250 OK'


def body_of(mail):
    """What a mail says in plain text."""
    return next(part.get_content() for part in mail.walk()
                if part.get_content_type() == 'text/plain')


def html_of(mail):
    """What a mail says in HTML; None if it is text alone."""
    return next((part.get_content() for part in mail.walk()
                 if part.get_content_type() == 'text/html'), None)


def nobody_waits(env):
    """Whether no row or database that a sign-off changes is locked."""
    kind, _, place = env.config.get('trac', 'database').partition(':')
    if kind == 'sqlite':
        return _sqlite_is_free(f'{env.path}/{place}')
    try:
        with env.db_transaction as db:
            for rows in ROWS:
                db(f'{rows} FOR UPDATE NOWAIT')
    except env.db_exc.OperationalError:
        return False
    return True


def _sqlite_is_free(path):
    with closing(sqlite3.connect(path, timeout=0)) as database:
        try:
            database.execute('BEGIN IMMEDIATE')
        except sqlite3.OperationalError:
            return False
        return True


def process_is_free():
    """Whether no other thread has a lock of those that write."""
    for lock in list(_locks.values()):
        if not lock.acquire(blocking=False):
            return False
        lock.release()
    return True


def use_mail(env, port, **options):
    """Have a site send mail to that port; all tickets' also to a list."""
    for name, value in {
            'smtp_enabled': 'true', 'smtp_server': '127.0.0.1',
            'smtp_port': str(port), 'smtp_always_bcc': LIST,
            **options}.items():
        env.config.set('notification', name, value)
    env.config.save()


@pytest.fixture
def mailbox(env, unused_tcp_port_number):
    """A mail server that the site uses, which gets a mail of each event."""
    box = Mailbox(env)
    server = Controller(box, '127.0.0.1', unused_tcp_port_number)
    server.start()
    use_mail(env, unused_tcp_port_number)
    yield box
    box.speak()
    server.stop()
