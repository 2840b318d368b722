"""What changed since an approval: what was, what is, and who changed it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from prodworkflow.domain.model.evidence import (
    Evidence,
    EvidenceSpec,
    FileFact,
    ValueSpec,
)
from prodworkflow.domain.model.submission import present_files
from prodworkflow.domain.rules.eligibility import (
    for_evidence,
    for_other_evidence,
    for_release,
)
from prodworkflow.domain.rules.evidence_report import exhibits
from prodworkflow.domain.rules.revisions.evidence_changes import (
    approved_otherwise,
    evidence_changes,
)
from support.factories import requirement, signoff, state

ASKED, ESTIMATE = 'software-quality', 'resources-estimate'
OLD, NEW, REF = 'a' * 64, 'b' * 64, 'c' * 64
SIZE = ValueSpec('size', 'Size', 'TB')
ASKS = EvidenceSpec((replace(SIZE, compare_with=ESTIMATE, tolerance='20 %'),),
                    ('phi',), ('report',))
GIVEN = (Evidence('value', 'size', '11 TB', '11'),
         Evidence('plot', 'phi', 'phi.png', OLD, 'old.png', REF),
         Evidence('link', 'report', 'https://example.org/1', '1'))


def said(number, *evidence, key=ASKED, signer='bruno', verdict='reported'):
    return signoff(number, key, verdict, signer, evidence=evidence)


def size(text):
    return Evidence('value', 'size', text, text)


def having(*later, files=(), first=GIVEN):
    """A requirement that anna approved, and what came after."""
    asked = [requirement(ASKED, asks=ASKS),
             requirement(ESTIMATE, asks=EvidenceSpec((SIZE,)))]
    found = state([said(2, size('10 TB'), key=ESTIMATE, signer='carla'),
                   said(3, *first, signer='anna', verdict='approved'),
                   *later], asked)
    return found.having(replace(found.requirement(ASKED), files=files))


CHANGES = [
    pytest.param([], (), '', id='nothing'),
    pytest.param([said(4, *GIVEN)], (), '', id='the same again'),
    pytest.param([said(4, size('12 TB'))], (),
                 'Size was 11 TB and is 12 TB, reported by bruno',
                 id='a value'),
    pytest.param([said(4, replace(GIVEN[2], text='https://x.org',
                                  digest='2'))],
                 (), 'the link report was https://example.org/1 and is '
                 'https://x.org, reported by bruno', id='a link'),
    pytest.param([said(4, replace(GIVEN[1], text='new.png', digest=NEW))], (),
                 'the plot phi was phi.png (SHA-256 aaaaaaaaaaaa…) and is '
                 'new.png (SHA-256 bbbbbbbbbbbb…), reported by bruno',
                 id='another plot'),
    pytest.param([said(4, replace(GIVEN[1], text='new.png'))], (), '',
                 id='the same plot by another name'),
    pytest.param([], (FileFact('phi.png', NEW, 'eve'),),
                 'the plot phi was phi.png (SHA-256 aaaaaaaaaaaa…) and is '
                 'phi.png (SHA-256 bbbbbbbbbbbb…), replaced by eve',
                 id='a file replaced'),
    pytest.param([], (FileFact('phi.png', '', 'eve'),),
                 'the plot phi was phi.png (SHA-256 aaaaaaaaaaaa…) and was '
                 'removed by eve', id='a file removed'),
    pytest.param([], (FileFact('phi.png', NEW),),
                 'the plot phi was phi.png (SHA-256 aaaaaaaaaaaa…) and is '
                 'phi.png (SHA-256 bbbbbbbbbbbb…), replaced by somebody past '
                 'Trac', id='a file replaced past Trac'),
    pytest.param([], (FileFact('old.png', '', ''),),
                 'the reference of the plot phi was old.png (SHA-256 '
                 'cccccccccccc…) and was removed by somebody past Trac',
                 id='a reference removed past Trac'),
    pytest.param([said(4, size('12 TB'), key=ESTIMATE, signer='carla')], (),
                 'the estimate of Size (#3) was 10 TB and is 12 TB, given by '
                 'carla after 11 TB was measured', id='the estimate'),
    pytest.param([said(4, size('12 TB')), said(5, size('13 TB'))], (),
                 'Size was 11 TB and is 13 TB, reported by bruno',
                 id='what was in between is not told'),
]


@pytest.mark.parametrize(('later', 'files', 'words'), CHANGES)
def test_each_change_is_told_once(later, files, words):
    found = having(*later, files=files)
    asked = found.requirement(ASKED)
    approvals = for_release(asked, found)
    changes = evidence_changes(asked, found, [*approvals, *approvals])
    assert '; '.join(c.words for c in changes) == words
    assert bool(for_evidence(approvals, asked, found)) is not bool(words)
    assert [s.signer for s in for_other_evidence(
        approvals, asked, found)] == (['anna'] if words else [])


def test_what_was_not_given_then_and_is_not_given_now_is_told():
    found = having(said(4, GIVEN[0]), first=GIVEN[1:])
    asked = found.requirement(ASKED)
    change, = evidence_changes(asked, found, for_release(asked, found))
    assert change.words == ('Size was not given and is 11 TB, reported by '
                            'bruno')
    assert change.approved == 'approved: not given'
    assert change.as_dict() == {'kind': 'value', 'name': 'size', 'was': None,
                                'is': '11 TB', 'by': 'bruno'}
    lost = found.having(replace(found.requirement(ESTIMATE), since=9))
    asked = lost.requirement(ASKED)
    words = [c.words for c in evidence_changes(asked, lost,
                                               for_release(asked, lost))]
    assert ('the estimate of Size (#3) was 10 TB and is not given now'
            in words)


def test_an_estimate_given_before_any_measurement_is_told_without_one():
    asked = [requirement(ASKED, asks=ASKS),
             requirement(ESTIMATE, asks=EvidenceSpec((SIZE,)))]
    found = state([signoff(2, ASKED, evidence=GIVEN[1:]),
                   said(3, size('10 TB'), key=ESTIMATE, signer='carla')],
                  asked)
    change, = evidence_changes(asked[0], found, for_release(asked[0], found))
    assert change.words == ('the estimate of Size (#3) was not given and is '
                            '10 TB, given by carla')


def test_a_file_whose_digest_nobody_submitted_is_another_file():
    found = having(files=(FileFact('phi.png', NEW, 'eve'),))
    asked = found.requirement(ASKED)
    approval = replace(for_release(asked, found)[0], basis=(
        *(p for p in for_release(asked, found)[0].basis
          if p[0] != 'plot:phi'), ('plot:phi', 'd' * 64)))
    change, = evidence_changes(asked, found, [approval])
    assert change.was == 'another file (SHA-256 dddddddddddd…)'


def test_all_whose_approval_is_asked_again_are_named_once():
    found = having(said(4, size('12 TB')))
    asked = found.requirement(ASKED)
    one = for_release(asked, found)[0]
    words = approved_otherwise(asked, found, [
        one, replace(one, signer='zoe'), one])
    assert words == (
        'was approved by anna and zoe for other evidence: Size was 11 TB and '
        'is 12 TB, reported by bruno; the approval of anna and zoe is asked '
        'again')


def test_a_line_tells_what_is_not_as_it_was_approved():
    found = having(said(4, size('12 TB')),
                   files=(FileFact('old.png', '', 'eve'),))
    asked = found.requirement(ASKED)
    value, plot, link = exhibits(asked, found, for_other_evidence(
        for_release(asked, found), asked, found))
    assert value.words.endswith('; approved: 11 TB')
    assert value.as_dict()['approved_otherwise'] == [{
        'kind': 'value', 'name': 'size', 'was': '11 TB', 'is': '12 TB',
        'by': 'bruno'}]
    assert plot.approved == ('old.png (SHA-256 cccccccccccc…) was removed by '
                             'eve')
    assert (link.changes, link.approved) == ((), '')
    revised = having(said(4, size('9 TB'), key=ESTIMATE))
    asked = revised.requirement(ASKED)
    value, *_ = exhibits(asked, revised, for_release(asked, revised))
    assert value.approved == 'approved for the estimate 10 TB'


LINES = [
    pytest.param([], (FileFact('phi.png', NEW, 'eve'),),
                 'now phi.png (SHA-256 bbbbbbbbbbbb…), replaced by eve',
                 id='replaced'),
    pytest.param([], (FileFact('phi.png', NEW),),
                 'now phi.png (SHA-256 bbbbbbbbbbbb…), replaced by somebody '
                 'past Trac', id='replaced past Trac'),
    pytest.param([said(4, replace(GIVEN[1], digest=NEW,
                                  reference_digest='d' * 64))], (),
                 'approved: phi.png (SHA-256 aaaaaaaaaaaa…); approved beside '
                 'old.png (SHA-256 cccccccccccc…)', id='reported anew'),
]


@pytest.mark.parametrize(('later', 'files', 'words'), LINES)
def test_a_plots_line_tells_what_was_approved_or_what_it_is_now(
        later, files, words):
    found = having(*later, files=files)
    asked = found.requirement(ASKED)
    assert exhibits(asked, found,
                    for_release(asked, found))[1].approved == words


def test_files_are_known_by_what_was_submitted_and_what_changed_since():
    found = having(files=(FileFact('phi.png', NEW, 'eve'),
                          FileFact('gone.png', '', 'eve')))
    assert present_files(found.requirement(ASKED), found) == {
        'phi.png': NEW, 'old.png': REF}
