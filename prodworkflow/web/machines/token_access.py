"""What the token of a request may do; requests of persons have none."""

from __future__ import annotations

from typing import Any

from prodworkflow.domain.model.machines.token import Token
from prodworkflow.domain.planning.request import tidy
from prodworkflow.translation import _
from prodworkflow.web.machines.problem import Problem

# Where a request keeps it.
BY = 'prodworkflow.token'


def token_of(req: Any) -> Token | None:
    """The token that a request is made by; None for a person's."""
    found: Token | None = req.environ.get(BY)
    return found


def require_scope(req: Any, scope: str, campaign: str = '',
                  requirement: str = '') -> None:
    """Raise a Problem unless a request's token, if it has one, may do that.

    Without a campaign it is about all of them.
    """
    token = token_of(req)
    refusal = token.refusal(scope, tidy(campaign),
                            requirement) if token else ''
    if refusal:
        raise Problem(403, '', refusal)


def require_person(req: Any) -> None:
    """Raise a Problem if a request is made by a token.

    A machine signs for nobody, lifts nothing and launches nothing.
    """
    if token_of(req):
        raise Problem(403, '', _('This is done by people: a token reports, '
                                 'asks and holds.'))
