"""Databases of the suite: the option `--database`, and environments on it.

On another database than SQLite only those tests run that use one at all, on
`none` only the others; pytest tells how many are left out.
"""

from __future__ import annotations

import os

import pytest
from trac.env import Environment

from support.database_pool import Spares
from support.database_servers import KINDS
from support.environment_copies import copied, OPTIONS

NONE = 'none'


def pytest_addoption(parser):
    parser.addoption(
        '--database', choices=[*KINDS, NONE],
        default=os.environ.get('PRODWORKFLOW_DATABASE', 'sqlite'),
        help='the database that environments are made on '
             '(PRODWORKFLOW_DATABASE; default: sqlite)')


def pytest_report_header(config):
    return f'database: {config.option.database}'


def pytest_configure(config):
    config.addinivalue_line(
        'markers', 'only(database): what no other database has')


def pytest_collection_modifyitems(config, items):
    chosen = config.option.database
    elsewhere = [i for i in items if not _runs_on(i, chosen)]
    items[:] = [i for i in items if _runs_on(i, chosen)]
    config.hook.pytest_deselected(items=elsewhere)


def _runs_on(item, chosen):
    only = item.get_closest_marker('only')
    if only:
        return chosen in only.args
    if chosen == NONE:
        return 'database' not in item.fixturenames
    return chosen == 'sqlite' or 'database' in item.fixturenames


@pytest.fixture(scope='session')
def database(pytestconfig):
    """The database server of this run, or of this worker of it."""
    server = KINDS[pytestconfig.option.database]()
    try:
        server.start()
        yield Spares(server)
    finally:
        server.stop()


@pytest.fixture
def make_environment(database):
    """Makes Trac environments, each with a database of its own.

    Called with the path and, if they are to be others, the options of
    trac.ini; gives the environment, whose `shutdown` is the caller's.
    """
    made = []

    def make(path, options=OPTIONS):
        made.append(database.new())
        return Environment(str(path), create=True, options=[
            *options, ('trac', 'database', made[-1])])
    yield make
    for uri in made:
        database.drop(uri)


@pytest.fixture
def copy_environment(database):
    """Copies an environment that nobody uses, with its database."""
    copies = []

    def copying(source, target):
        copies.append(copied(database, source, target))
        return target
    yield copying
    for uri in copies:
        database.drop(uri)
