"""Database servers: a missing one fails the suite and says what to install."""

from __future__ import annotations

import pytest

from support.database_servers import MariaDB, Postgres, Server


class Unheard(Server):
    """A server that no machine has."""

    name = 'unheard'
    package = 'unheard-of'
    owner = 'nobody-at-all'


@pytest.mark.parametrize('kind', [Postgres, MariaDB])
def test_missing_database_program_is_an_error_that_names_the_package(kind):
    with pytest.raises(RuntimeError, match=f'package {kind.package}'):
        object.__new__(kind).program('no-such-program')


def test_missing_database_user_is_an_error_that_names_the_package():
    server = object.__new__(Unheard)
    with pytest.raises(RuntimeError, match='nobody-at-all is not there'):
        server.account()
