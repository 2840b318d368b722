"""The demonstration starts, stops cleanly, and goes on with what is there."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import urllib.request

import pytest
from trac.env import Environment
from trac.ticket.model import Component, Milestone, Ticket, Version

from prodworkflow import demo
from prodworkflow.api import CampaignSystem
from support.http_client import Client


class Running:
    """The demonstration as its own process, as a user starts it."""

    def __init__(self, folder):
        self.process = subprocess.Popen(
            [sys.executable, '-m', 'prodworkflow.demo', str(folder),
             '--port', '0'], stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, cwd=folder.parent)
        self.said = ''
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


def tried(running):
    """The things to try: {words: path}."""
    lines = running.said.split('Five things to try:\n')[1].split('\n\n')[0]
    return dict(re.findall(
        rf'(?m)^  (\S.*\S) +{running.site}(/\S+)$', lines))


def test_five_things_to_try_are_a_line_each_and_do_what_they_say(start):
    running = start()
    sign, close, stage, plan, gate = tried(running).items()
    anna = Client(running.site, 'anna')
    coordinator = Client(running.site, 'coordinator')
    assert sign == ('anna: sign off #3', '/ticket/3')
    assert '>Sign off</button>' in anna.get(sign[1]).text
    assert close == ("anna: close #4, bruno's", '/ticket/4')
    refused = anna.resolve(4)
    assert refused.status == 409
    assert 'bruno' in refused.text
    assert stage == ('coordinator: close a stage', '/roadmap')
    path = re.search(r'href="(/milestone/2011[^"]*)"',
                     coordinator.get(stage[1]).text)[1]
    refused = coordinator.post(path, {
        'action': 'edit', 'completed': 'on', 'save': '1',
        'completeddate': '2026-01-01T00:00:00Z',
        'name': '2011 Prod: 1. Software preparation'})
    assert refused.status == 409
    assert '#3' in refused.text
    assert plan == ('coordinator: plan another',
                    '/admin/production/campaigns')
    assert 'id="prodworkflow-create"' in coordinator.get(plan[1]).text
    assert gate == ('scripts: may it start?', '/campaign/2011%20Prod/gate')
    answer = Client(running.site).get(gate[1])
    assert answer.status == 409
    assert json.loads(answer.text)['open'] is False
    assert all(len(line) <= 80 for line in running.said.splitlines()
               if '/tmp' not in line)


def test_demo_lists_requests_in_a_file_and_not_on_the_terminal(
        start, tmp_path):
    running = start()
    Client(running.site).get('/roadmap')
    Client(running.site).get('/no%1bsuch%0apage')
    assert running.stop(signal.SIGINT) == (
        0, 'Stopped. Start again to go on with what is there.')
    log = tmp_path / 'demo-trac' / 'log' / 'access.log'
    assert f'Requests are listed in {log}\n' in running.said
    first, second = log.read_text(encoding='utf-8').splitlines()
    assert re.fullmatch(r'127\.0\.0\.1 - - \[[^\]]+\] '
                        r'"GET /roadmap HTTP/1\.1" 200 -', first)
    assert '"GET /no%1bsuch%0apage HTTP/1.1" 404 -' in second


def test_demo_says_what_it_does_while_it_is_made(tmp_path, capsys):
    folder = str(tmp_path / 'trac')
    demo.prepare(folder)
    assert capsys.readouterr().out.splitlines() == [
        f'Making the demonstration in {folder}',
        '    a Trac environment with the plugin ...',
        '    the users coordinator, anna, bruno ...',
        '    the campaign 2011 Prod: its milestones and 7 sign-off tickets '
        '...',
        '    2 of the sign-offs ...']
    demo.prepare(folder)
    assert capsys.readouterr().out == (
        f'Going on with the demonstration in {folder}\n')


def test_demo_has_only_what_the_campaign_made(tmp_path):
    """None of the milestones, components and versions of Trac's examples."""
    demo.prepare(str(tmp_path / 'trac'))
    env = Environment(str(tmp_path / 'trac'))
    assert [m.name for m in Milestone.select(env)] == [
        '2011 Prod: 1. Software preparation',
        '2011 Prod: 2. Release validation', '2011 Prod: 3. pre-production']
    assert [c.name for c in Component.select(env)] == []
    assert [v.name for v in Version.select(env)] == ['V1.0']
    env.shutdown()


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
