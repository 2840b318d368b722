"""Problem documents of the API; what all machines are told lies in `web`."""

from __future__ import annotations

from prodworkflow.web.machines.problem import Problem, send_problem
from prodworkflow.web.machines.refusals import problem_of, problems_sent

__all__ = ['Problem', 'problem_of', 'problems_sent', 'send_problem']
