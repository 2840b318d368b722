"""Form that moves a campaign to a release: shown first, then confirmed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from trac.util.html import Fragment, tag

from prodworkflow.api import CampaignSystem, ReleaseRequest
from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.model.person import Person
from prodworkflow.domain.planning.releases.effect import Fate, ReleaseEffect
from prodworkflow.domain.planning.releases.request import WHY
from prodworkflow.domain.text import joined
from prodworkflow.domain.views.visibility import shown_effect
from prodworkflow.translation import _
from prodworkflow.web.forms import form_revision, form_text
from prodworkflow.web.texts.ticket_links import link_tickets


def requested_effect(system: CampaignSystem, req: Any,
                     name: str) -> ReleaseEffect:
    """What the move would do that a form asks for; InvalidRequest."""
    return system.previews.release_effect(name, _request(req))


def move_to_release(system: CampaignSystem, req: Any, name: str,
                    person: Person) -> Fragment | None:
    """Move as it was shown; None if it is yet to be shown."""
    wish, revision = _request(req), form_revision(req.args)
    if not person.administrator:
        system.release(name, person, wish, revision)  # is refused
    system.previews.require_unchanged(name, revision, {'release': wish.name})
    effect = requested_effect(system, req, name)
    if not wish.reason:
        raise InvalidRequest([('reason', WHY)])
    if form_text(req.args, 'confirm') != effect.digest:
        return None
    done = system.release(name, person,
                          replace(wish, confirmed=effect.digest), revision)
    seen = system.queries.visibility_for(system.queries.decision(name),
                                         req.perm)
    return _notice(req, name, shown_effect(done, seen.states))


def _request(req: Any) -> ReleaseRequest:
    return ReleaseRequest(form_text(req.args, 'release'),
                          tuple(req.args.getlist('touches')),
                          form_text(req.args, 'reason'),
                          bool(form_text(req.args, 'renamed')))


def _notice(req: Any, name: str, done: ReleaseEffect) -> Fragment:
    again, kept = ([f'#{m.requirement.ticket}' for m in done.of(fate)]
                   for fate in (Fate.AGAIN, Fate.CARRIED))
    return tag(_('%(campaign)s is on release %(release)s.', campaign=name,
                 release=done.wish.name), ' ',
               link_tickets(req, _('To be signed again: %(tickets)s.',
                                   tickets=joined(again)) if again else
                            _('Nothing has to be signed again.')), ' ',
               link_tickets(req, _('Carried over: %(tickets)s.',
                                   tickets=joined(kept))
                            if kept else ''))
