"""Resolutions of sign-off tickets: the site's word for each way of closing.

The ledger says what was approved, whatever the word; no word is ever stored
that the site lacks.
"""

from __future__ import annotations

from prodworkflow.domain.model.campaign import Campaign
from prodworkflow.domain.rules.words.options import Options, site_word

APPROVED, WAIVED, TOLERABLE = 'fixed', 'waived', 'tolerable'
LEFT_OUT = 'wontfix'


# What says nearly the same, where the site lacks the word.
INSTEAD = {TOLERABLE: (WAIVED, LEFT_OUT), WAIVED: (LEFT_OUT,)}


def resolution(way: str, campaign: Campaign, site: Options) -> str:
    """The resolution for a way of closing: APPROVED, WAIVED, TOLERABLE ...

    APPROVED is what the template says, else `fixed`, else the site's default.
    The others fall back on it. '' only where the site has no resolution.
    """
    for each in dict.fromkeys((way, *INSTEAD.get(way, ()), APPROVED)):
        for word in (site_word(campaign, 'resolution', each), each):
            if word in site.words:
                return word
    return _default(campaign, site)


def _default(campaign: Campaign, site: Options) -> str:
    """The site's default; else its first that does not mean a waiver."""
    ours = {site_word(campaign, 'resolution', each)
            for each in (WAIVED, TOLERABLE)}
    if site.default in site.words:
        return site.default
    return next((w for w in site.words if w not in ours),
                next(iter(site.words), ''))
