"""A year of reminders: each that is due is told once, and none wrong.

Days are missed, two nodes run at once, week-ends are quiet, clocks change in
March and October, the start moves, and people sign and withdraw meanwhile.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from prodworkflow.domain.dates import day_of
from prodworkflow.domain.news.reminders import reminders
from prodworkflow.domain.rules.gates import decide
from support.clocks import changes, moments
from support.factories import ASKED, facts, requirement, snapshot, state

FIRST = date(2026, 1, 1)
KEYS = ('feature-freeze', 'release-validated', 'physics-results')
CONTACTS = ('anna', 'bruno')


@dataclass
class Telling:
    """A reminder that was told: on which day, for which day, which level."""

    day: date
    key: str
    person: str
    due: date
    level: int


@dataclass
class Year:
    """A campaign over a year, and what two nodes have told of it."""

    levels: tuple[int, ...]
    quiet: frozenset[int]
    dues: dict[str, date]
    signed: set[str] = field(default_factory=set)
    kept: set = field(default_factory=set)
    tellings: list[Telling] = field(default_factory=list)

    def run(self, moment, nodes):
        """Nodes read what was told at once, and then lock one by one."""
        day = day_of(moment)
        looked = [self._due(moment) for _ in range(nodes)]
        for found in looked:
            if not found or day.weekday() in self.quiet:
                continue
            for reminder in self._due(moment):  # again, under the lock
                fact = reminder.told
                assert fact not in self.kept
                self.kept.add(fact)
                self.tellings.append(Telling(day, fact.subject, fact.person,
                                             fact.due, fact.level))
        if day.weekday() not in self.quiet:
            self._nothing_is_left(day)

    def _due(self, moment):
        requirements = [requirement(k, contacts=CONTACTS, due=self.dues[k])
                        for k in KEYS]
        found = snapshot(state=state((), requirements, remind=self.levels),
                         tickets={k: facts(k) for k in ASKED})
        decision = decide(found, moment)
        gates = tuple(replace(g, answers=tuple(
            replace(a, reason=None) if a.requirement.key in self.signed
            else a for a in g.answers)) for g in decision.gates)
        return reminders(replace(decision, gates=gates), self.kept, 0)

    def _nothing_is_left(self, day):
        """Of what is reached, the latest level was told to everybody."""
        told = {(t.key, t.person, t.due, t.level) for t in self.tellings}
        for key in set(KEYS) - self.signed:
            reached = [n for n in self.levels
                       if day >= self.dues[key] - timedelta(n)]
            for person in CONTACTS if reached else ():
                assert any((key, person, self.dues[key], n) in told
                           for n in range(-400, min(reached) + 1))

    def judge(self, telling):
        """A telling is of its level's days, and on no quiet one."""
        levels = [n for n in self.levels
                  if telling.day >= telling.due - timedelta(n)]
        assert telling.level == min(levels)
        assert telling.day.weekday() not in self.quiet
        assert telling.due == self.dues[telling.key]
        assert telling.key not in self.signed


ACTS = st.one_of(
    st.tuples(st.just('sign'), st.sampled_from(KEYS)),
    st.tuples(st.just('withdraw'), st.sampled_from(KEYS)),
    st.tuples(st.just('move'), st.integers(-40, 40)))


@settings(max_examples=12)
@given(levels=st.lists(st.integers(-30, 60), max_size=5, unique=True),
       quiet=st.sampled_from([(), (5, 6), (0,), (0, 1, 2, 3, 5, 6)]),
       at=st.builds(time, st.integers(0, 23), st.sampled_from([0, 30])),
       dues=st.lists(st.integers(0, 400), min_size=3, max_size=3),
       missed=st.sets(st.integers(0, 364)),
       away=st.integers(0, 364),
       acts=st.dictionaries(st.integers(0, 364), ACTS, max_size=40),
       twice=st.sets(st.integers(0, 364), max_size=60))
def test_each_due_reminder_of_a_year_is_told_once_and_none_wrong(
        levels, quiet, at, dues, missed, away, acts, twice):
    year = Year(tuple(levels), frozenset(quiet), {
        key: FIRST + timedelta(n) for key, n in zip(KEYS, dues)})
    for number in range(365):
        day = FIRST + timedelta(number)
        _act(year, *acts.get(number, ('none', 0)))
        if number in missed or away <= number < away + 12:
            continue
        for moment in moments(day, at):
            before = len(year.tellings)
            year.run(moment, 2 if number in twice else 1)
            for telling in year.tellings[before:]:
                year.judge(telling)
            told = len(year.tellings)
            if told > before:  # run again, it tells nothing
                year.run(moment, 2)
                assert len(year.tellings) == told
    found = [(t.key, t.person, t.due, t.level) for t in year.tellings]
    assert len(found) == len(set(found))


def _act(year, what, given):
    if what == 'sign':
        year.signed.add(given)
    elif what == 'withdraw':
        year.signed.discard(given)
    elif what == 'move':
        year.dues = {key: due + timedelta(given)
                     for key, due in year.dues.items()}


def test_clocks_change_as_they_do_in_berlin():
    assert [str(each) for each in changes(2026)] == [
        '2026-03-29 01:00:00+00:00', '2026-10-25 01:00:00+00:00']
    night = time(2, 30)
    assert moments(date(2026, 3, 29), night) == []
    first, second = moments(date(2026, 10, 25), night)
    assert second - first == 3600 * 10**6
    assert len(moments(date(2026, 7, 1), night)) == 1
