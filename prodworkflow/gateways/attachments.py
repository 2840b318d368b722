"""SHA-256 digests of ticket attachments.

They show whether a file is still the one that was given as evidence.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from trac.attachment import Attachment
from trac.resource import ResourceNotFound

from prodworkflow import store
from prodworkflow.domain.model.evidence import Evidence, ProofKind
from prodworkflow.domain.model.requirement import Requirement

CHUNK = 1 << 20


def sha256(env: Any, ticket: int, filename: str) -> str:
    """The SHA-256 of a ticket's attachment, in hexadecimal digits.

    Read in pieces of CHUNK bytes. ResourceNotFound or OSError if it is gone.
    """
    return _digest(Attachment(env, 'ticket', ticket, filename))


def replaced_attachments(env: Any, requirement: Requirement,
                         given: Iterable[Evidence]) -> list[str]:
    """The names of attachments that differ from what was given as evidence.

    A file that is gone differs, too.
    """
    files = [(name, digest) for proof in given
             if proof.kind == ProofKind.PLOT.value
             for name, digest in ((proof.text, proof.digest),
                                  (proof.reference, proof.reference_digest))]
    ticket = requirement.ticket or 0
    now = digests_now(env, {ticket: [n for n, _ in files]} if files else {})
    return [name for name, digest in files if now[ticket, name] != digest]


def digests_now(env: Any, wanted: Mapping[int, Iterable[str]]
                ) -> dict[tuple[int, str], str]:
    """The SHA-256 of attachments, by ticket and name; '' of one that is gone.

    `wanted` maps tickets to names.  One statement, however many they are.
    """
    there = store.attached_names(env, list(wanted)) if wanted else set()
    return {(ticket, name): _digest_of_file(env, ticket, name)
            if (ticket, name) in there else ''
            for ticket, names in wanted.items() for name in names}


def _digest_of_file(env: Any, ticket: int, name: str) -> str:
    attachment = Attachment(env, 'ticket', ticket)
    attachment.filename = name  # without asking the database for the rest
    try:
        return _digest(attachment)
    except (ResourceNotFound, OSError):
        return ''


def _digest(attachment: Attachment) -> str:
    digest = hashlib.sha256()
    with attachment.open() as file:
        for chunk in iter(lambda: file.read(CHUNK), b''):
            digest.update(chunk)
    return digest.hexdigest()
