"""Section *Lines to copy*: for scripts, wiki pages and READMEs."""

from __future__ import annotations

import shlex
from typing import Any
from urllib.parse import quote

from trac.config import Configuration

from prodworkflow.domain.options import address
from prodworkflow.translation import _
from prodworkflow.web.campaign_page.context import PageContext
from prodworkflow.web.response import add_our_script


def data(page: PageContext) -> dict[str, Any]:
    """What the section shows."""
    add_our_script(page.req, 'prodworkflow_copy.js')
    name, base = page.told.campaign.name, _base(page).rstrip('/')
    return {'lines': {**_script_lines(page, name, base),
                      **_wiki_lines(name),
                      **_picture_lines(name, base)}}


def _base(page: PageContext) -> str:
    """The address of this Trac, as the option, Trac or the request has it."""
    config: Configuration = page.env.config
    return (address(config.get('prodworkflow', 'pictures_base'))
            or page.env.base_url or page.req.abs_href.base)


def _script_lines(page: PageContext, name: str, base: str) -> dict[str, str]:
    """Lines for scripts, which fail while the launch gate is shut.

    Only administrators are told where the environment lies.
    """
    place = (page.env.path if page.person.administrator
             else str(_('ENV')))
    gate = f'{base}/campaign/{quote(name, safe="")}/gate'
    return {
        str(_('Submission script: fails while the gate is shut')):
            f'curl -fsS {shlex.quote(gate)} && ./submit.sh',
        str(_('On the server: exit code 0 only when it may pass')):
            f'trac-admin {shlex.quote(place)} campaign gate '
            f'{shlex.quote(name)}',
        str(_('On the server: all that is known of it')):
            f'trac-admin {shlex.quote(place)} campaign show '
            f'{shlex.quote(name)}'}


def _wiki_lines(name: str) -> dict[str, str]:
    """Lines for wiki pages of this Trac: a link, and macros."""
    named = f'"{name}"' if ',' in name else name
    return {str(_('Wiki: link')): f'[campaign:"{name}"]',
            str(_('Wiki: readiness')): f'[[CampaignReadiness({named})]]',
            str(_('Wiki: timeline')): f'[[CampaignTimeline({named})]]',
            str(_('Wiki: matrix')): f'[[CampaignMatrix({named})]]'}


def _picture_lines(name: str, base: str) -> dict[str, str]:
    """The lines that show a campaign's badge, by where they are written.

    All that has a meaning in wiki text or Markdown is percent-encoded.
    """
    badge = f'/campaign/{quote(name, safe="")}/badge.svg'
    return {str(_('Wiki: picture')): f'[[Image({badge})]]',
            str(_('Markdown: picture')): f'![{name}]({base}{badge})'}
