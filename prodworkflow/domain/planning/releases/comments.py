"""Comments on sign-off tickets that tell what a move to a release means."""

from __future__ import annotations

from collections.abc import Iterable

from prodworkflow.domain.planning.releases.effect import (
    Fate,
    MovedRequirement,
    ReleaseEffect,
)
from prodworkflow.domain.text import joined

TITLE, DESCRIPTION = 'summary', 'description'


def comment(effect: ReleaseEffect, each: MovedRequirement,
            changed: Iterable[str], kept: Iterable[str]) -> str:
    """The comment on a requirement's ticket, in wiki text.

    `changed` are the ticket fields that follow the release, `kept` those that
    somebody has changed by hand and that stay.
    """
    wish = effect.wish
    reason = wish.reason.strip()
    stop = '' if reason.endswith(('.', '!', '?')) else '.'
    head = (f'Release {effect.was} is called {wish.name} now'
            if wish.renamed else f'Release {wish.name}')
    return ' '.join([f'{head}: {reason}{stop}',
                     *([] if wish.renamed else [_meaning(each)]),
                     *_texts(changed, kept)])


def _meaning(each: MovedRequirement) -> str:
    if each.fate is Fate.AGAIN:
        return ('What was signed for the release before counts no more, for '
                f'{each.why}; please look again.')
    if each.fate is Fate.CARRIED:
        return f'What was signed is carried over, for {each.why}.'
    if each.fate is Fate.UNSIGNED:
        return 'It is not signed yet.'
    return 'This sign-off is not bound to a release.'


def _texts(changed: Iterable[str], kept: Iterable[str]) -> list[str]:
    """What follows the release, and what does not."""
    found = []
    named = _names(changed)
    if named:
        found.append(f'The {joined(named)} follow{"" if named[1:] else "s"} '
                     'the release.')
    stays = _names(kept)
    if stays:
        found.append(f'The {joined(stays)} {"were" if stays[1:] else "was"} '
                     'changed by hand and stay'
                     f'{"" if stays[1:] else "s"} as '
                     f'{"they are" if stays[1:] else "it is"}.')
    return found


def _names(fields: Iterable[str]) -> list[str]:
    """Ticket fields as people call them, without those of every move."""
    return ['title' if name == TITLE else name for name in sorted(fields)
            if name not in ('version', 'status', 'resolution')]
