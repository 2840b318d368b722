"""MariaDB connector: transactions are READ COMMITTED, as in PostgreSQL.

MariaDB's default shows a whole transaction what its first statement saw.
Where Trac has read anything before a campaign's lock is taken, what others
committed meanwhile would stay hidden behind that lock.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from trac.core import implements
from trac.db.api import IDatabaseConnector
from trac.db.mysql_backend import MySQLConnector

COMMAND = 'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED'


class ReadCommittedConnector(MySQLConnector):
    """Connects to MariaDB with the isolation level `READ COMMITTED`.

    Takes the place of Trac's own connector as long as it is enabled. An
    `init_command` in the connection string is left alone, and has to set the
    level itself.
    """

    implements(IDatabaseConnector)

    # IDatabaseConnector methods

    def get_supported_schemes(self) -> Iterator[tuple[str, int]]:
        yield 'mysql', 2

    def get_connection(self, path: str, log: Any = None,
                       user: str | None = None, password: str | None = None,
                       host: str | None = None, port: int | None = None,
                       params: dict[str, Any] | None = None) -> Any:
        return super().get_connection(
            path, log, user, password, host, port,
            {'init_command': COMMAND, **(params or {})})
