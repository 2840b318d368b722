"""Words of the site in a plan: what Trac lacks of what a template names.

A ticket then gets what Trac's own form would choose, and a sentence says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from prodworkflow.domain.model.campaign import Campaign, SiteWord
from prodworkflow.domain.planning import freezes
from prodworkflow.domain.planning.freezes import SiteWords
from prodworkflow.domain.rules.words.options import (
    lacking,
    NO_OPTIONS,
    site_word,
)
from prodworkflow.domain.rules.words.resolutions import APPROVED, resolution
from prodworkflow.domain.template.expansion import Expanded
from prodworkflow.domain.template.model import Template
from prodworkflow.domain.text import Message

# Fields of tickets that a template may name words for, and Trac chooses else.
CHOSEN = ('type', 'component', 'priority')
FITTED = (*CHOSEN, 'severity')


def fitting(words: Mapping[str, str], campaign: Campaign,
            site: SiteWords) -> dict[str, str]:
    """The fields of a ticket to be, with words that the site has."""
    return {**words, **{
        name: site.get(name, NO_OPTIONS).fitting(
            site_word(campaign, name, words[name]))
        for name in FITTED if name in words}}


def words_of(campaign: Campaign, template: Template,
             site: SiteWords | None) -> tuple[SiteWord, ...]:
    """Which resolution approves in a new campaign, unless it is `fixed`.

    `check` tells when the site has it no more.
    """
    asked = _words(template.resolution)
    if site is None:
        return asked
    return _words(resolution(APPROVED, replace(campaign, words=asked),
                             site.get('resolution', NO_OPTIONS)))


def _words(approving: str) -> tuple[SiteWord, ...]:
    return ((SiteWord('resolution', APPROVED, approving),)
            if approving not in ('', APPROVED) else ())


def word_notices(campaign: Campaign, template: Template,
                 drafts: Iterable[Expanded],
                 site: SiteWords | None) -> list[str]:
    """Which words the site lacks, and what stands in their place."""
    return [] if site is None else [
        *resolution_notices(replace(
            campaign, words=_words(template.resolution)), site),
        *freezes.notices(campaign.freeze, site),
        *ticket_notices(drafts, campaign, site)]


def ticket_notices(drafts: Iterable[Expanded], campaign: Campaign,
                   site: SiteWords) -> list[str]:
    """That tickets get other words than the template names; once a group."""
    return list(dict.fromkeys(
        Message('%(key)s: %(words)s Its ticket gets %(usual)s.',
                key=d.requirement.group or d.requirement.key, words=words,
                usual=options.usual or Message('none'))
        for d in drafts for name in CHOSEN if d.words.get(name)
        for options in [site.get(name, NO_OPTIONS)]
        for words in [lacking(name, site_word(campaign, name, d.words[name]),
                              options)] if words))


def resolution_notices(campaign: Campaign, site: SiteWords) -> Iterator[str]:
    """Which resolution approves, where it is not the one that was asked for.
    """
    options = site.get('resolution', NO_OPTIONS)
    asked = site_word(campaign, 'resolution', APPROVED)
    found = resolution(APPROVED, campaign, options)
    if found == asked:
        return
    yield Message('%(words)s Closing a sign-off ticket approves it with '
                  '%(found)s.', words=lacking('resolution', asked, options),
                  found=Message('"%(word)s"', word=found) if found
                  else Message('no resolution'))
