"""Changes made meanwhile: what others changed since a form was made.

A form carries the revision of the campaign that it was made from; each entry
has the one that its transaction made.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from prodworkflow.domain.ledger.entry import Entry
from prodworkflow.domain.ledger.fields import label_of, SILENT, value_of
from prodworkflow.domain.ledger.payloads import message_of
from prodworkflow.domain.ledger.replay import apply, fold
from prodworkflow.domain.logins import joined_logins
from prodworkflow.domain.model.state import State
from prodworkflow.domain.text import Message


@dataclass(frozen=True)
class FieldChange:
    """What became of a field since a form was made, and by whom.

    `plain` is False for what stands for several tickets, of which some may be
    hidden: then it is only told that it is another one.
    """

    label: str
    was: str
    now: str
    by: tuple[str, ...]
    why: str = ''
    plain: bool = True

    def words(self, typed: str = '') -> Message:
        """The change as part of a sentence, and what was typed instead."""
        if not self.plain:
            return Message('%(label)s: not what the form has shown; look at '
                           'it again', label=self.label)
        told = Message('%(label)s is “%(now)s” now, not “%(was)s”: changed '
                       'by %(by)s', label=self.label, now=self.now,
                       was=self.was, by=joined_logins(self.by))
        if self.why:
            told = Message('%(told)s, “%(why)s”', told=told, why=self.why)
        if typed:
            told = Message('%(told)s; typed was “%(typed)s”', told=told,
                           typed=typed)
        return told


def revision_of(entry: Entry) -> int:
    """The revision that an entry was made with; 0 for those of before."""
    revision = entry.payload.get('revision')
    return revision if isinstance(revision, int) else 0


def state_at(entries: Iterable[Entry], revision: int) -> State:
    """The state that a campaign had at a revision; LedgerError."""
    return fold(e for e in entries if revision_of(e) <= revision)


def since(entries: Iterable[Entry], revision: int) -> list[Entry]:
    """The entries that came after a revision."""
    return [e for e in entries if revision_of(e) > revision]


def changed_meanwhile(entries: Sequence[Entry], revision: int,
                      fields: Iterable[str]) -> Mapping[str, FieldChange]:
    """Which of the fields are not what they were at a revision.

    What was changed and put back is as it was.  LedgerError.
    """
    before = state_at(entries, revision)
    names = list(dict.fromkeys(fields))
    was = {name: value_of(before, name) for name in names}
    last, state = dict(was), before
    by: dict[str, list[str]] = {name: [] for name in names}
    why: dict[str, str] = {}
    for entry in since(entries, revision):
        state = apply(state, entry)
        for name in names:
            now = value_of(state, name)
            if now != last[name]:
                by[name].append(entry.actor)
                why[name] = _reason(entry)
                last[name] = now
    return {name: FieldChange(label_of(state, name), was[name], last[name],
                              tuple(dict.fromkeys(by[name])), why[name],
                              name.split(':')[0] not in SILENT)
            for name in names if last[name] != was[name]}


def _reason(entry: Entry) -> str:
    said = (message_of(entry.payload, 'reason')
            or message_of(entry.payload, 'statement'))
    return ' '.join(said.split())
