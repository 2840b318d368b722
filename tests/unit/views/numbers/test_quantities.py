"""The lines of numbers: one for each value, groups with their worst."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from prodworkflow.domain.model.evidence import (
    Evidence,
    EvidenceSpec,
    ValueSpec,
)
from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.views.numbers.quantities import quantities
from prodworkflow.domain.views.numbers.series import series
from prodworkflow.domain.views.readiness import readiness
from support.factories import ASKED, moment, requirement, signoff, snapshot
from support.groups import grouped

RSS = ValueSpec('rss', 'RSS', 'GB')
SURE = ValueSpec('rate', 'Crash rate', '%', at_most='1 %',
                 confidence='95 %')
LIMITED = replace(RSS, at_most='4 GB')
COMPARED = replace(RSS, compare_with='resources-estimate', tolerance='10 %')


def given(number, key, text, kind='value', name='rss', verdict='reported'):
    return signoff(number, key, verdict, evidence=(
        Evidence(kind, name, text, 'd'),))


def found(asks, *signoffs, base=None):
    whole = base or snapshot()
    return quantities(readiness(decide(replace(whole, state=replace(
        whole.state, signoffs=signoffs, requirements=tuple(
            replace(r, asks=asks.get(r.key, r.asks))
            for r in whole.state.requirements))), moment(date(2026, 6, 5)))))


def values(*specs):
    return EvidenceSpec(values=specs)


def test_an_estimate_stands_beside_what_is_measured():
    told = found({'resources-estimate': values(RSS),
                  'runtime-performance': values(COMPARED)},
                 given(2, 'resources-estimate', '2 GB'),
                 given(3, 'resources-estimate', '3 GB'),
                 given(4, 'runtime-performance', '3 GB'))
    line, = told.single
    assert line.answer.requirement.key == 'runtime-performance'
    assert line.first.text == '2 GB'
    assert [s.text for s in line.revised] == ['3 GB']
    assert (line.measured, line.out, line.estimated) == (True, False, False)
    assert line.judged == 'within, as estimated'
    assert line.bar.revised
    assert told.count == 1


def test_an_estimate_with_a_bound_of_its_own_has_a_line_of_its_own():
    told = found({'resources-estimate': values(LIMITED),
                  'runtime-performance': values(COMPARED)},
                 given(2, 'resources-estimate', '5 GB'))
    estimate, measured = told.single
    assert (estimate.estimated, estimate.measured, estimate.out) == (
        True, False, True)
    assert (measured.measured, measured.judged) == (False, 'not measured yet')


def test_a_value_without_an_estimate_has_none():
    line, = found({'feature-freeze': values(LIMITED)}).single
    assert (line.first, line.revised) == (None, ())


def test_values_of_a_group_are_one_line_with_the_worst_first():
    base = grouped(())
    asks = {f'sites.s{n}': values(LIMITED) for n in range(4)}
    told = found(asks, given(2, 'sites.s1', '1 GB'),
                 given(3, 'sites.s3', '3 GB'), base=base)
    assert told.single == ()
    group, = told.groups
    assert [group.name(q) for q in group.given] == ['Site 3', 'Site 1']
    assert [group.name(q) for q in group.worst] == ['Site 3']
    assert (group.out, group.title, len(group.members)) == (0, 'RSS', 4)
    told = found(asks, *(given(n, f'sites.s{n}', f'{n + 4} GB')
                         for n in range(4)), base=base)
    group, = told.groups
    assert (group.out, len(group.worst)) == (3, 3)


def test_values_of_too_few_come_after_those_out_of_bounds():
    asks = {f'sites.s{n}': values(SURE) for n in range(4)}
    told = found(asks, given(2, 'sites.s0', '9/1000', name='rate'),
                 given(3, 'sites.s1', '0/20', name='rate'),
                 given(4, 'sites.s2', '3/149', name='rate'),
                 given(5, 'sites.s3', '0/299', name='rate'), base=grouped(()))
    group, = told.groups
    assert [(group.name(q), q.out, q.few) for q in group.worst] == [
        ('Site 2', True, False), ('Site 0', False, True),
        ('Site 1', False, True)]
    assert (group.out, group.few) == (1, 2)


def test_links_are_told_where_they_were_given():
    told = found({'feature-freeze': EvidenceSpec(links=('log', 'report'))},
                 given(2, 'feature-freeze', 'https://x', 'link', 'log'))
    link, = told.links
    assert link.line.proof.text == 'https://x'
    assert told.count == 0


def test_a_series_has_all_values_that_were_given_newest_first():
    said = (given(2, 'feature-freeze', '1 GB'),
            given(4, 'feature-freeze', '2 GB', verdict='approved'),
            given(3, 'feature-freeze', '9', name='other'))
    state = replace(snapshot().state, signoffs=said)
    steps = series(state.requirement('feature-freeze'), state, 'value', 'rss')
    assert [(s.text, s.by, s.time, s.verdict, s.release) for s in steps] == [
        ('2 GB', 'anna', 4, 'approved', 'V1'),
        ('1 GB', 'anna', 2, 'reported', 'V1')]
    assert requirement('feature-freeze').key in ASKED


def test_a_value_of_one_member_is_a_line_of_its_group_by_the_key():
    told = found({'sites.s1': values(LIMITED)},
                 given(2, 'sites.s1', '1 GB'), base=grouped(()))
    group, = told.groups
    assert (group.title, len(group.members)) == ('RSS', 1)
    nameless = replace(group, group=replace(group.group, names={}))
    assert [nameless.name(q) for q in group.members] == ['s1']
