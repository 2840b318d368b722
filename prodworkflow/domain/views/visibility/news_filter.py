"""News filter: what a recipient is told of a campaign, by what they may see.
"""

from __future__ import annotations

from dataclasses import replace

from prodworkflow.domain.model.notifications import (
    CampaignNews,
    ConcernNews,
    News,
)
from prodworkflow.domain.views.visibility.hidden_words import HiddenWords


def shown_news(news: CampaignNews, words: HiddenWords) -> CampaignNews | None:
    """The news for somebody to whom these words are hidden; None for none.

    Of a hidden milestone or ticket they get no mail at all.
    """
    if isinstance(news, ConcernNews):
        concern = news.concern
        return None if concern.ticket in words.tickets else replace(
            news, concern=replace(concern, words=words.shown(concern.words)))
    if isinstance(news, News):
        return None if words.mention(news.milestone) else replace(
            news, because=words.shown(news.because))
    return replace(news, words=tuple(words.each(news.words)))
