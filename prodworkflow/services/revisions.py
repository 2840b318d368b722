"""Revisions: refuse what rests on an older state that others have changed.

Two coordinators: a form made from an older revision changes no field that
somebody else has changed meanwhile.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from prodworkflow import store
from prodworkflow.domain.ledger.entry import Entry
from prodworkflow.domain.ledger.history import history
from prodworkflow.domain.ledger.meanwhile import changed_meanwhile, revision_of
from prodworkflow.domain.text import Message
from prodworkflow.services.refusals import GateShut

# So many of the entries that came meanwhile are told.
TOLD = 10


@dataclass(frozen=True)
class FormRevision:
    """The revision that a form was made from, or that a command expects.

    `strict` refuses whatever else was recorded since, be it of other fields.
    """

    number: int
    strict: bool = False


class ChangedMeanwhile(GateShut):
    """Others were faster; `revision` is the one that was looked at now.

    `fields` are the names of those that they changed.
    """

    def __init__(self, what: str, reasons: list[str], revision: int,
                 fields: tuple[str, ...] = ()) -> None:
        super().__init__(what, reasons)
        self.revision = revision
        self.fields = fields


def require_unchanged(book: store.Book, revision: FormRevision | None,
                      fields: Mapping[str, str | None],
                      what: str = Message('Nothing was changed')) -> None:
    """ChangedMeanwhile if others changed one of the fields since.

    `fields` has what was typed in each; who typed what is there now is not in
    the way. None stands for what was only seen.
    """
    if revision is None or not (fields or revision.strict):
        return
    last = book.before
    if revision.number > book.revision:
        raise ChangedMeanwhile(what, [Message(
            'the campaign never was at revision %(number)s; look at it anew',
            number=revision.number)], revision_of(last) if last else 0)
    if last is None or revision_of(last) <= revision.number:
        return
    rows = store.stored_entries(book.env, book.campaign)[:last.number]
    newest = _newest(rows, revision.number)
    if revision.strict:
        raise _changed_at_all(book, revision, newest, what)
    if not any(_may_concern(entry, fields) for entry in newest):
        return
    changed = changed_meanwhile(list(store.read_entries(rows)),
                                revision.number, fields)
    reasons = {name: each for name, each in changed.items()
               if fields[name] != each.now}
    if reasons:
        raise ChangedMeanwhile(
            Message('%(what)s; others were faster', what=what),
            [each.words(fields[name] or '')
             for name, each in reasons.items()],
            revision_of(last), tuple(reasons))


def _may_concern(entry: Entry, fields: Mapping[str, str | None]) -> bool:
    """Whether an entry may have changed one of the fields."""
    return not entry.requirement or any(
        ':' not in name or name.startswith(('item:', 'estimate:'))
        or name.split(':')[1] == entry.requirement for name in fields)


def _newest(rows: tuple[tuple, ...], revision: int) -> list[Entry]:
    """The entries after a revision, without reading those before."""
    found: list[Entry] = []
    for entry in store.read_entries(rows[::-1]):
        if revision_of(entry) <= revision:
            break
        found.append(entry)
    return found[::-1]


def _changed_at_all(book: store.Book, revision: FormRevision,
                    entries: list[Entry], what: str) -> ChangedMeanwhile:
    """The refusal that tells all that was recorded since."""
    told: list[str] = [Message('%(actor)s %(words)s', actor=event.actor,
                               words=event.words)
                       for event in history(entries, book.state)]
    more = len(told) - TOLD
    if more > 0:
        told = [*told[-TOLD:], Message('and %(count)s more before',
                                       count=more)]
    now = revision_of(entries[-1])
    return ChangedMeanwhile(
        Message('%(what)s; others were faster: %(name)s was at revision '
                '%(number)s and is at %(now)s', what=what,
                name=book.state.campaign.name, number=revision.number,
                now=now), told, now)
