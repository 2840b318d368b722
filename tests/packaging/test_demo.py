"""The demonstration starts, stops cleanly, and goes on with what is there."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import urllib.request

import pytest
from trac.env import Environment
from trac.ticket.model import Ticket

from prodworkflow import demo
from prodworkflow.api import CampaignSystem
from support.http_client import Client


class Running:
    """The demonstration as its own process, as a user starts it."""

    def __init__(self, folder):
        self.process = subprocess.Popen(
            [sys.executable, '-m', 'prodworkflow.demo', str(folder),
             '--port', '0'], stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, text=True, cwd=folder.parent)
        self.said = ''
        self.site = None
        while 'Stop it with' not in self.said:
            line = self.process.stdout.readline()
            assert line, 'the demonstration ended before it served'
            self.said += line
        self.site = re.search(r'http://127\.0\.0\.1:\d+', self.said)[0]

    def stop(self, number):
        self.process.send_signal(number)
        out, _ = self.process.communicate(timeout=30)
        return self.process.returncode, out.strip()


@pytest.fixture
def start(tmp_path):
    """Starts the demonstration, each time in the same folder."""
    started = []

    def begin():
        started.append(Running(tmp_path / 'demo-trac'))
        return started[-1]
    yield begin
    for each in started:
        each.process.kill()
        each.process.wait()
        each.process.stdout.close()


def test_demo_serves_the_campaign_of_the_source_document_and_starts_again(
        start):
    running = start()
    page = urllib.request.urlopen(running.site + '/').read().decode()
    assert '5 of 7 sign-offs missing' in page
    for user in ('coordinator', 'anna', 'bruno'):
        assert f'{user:12} password: {user}' in running.said
        client = Client(running.site, user)
        assert f'>{user.capitalize()}<' in client.get('/roadmap').text
    client = Client(running.site, 'anna')
    assert client.resolve(3).status == 200
    code, out = running.stop(signal.SIGINT)
    assert code == 0
    assert out.startswith('Stopped.')
    running = start()
    page = urllib.request.urlopen(running.site + '/').read().decode()
    assert '4 of 7 sign-offs missing' in page
    assert running.stop(signal.SIGTERM)[0] == 0


def test_demo_has_two_of_seven_tickets_closed(tmp_path):
    demo.prepare(str(tmp_path / 'trac'))
    env = Environment(str(tmp_path / 'trac'))
    assert [(t, Ticket(env, t)['status'], Ticket(env, t)['resolution'] or '')
            for t in range(1, 8)] == [
        (1, 'closed', 'fixed'), (2, 'closed', 'fixed'), (3, 'new', ''),
        (4, 'new', ''), (5, 'new', ''), (6, 'new', ''), (7, 'new', '')]
    assert CampaignSystem(env).check(None, False, 'anna') == []
    env.shutdown()


def test_demo_refuses_a_folder_that_is_no_trac_environment(tmp_path, capsys):
    (tmp_path / 'mine').mkdir()
    (tmp_path / 'mine' / 'thesis.tex').write_text('x')
    assert demo.main([str(tmp_path / 'mine'), '--prepare']) == 2
    assert 'is no Trac environment' in capsys.readouterr().err
    assert [p.name for p in (tmp_path / 'mine').iterdir()] == ['thesis.tex']


def test_demo_that_fails_leaves_no_environment(tmp_path, monkeypatch):
    """Half a demonstration would be taken for a whole one next time."""
    monkeypatch.setattr(demo, 'SIGNED', {'no-such-requirement': ''})
    with pytest.raises(KeyError):
        demo.prepare(str(tmp_path / 'trac'))
    assert list(tmp_path.iterdir()) == []
