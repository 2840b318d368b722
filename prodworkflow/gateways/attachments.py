"""Attachments of tickets: their SHA-256 digests, and files that become some.

Digests show whether a file is still the one that was given as evidence.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from trac.attachment import Attachment
from trac.resource import ResourceNotFound

from prodworkflow import store
from prodworkflow.domain.model.evidence import Evidence
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.submission import files_of

CHUNK = 1 << 20


@dataclass
class PlotFile:
    """A file that is sent as a plot, or to be read; `size` in bytes.

    `ticket` and `name` are those of the attachment that it has become, 0 and
    '' before.
    """

    filename: str
    stream: BinaryIO
    size: int
    ticket: int = 0
    name: str = ''


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
    files = [file for proof in given for file in files_of(proof)]
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


def attach(env: Any, ticket: int, file: PlotFile, author: str,
           description: str, taken: Collection[str]) -> str:
    """Attach a file to a ticket, within a transaction; its name there.

    Trac numbers the names of files that are there already; `taken` are others
    that are not given to it either.
    """
    attachment = Attachment(env, 'ticket', ticket)
    attachment.author, attachment.description = author, description
    file.ticket, file.name = ticket, _free_name(attachment, file.filename,
                                                taken)
    file.stream.seek(0)
    attachment.insert(file.name, file.stream, file.size)
    file.name = attachment.filename
    return file.name


def discard(env: Any, files: Iterable[PlotFile]) -> None:
    """Remove from the disk what is no attachment after all.

    For files whose transaction has failed; what cannot be removed is logged.
    """
    written = [file for file in files if file.name]
    try:
        there = store.attached_names(env, [f.ticket for f in written])
        for file in written:
            if (file.ticket, file.name) not in there:
                Path(_path(env, file.ticket, file.name)).unlink(True)
    except Exception as error:  # the failure itself is told, not this one
        env.log.error('Files of plots that were not recorded are left: %s',
                      error)


def _free_name(attachment: Attachment, filename: str,
               taken: Collection[str]) -> str:
    """The name, numbered as Trac does if it is taken or on the disk."""
    base, ending = os.path.splitext(filename)
    name, number = filename, 1
    while name in taken or os.path.exists(_path(
            attachment.env, attachment.parent_id, name)):
        number += 1
        name = f'{base}.{number}{ending}'
    return name


def _path(env: Any, ticket: int | str, name: str) -> str:
    attachment = Attachment(env, 'ticket', ticket)
    attachment.filename = name  # without asking the database for the rest
    return str(attachment.path)


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
