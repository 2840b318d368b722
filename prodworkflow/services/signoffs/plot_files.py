"""Files: what is sent with a sign-off is attached to its ticket.

A file and the entry that names it come together or not at all: what Trac wrote
to the disk is removed where the transaction fails.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from prodworkflow import store
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.state import State
from prodworkflow.domain.model.submission import files_of
from prodworkflow.gateways.attachments import attach, discard
from prodworkflow.services.signoffs.evidence import EvidenceInput

ROLES = ('target', 'reference')


def with_files_attached(book: store.Book, requirement: Requirement,
                        person: str, typed: EvidenceInput) -> EvidenceInput:
    """Attach what was sent; the evidence that names the attachments.

    None gets the name of a file that was evidence of the requirement before,
    be it gone or not: what was signed is not overwritten.
    """
    named = dict(typed.plots)
    signed = _named_before(requirement, book.state)
    for plot, files in typed.files.items():
        given = list(named.get(plot, ('', '')))
        for number, (role, file) in enumerate(zip(ROLES, files)):
            if file is not None:
                given[number] = attach(
                    book.env, requirement.ticket or 0, file, person,
                    f'{plot}: {role}', signed)
        named[plot] = (given[0], given[1])
    if typed.read:
        attach(book.env, requirement.ticket or 0, typed.read.sent, person,
               typed.read.tool, signed)
    return replace(typed, plots=named, files={})


@contextmanager
def discarded_on_failure(env: Any,
                         typed: Iterable[EvidenceInput]) -> Iterator[None]:
    """Context manager: remove the files from the disk if recording fails.

    It stands around the transaction.
    """
    sent = [file for each in typed for file in each.sent]
    try:
        yield
    except BaseException:
        discard(env, sent)
        raise


def _named_before(requirement: Requirement, state: State) -> set[str]:
    """The names of all files that were evidence of a requirement."""
    return {name for said in state.said_of(requirement.key)
            for proof in said.evidence for name, _digest in files_of(proof)}

