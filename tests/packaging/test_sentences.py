"""Sentences of the package: in the catalogue, or for others than readers.

Those of the domain are messages; `tests/unit/test_messages.py` asks that.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.italian import ENGLISH

PACKAGE = Path(__file__).parents[2] / 'prodworkflow'
MODULES = {str(path.relative_to(PACKAGE)): path
           for path in sorted(PACKAGE.rglob('*.py'))
           if path.relative_to(PACKAGE).parts[0] not in ('domain', 'demo.py')}
# They mark what is translated, or are options, whose catalogue is their own.
TRANSLATED = {'_', 'N_', 'gettext', 'ngettext', 'tag_', 'tagn_', 'Message',
              'Phrase', 'cleandoc_', 'Option', 'BoolOption', 'IntOption',
              'ListOption', 'ConfigSection'}
# The log, patterns, ends of requests that nobody reads, and the HELP lines of
# metrics, which Prometheus keeps beside their English names.
LOGGED = re.compile(r'(\.log\.\w+|log_refusal|re\.compile|'
                    r'\w+MetricFamily)$')
SQL = re.compile(r"\b(SELECT|INSERT|UPDATE|DELETE|FROM|WHERE|INDEX|UNION|"
                 r"ORDER|AND|IN)\b|<>'")
# Comments and descriptions stay in tickets and milestones, which people of all
# languages share; the rest is code, and what machines and the log are told.
WRITTEN = (
    'Stage ', 'Moved on by campaign check', 'Moved back by campaign check.',
    'Version put back by campaign check.', 'Open again, for it ',
    'Closed, for it is ', 'Closed again: deleting a comment', ' takes part in',
    ' takes no part in ', 'The campaign ', 'Who signs this was changed from ',
    ' What was signed before goes on counting.', ' * lifts `', 'no contacts',
    'Signed off.', ' * :  to ', 'campaign ', 'trac-admin ',
    'private, no-cache', 'title = "A new template"', '<',
    'The gate answers GET', 'format is "json" or "text".', 'There is no stage',
    'at is a moment like ', ' is given twice.', 'item is empty; name one, ',
    ',  of [attachment:',
    ' is needed to ask the gate.', 'A notification was not sent within',
    '"%s = %s" in [components]', 'bruno for anna ',
)


def sentences(node: ast.AST) -> Iterator[str]:
    """The English texts that are in no catalogue, in their order."""
    if isinstance(node, ast.Assert) or (isinstance(
            node, ast.Expr) and isinstance(node.value, ast.Constant)):
        return
    if isinstance(node, ast.Call):
        name = ast.unparse(node.func)
        if name in TRANSLATED or LOGGED.search(name):
            return
    text = _text(node)
    if ' ' in text.strip() and ENGLISH.search(text) and not (
            SQL.search(text) or text.startswith(WRITTEN)):
        yield text
    if not isinstance(node, ast.JoinedStr):
        for child in ast.iter_child_nodes(node):
            yield from sentences(child)
    else:
        for part in node.values:
            if isinstance(part, ast.FormattedValue):
                yield from sentences(part.value)


def _text(node: ast.AST) -> str:
    if isinstance(node, ast.JoinedStr):
        return ''.join(str(v.value) for v in node.values
                       if isinstance(v, ast.Constant))
    return node.value if isinstance(node, ast.Constant) and isinstance(
        node.value, str) else ''


def test_every_sentence_for_people_is_in_the_catalogue():
    found = {name: list(sentences(ast.parse(path.read_text('utf-8'))))
             for name, path in MODULES.items()}
    assert len(found) > 200
    assert {name: texts for name, texts in found.items() if texts} == {}


@pytest.mark.parametrize(('code', 'found'), [
    pytest.param('f(f"{a} is open")', [' is open'], id='f-string'),
    pytest.param('say("It is open.")', ['It is open.'], id='text'),
    pytest.param('f"{f(\'is open\')}"', ['is open'], id='in an f-string'),
    pytest.param('say(_("It is open."))', [], id='in the catalogue'),
    pytest.param('self.log.info("It is open.")', [], id='log'),
    pytest.param('def f():\n    "It is open."', [], id='docstring'),
])
def test_a_sentence_in_no_catalogue_is_found(code, found):
    assert list(sentences(ast.parse(code))) == found
