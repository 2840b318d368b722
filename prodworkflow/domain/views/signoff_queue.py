"""Sign-off queue: what waits for a person in all campaigns, row by row.

What is late, now or early comes from `my_signoffs`; here it is put in order
over campaigns, filtered and grouped.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from prodworkflow.domain.dates import day_of
from prodworkflow.domain.model.campaign import Stage
from prodworkflow.domain.model.item_list import singular
from prodworkflow.domain.model.person import Person
from prodworkflow.domain.model.vocabulary import Reason, Role
from prodworkflow.domain.rules.answers import Answer
from prodworkflow.domain.rules.eligibility import capacity
from prodworkflow.domain.rules.evidence_report import EvidenceLine
from prodworkflow.domain.text import Message
from prodworkflow.domain.views.my_signoffs import AGAIN, due_day
from prodworkflow.domain.views.readiness import Readiness
from prodworkflow.domain.views.timeline import days_away
from prodworkflow.domain.views.waiting_signoffs import WaitingCount

# From so many rows of a part on, those of a group have a heading.
MANY = 15

# Words of the address that filter by something else than a list.
CAMPAIGN, STANDING_IN = 'campaign', 'for'


@dataclass(frozen=True)
class QueueRow:
    """One sign-off that a person is to give, or may give.

    `days` are left until the day that it is due, negative after it; None
    without a day.  `stands_for` is the contact whose deputy the person is, ''
    where they sign for themselves.  `words` holds what filters compare: names
    of a filter with the words that choose the row.  `refusal` says why Trac
    does not let them sign.
    """

    campaign: str
    stage: Stage
    answer: Answer
    due: date | None = None
    days: int | None = None
    stands_for: str = ''
    group: str = ''
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    refusal: str = ''

    @property
    def id(self) -> str:
        """What a form calls it by: campaign and key."""
        return f'{self.campaign}/{self.answer.requirement.key}'

    @property
    def again(self) -> bool:
        """Whether it was signed before and is asked again."""
        return self.answer.reason in AGAIN

    @property
    def inputs(self) -> tuple[EvidenceLine, ...]:
        """The values and links that it asks for."""
        return tuple(line for line in self.answer.evidence
                     if line.kind != 'plot')

    @property
    def plots(self) -> tuple[EvidenceLine, ...]:
        """The plots that it asks for; they have to be looked at."""
        return tuple(line for line in self.answer.evidence
                     if line.kind == 'plot')

    @property
    def apart(self) -> bool:
        """Whether it has to be looked at by itself: plots, an objection."""
        return bool(self.plots) or self.answer.reason is Reason.OBJECTED

    @property
    def distance(self) -> Message:
        """How far away its day is: `in 3 days`, `2 days late`."""
        return Message('no day') if self.days is None \
            else days_away(self.days)


@dataclass(frozen=True)
class Queue:
    """The rows of a person in parts: see `my_signoffs.Waiting`.

    `refused` are those that Trac refuses them although they are named.
    """

    late: tuple[QueueRow, ...] = ()
    now: tuple[QueueRow, ...] = ()
    early: tuple[QueueRow, ...] = ()
    later: tuple[QueueRow, ...] = ()
    refused: tuple[QueueRow, ...] = ()

    @property
    def due(self) -> tuple[QueueRow, ...]:
        """What waits for the person: late and now."""
        return self.late + self.now

    @property
    def signable(self) -> tuple[QueueRow, ...]:
        """What the rules and Trac take today."""
        return self.due + self.early

    @property
    def tickable(self) -> tuple[QueueRow, ...]:
        """What can be signed in the row."""
        return tuple(r for r in self.signable if not r.apart)

    @property
    def rows(self) -> tuple[QueueRow, ...]:
        """All rows."""
        return self.signable + self.later + self.refused

    @property
    def count(self) -> WaitingCount:
        """How many wait for the person."""
        return WaitingCount(len(self.due), len(self.late))

    @property
    def words(self) -> Message:
        """What waits, and what may be signed early, in a phrase."""
        told, early = self.count.words, len(self.early)
        if not early:
            return told
        return Message('%(told)s; %(early)s more may be signed early',
                       told=told, early=early)

    def chosen(self, wanted: Mapping[str, Collection[str]]) -> Queue:
        """The rows that all filters choose, each by one of its words."""
        return Queue(*(tuple(r for r in part if _chosen(r, wanted))
                       for part in (self.late, self.now, self.early,
                                    self.later, self.refused)))

    def choices(self) -> dict[str, dict[str, int]]:
        """What can be chosen: filters, their words, how many rows each."""
        found: dict[str, dict[str, int]] = {CAMPAIGN: {}}
        for row in self.rows:
            for name, words in row.words.items():
                counts = found.setdefault(name, {})
                counts[words[0]] = counts.get(words[0], 0) + 1
        return found


def queue_for(campaigns: Iterable[Readiness], person: Person) -> Queue:
    """The sign-offs of a person in these campaigns, the most urgent first."""
    parts: dict[str, list[QueueRow]] = {
        'late': [], 'now': [], 'early': [], 'later': [], 'refused': []}
    for told in campaigns:
        rows = {row.answer.requirement.key: row
                for row in _rows(told, person)}
        for part in ('late', 'now', 'early', 'later'):
            parts[part] += [rows[key] for key
                            in getattr(told.waiting_keys, part)
                            if key in rows]
        parts['refused'] += [row for row in rows.values() if row.refusal]
    for found in parts.values():
        found.sort(key=lambda row: row.due or date.max)
    parts['early'].sort(key=lambda row: not row.again)
    return Queue(**{part: tuple(found) for part, found in parts.items()})


def blocks(rows: tuple[QueueRow, ...]
           ) -> list[tuple[str, tuple[QueueRow, ...]]]:
    """The rows of a part as blocks below headings, '' for none.

    Where there are many, those of one group of one campaign are one block; it
    stands where its most urgent row stood.
    """
    if len(rows) <= MANY:
        return [('', rows)] if rows else []
    places: dict[str, int] = {}
    for row in rows:
        places.setdefault(_heading(row), len(places))
    ordered = sorted(rows, key=lambda row: places[_heading(row)])
    return [(heading, tuple(found))
            for heading, found in groupby(ordered, _heading)]


def _heading(row: QueueRow) -> str:
    return f'{row.campaign}: {row.group}' if row.group else ''


def _chosen(row: QueueRow, wanted: Mapping[str, Collection[str]]) -> bool:
    """Whether each filter names one of the row's words, of any case."""
    return all({w.casefold() for w in row.words.get(name, ())}
               & {w.casefold() for w in words}
               for name, words in wanted.items())


