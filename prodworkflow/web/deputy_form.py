"""Form that names the deputies of people in one campaign, or in all."""

from __future__ import annotations

from typing import Any

from prodworkflow.api import CampaignSystem, DeputyRequest
from prodworkflow.domain.logins import quoted_login
from prodworkflow.domain.model.person import Person
from prodworkflow.domain.text import joined
from prodworkflow.translation import _
from prodworkflow.web.forms import form_revision, form_text, login_field


def name_deputy(system: CampaignSystem, req: Any, name: str,
                person: Person) -> str:
    """Name the deputy that was typed, or end the one that was chosen."""
    ending = form_text(req.args, 'ends')
    words = ending or ' '.join([
        quoted_login(login_field(req.args, 'deputy')), 'for',
        quoted_login(login_field(req.args, 'for')),
        f'{form_text(req.args, "first")}..{form_text(req.args, "last")}'])
    everywhere = 'everywhere' in req.args
    changed = system.deputies.name(
        person, DeputyRequest(words, form_text(req.args, 'reason'),
                              bool(ending),
                              'unknown_contacts' in req.args),
        None if everywhere else name,
        None if everywhere else form_revision(req.args))
    if not changed:
        return _('Nothing was changed.')
    return _('The deputies of %(campaigns)s are changed.',
             campaigns=joined(changed))
