"""Problem documents of use cases: what is refused, as the pages say it.

409 refused by the rules, 422 something is wrong with what was sent, 404 no
such campaign, 403 no permission, 503 the database failed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from trac.core import TracError
from trac.perm import PermissionError as NoPermission
from trac.resource import ResourceNotFound
from trac.util.html import to_fragment
from trac.web.api import HTTPException

from prodworkflow.api import GateShut, InvalidRequest, NoSuchCampaign
from prodworkflow.web.database_errors import database_errors
from prodworkflow.web.machines.problem import Problem, send_problem

TOLD = (Problem, GateShut, InvalidRequest, NoSuchCampaign, HTTPException,
        NoPermission, TracError)


@contextmanager
def problems_sent(env: Any, req: Any) -> Iterator[None]:
    """Context manager: answer what is raised inside with its problem."""
    try:
        with database_errors(env):
            yield
    except TOLD as error:
        send_problem(req, problem_of(error))


def problem_of(error: Exception) -> Problem:
    """The problem document of what a use case, Trac or we have raised."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, GateShut):
        return Problem(409, error.what, error.told(),
                       {'reasons': [str(r) for r in error.reasons]})
    if isinstance(error, InvalidRequest):
        return Problem(422, '', str(error), {'errors': [
            {'field': field, 'detail': str(words)}
            for field, words in error.problems]})
    if isinstance(error, NoSuchCampaign):
        return Problem(404, '', error.args[0])
    return _of_trac(error)


def _of_trac(error: Exception) -> Problem:
    """The problem of an error of Trac's own, whose words may be HTML."""
    status = (403 if isinstance(error, NoPermission) else
              404 if isinstance(error, ResourceNotFound) else
              error.code if isinstance(error, HTTPException) else 422)
    words = getattr(error, 'message', str(error))
    return Problem(status, '', str(to_fragment(words).as_text()))
