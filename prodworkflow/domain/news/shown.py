"""Notices as one of their recipients may see them."""

from __future__ import annotations

from dataclasses import replace

from prodworkflow.domain.news.notices import Notice, NoticeLine
from prodworkflow.domain.views.visibility import HiddenWords


def shown_notice(notice: Notice, words: HiddenWords) -> Notice | None:
    """A notice for somebody to whom these words are hidden; None for none.

    Of a hidden ticket or milestone they are told nothing at all.
    """
    line = notice.line
    if line and (line.ticket in words.tickets or _is_elsewhere(line, words)):
        return None
    return replace(notice, head=words.shown(notice.head),
                   subject=words.shown(notice.subject),
                   line=line and _shown_line(line, words))


def _is_elsewhere(line: NoticeLine, words: HiddenWords) -> bool:
    """Whether a line is about a milestone that is hidden."""
    return not (line.requirement or line.concern) and words.mention(
        line.title)


def _shown_line(line: NoticeLine, words: HiddenWords) -> NoticeLine:
    """A line as it is shown; the title of a visible ticket can be seen."""
    return replace(line, words=words.shown(line.words),
                   title=words.shown(line.title) if line.concern
                   else line.title)
