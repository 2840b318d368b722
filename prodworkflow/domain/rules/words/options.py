"""Options of a ticket field on this site, and what a campaign calls them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from prodworkflow.domain.model.campaign import Campaign, SiteWord


@dataclass(frozen=True)
class Options:
    """The words of a ticket field, in Trac's order, and its default one.

    `default` is what trac.ini says, which may be no word of the site.
    """

    words: tuple[str, ...] = ()
    default: str = ''

    @property
    def usual(self) -> str:
        """The default, else the first word; '' where there is none."""
        if self.default in self.words:
            return self.default
        return self.words[0] if self.words else ''


NO_OPTIONS = Options()


def site_word(campaign: Campaign, field: str, word: str) -> str:
    """What the site calls a word, as far as the campaign knows.

    `field` is resolution, type, priority or component.
    """
    return next((w.site for w in campaign.words
                 if (w.field, w.word) == (field, word)), word)


def with_renaming(words: tuple[SiteWord, ...], field: str, was: str,
                  now: str) -> tuple[SiteWord, ...]:
    """The words of a campaign after Trac has renamed one."""
    moved = [replace(w, site=now) if (w.field, w.site) == (field, was) else w
             for w in words]
    if all((w.field, w.word) != (field, was) for w in words):
        moved.append(SiteWord(field, was, now))
    return tuple(w for w in moved if w.word != w.site)
