"""Atom: reads a feed as strictly as RFC 4287 and feed validators have it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit
from xml.etree import ElementTree

ATOM = '{http://www.w3.org/2005/Atom}'
# RFC 3339, with a capital T and a time zone.
DATE = re.compile(r'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?'
                  r'(Z|[+-]\d\d:\d\d)')
ONCE = {'feed': ('id', 'title', 'updated'),
        'entry': ('id', 'title', 'updated')}
KNOWN = {
    'feed': {'author', 'category', 'contributor', 'generator', 'icon', 'id',
             'link', 'logo', 'rights', 'subtitle', 'title', 'updated',
             'entry'},
    'entry': {'author', 'category', 'content', 'contributor', 'id', 'link',
              'published', 'rights', 'source', 'summary', 'title',
              'updated'}}
AT_MOST_ONCE = ('content', 'generator', 'icon', 'logo', 'published', 'rights',
                'source', 'subtitle', 'summary')


@dataclass(frozen=True)
class FeedEntry:
    """An entry of a feed that was found valid."""

    id: str
    title: str
    author: str
    content: str
    link: str
    updated: datetime


@dataclass(frozen=True)
class AtomFeed:
    """A feed that was found valid, with the problems that it has beside."""

    id: str
    title: str
    updated: datetime
    links: dict[str, str]
    entries: list[FeedEntry]


def read_feed(text):
    """The feed of a document; AssertionError where it is not valid."""
    root = ElementTree.fromstring(text.encode())
    assert root.tag == f'{ATOM}feed'
    _check_children(root, 'feed')
    entries = [_entry(each) for each in root.findall(f'{ATOM}entry')]
    ids = [e.id for e in entries]
    assert len(set(ids)) == len(ids)
    made = AtomFeed(_iri(root, 'id'), _text(root, 'title'),
                    _date(root, 'updated'), _links(root), entries)
    assert made.id not in ids
    assert made.links['self']
    assert all(e.updated <= made.updated for e in entries)
    if entries:
        assert made.updated == max(e.updated for e in entries)
    return made


def _entry(element):
    _check_children(element, 'entry')
    authors = element.findall(f'{ATOM}author')
    assert authors
    names = [_text(author, 'name') for author in authors]
    assert all(name.strip() for name in names)
    links = _links(element)
    content = element.find(f'{ATOM}content')
    assert content is None or content.get('type', 'text') in ('text', 'html')
    assert content is not None or links['alternate']
    if element.find(f'{ATOM}published') is not None:
        _date(element, 'published')
    return FeedEntry(
        _iri(element, 'id'), _text(element, 'title'), names[0],
        '' if content is None else content.text or '', links['alternate'],
        _date(element, 'updated'))


def _check_children(element, kind):
    names = [child.tag for child in element]
    assert all(name.startswith(ATOM) for name in names)
    plain = [name[len(ATOM):] for name in names]
    assert set(plain) <= KNOWN[kind]
    assert all(plain.count(name) == 1 for name in ONCE[kind])
    assert all(plain.count(name) <= 1 for name in AT_MOST_ONCE)
    for category in element.findall(f'{ATOM}category'):
        assert category.get('term')


def _links(element):
    found = {}
    for link in element.findall(f'{ATOM}link'):
        parts = urlsplit(link.get('href'))
        assert parts.scheme in ('http', 'https')
        assert parts.netloc
        assert re.fullmatch(r'[\x21-\x7e]+', link.get('href'))
        kind = link.get('rel', 'alternate'), link.get('type')
        assert kind not in found
        found[kind] = link.get('href')
    return {rel: href for (rel, _), href in found.items()}


def _iri(element, name):
    found = _text(element, name)
    assert re.fullmatch(r'urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}',
                        found)
    return found


def _text(element, name):
    found = element.findall(f'{ATOM}{name}')
    assert len(found) == 1
    assert found[0].get('type', 'text') == 'text'
    assert len(found[0]) == 0
    return found[0].text or ''


def _date(element, name):
    found = _text(element, name)
    assert DATE.fullmatch(found), found
    return datetime.fromisoformat(found.replace('Z', '+00:00'))
