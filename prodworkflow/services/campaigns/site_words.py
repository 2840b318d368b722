"""Words of the site in running campaigns: freezes, and renamed words.

What a campaign names follows where Trac tells of a renaming; elsewhere
`strange_words` tells what is none of Trac's words any more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from prodworkflow import store
from prodworkflow.domain.canonical_json import plain
from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.model.campaign import Freeze
from prodworkflow.domain.model.person import Person
from prodworkflow.domain.model.state import State
from prodworkflow.domain.planning.freezes import chosen, FreezeWords
from prodworkflow.domain.planning.word_findings import names_of, word_findings
from prodworkflow.domain.rules.words.options import lacking, site_word
from prodworkflow.domain.rules.words.resolutions import APPROVED
from prodworkflow.domain.text import Message
from prodworkflow.gateways.clock import now
from prodworkflow.gateways.site_words import (
    approving_resolution,
    known_word,
    options,
    site_words,
)
from prodworkflow.services.campaigns.releases import follow_version

RESOLUTION, RENAMED = 'resolution', 'word-renamed'


def with_freeze(env: Any, state: State, asked: FreezeWords,
                problems: list[tuple[str, str]]) -> State:
    """The state with the freeze that is asked for.

    Problems are appended to `problems`.
    """
    if not asked:
        return state
    return replace(state, campaign=replace(state.campaign, freeze=chosen(
        state.campaign.freeze, asked, site_words(env), problems)))


def record_freeze(book: store.Book, after: Freeze | None, person: Person,
                  reason: str) -> int:
    """Record what may enter after the freeze from now on; 1 if it changed."""
    before = book.state.campaign.freeze
    if after is None or before is None or after == before:
        return 0
    book.record(now(), person.name, 'freeze-changed',
                **_words(after), was=_words(before), reason=reason)
    return 1


def record_resolution(book: store.Book, word: str | None, person: Person,
                      reason: str) -> int:
    """Record which resolution approves from now on; 1 if it changed.

    InvalidRequest if Trac has none such.
    """
    was = site_word(book.state.campaign, RESOLUTION, APPROVED)
    if word is None or word == was:
        return 0
    words = lacking(RESOLUTION, word, options(book.env, RESOLUTION))
    if words:
        raise InvalidRequest([(RESOLUTION, words)])
    book.record(now(), person.name, RENAMED, field=RESOLUTION, was=was,
                word=word, reason=reason)
    return 1


def naming(env: Any, campaigns: Iterable[int], field: str,
           word: str) -> dict[int, str]:
    """Those of the campaigns that name a word of a field, and as what.

    For a resolution that approves as the site's default, that is the word
    in whose place it stands.
    """
    found = {}
    for id_ in campaigns:
        with store.open_campaign(env, id_) as book:
            as_what = _named(book, field, word) if book is not None else ''
            if as_what:
                found[id_] = as_what
    return found


def follow_renaming(env: Any, campaigns: Mapping[int, str], field: str,
                    word: str, actor: str) -> list[str]:
    """Let campaigns follow a word to its new name; their names.

    `campaigns` are those that `naming` has found before the renaming.
    """
    if not known_word(env, field, word):
        return []
    followed = []
    for id_, was in campaigns.items():
        with store.open_campaign(env, id_) as book:
            if book is None:
                continue
            if field == 'version':
                follow_version(book, word, Person(actor))
            else:
                book.record(now(), actor, RENAMED, field=field, was=was,
                            word=word)
            followed.append(book.state.campaign.name)
    return followed


def strange_words(book: store.Book) -> list[Message]:
    """What a campaign names that is none of Trac's words, in sentences."""
    return word_findings(book.state, store.ticket_words(
        book.env, book.campaign), site_words(book.env))


def _named(book: store.Book, field: str, word: str) -> str:
    """As what a campaign names a word; '' if it does not."""
    state = book.state
    if field == RESOLUTION and word == approving_resolution(
            book.env, state.campaign):
        return site_word(state.campaign, RESOLUTION, APPROVED)
    if field == 'version':
        return word if word == state.campaign.release else ''
    tickets = store.ticket_words(book.env, book.campaign).values()
    named = word in names_of(state.campaign, field) or any(
        each.get(field) == word for each in tickets)
    return word if named else ''


def _words(freeze: Freeze) -> dict[str, Any]:
    return {'types': plain(freeze.types), 'priority': freeze.priority}
