"""Addresses that answer tokens, and the scope that each of them takes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from prodworkflow.domain.model.machines.token import (
    EVIDENCE_WRITE,
    FEED_READ,
    GATE_READ,
    HOLD_SCOPE,
)
from prodworkflow.domain.planning.request import tidy
from prodworkflow.web.forms import form_text

ANY = ''
READING = ('GET', 'HEAD')
PLAIN = ((re.compile(r'/campaign/(?P<campaign>[^/]+)/gate'), GATE_READ),
         (re.compile(r'/campaign/metrics'), GATE_READ),
         (re.compile(r'/campaign(?:/(?P<campaign>[^/]+))?/feed'), FEED_READ))
CALENDAR = '/campaign/due.ics'
API = re.compile(r'/campaign/api/v1/(?P<rest>.*)', re.DOTALL)
OF_CAMPAIGN = re.compile(
    r'campaigns/(?P<campaign>[^/]+)'
    r'(?:/requirements/(?P<requirement>[^/]+))?(?:/.*)?', re.DOTALL)
DESCRIPTION = 'openapi.json'
ACTS = ((re.compile(r'campaigns/[^/]+/requirements/[^/]+/evidence'),
         EVIDENCE_WRITE),
        (re.compile(r'campaigns/[^/]+/hold'), HOLD_SCOPE))


@dataclass(frozen=True)
class Need:
    """What a token needs: a scope ('' for any), for a campaign, requirement.

    Without a campaign it is about all of them, without a requirement about
    all of its campaign.
    """

    scope: str
    campaign: str = ''
    requirement: str = ''


def need_of(req: Any) -> Need | None:
    """What a request by a token needs; None if no token may make it.

    An address that is not listed here takes a person.
    """
    path = req.path_info
    if path == CALENDAR:
        return Need(FEED_READ, tidy(form_text(req.args, 'campaign')))
    for pattern, scope in PLAIN:
        found = pattern.fullmatch(path)
        if found:
            return Need(scope, tidy(found.groupdict().get('campaign') or ''))
    found = API.fullmatch(path)
    return _need_of_api(req.method, found['rest']) if found else None


def _need_of_api(method: str, rest: str) -> Need:
    """What the API is to be asked with.

    It says itself what else there is, and asks for a person there.
    """
    scope = next((scope for pattern, scope in ACTS
                  if method == 'POST' and pattern.fullmatch(rest)), ANY)
    if method in READING and rest != DESCRIPTION:
        scope = GATE_READ
    found = OF_CAMPAIGN.fullmatch(rest)
    return Need(scope, tidy(found['campaign']),
                found['requirement'] or '') if found else Need(scope)
