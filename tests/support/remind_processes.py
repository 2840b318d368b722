"""Processes that remind at once, as cron does on several nodes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

LISTENER = '''\
from trac.core import Component, implements
from prodworkflow.api import ICampaignListener


class Heard(Component):
    """Hears what people are told, in place of mail."""
    implements(ICampaignListener)

    def person_told(self, news):
        pass
'''


def listen(env):
    """Have somebody hear what people are told, in every process of a site."""
    (Path(env.path) / 'plugins' / 'heard.py').write_text(LISTENER,
                                                         encoding='utf-8')
    env.config.set('components', 'heard.*', 'enabled')
    env.config.save()


def remind_at_once(path, processes=3):
    """What processes that begin together print; each has to succeed."""
    begun = [subprocess.Popen(
        [sys.executable, '-W', 'ignore', '-m', 'trac.admin.console',
         str(path), 'campaign', 'remind'], stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True) for _ in range(processes)]
    found = [process.communicate() for process in begun]
    assert [p.returncode for p in begun] == [0] * processes, found
    return [out for out, _ in found]


def people_in(outputs):
    """Who was told by these outputs: campaign and person, as often as told."""
    return sorted(line for out in outputs for line in out.splitlines()
                  if ', to ' in line and line.endswith(':'))
