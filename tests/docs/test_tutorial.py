"""The tutorial is done as it stands there: each command and each page.

Nothing of it is repeated here.  The pages are read in the order of their
index; a change of the text changes the test.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import textwrap
import time
import urllib.error
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from support.http_client import Client
from support.page_forms import words
from support.visitor import Visitor

TOOLS = ('bash', 'openssl', 'curl')
pytestmark = [
    pytest.mark.only('sqlite'),  # the tutorial makes an environment of its own
    pytest.mark.skipif(not all(map(shutil.which, TOOLS)),
                       reason=f'it needs {", ".join(TOOLS)}')]

FOLDER = Path(__file__).parents[2] / 'docs' / 'tutorial'
PORT = '8000'
BLOCK = re.compile(r'(?m)^\.\. code-block:: console\n\n((?: {3}.*\n|\n)+)')
STEP = re.compile(r'(?m)^:(\w[\w ]*): (.+)$')
PROGRAMS = {'trac-admin': 'trac.admin.console', 'pip': 'pip',
            'tracd': 'trac.web.standalone'}
DONE = 'done:'


@dataclass(frozen=True)
class Command:
    """What is typed in the shell, and the lines that follow it there."""

    line: str
    answer: tuple[str, ...]


@dataclass(frozen=True)
class Step:
    """One line of what is done in a browser: a verb and its object."""

    verb: str
    what: str


def pages():
    index = (FOLDER / 'index.rst').read_text(encoding='utf-8')
    names = re.findall(r'(?m)^   (\w+)$', index.partition('toctree::')[2])
    return [(FOLDER / f'{name}.rst').read_text(encoding='utf-8')
            for name in names]


def parsed(text):
    """The commands and steps of one page, in order."""
    found = [(m.start(), commands_of(textwrap.dedent(m[1])))
             for m in BLOCK.finditer(text)]
    found += [(m.start(), [Step(m[1], m[2])]) for m in STEP.finditer(text)]
    return [each for _, group in sorted(found, key=lambda f: f[0])
            for each in group]


def commands_of(block):
    found, lines = [], iter(block.rstrip().splitlines())
    for line in lines:
        if not line.startswith('$ '):
            found[-1][1].append(line)
            continue
        typed = [line[2:]]
        while typed[-1].endswith('\\'):
            typed.append(next(lines))
        found.append(('\n'.join(typed), []))
    return [Command(line, tuple(answer)) for line, answer in found]


class Shell:
    """One shell in an empty folder, as the reader has one."""

    def __init__(self, folder, port):
        self.port, programs = port, folder / 'bin'
        programs.mkdir()
        for name, module in PROGRAMS.items():
            (programs / name).write_text(
                f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -W ignore '
                f'-m {module} "$@"\n', encoding='utf-8')
            (programs / name).chmod(0o755)
        (folder / 'home').mkdir()
        self.folder = folder / 'home'
        self.process = subprocess.Popen(
            ['bash', '--norc'], cwd=self.folder, text=True,
            encoding='utf-8', stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, env={
                **os.environ, 'LC_ALL': 'C.UTF-8', 'PIP_NO_INDEX': '1',
                'PIP_DISABLE_PIP_VERSION_CHECK': '1',
                'PATH': f'{programs}{os.pathsep}{os.environ["PATH"]}'})

    def run(self, command):
        """What the command prints, its errors too; it has to succeed."""
        line = command.line.replace(PORT, self.port)
        self.process.stdin.write(f'{line}\necho "{DONE}$?"\n')
        self.process.stdin.flush()
        told = []
        for answer in self.process.stdout:
            if answer.startswith(DONE):
                assert answer == f'{DONE}0\n', (command.line, told)
                return told
            told.append(answer.rstrip())
        raise AssertionError(f'the shell ended: {command.line} {told}')

    def close(self):
        with suppress(OSError, ValueError):
            os.kill(int((self.folder / 'production' / 'tracd.pid')
                        .read_text()), signal.SIGTERM)
        self.process.kill()
        self.process.communicate()


class Browser:
    """Does in a browser what the lines of a step say, one after another."""

    def __init__(self, site):
        self.site, self.users = site, {}
        self.visitor, self.changes = None, []

    def do(self, step):
        said = [''.join(m) for m in re.findall(r'``(.+?)``|\*(.+?)\*',
                                               step.what)]
        verb = step.verb.lower().replace(' ', '_')
        getattr(self, {'as': 'as_'}.get(verb, verb))(*said)

    def as_(self, user):
        if user not in self.users:
            self.users[user] = Visitor(Client(self.site, user))
        self.visitor = self.users[user]

    def open(self, address):
        assert address.startswith(f'http://127.0.0.1:{PORT}/'), address
        page = self.visitor.open(address.partition(PORT)[2])
        assert 'Trac Error' not in page.text, page.text
        self.changes = []

    def fill_in(self, label, value):
        self.changes.append((label, value))

    def tick(self, label):
        self.changes.append((label, ''))

    def press(self, label):
        self.visitor.press(label, self.changes)
        self.changes = []

    def see(self, text):
        assert self.visitor.sees(text), (text, self.visitor.page.text)


def matches(told, expected):
    """Whether an answer is the expected one, where `…` stands for anything.

    Alone in a line it stands for any number of lines, none included.
    """
    pattern = ''
    for line in expected:
        if line.strip() == '…':
            pattern += r'(?:.*\n)*?'
        else:
            pattern += '.*'.join(map(re.escape, words_of(line))) + r'\n'
    text = ''.join(f'{line}\n' for line in map(words, told) if line)
    return re.fullmatch(pattern, text) is not None


def words_of(line):
    return [words(part) if part.strip() else part
            for part in re.split(r' ?… ?', words(line))]


@pytest.fixture
def shell(tmp_path, unused_tcp_port_number):
    made = Shell(tmp_path, str(unused_tcp_port_number))
    yield made
    made.close()


def wait_for(site):
    """Trac's server needs a moment after its command has returned."""
    for _ in range(300):
        with suppress(urllib.error.URLError):
            if Client(site).get('/about').status == 200:
                return
        time.sleep(0.1)


def test_the_tutorial_is_done_as_it_stands(shell):
    site = f'http://127.0.0.1:{shell.port}'
    browser, done = Browser(site), 0
    for each in [e for page in pages() for e in parsed(page)]:
        if isinstance(each, Command):
            told = shell.run(each)
            shown = [line.replace(shell.port, PORT) for line in told]
            assert matches(shown, each.answer), (each, told)
            if each.line.startswith('tracd'):
                wait_for(site)
        else:
            browser.do(each)
        done += 1
    assert done > 50


def test_every_line_of_the_tutorial_that_is_typed_is_tried():
    """No command hides in a block of another kind."""
    for text in pages():
        blocks = ''.join(m[1] for m in BLOCK.finditer(text))
        assert re.findall(r'(?m)^ *\$ ', text) == re.findall(
            r'(?m)^ *\$ ', blocks)
        assert '::\n' not in BLOCK.sub('', text)


@pytest.mark.parametrize(('told', 'expected', 'fits'), [
    pytest.param(['a  b', ''], ['a b'], True, id='white space'),
    pytest.param(['due 2011-06-29)'], ['due …)'], True, id='within a line'),
    pytest.param(['a', 'b', 'c'], ['a', '…', 'c'], True, id='lines'),
    pytest.param(['a', 'b'], ['a'], False, id='more than expected'),
    pytest.param([], ['a'], False, id='less than expected'),
])
def test_answers_are_compared_with_what_is_printed(told, expected, fits):
    assert matches(told, expected) == fits
