"""Section *Lines to copy*: for scripts, wiki pages and READMEs."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from trac.config import Configuration

from prodworkflow.domain.options import address
from prodworkflow.web.campaign_page.context import PageContext


def data(page: PageContext) -> dict[str, Any]:
    """What the section shows."""
    return {'pictures': _picture_lines(page.told.campaign.name, _base(page))}


def _base(page: PageContext) -> str:
    """The address of this Trac, as the option, Trac or the request has it."""
    config: Configuration = page.env.config
    return (address(config.get('prodworkflow', 'pictures_base'))
            or page.env.base_url or page.req.abs_href.base)


def _picture_lines(name: str, base: str) -> dict[str, str]:
    """The lines that show a campaign's badge, by where they are written.

    All that has a meaning in wiki text or Markdown is percent-encoded.
    """
    badge = f'/campaign/{quote(name, safe="")}/badge.svg'
    return {'Wiki': f'[[Image({badge})]]',
            'Markdown': f'![{name}]({base.rstrip("/")}{badge})'}
