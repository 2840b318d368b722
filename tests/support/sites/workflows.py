"""Workflows of sites, as their `[ticket-workflow]` sections hold them."""

from __future__ import annotations

import configparser
from pathlib import Path

SECTION = 'ticket-workflow'


def _read():
    parser = configparser.RawConfigParser()
    parser.read(Path(__file__).parents[2] / 'data' / 'workflows.ini',
                encoding='utf-8')
    return {name: dict(parser[name]) for name in parser.sections()}


# Each maps options to texts, in the order of the file.
WORKFLOWS = _read()
# The actions by which a contact closes a ticket that was just made, where
# Trac's page offers some; the last one closes.
CLOSING = {
    **dict.fromkeys(WORKFLOWS, ('resolve',)), 'simple': ('resolve_new',),
    'enterprise': ('test', 'resolve'), 'reviewed': (),
    'german': ('schliessen',)}
# The status of a ticket that was just made, and of one that was reopened.
FIRST = {**dict.fromkeys(WORKFLOWS, 'new'), 'german': 'neu',
         'untriaged': 'untriaged'}
REOPENED = {
    **dict.fromkeys(WORKFLOWS, 'new'),
    **dict.fromkeys(('basic', 'original', 'two-ends', 'verified'),
                    'reopened'),
    'german': 'offen', 'untriaged': 'again', 'two-reopenings': 'waiting',
    'set-owner': 'assigned'}


def use_workflow(config, name):
    """Let a site have one of these workflows in place of its own."""
    for option, _ in list(config.options(SECTION)):
        config.remove(SECTION, option)
    for option, text in WORKFLOWS[name].items():
        config.set(SECTION, option, text)