def _rows(told: Readiness, person: Person) -> Iterator[QueueRow]:
    """A row for each unmet requirement of the person's, by stages."""
    state, today = told.decision.snapshot.state, day_of(told.decision.asked)
    titles = {g.key: g for g in state.groups}
    theirs = told.mine | {*told.refused}
    for stage in told.stages:
        for answer in (a for a in stage.answers if not a.met
                       and a.requirement.key in theirs):
            requirement = answer.requirement
            group = titles.get(requirement.group)
            due = due_day(told.decision, requirement)
            mine = capacity(requirement, state, person, today)
            standing = (mine.contact if mine and mine.role is Role.DEPUTY
                        else '')
            words: dict[str, tuple[str, ...]] = {
                CAMPAIGN: (told.campaign.name,)}
            if standing:
                words[STANDING_IN] = (standing,)
            if group:
                words.setdefault(singular(group.list), _names(
                    told, group.list, requirement.item))
            yield QueueRow(
                told.campaign.name, stage.stage, answer, due,
                (due - today).days if due else None, standing,
                group.title if group else '', words,
                told.refused.get(requirement.key, ''))


def _names(told: Readiness, list_: str, item: str) -> tuple[str, ...]:
    """The name of an item, and its key."""
    found = next((i for li in told.decision.snapshot.state.lists
                  if li.name == list_ for i in [li.item(item)] if i), None)
    return (found.name, item) if found else (item,)
