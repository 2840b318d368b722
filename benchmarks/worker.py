"""A process that serves one variant; it is told on stdin what to measure.

The plain one never imports the plugin: what is only loaded costs as well.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict

PLUGIN = 'prodworkflow'


class _Hidden:
    """Makes it as if the plugin were not installed."""

    def find_spec(self, name, path=None, target=None):
        if name.partition('.')[0] == PLUGIN:
            raise ModuleNotFoundError(f'{name} is not installed here')


class Worker:
    """Such a process, as seen from the one that measures."""

    def __init__(self, path, plain=False):
        command = [sys.executable, '-W', 'ignore', '-m', __name__, path]
        self.process = subprocess.Popen(  # noqa: S603 (this very program)
            command + ['plain'] * plain, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, text=True)

    def get(self, url, user='coordinator'):
        return self.command('ask', url, user, None)

    def post(self, url, form, user='coordinator'):
        return self.command('ask', url, user, form)

    def command(self, *command):
        """Have something done; its answer as a dict."""
        print(json.dumps(command), file=self.process.stdin, flush=True)
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError('a measuring process has died')
        return json.loads(line)

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def main(path, plain=False):
    """Do what is asked for until stdin ends."""
    if plain:
        sys.meta_path.insert(0, _Hidden())
    from . import requests
    from .commands import COMMANDS
    for line in sys.stdin:
        name, *args = json.loads(line)
        if name == 'ask':
            answer = requests.ask(path, *args)
        else:
            answer = COMMANDS[name](path, *args)
        print(json.dumps(asdict(answer)), flush=True)


if __name__ == '__main__':
    main(sys.argv[1], sys.argv[2:] == ['plain'])
