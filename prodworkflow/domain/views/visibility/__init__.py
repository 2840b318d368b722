"""Visibility: what of a campaign is taken out for those who may not see it.

The one filter of all faces: pages, JSON, pictures, mails, refusals, previews.
"""

from prodworkflow.domain.views.visibility.decision_filter import (
    VisibilityFilter,
)
from prodworkflow.domain.views.visibility.hidden_words import HiddenWords
from prodworkflow.domain.views.visibility.news_filter import shown_news
from prodworkflow.domain.views.visibility.preview_filter import (
    shown_effect,
    shown_handover,
    shown_shift,
    shown_undone,
)
from prodworkflow.domain.views.visibility.state_filter import StateFilter

__all__ = ['HiddenWords', 'StateFilter', 'VisibilityFilter', 'shown_effect',
           'shown_handover', 'shown_news', 'shown_shift', 'shown_undone']
