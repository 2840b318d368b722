"""Puts a plugin into every environment of the process, or keeps it out.

Python imports a module of this name by itself, so the processes that Trac's
tests start are reached as well. Nothing of Trac is edited.
"""

from __future__ import annotations

import os

import pkg_resources
import trac.env
from trac.core import ComponentMeta
from trac.env import Environment, IEnvironmentSetupParticipant

PLUGIN = os.environ.get('TRACSUITE_PLUGIN', '')


def hide(name):
    """Let Trac's plugin loader find no entry point of that package."""
    working_set = pkg_resources.working_set
    working_set.by_key.pop(name, None)
    for keys in working_set.entry_keys.values():
        if name in keys:
            keys.remove(name)


def ours(cls):
    return cls.__module__.partition('.')[0] == PLUGIN


def enable_everywhere():
    """Enable the plugin wherever an environment's options say nothing."""
    stock = Environment.is_component_enabled

    def is_component_enabled(env, cls):
        answer = stock(env, cls)
        if answer is None and env._component_name(cls).startswith(PLUGIN):
            return True
        return answer

    Environment.is_component_enabled = is_component_enabled


def load_everywhere():
    """Load the plugin with the others, when an environment is opened."""
    stock = trac.env.load_components

    def load_components(env, *args, **kwargs):
        stock(env, *args, **kwargs)
        load()

    trac.env.load_components = load_components


def load():
    """Import the modules of the plugin that hold components."""
    for entry in pkg_resources.iter_entry_points('trac.plugins'):
        if entry.dist.key == PLUGIN:
            entry.load()
    if PLUGIN == 'bystander':
        import bystander  # noqa: F401


def participants(env):
    """The plugin's setup participants in an environment, and no others."""
    return [cls(env)
            for cls in ComponentMeta._registry[IEnvironmentSetupParticipant]
            if ours(cls) and env.is_enabled(cls)]


def upgrade_stubs():
    """Upgrade each of `trac.test.EnvironmentStub`, at every reset."""
    from trac.db.api import DatabaseManager
    from trac.test import EnvironmentStub
    stock = EnvironmentStub.reset_db

    def reset_db(env, default_data=None):
        drop(DatabaseManager(env))
        stock(env, default_data)
        for participant in participants(env):
            participant.environment_created()

    def drop(manager):
        """Stubs share a database, and Trac empties tables, no more."""
        try:
            names = [name for name in manager.get_table_names()
                     if name.startswith(PLUGIN)]
        except Exception:
            return  # there is no database yet
        if names:
            manager.drop_tables(names)

    EnvironmentStub.reset_db = reset_db


hide('prodworkflow') if PLUGIN != 'prodworkflow' else None
if PLUGIN:
    enable_everywhere()
    load_everywhere()
