"""Italian readers: their clients, and what of a page is still in English."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html.parser import HTMLParser
from pathlib import Path

import pytest

CATALOGUE = (Path(__file__).parents[2] / 'prodworkflow' / 'locale' / 'it'
             / 'LC_MESSAGES' / 'prodworkflow.po')
# Words of English sentences that are none in Italian.
ENGLISH = re.compile(r'(?i)(?<![\w/."\'=:\[{-])(the|of|and|is|are|was|'
                     r'were|has|have|not|by|for|to|from|with|what|who|'
                     r'which|nothing|'
                     r'nobody|waits?|signed|its|be|can|all|any|this|that|'
                     r'them|more|than|days?|late|since|until|sign-offs?|'
                     r'stages?|shown?|write|choose|why|where|when)(?![\w\'-])')
SAID = ('title', 'placeholder', 'aria-label', 'alt', 'label', 'data-label')
# Where Trac's own pages say what we refuse.
REFUSAL = {('p', 'message'), ('div', 'system-message')}
# Trac has no Italian for these.
TRAC = ('Review any', 'above, and any', 'in the preview below.')
VOID = {'area', 'base', 'br', 'col', 'embed', 'hr', 'img', 'input', 'link',
        'meta', 'source', 'track', 'wbr', 'path', 'line', 'rect', 'use',
        'circle'}
# Code, statements and what is copied stay as they are.
AS_WRITTEN = {'code', 'pre', 'textarea', 'script', 'style', 'q', 'samp',
              'kbd', 'option'}
QUOTED = re.compile(r'“[^”]*”|"[^"]*"')
TITLE = re.compile(r'(?m)^\s*title = "([^"{]+)')


class OurText(HTMLParser):
    """Collects what is said in our parts of a page, a piece each."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._open: list[tuple[str, bool, bool]] = []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        ours = self._ours() or any(
            word.startswith(('pw-', 'prodworkflow'))
            or (tag, word) in REFUSAL
            for name in ('id', 'class')
            for word in (given.get(name) or '').split())
        written = self._written() or tag in AS_WRITTEN
        if ours:
            self.found += [given[name] for name in SAID if given.get(name)]
            if tag == 'input' and given.get('type') in ('submit', 'button'):
                self.found.append(given.get('value') or '')
        if tag not in VOID:
            self._open.append((tag, ours, written))

    def handle_endtag(self, tag):
        while tag not in VOID and self._open:
            if self._open.pop()[0] == tag:
                break

    def handle_data(self, data):
        if self._ours() and not self._written():
            self.found.append(' '.join(data.split()))

    def _ours(self):
        return bool(self._open) and self._open[-1][1]

    def _written(self):
        return bool(self._open) and self._open[-1][2]


def our_text(page: str) -> list[str]:
    """What our parts of a page say, without code and statements."""
    parser = OurText()
    parser.feed(page)
    return [each for each in dict.fromkeys(parser.found) if each.strip()]


def english(texts: Iterable[str], data: Iterable[str] = ()) -> list[str]:
    """The texts that have English words beside data, quotations, links."""
    known = sorted((d for d in data if d), key=len, reverse=True)
    found = []
    for text in texts:
        rest = QUOTED.sub(' ', text)
        for each in known:
            rest = rest.replace(each, ' ')
        if ENGLISH.search(rest):
            found.append(text)
    return found


def data_of(system):
    """What people wrote, titles, labels, keys, units; and Trac's English."""
    yield from TRAC
    yield 'the release'  # a placeholder of a template that is looked at
    for kept in system.templates.all():
        yield from TITLE.findall(system.templates.version(kept.name).text)
    for name in system.queries.names():
        state = system.queries.decision(name).snapshot.state
        yield from (name, state.campaign.enforcement)
        for stage in state.stages:
            yield from (stage.label, stage.milestone, stage.title)
        for group in state.groups:
            yield from (group.title, group.plural)
        for r in state.requirements:
            yield from (r.title, r.key, r.item or '')
            yield from (v.title for v in r.asks.values)


@pytest.fixture
def italian(client):
    """A factory of clients whose browser asks for Italian."""
    def make(user=None):
        made = client(user)
        made.opener.addheaders = [('Accept-Language', 'it')]
        return made
    return make
