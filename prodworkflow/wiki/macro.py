"""What the macros have in common: arguments, permissions, errors in place."""

from __future__ import annotations

import csv
from functools import partial
from typing import Any

from trac.util.html import Markup
from trac.wiki.formatter import MacroError
from trac.wiki.macros import WikiMacroBase

from prodworkflow.domain.model.permissions import VIEW
from prodworkflow.domain.views.readiness import Readiness
from prodworkflow.domain.views.references import no_campaign
from prodworkflow.translation import _, DOMAIN
from prodworkflow.web.response import add_styles
from prodworkflow.wiki.campaign_reader import CampaignReader, CampaignReaders


class CampaignMacro(WikiMacroBase):
    """A macro about one campaign, its first argument.

    `usage` shows how it is written; it takes from `least` to `most` arguments.
    """

    abstract = True
    _domain = DOMAIN
    usage = ''
    least = most = 1

    def expand_macro(self, formatter: Any, name: str, content: str | None,
                     args: Any = None) -> Any:
        """The macro as HTML; MacroError is shown in its place."""
        words = arguments(content)
        if not self.least <= len(words) <= self.most:
            raise MacroError(_(
                'Write %(usage)s; a name with a comma or a quotation mark '
                'stands in double quotes.', usage=self.usage))
        return self.told(formatter, words)

    def told(self, formatter: Any, words: list[str]) -> Any:
        """What is shown for these arguments."""
        reader = reader_for(self.env, formatter)
        html = reader.card(
            words[0], (type(self).__name__, *words[1:], formatter.href.base),
            partial(self._html, formatter, words[1:]))
        if html is None:
            raise MacroError(no_campaign(words[0], reader.campaigns.names))
        return Markup(html)

    def shown(self, formatter: Any, told: Readiness, words: list[str]) -> Any:
        """The campaign as a fragment; `words` are the further arguments."""
        raise NotImplementedError

    def _html(self, formatter: Any, words: list[str],
              told: Readiness) -> str:
        return str(self.shown(formatter, told, words))


def reader_for(env: Any, formatter: Any) -> CampaignReader:
    """Who reads, with the style sheet on their page.

    MacroError if they may see no campaigns.
    """
    reader = CampaignReaders(env).reader(formatter.context)
    if not reader.may_view:
        raise MacroError(_('%(permission)s is needed to see campaigns.',
                           permission=VIEW))
    if getattr(formatter, 'req', None) is not None:
        add_styles(formatter.req)
    return reader


def arguments(content: str | None) -> list[str]:
    """The arguments of a macro: between commas, as in a line of CSV.

    One with a comma stands in double quotes, in which "" is a quotation mark.
    """
    line = ' '.join((content or '').split())
    if not line:
        return []
    try:
        words, = csv.reader([line], skipinitialspace=True, strict=True)
    except csv.Error as error:
        raise MacroError(_('The arguments cannot be read: %(error)s.',
                           error=error)) from error
    return [word.strip() for word in words]
