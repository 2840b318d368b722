"""A mail server that takes everything at once and counts it."""

from __future__ import annotations

import socketserver
import threading
import time

# Everybody gets each mail, so that it is three.
PEOPLE = ('one@example.org', 'two@example.org', 'three@example.org')
PATIENCE = 60  # seconds for mail that is under way


class _Session(socketserver.StreamRequestHandler):
    """One SMTP session (RFC 5321), as much of it as Trac needs."""

    def handle(self):
        self._say('220 here')
        for line in self.rfile:
            verb = line[:4].upper()
            self.server.recipients += verb == b'RCPT'
            if verb == b'DATA':
                self._say('354 go on')
                for text in self.rfile:
                    if text == b'.\r\n':
                        break
            self._say('221 bye' if verb == b'QUIT' else '250 well')
            if verb == b'QUIT':
                return

    def _say(self, words):
        self.wfile.write(f'{words}\r\n'.encode())


class MailServer(socketserver.ThreadingTCPServer):
    """It runs in the process that measures, and so costs the others none."""

    daemon_threads = True

    def __init__(self):
        super().__init__(('127.0.0.1', 0), _Session)
        self.recipients = 0
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def options(self):
        """What trac.ini has to say for its mail to come here."""
        return [('notification', name, value) for name, value in {
            'smtp_enabled': 'enabled', 'smtp_server': '127.0.0.1',
            'smtp_port': str(self.server_address[1]),
            'smtp_always_bcc': ', '.join(PEOPLE)}.items()]

    def taken(self, expected):
        """How many recipients got mail since this was asked last.

        What goes out in the background is waited for, until as many have it
        as are expected.
        """
        late = time.monotonic() + PATIENCE
        while self.recipients < expected and time.monotonic() < late:
            time.sleep(0.01)
        count, self.recipients = self.recipients, 0
        return count

    def close(self):
        self.shutdown()
        self.server_close()
