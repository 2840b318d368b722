"""What the rules say are messages, which can be translated in all parts."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import prodworkflow.domain
from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.ledger.history import history
from prodworkflow.domain.model.campaign import Change
from prodworkflow.domain.model.evidence import EvidenceSpec, ValueSpec
from prodworkflow.domain.model.item_list import Group
from prodworkflow.domain.model.person import Deputy
from prodworkflow.domain.planning.plan import plan
from prodworkflow.domain.planning.request import CampaignRequest
from prodworkflow.domain.planning.signers import SiteFacts
from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.rules.waivers.requests import bounds_of
from prodworkflow.domain.template.mistakes.problems import TemplateError
from prodworkflow.domain.template.parser import parse
from prodworkflow.domain.text import Message
from prodworkflow.domain.views.readiness import readiness
from support.factories import (
    chain,
    entry,
    facts,
    requirement,
    signoff,
    snapshot,
    state,
)
from support.ledgers import EVERY

DAY = 86400 * 10**6
NOW = 20000 * DAY
DOMAIN = Path(prodworkflow.domain.__file__).parent
MODULES = [pytest.param(path, id=str(path.relative_to(DOMAIN)))
           for path in sorted(DOMAIN.rglob('*.py'))]
MESSAGES = ('Message', 'Phrase')
# These are no sentences for people: the language of templates, logins and
# deputies, which is read again; what is written into tickets, which everybody
# shares; units; what a parser of TOML says.
NO_SENTENCES = {
    'at_least = ', 'weight >= ', ' for ', 'anna, "Doe, Jane", "a ""b"" c"',
    '"Doe, Jane" for anna', 'name = ', 'key = ',
    'weight = ', 'contacts = []', 'each ', 'the release',
    'a day not set yet', r'\(at line (\d+), column \d+\)$',
    ' (n=)', '1 HS06', 'upstream ticket',
    '-//prodworkflow//NONSGML production campaigns//EN',
    }
WORDS = ('words', 'verdict', 'reasons', 'notes')
TEMPLATE = """
title = "T"
[[stage]]
key = "one"
title = "One"
[[stage.requirement]]
key = "first"
title = "First"
"""


def sentences(node: ast.AST) -> Iterator[str]:
    """The sentences that are built or written outside of messages."""
    text = ''
    if isinstance(node, ast.Call) and ast.unparse(node.func) in (
            *MESSAGES, 're.compile'):
        for argument in node.keywords:
            yield from sentences(argument)
        return
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return  # a docstring
    if isinstance(node, ast.JoinedStr):
        text = ''.join(v.value for v in node.values
                       if isinstance(v, ast.Constant))
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        text = node.value
    if ' ' in text and re.search('[A-Za-z]', text) and (
            text not in NO_SENTENCES):
        yield text
    for child in ast.iter_child_nodes(node):
        if not (isinstance(node, ast.JoinedStr)
                and isinstance(child, ast.Constant)):
            yield from sentences(child)


@pytest.mark.parametrize('path', MODULES)
def test_sentences_of_the_domain_are_built_as_messages(path):
    tree = ast.parse(path.read_text(encoding='utf-8'))
    assert list(sentences(tree)) == []


@pytest.mark.parametrize(('code', 'found'), [
    pytest.param('f"{a} is open"', [' is open'], id='f-string'),
    pytest.param('"%s is open" % a', ['%s is open'], id='percent'),
    pytest.param('"is open".format(a)', ['is open'], id='format'),
    pytest.param('Message("is open", a=f"of {b}")', ['of '],
                 id='parameter of a message'),
    pytest.param('f"{f(\'is open\')}"', ['is open'], id='in an f-string'),
    pytest.param('Message("is open")', [], id='message'),
    pytest.param('def f():\n    "It is open."', [], id='docstring'),
])
def test_sentences_outside_of_messages_are_found(code, found):
    assert list(sentences(ast.parse(code))) == found


def shouted(text: str) -> str:
    """A pattern in capitals, as a catalogue would give a translation."""
    return re.sub(r'%\(\w+\)s|%%|(.)', lambda m: m[0].upper() if m[1]
                  else m[0], text, flags=re.DOTALL)


def spoken(data: object, name: str = '') -> Iterator[str]:
    """All sentences of a JSON answer, whatever table they are in."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from spoken(value, key)
    elif isinstance(data, list):
        for value in data:
            yield from spoken(value, name)
    elif name in WORDS and data:
        yield data


def decided():
    """A decision about many kinds of trouble."""
    late = date(2024, 1, 1)
    asked = [
        requirement('feature-freeze', quorum=2, contacts=('anna', '@core')),
        requirement('software-quality', contacts=()),
        requirement('resources-estimate', deputies=(
            Deputy('dora', 'anna', late, date(2099, 1, 1)),),
            changed=Change('eve', NOW, 'bruno', 'left')),
        requirement('release-validated', release_bound=True, stale=9,
                    asks=EvidenceSpec((ValueSpec(
                        'memory', 'Memory', 'GB', at_most='2 GB'),),
                        ('energy',))),
        requirement('remote-sites-validated', group='sites', item='cnaf'),
        requirement('runtime-performance', quorum=2),
        requirement('physics-results')]
    signed = [signoff(4, 'feature-freeze'), signoff(5, 'release-validated'),
              signoff(6, 'physics-results', 'rejected', 'bruno')]
    found = replace(
        state(signed, asked, held_since=NOW, held_by='eve',
              held_because='crashes', launched=5,
              changed=Change('eve', NOW, 'strict', 'haste')),
        groups=(Group('sites', 'release-validation', 'Sites', 'sites'),))
    tickets = {r.key: facts(r.key) for r in asked}
    tickets['runtime-performance'] = facts('runtime-performance', 'closed')
    tickets['software-quality'] = replace(
        facts('software-quality'), milestone='Elsewhere')
    del tickets['remote-sites-validated']
    return decide(snapshot(state=found, tickets=tickets, pace={},
                           others={'software-preparation': (99,)}), NOW)


