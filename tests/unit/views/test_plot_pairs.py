"""Pairs of plots: numbers, files, and what became of them."""

from __future__ import annotations

from dataclasses import replace

from prodworkflow.domain.model.evidence import Evidence, EvidenceSpec, FileFact
from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.views.plots.pairs import answer_pairs, plots_of
from support.factories import requirement, signoff, snapshot, state

KEY, OTHER = 'feature-freeze', 'physics-results'


def plot(name, number=1):
    return Evidence('plot', name, f'{name}.png', f'{number}' * 64,
                    f'{name}-old.png', f'{number + 1}' * 64)


def decided(said=(), files=()):
    """The decision where two requirements ask for plots, one for none."""
    asked = [requirement(KEY, asks=EvidenceSpec(plots=('mass', 'time'),
                                                links=('report',)),
                         files=tuple(files)),
             requirement('software-quality'),
             requirement(OTHER, asks=EvidenceSpec(plots=('energy',)))]
    return decide(replace(snapshot(), state=state(said, asked)), 10**15)


def groups(*args, **given):
    found = decided(*args, **given)
    asked = found.snapshot.state.requirements
    return plots_of([found.answer(r.key) for r in asked],
                    found.snapshot.state)


def test_asked_plots_are_listed_by_requirement_and_given_ones_numbered():
    found = groups([signoff(2, KEY, 'reported', evidence=(plot('time'),)),
                    signoff(3, OTHER, 'approved', evidence=(plot('energy'),))])
    assert [[(p.name, p.number) for p in g.pairs] for g in found] == [
        [('mass', 0), ('time', 1)], [('energy', 2)]]
    assert [p.name for p in found[0].given] == ['time']
    assert [p.name for p in found[0].missing] == ['mass']
    assert found[0].approval is None
    assert found[1].approval.number == 3


def test_requirement_without_plots_is_left_out():
    assert [g.answer.requirement.key for g in groups()] == [KEY, OTHER]


def test_pairs_of_one_answer_are_numbered_from_one():
    found = decided([signoff(2, KEY, 'reported',
                             evidence=(plot('mass'), plot('time')))])
    assert [p.number for p in answer_pairs(found.answer(KEY))] == [1, 2]


def test_a_pair_has_its_files_and_who_gave_them():
    pair = groups([signoff(2, KEY, 'reported',
                           evidence=(plot('mass'),))])[0].pairs[0]
    assert [(f.name, f.digest, f.problem) for f in pair.files] == [
        ('mass.png', '1' * 64, ''), ('mass-old.png', '2' * 64, '')]
    assert pair.given_by.signer == 'anna'
    assert not pair.changed


def test_a_plot_that_is_not_given_has_no_files():
    pair = groups()[0].pairs[0]
    assert (pair.files, pair.given_by, pair.changed) == ((), None, False)


def test_changed_and_lost_files_are_told():
    pair = groups([signoff(2, KEY, 'reported', evidence=(plot('mass'),))],
                  [FileFact('mass.png', 'f' * 64),
                   FileFact('mass-old.png', '')])[0].pairs[0]
    assert [f.problem for f in pair.files] == [
        'not the file that was given', 'gone']
    assert pair.changed


def test_what_went_wrong_is_most_urgent_then_what_is_awaited():
    everything = (plot('mass'), plot('time'))
    said = signoff(2, KEY, 'approved', evidence=everything)
    assert [g.urgency for g in groups()] == [1, 1]
    assert groups([signoff(2, KEY, 'rejected',
                           evidence=everything)])[0].urgency == 0
    assert groups([said], [FileFact('mass.png', '')])[0].urgency == 0
    signed = groups([said])[0]
    assert replace(signed, answer=replace(
        signed.answer, reason=None)).urgency == 2
