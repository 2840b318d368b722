"""Request of a verdict: what somebody typed to sign, reject or waive."""

from __future__ import annotations

from dataclasses import dataclass

from prodworkflow.domain.model.vocabulary import Verdict
from prodworkflow.domain.rules.waivers.requests import WaiverRequest
from prodworkflow.services.revisions import FormRevision
from prodworkflow.services.signoffs.evidence import EvidenceInput

NO_EVIDENCE = EvidenceInput()


@dataclass(frozen=True)
class SignOffRequest:
    """A verdict on a requirement, as typed.

    `leave` is what a waiver asks for; `commented` says that the statement is
    the ticket's comment already; `reporting` that evidence is reported by
    command or machine, which administrators may do, too.
    """

    verdict: Verdict
    statement: str = ''
    typed: EvidenceInput = NO_EVIDENCE
    leave: WaiverRequest | None = None
    commented: bool = False
    revision: FormRevision | None = None
    reporting: bool = False
