"""Notices of what nobody can sign any more, to who can name others."""

from __future__ import annotations

from collections.abc import Iterator

from prodworkflow.domain.model.permissions import ADMIN
from prodworkflow.domain.news.change import DecidedChange
from prodworkflow.domain.news.lines import line_of
from prodworkflow.domain.news.notices import Kind, Notice
from prodworkflow.domain.rules.decision import Decision
from prodworkflow.domain.rules.stranded import Stranded, stranded
from prodworkflow.domain.text import Message

NOBODY = Message('Nobody can sign')


def nobody_notices(change: DecidedChange) -> Iterator[Notice]:
    """What a change has left without people who can sign it.

    All there is where somebody has looked for it.
    """
    before = {s.requirement.key for s in _found(change.before)} \
        if not change.checked else ()
    for each in _found(change.after):
        if each.requirement.key not in before:
            yield Notice(Kind.NOBODY, NOBODY, line_of(
                change.after, each.requirement, _why(each)),
                holders=(ADMIN,))


def _why(found: Stranded) -> str:
    """Why nobody is left, beside the name of what it is about."""
    about = found.words.params
    return Message('only %(able)s can still sign it, and %(needed)s have to: '
                   '%(why)s', able=about['able'], needed=about['needed'],
                   why=about['why']) if about['able'] else about['why']


def _found(decision: Decision | None) -> tuple[Stranded, ...]:
    """What nobody can sign, as far as the facts about signers are known."""
    facts = decision.snapshot.state.signers if decision else None
    return stranded(decision, facts) if decision and facts else ()
