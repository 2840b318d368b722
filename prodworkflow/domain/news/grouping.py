"""Grouping: the notices of one cause for one person, as sections."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from prodworkflow.domain.news.notices import Kind, Notice, Section

# Of several that ask one requirement of somebody the first one is told.
ASKING = (Kind.REJECTED, Kind.AGAIN, Kind.MADE, Kind.WAIVERS, Kind.TURN,
          Kind.REMINDERS)


def sections(notices: Iterable[Notice]) -> tuple[Section, ...]:
    """The sections of a person's notices, in the order of `Kind`.

    One requirement is asked once.
    """
    told = _once(sorted(notices, key=_rank))
    order = list(Kind)
    found: dict[tuple[Kind, str, str], Section] = {}
    for notice in sorted(told, key=lambda n: order.index(n.kind)):
        key = notice.kind, notice.head, notice.subject
        was = found.get(key) or Section(notice.kind, notice.head,
                                        subject=notice.subject)
        if notice.line and notice.line not in was.lines:
            was = replace(was, lines=(*was.lines, notice.line))
        found[key] = was
    return tuple(found.values())


def _rank(notice: Notice) -> int:
    return ASKING.index(notice.kind) if notice.kind in ASKING else -1


def _once(notices: Iterable[Notice]) -> list[Notice]:
    """The notices without those that ask again what one before asks."""
    asked: set[str] = set()
    found = []
    for notice in notices:
        key = (notice.line.requirement if notice.line
               and notice.kind in ASKING else '')
        if not key or key not in asked:
            found.append(notice)
            asked.add(key)
    return found