def test_all_words_of_an_answer_are_messages():
    told = list(spoken(readiness(decided()).as_dict()))
    assert len(told) > 20
    assert [w for w in told if not isinstance(w, Message)] == []


def test_a_translation_reaches_the_nested_parts_of_an_answer():
    answers = {a.requirement.key: a.words.translated(shouted)
               for a in decided().launch.answers}
    assert answers['feature-freeze'] == (
        'HAS 1 OF 2 APPROVALS; AWAITS A MEMBER OF core')
    assert answers['resources-estimate'] == (
        'AWAITS anna OR dora (FOR anna)')
    assert answers['runtime-performance'] == (
        'WAS CLOSED (fixed) WITHOUT A SIGN-OFF; AWAITS anna')
    assert answers['physics-results'] == 'WAS REJECTED BY bruno; AWAITS anna'
    assert answers['release-validated'] == (
        'WAS SIGNED FOR ANOTHER RELEASE THAN V1; AWAITS anna')
    gate = decided().launch
    assert 'THE CAMPAIGN IS ON HOLD BY eve: crashes; A HOLDER OF ' \
        'CAMPAIGN_LAUNCH MAY RESUME IT' in [
            r.translated(shouted) for r in gate.reasons()]


def test_a_translation_reaches_the_nested_parts_of_a_view():
    told = readiness(decided(), 'software-preparation')
    assert told.verdict.translated(shouted) == (
        'NOT READY: 3 OF 3 SIGN-OFFS MISSING; NEXT: #1 Feature Freeze, '
        'A MEMBER OF core.')
    assert told.notes[0].translated(shouted) == (
        'ENFORCEMENT LOWERED TO standard BY eve ON 2024-10-04: “haste”')
    assert readiness(decided()).forecast.words.translated(shouted) == (
        'NO FORECAST: THE CAMPAIGN IS ON HOLD BY eve: crashes.')
    assert told.as_text().translated(shouted).startswith(
        '2011 Prod, software-preparation GATE: SHUT\nNOT READY: ')


@pytest.mark.parametrize('verb', sorted(EVERY))
def test_every_event_of_a_history_is_a_message(verb):
    events = history(chain(entry(verb, 'feature-freeze', **EVERY[verb])),
                     state())
    for event in events:
        assert isinstance(event.words, Message)
        assert event.words != event.words.translated(shouted)


def test_a_stored_reason_is_translated_in_the_history():
    events = history(chain(entry(
        'refused', stage='pre-production', what=Message('closing the stage'),
        reasons=[Message('%(stage)s is %(state)s.', stage='2.',
                         state=Message('open')), 'as said.'])), state())
    assert events[-1].words == ('was refused closing the stage 3. '
                                'pre-production: 2. is open; as said')
    assert events[-1].words.translated(shouted) == (
        'WAS REFUSED CLOSING THE STAGE 3. pre-production: 2. IS OPEN; '
        'as said')


def planned():
    wish = CampaignRequest(
        'a/b', 'mine', start='soon', enforcement='none',
        contacts={'frist': ('anna',), 'first': ('bruno', '@core')},
        quorums={'first': 'x'}, lists_text='[lists]\nsites = 1')
    plan(wish, parse(TEMPLATE), SiteFacts(('anna',), ('M',)))


@pytest.mark.parametrize('act', [
    pytest.param(planned, id='plan'),
    pytest.param(lambda: bounds_of(['x']), id='bounds'),
    pytest.param(lambda: parse('title = 1\n[[stage]]\nweird = 1\n'),
                 id='template'),
])
def test_all_problems_of_a_request_are_messages(act):
    with pytest.raises((InvalidRequest, TemplateError)) as caught:
        act()
    problems = [p if isinstance(p, tuple) else (p.path, p.words)
                for p in caught.value.problems]
    for _, words in problems:
        assert isinstance(words, Message)
        assert words != words.translated(shouted)


def test_a_problem_inside_of_a_problem_is_translated():
    with pytest.raises(InvalidRequest) as caught:
        planned()
    assert dict(caught.value.problems)['lists'].translated(shouted) == (
        'LISTS, LINE 2, lists.sites: WRITE sites = ["ONE", "TWO"], OR '
        '[[LISTS.sites]] TABLES')


def test_a_phase_in_a_sentence_is_translated_too():
    words = Message('the campaign is %(phase)s', phase='closed')
    assert words == 'the campaign is closed'
    assert words.translated(shouted) == 'THE CAMPAIGN IS CLOSED'
