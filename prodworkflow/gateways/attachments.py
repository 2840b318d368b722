"""SHA-256 digests of ticket attachments.

They show whether a file is still the one that was given as evidence.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from trac.attachment import Attachment
from trac.resource import ResourceNotFound

from prodworkflow.domain.model.evidence import Evidence, ProofKind
from prodworkflow.domain.model.requirement import Requirement

CHUNK = 1 << 20


def sha256(env: Any, ticket: int, filename: str) -> str:
    """The SHA-256 of a ticket's attachment, in hexadecimal digits.

    Read in pieces of CHUNK bytes. ResourceNotFound or OSError if it is gone.
    """
    digest = hashlib.sha256()
    with Attachment(env, 'ticket', ticket, filename).open() as file:
        for chunk in iter(lambda: file.read(CHUNK), b''):
            digest.update(chunk)
    return digest.hexdigest()


def replaced_attachments(env: Any, requirement: Requirement,
                         given: Iterable[Evidence]) -> list[str]:
    """The names of attachments that differ from what was given as evidence.

    A file that is gone differs, too.
    """
    files = [(name, digest) for proof in given
             if proof.kind == ProofKind.PLOT.value
             for name, digest in ((proof.text, proof.digest),
                                  (proof.reference, proof.reference_digest))]
    return [name for name, digest in files
            if digest_or_nothing(env, requirement.ticket or 0,
                                 name) != digest]


def digest_or_nothing(env: Any, ticket: int, name: str) -> str:
    """The SHA-256 of a ticket's attachment; '' if it is gone."""
    try:
        return sha256(env, ticket, name)
    except (ResourceNotFound, OSError):
        return ''
