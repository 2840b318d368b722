"""Schema version: refuses writes by a node that runs other code.

Trac compares versions when a process opens the environment, and never again; a
worker may live on while the database is upgraded from another node.
"""

from __future__ import annotations

from typing import Any

from trac.web.api import HTTPServiceUnavailable

from prodworkflow.domain.text import Message
from prodworkflow.store.upgrades import NAME, VERSION


class Outdated(HTTPServiceUnavailable):
    """The database was upgraded under a node that runs other code.

    Pages answer it with status 503.
    """


def version_column(db: Any) -> str:
    """The SQL expression of the database's schema version."""
    return f"(SELECT value FROM {db.quote('system')} WHERE name='{NAME}')"


def lock_version(db: Any) -> None:
    """Lock the row of the version until the transaction ends.

    Upgrades and all who create campaigns wait for each other.
    """
    db(f"""UPDATE {db.quote('system')} SET value=value
           WHERE name='{NAME}'""")


def version_mismatch(found: str | None) -> str:
    """What is wrong with a database of this version; '' if nothing."""
    if found == str(VERSION):
        return ''
    return Message(
        'the database is of version %(found)s and this node runs '
        'prodworkflow for version %(version)s: install the same version'
        ' on all nodes, run "trac-admin ENV upgrade" and start them '
        'again',
        found=found or Message('none'), version=VERSION)


def require_current(found: str | None) -> None:
    """Raise Outdated unless this node may write a database of this version."""
    words = version_mismatch(found)
    if words:
        raise Outdated(Message('Nothing was changed: %(why)s.', why=words))
