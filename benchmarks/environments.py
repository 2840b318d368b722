"""Environments to measure: one database, with the plugin and without."""

from __future__ import annotations

import os
import shutil
import tempfile

from trac.env import Environment, open_environment
from trac.perm import PermissionSystem

from .mail import MailServer

USER = 'coordinator'
PLAIN, ENABLED, PROVIDER, KEEPING = 'plain', 'enabled', 'provider', 'keeping'
# The same with mail switched on.
MAILING, PLAIN_MAILING = 'mailing', 'plain mailing'
VARIANTS = (ENABLED, PLAIN, PROVIDER, KEEPING, MAILING, PLAIN_MAILING)
WITHOUT = (PLAIN, PLAIN_MAILING)
COMMON = [
    ('project', 'name', 'Benchmarks'), ('header_logo', 'src', ''),
    ('logging', 'log_type', 'none'),
]
PROVIDED = [
    ('roadmap', 'stats_provider', 'BatchedStatsProvider'),
    ('milestone', 'stats_provider', 'BatchedStatsProvider'),
]


class Environments:
    """One database and an environment folder for each variant of it."""

    def __init__(self, database=None):
        self.folder = tempfile.mkdtemp(prefix='prodworkflow-benchmarks-')
        where = database or 'sqlite:' + os.path.join(self.folder, 'trac.db')
        self._make(ENABLED, where, [('components', 'prodworkflow.*',
                                     'enabled')])
        self._copy(PLAIN, [('components', 'prodworkflow.*', 'disabled')])
        self._copy(PROVIDER, PROVIDED)
        self._copy(KEEPING, [('components', 'prodworkflow.loading.*',
                              'disabled')])
        self.mail = MailServer()
        self._copy(MAILING, self.mail.options)
        self._copy(PLAIN_MAILING, [*self.mail.options, (
            'components', 'prodworkflow.*', 'disabled')])

    @property
    def env(self):
        """The environment with the plugin, to fill it with data."""
        return open_environment(self.path(ENABLED), use_cache=True)

    def path(self, variant):
        return os.path.join(self.folder, variant)

    def close(self):
        for variant in VARIANTS:
            open_environment(self.path(variant), use_cache=True).shutdown()
        self.mail.close()
        shutil.rmtree(self.folder)

    def _make(self, variant, database, options):
        env = Environment(self.path(variant), create=True, options=[
            *COMMON, ('trac', 'database', database), *options])
        PermissionSystem(env).grant_permission(USER, 'TRAC_ADMIN')
        PermissionSystem(env).grant_permission('authenticated',
                                               'TICKET_BATCH_MODIFY')
        env.shutdown()

    def _copy(self, variant, options):
        shutil.copytree(self.path(ENABLED), self.path(variant))
        env = Environment(self.path(variant))
        for section, name, value in options:
            env.config.set(section, name, value)
        env.config.save()
        env.shutdown()
