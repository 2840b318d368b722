"""Copies of Trac environments, each with a copy of its database."""

from __future__ import annotations

import contextlib
import functools
import gc
import os
import shutil
import types

import jinja2
import trac.env
from trac.loader import load_components
from trac.web import chrome
from trac.web import main as trac_requests

# Setting aside what is loaded takes long in a process of many tests; they do
# it once.
OPTIONS = [
    ('project', 'name', 'Tests'),
    ('components', 'prodworkflow.*', 'enabled'),
    ('components', 'prodworkflow.loading.*', 'disabled'),
    ('components', 'tracopt.ticket.*', 'enabled'),
]
# Where a plugin keeps which address of a user it has verified.
VERIFIED = []


def look_for_plugins_once():
    """Have Trac look for installed plugins once, not for each environment.

    Nothing is installed while tests run, and it takes half as long as a test.
    """
    looked = []

    def load(env, extra_path=None):
        if not looked or extra_path or os.listdir(env.plugins_dir):
            load_components(env, extra_path)
            looked.append(env.path)
    trac.env.load_components = load


class Compiled(jinja2.BytecodeCache):
    """Jinja's compiled templates; as HTML and as text they are two."""

    def __init__(self):
        self._kept = {}

    def load_bytecode(self, bucket):
        """Give what is kept of a template, if its source is the same."""
        with contextlib.suppress(KeyError):
            bucket.bytecode_from_string(self._kept[self._key(bucket)])

    def dump_bytecode(self, bucket):
        """Keep what was compiled."""
        self._kept[self._key(bucket)] = bucket.bytecode_to_string()

    def _key(self, bucket):
        return bucket.key, bool(bucket.environment.autoescape)


def compile_templates_once():
    """Have templates compiled once, not anew for each environment.

    It takes a third of the time of a test of pages.
    """
    chrome.jinja2env = functools.partial(chrome.jinja2env,
                                         bytecode_cache=Compiled())


def look_for_young_garbage():
    """Have Trac look for garbage after each request among what is young.

    To look through all takes a third of the time of a request; what is older
    is found by Python, and between the tests.
    """
    trac_requests.gc = types.SimpleNamespace(
        collect=functools.partial(gc.collect, 1))


def forget(path):
    """Let go of an environment that Trac keeps open for later requests.

    Trac looks for garbage after each request, through all that is kept.
    """
    with trac.env.env_cache_lock:
        trac.env.env_cache.pop(str(path), None)


def copied(database, source, target):
    """Copy an environment's folder and database; the connection string."""
    shutil.copytree(source, target)
    new = database.copy(uri_of(target))
    point(target, new)
    return new


def point(folder, uri):
    """Let an environment use another database."""
    ini = folder / 'conf' / 'trac.ini'
    text = ini.read_text(encoding='utf-8')
    ini.write_text(text.replace(f'database = {uri_of(folder)}\n',
                                f'database = {uri}\n'), encoding='utf-8')


def uri_of(folder):
    """The connection string of an environment's database."""
    text = (folder / 'conf' / 'trac.ini').read_text(encoding='utf-8')
    return next(line.partition('=')[2].strip() for line in text.splitlines()
                if line.startswith('database ='))
