"""Mistakes in the sign-off box, each at the field that it was typed into."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from prodworkflow.domain.rules.answers import Answer
from prodworkflow.web.forms import form_text
from prodworkflow.web.notices.field_problems import kept_problems

# The fields of a piece of evidence, and of a waiver's bound.
FIELDS = {'value': ('value:',), 'link': ('link:',),
          'plot': ('target_file:', 'reference_file:')}
BOUNDS = ('bound_min:', 'bound_max:')


def box_mistakes(req: Any, answer: Answer) -> dict[str, str]:
    """What is wrong with what was typed, by the names of the form's fields.

    What the rules say of all evidence stands at each field that lacks it.
    """
    found = dict(kept_problems(req))
    for about, fields in (
            ('evidence', _lacking(req, answer)),
            ('plot', _fields(answer, 'plot')),
            ('bound', _bounds(answer))):
        if about in found:
            found.update({field: found.get(field, found[about])
                          for field in fields})
    return found


def _fields(answer: Answer, *kinds: str) -> Iterator[str]:
    """The fields of the evidence of some kinds."""
    for row in answer.evidence:
        if row.kind in kinds:
            yield from (f'{field}{row.name}' for field in FIELDS[row.kind])


def _lacking(req: Any, answer: Answer) -> Iterator[str]:
    """The fields of what is neither given nor typed."""
    given = {row.name for row in answer.evidence if row.proof}
    for field in _fields(answer, *FIELDS):
        if (field.partition(':')[2] not in given
                and not form_text(req.args, field)):
            yield field


def _bounds(answer: Answer) -> Iterator[str]:
    """The fields of a waiver's bounds."""
    for row in answer.evidence:
        if row.kind == 'value':
            yield from (f'{field}{row.name}' for field in BOUNDS)
