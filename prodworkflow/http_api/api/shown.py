"""What the API shows of campaigns, sign-offs, waivers and the ledger.

Days and times are ISO 8601, in UTC.  Everything is taken from what one viewer
may see.
"""

from __future__ import annotations

from typing import Any

from prodworkflow.domain.dates import moment
from prodworkflow.domain.ledger.history import Event
from prodworkflow.domain.model.signoff import SignOff
from prodworkflow.domain.rules.waivers import WaiverStatus
from prodworkflow.domain.template.versions import TemplateVersion
from prodworkflow.domain.views.readiness import Readiness
from prodworkflow.domain.views.stage import StageReadiness
from prodworkflow.domain.views.visibility import HiddenWords

CAMPAIGN = ('release', 'start', 'enforcement', 'phase', 'revision',
            'launched', 'held', 'open', 'passes', 'verdict')
STAGE = ('key', 'number', 'title', 'milestone', 'due', 'open', 'closed',
         'needed', 'signed', 'waived', 'missing')


def campaign(told: Readiness, url: str) -> dict[str, Any]:
    """A campaign with its stages; `open` is said of the launch gate."""
    whole = told.as_dict()
    return {'name': told.campaign.name, 'template': told.campaign.made_from,
            **{word: whole[word] for word in CAMPAIGN}, 'url': url,
            'stages': [{word: stage[word] for word in STAGE}
                       for stage in whole['stages']]}


def requirements(told: Readiness) -> list[dict[str, Any]]:
    """What is true of each requirement, with the key of its stage."""
    return [{'stage': stage.stage.key, **answer.as_dict()}
            for stage, answer in _answers(told)]


def evidence(told: Readiness) -> list[dict[str, Any]]:
    """All evidence that is asked for, with its requirement's key."""
    return [{'requirement': answer.requirement.key, **line.as_dict()}
            for _stage, answer in _answers(told)
            for line in answer.evidence]


def signoff(said: SignOff, words: HiddenWords) -> dict[str, Any]:
    """A recorded verdict, its statement as it may be read."""
    return {'entry': said.number, 'requirement': said.requirement,
            'verdict': said.verdict, 'signer': said.signer,
            'contact': said.contact, 'role': said.role,
            'release': said.release, 'time': moment(said.time),
            'statement': words.shown(said.statement),
            'evidence': [{'kind': e.kind, 'name': e.name, 'given': e.text,
                          'sha256': e.digest} for e in said.evidence]}


def waiver(status: WaiverStatus, words: HiddenWords) -> dict[str, Any]:
    """A waiver, in force or not, its words as they may be read."""
    said = status.signoff
    given = said.waiver
    assert given is not None, 'only waivers have a status'
    return {'requirement': status.requirement.key,
            'ticket': status.requirement.ticket, 'reason': given.reason,
            'until': given.until.isoformat(),
            'bounds': [dict(vars(b)) for b in given.bounds],
            'by': said.signer, 'because': words.shown(said.statement),
            'time': moment(said.time), 'entry': said.number,
            'in_force': not status.ended,
            'words': words.shown(status.words)}


def event(told: Event, hashes: dict[int, str]) -> dict[str, Any]:
    """An entry of the ledger in words, with the hash that seals it."""
    return {'entry': told.number, 'time': moment(told.time),
            'actor': told.actor, 'verb': told.verb, 'words': told.words,
            'requirement': told.requirement, 'stage': told.stage,
            'ticket': told.ticket, 'release': told.release,
            'hash': hashes.get(told.number)}


def template(version: TemplateVersion) -> dict[str, Any]:
    """The last version of a template; 0 is built in."""
    return {'name': version.name, 'version': version.version,
            'title': version.title, 'sha256': version.digest,
            'author': version.author, 'time': moment(version.time),
            'reason': version.reason}


def _answers(told: Readiness) -> list[tuple[StageReadiness, Any]]:
    return [(stage, answer) for stage in told.stages
            for answer in stage.answers]
