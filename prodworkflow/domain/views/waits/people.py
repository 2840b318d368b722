"""People whom a campaign waits for, the most harmful first.

The reader stands first.  Those of whom nothing is late, or nothing late is
needed, are told by name and number only; so are those whose turn has not
come.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from prodworkflow.domain.dates import day_of
from prodworkflow.domain.forecast.response_times import Turns
from prodworkflow.domain.logins import quoted_login
from prodworkflow.domain.model.person import Deputy, GROUP
from prodworkflow.domain.rules.answers import Answer
from prodworkflow.domain.views.my_signoffs import due_day
from prodworkflow.domain.views.readiness import Readiness
from prodworkflow.domain.views.waits.asked import (
    ADMINISTRATORS,
    DESERTED,
    due_answers,
    names,
)
from prodworkflow.domain.views.waits.lines import (
    AskedSignOff,
    lines_of,
    WaitedLine,
)
from prodworkflow.domain.views.waits.needed import needed_keys
from prodworkflow.domain.views.waits.reasons import why

# So many people are shown with all that they are asked for.
SHOWN = 12


@dataclass(frozen=True)
class WaitedPerson:
    """A login, a group (behind an @) or an administrator who is waited for.

    `deputies` may sign in their place today; `stands_for` are those for whom
    they may.  `signable` are the keys of what the reader may sign of it.
    `name` is DESERTED for what nobody may sign.
    """

    name: str
    asked: tuple[AskedSignOff, ...]
    lines: tuple[WaitedLine, ...]
    deputies: tuple[Deputy, ...] = ()
    stands_for: tuple[str, ...] = ()
    signable: tuple[str, ...] = ()

    @property
    def late(self) -> int:
        """How many of the sign-offs are late."""
        return sum(a.late for a in self.asked)

    @property
    def harmful(self) -> bool:
        """Whether something late is needed, or nobody can help."""
        return self.name == DESERTED or any(
            a.late and a.needed for a in self.asked)

    @property
    def written(self) -> str:
        """The login or the group's name as it stands in a list."""
        return quoted_login(self.name[1:] if self.group else self.name)

    @property
    def group(self) -> bool:
        """Whether it is a permission group."""
        return self.name[:1] == GROUP

    @staticmethod
    def in_list(login: str) -> str:
        """A login as it stands in a list."""
        return quoted_login(login)


@dataclass(frozen=True)
class WaitedPeople:
    """All who are waited for: shown in full, or by name and number only.

    `more` are harmful, too: there are too many; of `unneeded` something is
    late, but a gate does not wait for that; of `early` nothing is late.
    `unasked` are people once more, with what does not wait for them now: its
    turn has not come, or enough others have signed.
    """

    shown: tuple[WaitedPerson, ...] = ()
    more: tuple[WaitedPerson, ...] = ()
    unneeded: tuple[WaitedPerson, ...] = ()
    early: tuple[WaitedPerson, ...] = ()
    unasked: tuple[WaitedPerson, ...] = ()

    @property
    def count(self) -> int:
        """How many people and groups are waited for."""
        return sum(p.name != DESERTED for part in (
            self.shown, self.more, self.unneeded, self.early) for p in part)


def waited_people(told: Readiness, reader: str) -> WaitedPeople:
    """Whom a campaign waits for, as a reader of that login may see it."""
    due = frozenset(a.requirement.key for a in due_answers(told))
    asked = list(_asked(told))
    people = _people(told, reader, [a for a in asked if _waits(a, due)])
    first = [p for p in people if _is_readers(p, reader)]
    others = [p for p in people if not _is_readers(p, reader)]
    harmful = [p for p in others if p.harmful]
    rest = [p for p in others if not p.harmful]
    return WaitedPeople(
        (*first, *harmful[:SHOWN]), tuple(harmful[SHOWN:]),
        tuple(p for p in rest if p.late),
        tuple(p for p in rest if not p.late),
        tuple(_people(told, reader, [
            a for a in asked if not _waits(a, due)])))


def _waits(asked: AskedSignOff, due: Collection[str]) -> bool:
    """Whether it waits for somebody now, or for an administrator to act."""
    return (asked.answer.requirement.key in due
            or names(asked.answer) == (DESERTED,))


def _is_readers(person: WaitedPerson, reader: str) -> bool:
    """Whether the reader is, or can sign for, who is waited for."""
    return bool(person.signable) or person.name == reader


def _order(person: WaitedPerson, reader: str) -> tuple[object, ...]:
    """The reader, what they may sign, then by harm."""
    return (person.name != reader, not person.signable,
            min(a.harm for a in person.asked), person.name)


def _people(told: Readiness, reader: str,
            asked: Iterable[AskedSignOff]) -> list[WaitedPerson]:
    """A block for each whom these ask, the most harmful first."""
    found: dict[str, list[AskedSignOff]] = {}
    for each in asked:
        for name in names(each.answer):
            found.setdefault(name, []).append(each)
    signable = {*told.waiting_keys.signable}
    return sorted((_person(name, some, [
        a.answer.requirement.key for a in some
        if a.answer.requirement.key in signable
        and _in_place(reader, name, a.answer)])
        for name, some in found.items()), key=lambda p: _order(p, reader))


def _in_place(reader: str, name: str, answer: Answer) -> bool:
    """Whether who may sign an answer does so as who has that name."""
    return (reader == name if reader in names(answer)
            else name[:1] in (GROUP, ADMINISTRATORS))


def _person(name: str, asked: list[AskedSignOff],
            signable: list[str]) -> WaitedPerson:
    deputies = list(dict.fromkeys(
        d for a in asked for d in a.answer.awaits.deputies))
    return WaitedPerson(
        name, tuple(asked),
        lines_of(asked, {a.since: day_of(a.since) for a in asked}),
        tuple(d for d in deputies if d.stands_for == name),
        tuple(dict.fromkeys(d.stands_for for d in deputies
                            if d.person == name)),
        tuple(signable))


def _asked(told: Readiness) -> Iterator[AskedSignOff]:
    """All unmet sign-offs of a campaign that goes on."""
    decision, groups = told.decision, {g.group.key: g for g in told.groups}
    turns, today = Turns(decision), day_of(decision.asked)
    needed = needed_keys(told.answers, told.groups)
    for answer in told.answers:
        if not answer.met and not told.campaign.ended:
            requirement = answer.requirement
            due = due_day(decision, requirement)
            yield AskedSignOff(
                answer, turns.since(requirement.key), due, _left(due, today),
                requirement.key in needed,
                why(answer, decision.snapshot.state),
                groups.get(requirement.group))


def _left(due: date | None, today: date) -> int | None:
    return (due - today).days if due else None
