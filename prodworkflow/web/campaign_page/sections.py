"""The sections of a campaign's page in their order, and its contents."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

from trac.util.datefmt import from_utimestamp
from trac.web.chrome import Chrome

from prodworkflow.domain.views.roadmap.card import CampaignCard
from prodworkflow.domain.views.waits.asked import asked_people
from prodworkflow.translation import _, N_
from prodworkflow.web.campaign_page import (
    history,
    lines,
    matrix,
    numbers,
    plots,
    releases,
    since,
    stages,
    timeline,
    waited_for,
    waivers,
)
from prodworkflow.web.campaign_page.context import PageContext
from prodworkflow.web.campaign_page.lean_html import lean
from prodworkflow.web.texts.ticket_links import link_tickets

Data = Mapping[str, Any]


@dataclass(frozen=True)
class Section:
    """A part of the page: its id, its heading, and what its template shows.

    The template is `prodworkflow_section_<id>.html`, with `_` for `-`, which
    finds the data under the same name. `count` in them stands behind the
    section's name in the contents.
    """

    id: str
    heading: str
    data: Callable[[PageContext], Data]

    @property
    def name(self) -> str:
        """The name of its data."""
        return self.id.replace('-', '_')


SECTIONS = (
    Section('since', N_('Since'), since.data),
    Section('timeline', N_('Timeline'), timeline.data),
    Section('stages', N_('Stages'), stages.data),
    Section('waited-for', N_('Waited for'), waited_for.data),
    Section('matrix', N_('Matrix'), matrix.data),
    Section('numbers', N_('Numbers'), numbers.data),
    Section('plots', N_('Plots'), plots.data),
    Section('waivers-and-known-issues', N_('Waivers and known issues'),
            waivers.data),
    Section('releases', N_('Releases'), releases.data),
    Section('history', N_('History'), history.data),
    Section('lines-to-copy', N_('Lines to copy'), lines.data),
)


@dataclass(frozen=True)
class ContentsEntry:
    """A link of the contents; `count` is None where nothing is counted."""

    id: str
    heading: str
    count: int | None


def page_data(page: PageContext, plain: bool = False) -> dict[str, Any]:
    """What the template of the page shows, all sections and the contents.

    A `plain` page is for a projector and for paper: it has no forms.
    """
    found = {s.name: s.data(page) for s in SECTIONS}
    return {**found, 'plain': plain, 'told': page.told,
            'campaign': page.told.campaign, 'linked': link_tickets,
            'lean': lean,
            'verdict': str(page.told.verdict).split(': ', 1),
            'awaited': asked_people(page.told),
            'card': CampaignCard(page.told), 'author': _author(page),
            'from_utimestamp': from_utimestamp, 'sections': SECTIONS,
            'contents': [ContentsEntry(s.id, _(s.heading),
                                       found[s.name].get('count'))
                         for s in SECTIONS]}


def _author(page: PageContext) -> Callable[[str], Any]:
    """What shows a person's name; each is made once a page."""
    return lru_cache(None)(partial(Chrome(page.env).authorinfo, page.req))
