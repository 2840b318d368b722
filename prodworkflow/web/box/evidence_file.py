"""File of a tool in the sign-off box: its readings fill the values.

Nobody signs what they have not seen: where an approval comes with a file, the
file is reported, and its values stand in the box before somebody signs.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from trac.attachment import AttachmentModule
from trac.web.chrome import add_notice

from prodworkflow.api import (
    CampaignSystem,
    EvidenceReport,
    PlotFile,
    SignOffRequest,
)
from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.vocabulary import Verdict
from prodworkflow.domain.rules.answers import Answer
from prodworkflow.domain.text import Message
from prodworkflow.evidence_readers.evidence_file import BYTES_MAX
from prodworkflow.translation import _
from prodworkflow.web.forms import form_revision, form_text
from prodworkflow.web.plots.uploads import (
    EVIDENCE,
    objections_to,
    sent_files,
    with_plot_files,
)
from prodworkflow.web.signoff_form import signoff_request

EVENTS = 'evidence_events'


def box_sources(answer: Answer) -> dict[str, Any]:
    """What the box says of files: the values that one fills, by reading.

    `per_event` says that it matters how many events a file tells of.
    """
    filled = [v for v in answer.requirement.asks.values if v.source]
    return {'sources': filled,
            'per_event': any('event' in v.unit for v in filled)}


def box_saying(env: Any, req: Any, name: str, requirement: Requirement,
               verdict: Verdict) -> SignOffRequest:
    """What the box's form says, with the files that it brings."""
    typed = with_plot_files(env, req, requirement,
                            signoff_request(req.args, verdict))
    return replace(with_evidence_file(env, req, name, requirement, typed),
                   revision=form_revision(req.args))


def with_evidence_file(env: Any, req: Any, name: str,
                       requirement: Requirement,
                       saying: SignOffRequest) -> SignOffRequest:
    """What is said, with the values of the file that the request brings.

    InvalidRequest names what is wrong with it, GateShut who may report.
    """
    if not sent_files(req, EVIDENCE):
        return saying
    system = CampaignSystem(env)
    report = system.evidence.read(
        name, requirement.key, system.context.person(req),
        _report(env, req, requirement))
    typed = replace(saying.typed, read=report.typed.read)
    if saying.verdict is not Verdict.APPROVED:
        return replace(saying, typed=typed)
    return replace(saying, verdict=Verdict.REPORTED, typed=typed,
                   statement='')


def box_address(req: Any, requirement: Requirement, name: str,
                asked: Verdict, done: Verdict) -> str:
    """The box after a verdict; with the statement of what is not signed yet.
    """
    given: dict[str, str] = {}
    if asked is not done:
        add_notice(req, _('The file was read and is kept, and nothing is '
                          'signed yet: look at its values and at what is '
                          'asked beside them, then sign off.'))
        given = {'campaign': name, 'requirement': requirement.key,
                 'statement': form_text(req.args, 'statement')}
    return f'{req.href.ticket(requirement.ticket, **given)}#prodworkflow-box'


def _report(env: Any, req: Any, requirement: Requirement) -> EvidenceReport:
    """The file and what is said of it; InvalidRequest if it is no one file."""
    if len(sent_files(req, EVIDENCE)) > 1:
        raise InvalidRequest([('file', Message('Choose one file.'))])
    filename, stream, size = req.args.getfile(EVIDENCE)
    most = AttachmentModule(env).max_size
    limit = min(BYTES_MAX, most) if most >= 0 else BYTES_MAX
    if (size or 0) > limit:
        raise InvalidRequest([('file', Message(
            'The file has %(size)s bytes; at most %(most)s are taken.',
            size=size, most=limit))])
    for words in objections_to(env, req, requirement, PlotFile(
            filename or '', stream, size or 0), req.args[EVIDENCE]):
        raise InvalidRequest([('file', words)])
    stream.seek(0)
    return EvidenceReport(content=stream.read(), filename=filename or '',
                          events=_events(form_text(req.args, EVENTS)))


def _events(text: str) -> int | None:
    if not text:
        return None
    if not re.fullmatch('[0-9]{1,12}', text) or not int(text):
        raise InvalidRequest([(EVENTS, Message(
            '"%(text)s" is no number of events.', text=text[:64]))])
    return int(text)
