"""What is refused is refused in the reader's language, too."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from support.campaigns import FULL, NAME
from support.italian import data_of, english, our_text

PAGE = f'/campaign/{quote(NAME)}'
PANEL = f'/admin/production/campaigns/{quote(NAME)}'
CREATE = '/admin/production/campaigns'
TEMPLATES = '/admin/production/templates'
SIGN = f'{PAGE}/sign'
# Words of addresses and forms, and what Trac itself says in English.
WRITTEN = ('path-to-production', 'since', 'show', 'all, open, mine, late',
           'asked-again', 'approved', 'no-such', 'Review any',
           'above, and any', 'in the preview below.', 'for anna',
           'title, description, lists, freeze, waivers, resolution, remind, '
           'stage')
REFUSED = [
    (PAGE, {'act': 'resume', 'reason': 'Va bene.'}),
    (PAGE, {'act': 'hold', 'reason': ''}),
    (PAGE, {'act': 'nothing'}),
    (f'{PAGE}?since=soon', None),
    (f'{PAGE}?show=x', None),
    (f'{PAGE}?history=x', None),
    (f'{PAGE}?show=matrix&matrix=x', None),
    (f'/campaign/{FULL}/plots?plot=x', None),
    ('/campaign/matrix?last=x', None),
    ('/campaign/matrix?list=x', None),
    ('/campaign/nope', None),
    (f'{PAGE}/gate?stage=x', None),
    (f'{PAGE}/launch', {'reason': 'Va bene.'}),
    (PAGE, {'act': 'remind', 'who': 'nobody'}),
    ('/campaign/due.ics', {'x': '1'}),
    ('/campaign/due.ics?mine=x', None),
    (SIGN, {'requirement': 'feature-freeze', 'verdict': 'approved'}),
    (SIGN, {'requirement': 'no-such', 'verdict': 'approved'}),
    (SIGN, {'requirement': 'physics-results', 'verdict': 'approved',
            'statement': 'Va bene.'}),
    (SIGN, {'requirement': 'feature-freeze', 'verdict': 'waived'}),
    (SIGN, {'requirement': 'feature-freeze', 'verdict': 'no-such'}),
    (f'/campaign/{FULL}/sign', {'requirement': 'memory-leaks',
                                'verdict': 'approved', 'statement': ''}),
    (f'/campaign/{FULL}/sign', {
        'requirement': 'memory-leaks', 'verdict': 'approved',
        'statement': 'Va bene.', 'value:memory_growth': 'molto'}),
    (f'/campaign/{FULL}/sign', {
        'requirement': 'memory-leaks', 'verdict': 'waived',
        'statement': '', 'reason': 'x', 'until': 'mai'}),
    ('/campaign', {'act': 'sign', 'sel': 'x'}),
    ('/campaign', {'tick': f'{FULL}/memory-leaks', 'statement': ''}),
    (CREATE, {'create': '1', 'name': '', 'template': 'path-to-production'}),
    (CREATE, {'create': '1', 'name': NAME, 'release': 'V1',
              'template': 'path-to-production', 'start': 'presto',
              'contact:feature-freeze': 'no such person'}),
    (CREATE, {'preview': '1', 'name': 'A/B', 'release': 'V1',
              'template': 'no-such'}),
    (PANEL, {'act': 'hold', 'revision': 'x', 'reason': 'Va bene.'}),
    (PANEL, {'act': 'release', 'release': 'V1', 'reason': 'Va bene.'}),
    (PANEL, {'act': 'release', 'release': '', 'reason': ''}),
    (PANEL, {'act': 'change', 'contact:feature-freeze': 'nessuno',
             'reason': 'x'}),
    (PANEL, {'act': 'change', 'quorum:feature-freeze': '9', 'reason': 'x'}),
    (PANEL, {'act': 'reschedule', 'start': 'presto', 'reason': 'x'}),
    (PANEL, {'act': 'items', 'item_name': 'X', 'reason': 'x'}),
    (PANEL, {'act': 'deputy', 'deputy': 'eve', 'for': 'nessuno'}),
    (PANEL, {'act': 'replace', 'old': 'anna', 'new': ''}),
    (PANEL, {'act': 'launch', 'reason': 'Va bene.'}),
    (PANEL, {'act': 'close', 'reason': 'Va bene.'}),
    (PANEL, {'act': 'remove', 'confirm': 'x'}),
    (PANEL, {'act': 'no-such'}),
    (f'{TEMPLATES}/mine', {'act': 'save', 'text': 'title = '}),
    (f'{TEMPLATES}/mine', {'act': 'save', 'text': ''}),
    (f'{TEMPLATES}/path-to-production', {'act': 'save', 'text': '''
title = "Sites"
quorums = 2
[lists]
sites = ["CNAF", "CNAF"]
[[stage]]
key = "A b"
due = "presto"
[[stage.requirement]]
key = "valid"
for_each = "sit"
until = 3
'''}),
    (f'{TEMPLATES}/path-to-production', {'act': 'remove'}),
    (f'{TEMPLATES}/path-to-production?version=9', None),
    (f'{TEMPLATES}/path-to-production?action=diff&version=x', None),
]


@pytest.mark.parametrize('user', ['coordinator', 'bruno'])
def test_refusals_have_no_english_sentence_for_who_reads_italian(
        full, campaign, italian, system, user):
    reader, data = italian(user), [*data_of(system), *WRITTEN]
    found = {}
    for path, fields in REFUSED:
        answer = (reader.get(path) if fields is None
                  else reader.post(path, fields))
        assert 400 <= answer.status < 500, (path, fields, answer.status)
        left = english(our_text(answer.text), data)
        if left:
            found[path, str(fields)] = left
    assert found == {}
