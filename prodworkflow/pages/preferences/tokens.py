"""Preference panel of tokens: everybody makes and revokes their own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

from trac.core import Component, implements
from trac.prefs.api import IPreferencePanelProvider
from trac.web.api import HTTPBadRequest
from trac.web.chrome import add_notice

from prodworkflow.api import (
    CampaignSystem,
    InvalidRequest,
    NoSuchCampaign,
    TokenRequest,
    VIEW,
)
from prodworkflow.domain.dates import day_of
from prodworkflow.domain.model.machines.token import SCOPES
from prodworkflow.translation import _, METADATA
from prodworkflow.web.database_errors import database_errors_as_503
from prodworkflow.web.forms import form_text
from prodworkflow.web.response import add_styles, Rendering, set_status

PANEL = 'production-tokens'
# The form proposes a last day, so that no token is for ever by oversight.
PROPOSED = timedelta(days=365)


class TokenPanel(Component):
    """Offers *Production tokens* in the preferences, to who sees campaigns.

    Tokens let a machine ask, report and hold for its owner. The secret is
    shown once, on the page that answers the form.
    """

    implements(IPreferencePanelProvider)

    # IPreferencePanelProvider methods

    def get_preference_panels(self, req: Any) -> Iterator[tuple[str, str]]:
        if req.is_authenticated and VIEW in req.perm:
            yield PANEL, _("Production tokens")

    @database_errors_as_503
    def render_preference_panel(self, req: Any, panel: str) -> Rendering:
        req.perm.require(VIEW)
        # Neither the secret nor a list of keys is for a cache.
        req.send_header('Cache-Control', 'no-store')
        system = CampaignSystem(self.env)
        shown = {'wish': self._proposed(system, req), 'problems': {},
                 'made': None}
        if req.method == 'POST':
            self._check_form(req)
            shown.update(self._answer(req, system))
        add_styles(req)
        return 'prodworkflow_preferences_tokens.html', {
            **shown, 'scopes': SCOPES, 'campaigns': system.queries.names(),
            'rows': system.tokens.rows(req.authname),
            'prefpanel_has_own_submit': True}, METADATA

    # Internal methods

    def _answer(self, req: Any, system: CampaignSystem) -> dict[str, Any]:
        """Make or revoke a token, as the form says; what the page shows."""
        wish = self._wish(req)
        try:
            if 'revoke' in req.args:
                self._revoke(req, system)
                return {}
            return {'made': system.tokens.add(wish, req.perm)}
        except InvalidRequest as error:
            found = {field: str(words) for field, words in error.problems}
        except NoSuchCampaign as error:
            found = {'campaign': str(error)}
        set_status(req, 400)
        return {'wish': wish, 'problems': found}

    @staticmethod
    def _revoke(req: Any, system: CampaignSystem) -> None:
        revoked = system.tokens.revoke(form_text(req.args, 'revoke'),
                                       req.authname)
        add_notice(req, _('The token %(name)s is revoked.',
                          name=revoked.name))
        req.redirect(req.href.prefs(PANEL))

    @staticmethod
    def _check_form(req: Any) -> None:
        """Trac checks the token of forms alone, and this takes nothing else.
        """
        if req.args.get('__FORM_TOKEN') != req.form_token:
            raise HTTPBadRequest(_('The form token is missing; reload the '
                                   'page and try again.'))

    @staticmethod
    def _wish(req: Any) -> TokenRequest:
        scopes = [s for s in req.args.getlist('scope') if isinstance(s, str)]
        return TokenRequest(req.authname, ' '.join(scopes), *(
            form_text(req.args, field) for field in (
                'name', 'campaign', 'requirement', 'expires')))

    @staticmethod
    def _proposed(system: CampaignSystem, req: Any) -> TokenRequest:
        day = day_of(system.context.now()) + PROPOSED
        return replace(TokenRequest(req.authname, ''), expires=str(day))
