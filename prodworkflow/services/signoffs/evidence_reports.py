"""Report evidence: values by name, a file in any format, or both.

A file is read before the campaign is locked.  Values, file and entry come
together or not at all.
"""

from __future__ import annotations

import io
import os
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from trac.attachment import AttachmentModule

from prodworkflow.domain.dates import day_of
from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.model.person import Person
from prodworkflow.domain.model.readings.reading import UnreadableEvidence
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.snapshot import Snapshot
from prodworkflow.domain.model.vocabulary import Verdict
from prodworkflow.domain.rules.verdicts import verdict_refusal
from prodworkflow.domain.text import Message, phrase
from prodworkflow.gateways.attachments import PlotFile
from prodworkflow.gateways.clock import now
from prodworkflow.gateways.signer_register import knowing
from prodworkflow.services.evidence_reading import read_file
from prodworkflow.services.refusals import GateShut
from prodworkflow.services.revisions import FormRevision
from prodworkflow.services.signoffs.evidence import EvidenceInput
from prodworkflow.services.signoffs.reports.read_file import ReadFile
from prodworkflow.services.signoffs.requests import SignOffRequest
from prodworkflow.store.queries.earlier_files import (
    campaigns_with_file,
    release_since,
    tests_before,
)

NAME_MAX = 100


@dataclass(frozen=True)
class EvidenceReport:
    """Evidence for a requirement, as it comes from a machine or a command.

    `values` and `links` are by name; `content` are the bytes of a file, None
    without one, called `filename`; `events` is how many events its job made.
    """

    values: Mapping[str, str] = field(default_factory=dict)
    content: bytes | None = None
    filename: str = ''
    links: Mapping[str, str] = field(default_factory=dict)
    statement: str = ''
    events: int | None = None
    revision: FormRevision | None = None


def saying_of(env: Any, found: Snapshot, requirement: Requirement,
              person: Person, report: EvidenceReport) -> SignOffRequest:
    """What a report says of a requirement, its file read.

    GateShut where the person may report nothing of it: no file is read then.
    UnreadableEvidence if nothing can be read of that.
    """
    refusal = None if person.administrator else verdict_refusal(
        Verdict.REPORTED, requirement, knowing(env, found.state), person,
        day_of(now()))
    if refusal:
        raise GateShut(Message('Nothing was recorded'), [phrase(refusal)])
    if report.content is None and not (report.values or report.links):
        raise InvalidRequest([('evidence', Message(
            'There is nothing to report; give a value or a file.'))])
    file = None if report.content is None else _read(
        env, found, requirement, report, report.content)
    return SignOffRequest(Verdict.REPORTED, report.statement, EvidenceInput(
        report.values, links=report.links, read=file),
        revision=report.revision, reporting=True)


def _read(env: Any, found: Snapshot, requirement: Requirement,
          report: EvidenceReport, content: bytes) -> ReadFile:
    most = AttachmentModule(env).max_size
    if 0 <= most < len(content):
        raise UnreadableEvidence(Message(
            'The file has %(size)s bytes, and Trac takes attachments of at '
            'most %(most)s.', size=len(content), most=most))
    file = ReadFile(PlotFile(attachment_name(report.filename),
                             io.BytesIO(content), len(content)),
                    read_file(env, content, report.events))
    return _with_history(env, found, requirement, file)


def _with_history(env: Any, found: Snapshot, requirement: Requirement,
                  file: ReadFile) -> ReadFile:
    """The same, with what is known of earlier files and of the release."""
    before = (tests_before(env, found.id, requirement.key)
              if file.tests is not None else None)
    more = before and before[1] > (file.tests or 0)
    return replace(
        file,
        since=release_since(env, found.id, found.state.campaign.release),
        same=tuple(campaigns_with_file(env, found.id, file.digest)),
        more_in=before[0] if before and more else '')


def attachment_name(filename: str) -> str:
    """A file's name as that of an attachment: short, printable, no path."""
    name = unicodedata.normalize('NFC', filename).replace('\\', '/')
    name = ''.join(c for c in name.rpartition('/')[2] if c.isprintable())
    base, ending = os.path.splitext(name.strip())
    ending = ending[:NAME_MAX // 2]
    return f'{base[:NAME_MAX - len(ending)]}{ending}'.strip('.') or 'evidence'
