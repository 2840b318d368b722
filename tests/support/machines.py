"""Scripts for machines: run as they are, against real and odd servers."""

from __future__ import annotations

import contextlib
import os
import re
import socketserver
import subprocess
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

MACHINES = Path(__file__).parents[2] / 'contrib' / 'machines'
GITLAB = MACHINES / 'gitlab-ci.yml'
GITHUB = MACHINES / 'github-report' / 'action.yml'


@dataclass(frozen=True)
class Ran:
    """How a script ended, and what it wrote."""

    code: int
    out: str
    err: str


@pytest.fixture
def run(tmp_path):
    """Runs a command, with nothing in its environment but what is given."""
    def running(*command, script=None, given=None, **variables):
        done = subprocess.run(
            [str(each) for each in command], text=True, capture_output=True,
            input=script if given is None else given, cwd=tmp_path,
            timeout=120, check=False,
            env={'PATH': os.environ['PATH'], 'HOME': str(tmp_path),
                 'PYTHONDONTWRITEBYTECODE': '1', **variables})
        return Ran(done.returncode, done.stdout, done.stderr)
    return running


def lines_of(path):
    """The lines of shell in a file of YAML: the block behind its last bar."""
    block = re.split(r'(?m)^ *(?:- |run: )\|\n', path.read_text())[-1]
    indent = len(block) - len(block.lstrip(' '))
    return ''.join(line[indent:] if line.strip() else line
                   for line in block.splitlines(keepends=True))


@dataclass
class OddServer:
    """Answers all requests alike, and keeps what was asked.

    `delay` is an event that it waits for, before it answers.
    """

    status: int = 200
    body: bytes = b''
    headers: dict = field(default_factory=dict)
    delay: threading.Event | None = None
    asked: list = field(default_factory=list)
    address: str = ''


@pytest.fixture
def odd_server():
    """Starts servers that answer as they are told."""
    running = []

    def start(**given):
        odd = OddServer(**given)

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                length = int(self.headers.get('Content-Length') or 0)
                odd.asked.append((self.command, self.path,
                                  dict(self.headers),
                                  self.rfile.read(length)))
                if odd.delay:
                    odd.delay.wait()
                self.send_response(odd.status)
                for name, value in odd.headers.items():
                    self.send_header(name, value)
                self.send_header('Content-Length', str(len(odd.body)))
                self.end_headers()
                self.wfile.write(odd.body)

            do_POST = do_GET

            def log_message(self, *args):
                """Say nothing."""

        server = ThreadingHTTPServer(('127.0.0.1', 0), Handler)
        server.daemon_threads = True
        odd.address = f'http://127.0.0.1:{server.server_port}'
        threading.Thread(target=server.serve_forever, args=(0.01,),
                         daemon=True).start()
        running.append((server, odd))
        return odd
    yield start
    for server, odd in running:
        if odd.delay:
            odd.delay.set()
        server.shutdown()
        server.server_close()


@pytest.fixture
def raw_server():
    """Starts servers that answer all requests with the same bytes."""
    with contextlib.ExitStack() as stack:
        def start(answer):
            class Handler(socketserver.BaseRequestHandler):
                def handle(self):
                    while not self.request.recv(2**16).endswith(
                            (b'\r\n\r\n', b'}')):
                        pass
                    with contextlib.suppress(OSError):
                        self.request.sendall(answer)
            server = stack.enter_context(socketserver.ThreadingTCPServer(
                ('127.0.0.1', 0), Handler))
            server.daemon_threads = True
            stack.callback(server.shutdown)
            threading.Thread(target=server.serve_forever, args=(0.01,),
                             daemon=True).start()
            return 'http://{}:{}'.format(*server.server_address)
        yield start
