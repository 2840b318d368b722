"""Changes of evidence that is not asked for, or not there, any more."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from prodworkflow.domain.model.evidence import (
    Evidence,
    EvidenceSpec,
    ValueSpec,
)
from prodworkflow.domain.rules.evaluation import CampaignEvaluation
from prodworkflow.domain.rules.revisions.evidence_changes import (
    approved_otherwise,
    evidence_changes,
    EvidenceChange,
)
from support.factories import facts, requirement, signoff, snapshot, state

KEY, ESTIMATE, DAY = 'software-quality', 'resources-estimate', date(
    2026, 6, 10)
DIGEST = 'a' * 64
SIZE = ValueSpec('size', 'Size', 'TB')
LIKE = replace(SIZE, compare_with=ESTIMATE, tolerance='20 %')
ASKS = EvidenceSpec((SIZE,), ('phi:eta',))
PLOT = Evidence('plot', 'phi:eta', 'phi.png', DIGEST)


def size(text):
    return Evidence('value', 'size', text, text)


def said(number, *evidence, verdict='reported', signer='bruno', **more):
    return signoff(number, KEY, verdict, signer, evidence=evidence, **more)


def resting_on(*basis):
    """An approval that rests on these pieces."""
    return said(9, verdict='approved', signer='anna', basis=basis)


@pytest.mark.parametrize(('piece', 'words'), [
    ('value:size', 'size was another file (SHA-256 aaaaaaaaaaaa…)'),
    ('estimate:size', 'the estimate of size (#?) was another file (SHA-256 '
     'aaaaaaaaaaaa…)'),
    ('file:size', 'the file of size was another file (SHA-256 '
     'aaaaaaaaaaaa…)'),
    ('plot:phi:eta', 'the plot phi:eta was another file (SHA-256 '
     'aaaaaaaaaaaa…)'),
])
def test_what_is_not_asked_for_any_more_is_told_by_its_name(piece, words):
    lost = requirement(KEY, ticket=None)
    change, = evidence_changes(lost, state([], [lost]),
                               [resting_on((piece, DIGEST))])
    assert change.words == f'{words} and is not given now'
    kind, name = piece.split(':', 1)
    assert change.as_dict() == {
        'kind': kind, 'name': name,
        'was': 'another file (SHA-256 aaaaaaaaaaaa…)', 'is': None, 'by': None}


def test_plot_whose_name_has_a_colon_is_shown_as_it_was_submitted():
    asked = requirement(KEY, asks=ASKS)
    found = state([said(2, PLOT)], [asked])
    change, _ = evidence_changes(asked, found, [resting_on(
        ('plot:phi:eta', 'b' * 64))])
    assert change.words == (
        'the plot phi:eta was another file (SHA-256 bbbbbbbbbbbb…) and is '
        'phi.png (SHA-256 aaaaaaaaaaaa…), reported by bruno')


def test_each_of_several_approvals_tells_what_it_was_given_for():
    asked = requirement(KEY, asks=EvidenceSpec((SIZE,)))
    found = state([said(2, size('11 TB')), said(3, size('12 TB'))], [asked])
    former = [resting_on(), resting_on(('value:size', '11 TB'))]
    assert evidence_changes(asked, found, former) == [
        EvidenceChange('value', 'size', 'Size', was, '12 TB', 'bruno')
        for was in ('', '11 TB')]
    assert approved_otherwise(asked, found, former) == (
        'was approved by anna for other evidence: Size was not given and is '
        '12 TB, reported by bruno; Size was 11 TB and is 12 TB, reported by '
        'bruno; the approval of anna is asked again')


def test_estimate_that_is_gone_was_revised_after_nothing():
    asked = [requirement(KEY, asks=EvidenceSpec((LIKE,))),
             requirement(ESTIMATE, asks=EvidenceSpec((SIZE,)))]
    change, = evidence_changes(asked[0], state([], asked), [
        resting_on(('estimate:size', DIGEST))])
    assert (change.title, change.is_, change.by, change.after) == (
        'the estimate of Size (#3)', '', '', '')


def evaluated(*signoffs, quorum=1):
    """The answer about the closed ticket, and its one line of evidence."""
    asked = requirement(KEY, asks=EvidenceSpec((SIZE,)), quorum=quorum,
                        contacts=('anna', 'bruno'))
    found = CampaignEvaluation(replace(
        snapshot(), state=state(signoffs, [asked]),
        tickets={KEY: facts(KEY, 'closed')}), DAY).answer(KEY)
    return found, found.evidence[0]


FIRST = said(2, size('11 TB'), verdict='approved', signer='anna')
SECOND = said(3, size('12 TB'), verdict='approved', signer='bruno')


def test_line_tells_what_was_approved_while_that_is_asked_again():
    answer, line = evaluated(FIRST, SECOND, quorum=2)
    assert not answer.met
    assert line.approved == 'approved: 11 TB'


def test_line_of_what_is_met_tells_of_no_former_approval():
    answer, line = evaluated(FIRST, SECOND)
    assert answer.met
    assert (line.changes, line.approved) == ((), '')
