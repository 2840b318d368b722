"""The page of the ledger has each verb, and the hash that it shows is one."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest

from prodworkflow.domain.canonical_json import canonical
from prodworkflow.domain.ledger.chain import digest
from prodworkflow.domain.ledger.effects import EFFECTS
from prodworkflow.domain.ledger.entry import Entry
from prodworkflow.domain.model.vocabulary import Verdict

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / 'docs' / 'development' / 'ledger.rst').read_text(
    encoding='utf-8')
ITEM = re.compile(r'(?m)^``([a-z-]+)``\n((?:    .*\n|\n(?=    ))+)')
VERDICTS = {v.value for v in Verdict}
RECORDED = re.compile(
    r"""(?:record|_entry)\(\s*(?:now\(\), [\w.]+,\s*)?'([a-z-]+)'"""
    r"""([^()]*(?:\([^()]*(?:\([^()]*\)[^()]*)*\)[^()]*)*)\)""")


def test_each_verb_is_told_once_and_no_other():
    told = [m[1] for m in ITEM.finditer(PAGE)]
    assert sorted(told) == sorted(EFFECTS)


@pytest.mark.parametrize('verb', EFFECTS)
def test_of_each_verb_payload_and_effect_are_told(verb):
    told, = (m[2] for m in ITEM.finditer(PAGE) if m[1] == verb)
    assert re.findall(r'(?m)^    :(\w+): ', told) == ['Payload', 'Effect']


def test_what_is_recorded_with_a_verb_is_told_with_it():
    """As far as the calls that record name the verb themselves."""
    told = {m[1]: m[2] for m in ITEM.finditer(PAGE)}
    general = ''.join(PAGE.partition('Verdicts\n---')[2].partition(
        '``approved``\n')[0])
    found = [(m[1], name) for path in sorted(
        (ROOT / 'prodworkflow' / 'services').rglob('*.py'))
        for m in RECORDED.finditer(path.read_text(encoding='utf-8'))
        for name in re.findall(r'(?<![\w.])(\w+)=', m[2])]
    assert len(found) > 40
    assert [each for each in found if each[0] in EFFECTS
            and f'``{each[1]}``' not in told[each[0]]
            + (general if each[0] in VERDICTS else '')] == []


def test_the_example_has_the_hash_that_is_told():
    text, told = re.findall(r'(?m)^   (\[.*\]|[0-9a-f]{64})$', PAGE)
    fields = json.loads(text)
    assert canonical(fields) == text
    assert hashlib.sha256(text.encode()).hexdigest() == told
    assert digest(Entry(*fields, hash='')) == told
