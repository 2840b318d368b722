"""Entry *Production* in the main navigation, with the number of my sign-offs.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from trac.core import Component, implements
from trac.util.html import tag
from trac.util.text import exception_to_unicode
from trac.web.chrome import add_stylesheet, INavigationContributor

from prodworkflow.api import CampaignSystem
from prodworkflow.domain.model.permissions import VIEW
from prodworkflow.domain.views.waiting_signoffs import WaitingCount
from prodworkflow.translation import _
from prodworkflow.web.notices.waiting_number import waiting_number


class ProductionNavigation(Component):
    """Puts *Production* into the main navigation: the way to my sign-offs.

    Behind the word stands how many of them wait for who looks at the page. It
    costs one SQL statement a page, and another one after a change.
    """

    implements(INavigationContributor)

    # INavigationContributor methods

    def get_active_navigation_item(self, req: Any) -> str:
        return ''

    def get_navigation_items(self, req: Any) -> Iterable[Any]:
        if VIEW not in req.perm:
            return
        count = None
        if req.is_authenticated:
            add_stylesheet(req, 'prodworkflow/prodworkflow_navigation.css')
            count = _CountOnPage(self.env, req)
        yield ('mainnav', 'production', tag.a(_('Production'), count,
                                              href=req.href.campaign()))


class _CountOnPage:
    """The number behind the entry, counted when the page is rendered.

    So nothing is asked where no page is, and a page that has just read the
    campaigns says the number that it shows itself. Whatever goes wrong, the
    page of Trac is shown without it.
    """

    def __init__(self, env: Any, req: Any) -> None:
        self.env, self.req = env, req

    def __html__(self) -> str:
        try:
            count = waiting_number(self.req, CampaignSystem(self.env))
        except Exception as error:  # whatever page this is, it is shown
            self.env.log.error(
                'Cannot count what waits for %s: %s', self.req.authname,
                exception_to_unicode(error, traceback=True))
            return ''
        return str(_number(count)) if count.total else ''

    def __str__(self) -> str:
        return ''


def _number(count: WaitingCount) -> Any:
    return tag(' ', tag.span(count.total, class_='pw-count', role='img',
                             title=count.words, **{'aria-label': count.words}))
