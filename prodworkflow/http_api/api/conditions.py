"""Conditions of requests: entity tags, 304 and 412.

The tag of a campaign is its revision and a digest of what is shown; that of
anything else is the digest.
"""

from __future__ import annotations

import json
import re
from hashlib import sha256
from typing import Any

from prodworkflow.api import FormRevision
from prodworkflow.http_api.api.operation import Answer
from prodworkflow.http_api.problems import Problem
from prodworkflow.translation import _

_REVISION = re.compile(r'"([0-9]{1,15})(?:-[0-9a-f]+)?"', re.ASCII)
# What says when it was asked, and nothing of the campaign.
UNTAGGED = ('asked',)


def entity_tag(answer: Answer) -> str:
    """The ETag of an answer, in its quotation marks."""
    shown = answer.data
    if isinstance(shown, dict):
        shown = {k: v for k, v in shown.items() if k not in UNTAGGED}
    digest = sha256(json.dumps([shown, dict(answer.headers)],
                               sort_keys=True).encode()).hexdigest()[:16]
    return (f'"{digest}"' if answer.revision is None
            else f'"{answer.revision}-{digest}"')


def expected_revision(req: Any, present: int) -> FormRevision | None:
    """The revision that If-Match names; None where it asks for none.

    412 unless it is the present one.  In the campaign's transaction whatever
    was recorded since refuses what is asked.
    """
    named = req.get_header('If-Match')
    if named is None or named.strip() == '*':
        return None
    found = {int(m[1]) for each in named.split(',')
             for m in [_REVISION.fullmatch(each.strip())] if m}
    if present not in found:
        raise Problem(412, '', changed(present))
    return FormRevision(present, strict=True)


def changed(revision: int) -> str:
    """That If-Match names another revision."""
    return _('The campaign is at revision %(revision)s, and If-Match names '
             'another; look at it anew.', revision=revision)
