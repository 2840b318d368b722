"""Template versions: append-only storage; no version is overwritten."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from prodworkflow.domain.template.versions import TemplateVersion
from prodworkflow.store.lookups import NULL

COLUMNS = 'name, version, title, digest, author, time, reason, removed'


PLACES = ','.join(['%s'] * 9)


def last_templates(env: Any) -> list[TemplateVersion]:
    """The latest version of each template, by name."""
    return [_kept(row) for row in env.db_query(f"""
        SELECT {COLUMNS} FROM prodworkflow_template AS t
        WHERE version=(SELECT MAX(version) FROM prodworkflow_template AS o
                       WHERE o.name=t.name)
        ORDER BY name""")]


def template_versions(env: Any, name: str) -> list[TemplateVersion]:
    """All versions of a template, the latest first."""
    if NULL in name:
        return []
    return [_kept(row) for row in env.db_query(f"""
        SELECT {COLUMNS} FROM prodworkflow_template WHERE name=%s
        ORDER BY version DESC""", (name,))]


def template_text(env: Any, name: str, version: int) -> str:
    """The text of one version; '' if there is none."""
    if NULL in name:
        return ''
    for text, in env.db_query("""
            SELECT text FROM prodworkflow_template
            WHERE name=%s AND version=%s""", (name, version)):
        return text or ''
    return ''


def keep_template(env: Any, kept: TemplateVersion, text: str) -> None:
    """Insert a version; `db_exc.IntegrityError` if its number is taken.

    So of two who save at once only one succeeds.
    """
    env.db_transaction(f"""
        INSERT INTO prodworkflow_template ({COLUMNS}, text)
        VALUES ({PLACES})""",
                       (kept.name, kept.version, kept.title, kept.digest,
                        kept.author,
                        kept.time, kept.reason, int(kept.removed), text))


def campaigns_of_templates(env: Any) -> dict[tuple[str, int], list[str]]:
    """The names of campaigns, by name and version of their template."""
    found: dict[tuple[str, int], list[str]] = {}
    for template, version, name in env.db_query("""
            SELECT template, template_version, name
            FROM prodworkflow_campaign WHERE phase<>'removed'
            ORDER BY id"""):
        found.setdefault((template or '', int(version or 0)), []).append(name)
    return found


def _kept(row: Sequence[Any]) -> TemplateVersion:
    name, version, title, digest, author, time, reason, removed = row
    return TemplateVersion(name, int(version), title or '', digest or '',
                           author or '',
                           int(time or 0), reason or '', bool(removed))
