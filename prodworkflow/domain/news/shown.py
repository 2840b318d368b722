"""Notices as one of their recipients may see them."""

from __future__ import annotations

from dataclasses import replace

from prodworkflow.domain.model.notices import Notice
from prodworkflow.domain.views.visibility import HiddenWords


def shown_notice(notice: Notice, words: HiddenWords) -> Notice | None:
    """A notice for somebody to whom these words are hidden; None for none.

    Of a hidden ticket or milestone they are told nothing at all.
    """
    line = notice.line
    if line and (line.ticket in words.tickets or words.mention(line.title)):
        return None
    return replace(notice, head=words.shown(notice.head), line=line and
                   replace(line, words=words.shown(line.words)))
