"""Options of a ticket field on this site, and what a campaign calls them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches, SequenceMatcher

from prodworkflow.domain.logins import quoted_login
from prodworkflow.domain.model.campaign import Campaign
from prodworkflow.domain.text import joined, Message, suggest

# How much of a word that is unknown is told, and how many that are known.
SHOWN, MOST = 64, 20


@dataclass(frozen=True)
class Options:
    """The words of a ticket field, in Trac's order, and its default one.

    `default` is what trac.ini says, which may be no word of the site;
    `optional` lets a ticket have none.
    """

    words: tuple[str, ...] = ()
    default: str = ''
    optional: bool = False

    @property
    def usual(self) -> str:
        """What Trac's own form would choose; '' where there is none."""
        if self.default in self.words:
            return self.default
        return '' if self.optional else next(iter(self.words), '')

    def fitting(self, word: str) -> str:
        """The word, if the site has it, or else the usual one."""
        return word if word in self.words else self.usual


NO_OPTIONS = Options()


def site_word(campaign: Campaign, field: str, word: str) -> str:
    """What the site calls a word, as far as the campaign knows.

    `field` is resolution, type, priority or component.
    """
    return next((w.site for w in campaign.words
                 if (w.field, w.word) == (field, word)), word)


def lacking(name: str, word: str, options: Options) -> Message | None:
    """That a word of a ticket field is none of the site's, and what is."""
    if word in options.words:
        return None
    return Message('"%(text)s" is no %(name)s that Trac knows.%(suggestion)s '
                   'It has %(options)s.', text=word[:SHOWN], name=name,
                   suggestion=suggest(word, near(name, word, options)),
                   options=told(name, word, options))


def near(name: str, word: str, options: Options) -> list[str]:
    """The words of a field that are so like one that it may be meant.

    A priority that is taken for another one lets in what should stay out:
    `trivial` is like `critical`.
    """
    return _alike(word, options.words, 0.85 if name == 'priority' else 0.6)


def no_word(name: str, word: str, options: Options) -> Message:
    """The same as part of a sentence."""
    return Message('"%(word)s" is no %(name)s (Trac has %(options)s)',
                   word=word[:SHOWN], name=name,
                   options=told(name, word, options))


def told(name: str, word: str, options: Options) -> str:
    """The words that there are, those first that are nearest to one.

    Of priorities those that are meant, then all from the most urgent on.
    """
    first = (near(name, word, options) if name == 'priority'
             else _nearest_first(word, options.words))
    words = [*dict.fromkeys((*first, *options.words))][:MOST]
    return joined([*map(quoted_login, words)]) or Message('none')


def _nearest_first(word: str, known: Iterable[str]) -> list[str]:
    """The known words, in their order, those first that are most like one."""
    asked = word[:SHOWN].casefold()
    return sorted(known, key=lambda each: -SequenceMatcher(
        None, asked, each.casefold()).ratio())


def _alike(word: str, known: Iterable[str], least: float) -> list[str]:
    """The known words that are like a misspelt one, `least` to 1."""
    return get_close_matches(word[:SHOWN], list(known), 3, least)
