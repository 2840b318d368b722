"""Forms that hold, resume, launch and end a campaign, and tolerate tickets."""

from __future__ import annotations

from typing import Any

from trac.resource import Resource

from prodworkflow.api import allowed, CampaignSystem, KnownIssueRequest
from prodworkflow.domain.model.permissions import SEE
from prodworkflow.domain.model.person import Person
from prodworkflow.domain.model.vocabulary import Phase
from prodworkflow.domain.rules.objections.concerns import concern_words
from prodworkflow.domain.views.readiness import Readiness
from prodworkflow.translation import _
from prodworkflow.web.forms import form_revision, form_text
from prodworkflow.web.texts.reader_days import as_read

ENDS = {'close': Phase.CLOSED, 'abandon': Phase.ABANDONED}


def reason_text(req: Any) -> str:
    """The reason that was typed, without blanks around it."""
    return form_text(req.args, 'reason')


def _hold(system: CampaignSystem, req: Any, name: str, person: Person) -> str:
    system.lifecycle.hold(name, person, reason_text(req),
                          form_revision(req.args))
    return _('On hold.')


def _resume(system: CampaignSystem, req: Any, name: str,
            person: Person) -> str:
    system.lifecycle.resume(name, person, reason_text(req),
                            form_revision(req.args))
    return _('Resumed.')


def _launch(system: CampaignSystem, req: Any, name: str,
            person: Person) -> str:
    system.lifecycle.launch(name, person, reason_text(req),
                            form_revision(req.args))
    return _('Launched: the start of production is recorded.')


def _tolerate(system: CampaignSystem, req: Any, name: str,
              person: Person) -> str:
    """Tolerate a ticket, or no more; a hidden one is none to the person."""
    wish = KnownIssueRequest(
        form_text(req.args, 'ticket'), reason_text(req),
        form_text(req.args, 'until'), 'end' in req.args)
    seen = allowed(req.perm, SEE, Resource('ticket', wish.number))
    system.lifecycle.tolerate(name, person, wish, seen,
                              form_revision(req.args))
    return (_('#%(ticket)s is tolerated no more.', ticket=wish.number)
            if wish.end else
            _('#%(ticket)s is a known issue until %(until)s.',
              ticket=wish.number, until=as_read(wish.until)))


def _end(system: CampaignSystem, req: Any, name: str, person: Person) -> str:
    phase = ENDS[form_text(req.args, 'act')]
    system.lifecycle.end(name, person, phase, reason_text(req),
                         form_revision(req.args))
    return (_('%(campaign)s is closed.', campaign=name)
            if phase is Phase.CLOSED else
            _('%(campaign)s is abandoned.', campaign=name))


LIFECYCLE_ACTS = {'hold': _hold, 'resume': _resume, 'launch': _launch,
                  'close': _end, 'abandon': _end, 'tolerate': _tolerate}


def hold_filled_in(req: Any, told: Readiness) -> dict[str, str]:
    """The fields of a hold for a concern that a link names, if it does."""
    wanted = form_text(req.args, 'hold')
    return next(({'reason': concern_words(c)} for c in told.concerns
                 if str(c.number) == wanted), {})
