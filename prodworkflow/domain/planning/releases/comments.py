"""Comments on sign-off tickets that tell what a move to a release means."""

from __future__ import annotations

from collections.abc import Iterable

from prodworkflow.domain.planning.releases.effect import (
    Fate,
    MovedRequirement,
    ReleaseEffect,
)
from prodworkflow.domain.text import joined, joined_by, Message

TITLE = 'summary'


# Fields that every move may change; nothing is said of them.
SILENT = ('version', 'status', 'resolution')


def comment(effect: ReleaseEffect, each: MovedRequirement,
            changed: Iterable[str], kept: Iterable[str]) -> str:
    """The comment on a requirement's ticket, in wiki text.

    `changed` are the ticket fields that follow the release, `kept` those that
    somebody has changed by hand and that stay.
    """
    return joined_by(' ', [
        _head(effect), *([] if effect.wish.renamed else [_meaning(each)]),
        *_texts(_names(changed), _names(kept))])


def _head(effect: ReleaseEffect) -> Message:
    """The release and the reason, as a sentence."""
    wish = effect.wish
    reason = wish.reason.strip()
    about = {'release': wish.name, 'was': effect.was, 'reason': reason
             if reason.endswith(('.', '!', '?')) else f'{reason}.'}
    if wish.renamed:
        return Message('Release %(was)s is called %(release)s now: '
                       '%(reason)s', **about)
    return Message('Release %(release)s: %(reason)s', **about)


def _meaning(each: MovedRequirement) -> Message:
    if each.fate is Fate.AGAIN:
        return Message('What was signed for the release before counts no '
                       'more, for %(why)s; please look again.', why=each.why)
    if each.fate is Fate.CARRIED:
        return Message('What was signed is carried over, for %(why)s.',
                       why=each.why)
    if each.fate is Fate.UNSIGNED:
        return Message('It is not signed yet.')
    return Message('This sign-off is not bound to a release.')


def _texts(changed: list[str], kept: list[str]) -> list[str]:
    """What follows the release, and what does not."""
    found: list[str] = []
    if changed:
        found.append(Message('Follows the release: %(fields)s.',
                             fields=joined(changed)))
    if kept:
        found.append(Message('Stays, for somebody changed it by hand: '
                             '%(fields)s.', fields=joined(kept)))
    return found


def _names(fields: Iterable[str]) -> list[str]:
    """Ticket fields as people call them."""
    return ['title' if name == TITLE else name for name in sorted(fields)
            if name not in SILENT]
