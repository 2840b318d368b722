"""What the ledger makes of evidence: bases of approvals, files that change."""

from __future__ import annotations

from dataclasses import replace

import pytest

from prodworkflow.domain import ledger
from prodworkflow.domain.ledger import creation
from prodworkflow.domain.model.evidence import EvidenceSpec, FileFact
from support.factories import ASKED, entry, requirement, state

FREEZE, QUALITY = 'feature-freeze', 'software-quality'
A, B, REF = 'a' * 64, 'b' * 64, 'c' * 64
BASIS = (('plot:eta', B), ('plot:phi', A), ('reference:eta', REF),
         ('reference:phi', REF))


def plot(name='phi', digest=A, file='new.png'):
    return {'kind': 'plot', 'name': name, 'text': file, 'digest': digest,
            'reference': 'old.png', 'reference_digest': REF}


def said(verb, *evidence, actor='anna', key=FREEZE, **more):
    return replace(entry(verb, key, role='contact', statement='So.',
                         evidence=list(evidence), **more), actor=actor)


def changed(digest, file='new.png', **more):
    return replace(entry('attachment-changed', FREEZE, attachment=file,
                         digest=digest, was='', **more), actor='eve')


def folded(*entries):
    asked = [requirement(k, asks=EvidenceSpec((), ('phi', 'eta')))
             if k == FREEZE else requirement(k) for k in ASKED]
    sealed = [ledger.seal(None, entry('created', **creation.plan_payload(
        state((), asked))))]
    for each in entries:
        sealed.append(ledger.seal(sealed[-1], each))
    return ledger.fold(sealed)


def files(*entries):
    return folded(*entries).requirement(FREEZE).files


@pytest.mark.parametrize(('entries', 'left'), [
    pytest.param([said('reported', plot()), changed(B)],
                 (FileFact('new.png', B, 'eve'),), id='replaced'),
    pytest.param([said('reported', plot()), changed('')],
                 (FileFact('new.png', '', 'eve'),), id='removed'),
    pytest.param([said('reported', plot()), changed(B), changed('')],
                 (FileFact('new.png', '', 'eve'),), id='the last counts'),
    pytest.param([said('reported', plot()), changed(B), changed(A)], (),
                 id='put back'),
    pytest.param([said('reported', plot()), changed(B),
                  said('reported', plot(digest=B))], (), id='reported so'),
    pytest.param([said('reported', plot()), changed(B, found='a launch')],
                 (FileFact('new.png', B, ''),), id='past Trac'),
    pytest.param([said('reported', plot()), changed(B, 'more.png')], (),
                 id='no evidence'),
    pytest.param([changed(B), said('reported', plot())], (),
                 id='before it was evidence'),
    pytest.param([said('reported', plot()),
                  said('reported', plot('eta', B))],
                 (FileFact('new.png', B, 'anna'),),
                 id='two plots of one file, which changed between'),
    pytest.param([said('reported', plot()), said('reported', plot('eta', B)),
                  said('reported', plot('phi', A, 'other.png'))], (),
                 id='and one of them is another file now'),
    pytest.param([said('reported', plot()), changed(''),
                  changed(B, 'old.png')],
                 (FileFact('new.png', '', 'eve'),
                  FileFact('old.png', B, 'eve')), id='both files'),
    pytest.param([said('reported', plot()), changed(B),
                  entry('ticket-replaced', FREEZE, ticket=9, ticket_time=5)],
                 (), id='another ticket'),
])
def test_what_is_left_of_changed_attachments(entries, left):
    assert files(*entries) == left


@pytest.mark.parametrize(('entries', 'basis'), [
    pytest.param([said('approved')], (), id='nothing given'),
    pytest.param([said('approved', plot(), plot('eta', B, 'eta.png'))], BASIS,
                 id='given in the same act'),
    pytest.param([said('reported', plot('eta', B, 'eta.png')),
                  said('approved', plot())], BASIS, id='given before, too'),
    pytest.param([said('reported', plot()), changed(B), said('approved')],
                 (('plot:phi', B), ('reference:phi', REF)),
                 id='the file as it was then'),
    pytest.param([said('reported', plot()),
                  said('approved', basis={'plot:phi': B})],
                 (('plot:phi', B),), id='what the entry itself names'),
    pytest.param([said('reported', plot()), said('reported')], None,
                 id='a report has none'),
    pytest.param([said('reported', plot()), said('approved', key=QUALITY)],
                 None, id='nothing is asked for'),
    pytest.param([said('waived', waiver={
        'reason': 'awaiting', 'until': '2026-07-01', 'bounds': []})], None,
                 id='nor has a waiver'),
    pytest.param([said('reported', plot()), said('waived', waiver={
        'reason': 'evidence-changed', 'until': '2026-07-01', 'bounds': []})],
                 (('plot:phi', A), ('reference:phi', REF)),
                 id='but one of changed evidence'),
])
def test_an_approval_rests_on_the_evidence_that_was_there(entries, basis):
    assert folded(*entries).signoffs[-1].basis == basis


@pytest.mark.parametrize(('rests', 'told'), [
    (None, ()), ({}, ()),
    ({'sites': B, QUALITY: A}, (('rests:sites', B),
                                (f'rests:{QUALITY}', A)))])
def test_an_approval_keeps_what_it_rests_on(rests, told):
    more = {} if rests is None else {'rests': rests}
    found = folded(said('approved', plot(), basis={'plot:phi': A}, **more))
    assert found.signoffs[-1].basis == (
        ('plot:phi', A), *sorted(told))
