"""What nobody can sign any more, told to administrators."""

from __future__ import annotations

import pytest

from prodworkflow.domain.news.kinds.stranded_requirements import nobody_notices
from support.changes import changed, signed, standing, trac
from support.factories import requirement

FREEZE, QUALITY = 'feature-freeze', 'software-quality'
REST = [requirement('release-validated'),
        requirement('runtime-performance')]
ASKED = [requirement(FREEZE), requirement(QUALITY, contacts=('bruno',)),
         *REST]


def on(known, asked=ASKED):
    return standing(asked, known=known)


@pytest.mark.parametrize(('before', 'after', 'checked', 'keys'), [
    pytest.param(on(trac()), on(trac()), False, [], id='all can'),
    pytest.param(on(trac()), on(trac('bruno')), False, [QUALITY],
                 id='one cannot any more'),
    pytest.param(on(trac('bruno')), on(trac('bruno')), False, [],
                 id='it was so before'),
    pytest.param(on(trac('bruno')), on(trac('bruno')), True, [QUALITY],
                 id='it was so before, and somebody looks'),
    pytest.param(None, on(trac('bruno')), False, [QUALITY], id='creation'),
    pytest.param(on(trac()), signed(ASKED, QUALITY, known=trac('bruno')),
                 False, [], id='it is signed'),
    pytest.param(on(trac()), on(trac(core=()), [
        requirement(FREEZE, contacts=('@core',)), *ASKED[1:]]), False,
        [FREEZE], id='a group without members'),
])
def test_administrators_are_told_what_a_change_has_stranded(
        before, after, checked, keys):
    found = list(nobody_notices(changed(before, after, checked=checked)))
    assert [n.line.requirement for n in found] == keys
    for notice in found:
        assert (notice.kind.value, notice.head, notice.contacts,
                notice.holders) == ('nobody', 'Nobody can sign', (),
                                    ('CAMPAIGN_ADMIN',))


@pytest.mark.parametrize(('quorum', 'words'), [
    pytest.param({}, 'barred', id='nobody'),
    pytest.param({'contacts': ('anna', 'bruno'), 'quorum': 2},
                 'only anna can still sign it, and 2 have to: barred; no '
                 'more are named', id='too few'),
])
def test_the_line_says_why(quorum, words):
    asked = [ASKED[0], requirement(QUALITY, **{'contacts': ('bruno',),
                                               **quorum}), *REST]
    notice, = nobody_notices(changed(on(trac(), asked),
                                     on(trac('bruno'), asked)))
    assert (notice.line.title, notice.line.words) == ('Software quality ok',
                                                      words)
