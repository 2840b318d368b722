"""Feature freeze in a plan: the words of what may enter, and checks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from shlex import quote

from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.logins import (
    QUOTED,
    quoted_login,
    split_logins,
    unquoted_login,
)
from prodworkflow.domain.model.campaign import ANY, Freeze
from prodworkflow.domain.rules.words.options import (
    lacking,
    near,
    NO_OPTIONS,
    Options,
)
from prodworkflow.domain.text import Message

TYPES, PRIORITY = 'freeze-types', 'freeze-priority'
SiteWords = Mapping[str, Options]
USUAL = Freeze('')  # what a [freeze] without further words lets in


@dataclass(frozen=True)
class FreezeWords:
    """What may enter after the freeze, as typed; None as it is.

    `types` are separated by commas, quoted as in CSV; `*` stands for any.
    """

    types: str | None = None
    priority: str | None = None

    def overruled(self, others: FreezeWords) -> FreezeWords:
        """The words of `others`; what they leave out, as it is here."""
        return FreezeWords(
            self.types if others.types is None else others.types,
            self.priority if others.priority is None else others.priority)

    def __bool__(self) -> bool:
        return self.types is not None or self.priority is not None


NO_WORDS = FreezeWords()
ANYTHING = FreezeWords(ANY, ANY)


def chosen(freeze: Freeze | None, asked: FreezeWords, site: SiteWords | None,
           problems: list[tuple[str, str]]) -> Freeze | None:
    """The freeze with the words that are asked for.

    They have to be the site's, but for those that it had before; problems
    are appended to `problems`.  `site` is None to compare with nothing.
    """
    if not asked:
        return freeze
    if freeze is None:
        problems.append((TYPES if asked.types is not None else PRIORITY,
                         Message('The campaign has no feature freeze, which '
                                 'its template would name in [freeze]; leave '
                                 'this out.')))
        return None
    types = (freeze.types if asked.types is None
             else _types(asked.types, problems))
    priority = freeze.priority if asked.priority is None else (
        _priority(asked.priority, problems))
    found = replace(freeze, types=types, priority=priority)
    problems += [(field, words) for field, word, words in misfits(found, site)
                 if word not in _words(freeze)]
    return found


def problems_of(freeze: Freeze | None, own: Freeze | None,
                site: SiteWords | None) -> list[tuple[str, str]]:
    """The words that a freeze has of a template's own and the site lacks.

    Not the usual ones, of which there is a notice: templates that name those
    make campaigns on every site.
    """
    words_of = _words(own) - _words(USUAL)
    return [('template', words) for _, word, words in misfits(freeze, site)
            if word in words_of]


def notices(freeze: Freeze | None, site: SiteWords | None) -> list[str]:
    """The usual words of a freeze that the site lacks, and what to do."""
    return [words for _, word, words in misfits(freeze, site)
            if word in _words(USUAL)]


def misfits(freeze: Freeze | None, site: SiteWords | None
            ) -> Iterator[tuple[str, str, Message]]:
    """The words of a freeze that the site lacks: field, word, sentence."""
    if freeze is None or site is None:
        return
    for field, name, words in ((TYPES, 'type', freeze.types),
                               (PRIORITY, 'priority', (freeze.priority,))):
        options = site.get(name, NO_OPTIONS)
        for word in words:
            told = None if word == ANY else lacking(name, word, options)
            if told:
                yield field, word, Message(
                    'Feature freeze: %(words)s Choose by '
                    '--%(field)s=%(example)s, or in the form.',
                    words=told, field=field,
                    example=_example(name, word, options))


def _words(freeze: Freeze | None) -> set[str]:
    return {*freeze.types, freeze.priority} if freeze else set()


def _example(name: str, word: str, options: Options) -> str:
    """What to give, as it is typed in a shell; a word only if it is clear."""
    found = near(name, word, options)
    if len(found) == 1:
        return quote(quoted_login(found[0]))
    return name.upper() if options.words else quote(ANY)


def _types(text: str, problems: list[tuple[str, str]]) -> tuple[str, ...]:
    """The ticket types of a list; problems are appended to `problems`."""
    try:
        found = tuple(dict.fromkeys(split_logins(text, TYPES)))
    except InvalidRequest:
        problems.append((TYPES, Message(
            '"%(text)s": put commas between types, and a type that holds '
            'commas or quotation marks in quotation marks, each mark in it '
            'twice.', text=text[:64])))
        return (ANY,)
    if not found:
        problems.append((TYPES, Message(
            'Name the ticket types that may enter, or * for any.')))
    return found


def _priority(text: str, problems: list[tuple[str, str]]) -> str:
    """The least priority; problems are appended to `problems`."""
    word = text.strip()
    if re.fullmatch(QUOTED, word):
        word = unquoted_login(word)
    if not word:
        problems.append((PRIORITY, Message(
            'Name the least urgent priority that may enter, or * for any.')))
    return word or ANY
