"""Receivers of events: a real HTTP server that does what a test says."""

from __future__ import annotations

import contextlib
import json
import threading
import time
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from prodworkflow.api.outbox.worker import DeliveryWorker

# The threads of a process that delivers by itself.
WORKER, SENDER = 'prodworkflow events', 'prodworkflow webhook'
MINUTE = 60 * 10**6
HOUR = 60 * MINUTE


@dataclass(frozen=True)
class Arrival:
    """A request as it came: its path, headers and body."""

    path: str
    headers: dict
    body: bytes

    @property
    def id(self):
        return self.headers['webhook-id']

    @property
    def event(self):
        return json.loads(self.body)

    @property
    def type(self):
        return self.event['type'].rpartition('.')[2]


class HttpReceiver:
    """Listens on loopback.

    `answer` is the status, or gives it for an arrival; 'hang' for no answer
    until the end, 'close' for a connection that is closed without one, 'lose'
    for one whose answer is lost, 'drip' for an endless head.  `arrivals` has
    all that came; `taken` what it took, by id.
    """

    def __init__(self, port=0):
        self.answer = 204
        self.headers = {}
        self.delay = 0
        self.arrivals = []
        self.taken = {}
        self.ended = threading.Event()
        self.came = threading.Condition()
        self.server = ThreadingHTTPServer(('127.0.0.1', port),
                                          handler(self))
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, args=(0.01,),
                         daemon=True).start()
        self.url = f'http://127.0.0.1:{self.server.server_port}/hook'

    @property
    def events(self):
        """What it has taken, each once, in the order of the first time."""
        return [a.event for a in self.taken.values()]

    @property
    def types(self):
        return [a.type for a in self.taken.values()]

    def wait(self, number, seconds=20):
        """Wait until so many different events were taken."""
        with self.came:
            assert self.came.wait_for(lambda: len(self.taken) >= number,
                                      seconds), self.types

    def keep(self, arrival, taken):
        with self.came:
            self.arrivals.append(arrival)
            if taken:
                self.taken.setdefault(arrival.id, arrival)
            self.came.notify_all()

    def close(self):
        self.ended.set()
        self.server.shutdown()
        self.server.server_close()


def handler(receiver):
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers['Content-Length']))
            arrival = Arrival(self.path, dict(self.headers), body)
            answer = receiver.answer
            if callable(answer):
                answer = answer(arrival)
            time.sleep(receiver.delay)
            receiver.keep(arrival, answer in (*range(200, 300), 'lose'))
            self.close_connection = True
            {'hang': lambda: receiver.ended.wait(60), 'drip': self._drip,
             'close': lambda: None, 'lose': lambda: None}.get(
                answer, lambda: self._answer(answer))()

        def _answer(self, status):
            self.send_response(status)
            for name, value in receiver.headers.items():
                self.send_header(name, value)
            self.end_headers()

        def do_GET(self):
            receiver.keep(Arrival(self.path, dict(self.headers), b''), False)
            self.send_response(200)
            self.end_headers()

        def _drip(self):
            with contextlib.suppress(OSError):
                self.wfile.write(b'HTTP/1.1 200 OK\r\nX-Slow: ')
                while not receiver.ended.wait(0.05):
                    self.wfile.write(b'x')

        def log_message(self, *args):
            pass
    return Handler


class Clock:
    """The time that deliveries go by; tests set it."""

    def __init__(self, now):
        self.now = now

    def __call__(self):
        return self.now


def wait_for_threads():
    """Wait until no thread delivers by itself any more."""
    for thread in threading.enumerate():
        if thread.name in (WORKER, SENDER):
            thread.join(20)


@pytest.fixture
def workers(monkeypatch):
    """The processes' own that have begun to deliver in this test."""
    begun, begin = [], DeliveryWorker._start

    def beginning(worker):
        begun.append(worker)
        begin(worker)
    monkeypatch.setattr(DeliveryWorker, '_start', beginning)
    return begun


@pytest.fixture
def receivers(workers):
    """Makes receivers; each is closed after the test, and nobody delivers.

    Who has something to try again would wait for that, long after the test.
    """
    made = []

    def make(port=0):
        made.append(HttpReceiver(port))
        return made[-1]
    yield make
    for each in made:
        each.close()
    for worker in workers:
        worker.finish()
    wait_for_threads()


@pytest.fixture
def receiver(receivers):
    return receivers()


@pytest.fixture
def no_worker(system):
    """The process does not deliver by itself: `deliver` and cron do."""
    system.context.worker.finish()
    return system
