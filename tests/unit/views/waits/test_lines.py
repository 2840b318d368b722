"""Lines of what waits for a person: those that are alike are one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.views.readiness import readiness
from prodworkflow.domain.views.waits.lines import AskedSignOff, lines_of
from support.groups import grouped

NOW = 20000 * 86400 * 10**6
DAYS = {5: date(2026, 6, 1), 6: date(2026, 6, 1), 7: date(2026, 6, 2)}


def asked(*since):
    """The members of a group, each asked since then."""
    group, = readiness(decide(grouped(()), NOW)).groups
    return [AskedSignOff(answer, time, None, None, False, '', group)
            for answer, time in zip(group.answers, since)]


def test_what_is_asked_since_one_day_is_one_line():
    lines = lines_of(asked(5, 7, 6), DAYS)
    assert [[line.name(each) for each in line.asked] for line in lines] == [
        ['Site 0', 'Site 2'], ['Site 1']]


def test_a_member_without_a_name_is_called_by_its_key():
    one, = asked(5)
    line, = lines_of([replace(one, group=replace(one.group, names={}))], DAYS)
    assert line.name(line.first) == 's0'
    alone, = lines_of([replace(one, group=None)], DAYS)
    assert alone.name(alone.first) == ''
