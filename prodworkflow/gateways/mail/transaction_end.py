"""Transaction end: what is done only once a thread's changes are committed.

By then no lock is held any more and the connection is given back, so nobody
waits for it, however long it takes.  Trac calls nothing after a commit; so
the connection of the open transaction is followed to its end.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from trac.db.api import DatabaseManager
from trac.db.pool import PooledConnection
from trac.util.text import exception_to_unicode

from prodworkflow import store

Act = Callable[[], None]


ENDING = '_prodworkflow_ending'


def is_under_way(env: Any) -> bool:
    """Whether this thread has a transaction open, or the process lock."""
    return not store.is_free() or _local(env).wdb is not None


def after_transaction(env: Any, act: Act) -> None:
    """Do something when this thread's transaction and lock have ended.

    In order, and never if it is rolled back.  At once, with its errors, where
    neither is under way; later its errors are logged.
    """
    if not is_under_way(env):
        act()
        return
    careful = partial(_log_failure, env, act)
    local = _local(env)
    if local.wdb is None:
        store.when_free(careful)
    else:
        _ending(local).waiting.append(careful)


def gathered_after_transaction(env: Any, act: Callable[[list[Any]], None],
                               items: list[Any]) -> None:
    """The same with what is told: all of one transaction is handed over once.

    Where a transaction of Trac or another plugin holds several of ours.
    """
    local = _local(env)
    if local.wdb is None:
        after_transaction(env, partial(act, items))
        return
    gathered = _ending(local).gathered
    if act not in gathered:
        gathered[act] = []
        after_transaction(env, partial(act, gathered[act]))
    gathered[act] += items


class _Ending:
    """The end of one transaction, by the connection that is told of it.

    `pooled` is closed last, when nobody uses the connection any more.
    """

    def __init__(self, connection: Any, pooled: PooledConnection) -> None:
        self.waiting: list[Act] = []
        self.gathered: dict[Callable[[list[Any]], None], list[Any]] = {}
        self._connection = connection
        self._pooled = pooled
        vars(connection).update({ENDING: self, 'commit': self._commit,
                                 'rollback': self._rollback})

    def _commit(self) -> None:
        self._unhook()
        self._connection.commit()
        close = self._pooled.close
        vars(self._pooled)['close'] = partial(self._close, close)

    def _rollback(self) -> None:
        self._unhook()
        self._connection.rollback()

    def _unhook(self) -> None:
        for name in (ENDING, 'commit', 'rollback'):
            del vars(self._connection)[name]

    def _close(self, close: Act) -> None:
        vars(self._pooled).pop('close', None)
        close()
        for act in self.waiting:
            store.when_free(act)


def _ending(local: Any) -> _Ending:
    """The end of the transaction that is open."""
    connection = local.wdb.cnx
    found: _Ending | None = vars(connection).get(ENDING)
    return found or _Ending(connection, local.wdb if isinstance(
        local.wdb, PooledConnection) else local.rdb)


def _log_failure(env: Any, act: Act) -> None:
    try:
        act()
    except Exception as error:
        env.log.error('Failure after a transaction: %s',
                      exception_to_unicode(error, traceback=True))


def _local(env: Any) -> Any:
    return DatabaseManager(env)._transaction_local
