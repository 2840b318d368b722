"""Wiki links to campaigns: `campaign:"2011 Prod"`, `campaign:"2011 Prod/emc"`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

from trac.core import Component, implements
from trac.resource import IResourceManager, Resource
from trac.util.html import Markup, tag
from trac.wiki.api import IWikiSyntaxProvider

from prodworkflow.api import PageCampaigns
from prodworkflow.domain.model.permissions import VIEW
from prodworkflow.domain.views.readiness import Readiness
from prodworkflow.domain.views.references import (
    no_campaign,
    no_part,
    Reference,
    reference,
)
from prodworkflow.translation import _
from prodworkflow.wiki.campaign_reader import CampaignReaders

REALM = 'campaign'


class CampaignLinks(Component):
    """Links wiki text to campaigns, and to their stages and sign-offs.

    `campaign:"2011 Prod"` leads to the campaign, `campaign:"2011 Prod/emc"` to
    what has that key in it: a requirement, a stage, or an item of a list. The
    title of the link says how far it is.
    """

    implements(IResourceManager, IWikiSyntaxProvider)

    # IWikiSyntaxProvider methods

    def get_wiki_syntax(self) -> Iterable[Any]:
        return ()

    def get_link_resolvers(self) -> Iterator[tuple[str, Callable[..., Any]]]:
        yield REALM, self._link

    # IResourceManager methods

    def get_resource_realms(self) -> Iterator[str]:
        yield REALM

    def get_resource_url(self, resource: Resource, href: Any,
                         **kwargs: Any) -> str:
        return str(href.campaign(resource.id, **kwargs))

    # Trac gives it by its name.
    def get_resource_description(
            self, resource: Resource, format: str = 'default',  # noqa: A002
            context: Any = None, **kwargs: Any) -> Any:
        name = str(resource.id)
        told = name if format == 'compact' else str(
            _('Campaign %(name)s', name=name))
        return told if context is None else self._rendered(context, name,
                                                           told)

    def resource_exists(self, resource: Resource) -> bool:
        return resource.id in PageCampaigns(self.env).names

    # Internal methods

    def _link(self, formatter: Any, ns: str, target: str, label: Any) -> Any:
        return self._rendered(formatter.context, target, label)

    def _rendered(self, context: Any, target: str, label: Any) -> Any:
        reader = CampaignReaders(self.env).reader(context)
        if not reader.may_view:
            return _missing(label, _(
                '%(permission)s is needed to see campaigns.',
                permission=VIEW))
        name, _slash, key = (part.strip() for part in target.partition('/'))
        html = reader.card(
            name, ('link', key, str(tag(label)), context.href.base),
            partial(_of_part, context.href, key, label))
        if html is None:
            return _missing(label, no_campaign(name, reader.campaigns.names))
        return Markup(html)


def _of_part(href: Any, key: str, label: Any, told: Readiness) -> str:
    """The link to a part of a campaign as HTML."""
    found = reference(told, key)
    if found is None:
        return str(_missing(label, no_part(told, key)))
    return str(tag.a(label, class_=f'campaign pw-link pw-link-{found.state}',
                     href=_address(href, told, found), title=found.title))


def _address(href: Any, told: Readiness, found: Reference) -> str:
    if found.ticket:
        return f'{href.ticket(found.ticket)}#prodworkflow-box'
    page = str(href.campaign(told.campaign.name))
    return f'{page}#stage-{found.stage}' if found.stage else page


def _missing(label: Any, why: str) -> Any:
    """A link to nothing, as Trac shows its own."""
    return tag.a(label, class_='missing campaign', rel='nofollow', title=why)
