"""Mail servers of sites: one that takes mail, and three that do not."""

from __future__ import annotations

import contextlib
import socket
import threading
import time

from aiosmtpd.controller import Controller

from support.mail_servers import use_mail


class Mailbox:
    """Keeps what it gets: pairs of recipients and text."""

    def __init__(self):
        self.mails = []

    async def handle_DATA(self, server, session, envelope):
        self.mails.append((sorted(envelope.rcpt_tos),
                           envelope.content.decode('utf-8')))
        return '250 OK'


class Refusing(Mailbox):
    """Knows none of the recipients."""

    async def handle_RCPT(self, server, session, envelope, address, options):
        self.mails.append(address)
        return '550 No such user'


class Silent:
    """Takes connections and says nothing.

    Of those that come during a `silence` the first waits for its end; any
    other one is hung up on after a moment, so that tests need no timeout.
    """

    MOMENT = 0.02

    def __init__(self, port):
        self.mails, self.asked = [], threading.Event()
        self._held, self._holds, self._ended = None, False, False
        self.listening = socket.create_server(('127.0.0.1', port))
        self.thread = threading.Thread(target=self._listen, daemon=True)
        self.thread.start()

    @contextlib.contextmanager
    def silence(self):
        """Let somebody wait for an answer until this ends."""
        self.asked.clear()
        self._holds = True
        try:
            yield
        finally:
            if self._held:
                self._held.close()

    def stop(self):
        self._ended = True
        with self.listening:
            socket.create_connection(self.listening.getsockname()).close()
            self.thread.join()

    def _listen(self):
        while not self._ended:
            connection, _ = self.listening.accept()
            self.mails.append('')
            if self._holds:
                self._holds, self._held = False, connection
                self.asked.set()
                continue
            with connection:
                time.sleep(self.MOMENT)


@contextlib.contextmanager
def mail_server(kind, env, port):
    """Let a site use a server of this kind, and give it."""
    if kind != 'none':
        use_mail(env, port)
    if kind in ('none', 'missing'):
        yield Mailbox()
    elif kind == 'silent':
        server = Silent(port)
        yield server
        server.stop()
    else:
        box = {'takes': Mailbox, 'refuses': Refusing}[kind]()
        server = Controller(box, '127.0.0.1', port)
        server.start()
        yield box
        server.stop()


MAIL = ('none', 'takes', 'silent', 'refuses', 'missing')
