"""Evidence in the ledger: bases of approvals, and attachments that change.

Entries from before approvals named their basis get the evidence that was
there when they were given.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from prodworkflow.domain.ledger.entry import Entry
from prodworkflow.domain.ledger.payloads import pairs_of
from prodworkflow.domain.model.evidence import FileFact
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.signoff import SignOff, with_bases
from prodworkflow.domain.model.state import State
from prodworkflow.domain.model.submission import basis, differing, files_of
from prodworkflow.domain.model.vocabulary import Reason, Verdict


def submitted(state: State, signoff: SignOff,
              payload: Mapping[str, Any]) -> State:
    """Add a sign-off with the evidence that it brings, and its basis.

    What is submitted was read then, so an attachment is what it is there.
    """
    added = replace(state, signoffs=(*state.signoffs, signoff))
    requirement = added.requirement(signoff.requirement)
    facts = [FileFact(name, digest, signoff.signer)
             for proof in signoff.evidence for name, digest in files_of(proof)]
    if facts:
        added = _with_facts(added, requirement, facts)
    if not _rests(signoff):
        return added
    based = replace(signoff, basis=_basis(added, signoff, payload))
    return replace(added, signoffs=(
        *state.signoffs, with_bases(based, payload.get('rests'))))


def _rests(signoff: SignOff) -> bool:
    """Whether it is given for exactly the evidence that there is."""
    return (signoff.verdict == Verdict.APPROVED.value
            or (signoff.waiver is not None
            and signoff.waiver.reason == Reason.EVIDENCE_CHANGED.value))


def _basis(state: State, signoff: SignOff, payload: Mapping[str, Any]
           ) -> tuple[tuple[str, str], ...] | None:
    """The evidence that an entry names, or what was there then."""
    named = payload.get('basis')
    if named is not None:
        return pairs_of(sorted(named.items()))
    return basis(state.requirement(signoff.requirement), state)


def attachment_changed(state: State, entry: Entry) -> State:
    """Keep what an attachment is now, where it is not what was submitted."""
    payload = entry.payload
    by = '' if payload.get('found') else entry.actor
    return _with_facts(
        state, state.requirement(entry.requirement),
        [FileFact(payload['attachment'], payload['digest'], by)])


def _with_facts(state: State, requirement: Requirement,
                new: list[FileFact]) -> State:
    names = {f.name for f in new}
    facts = [f for f in requirement.files if f.name not in names]
    found = differing(requirement, state, [*facts, *new])
    return state.having(replace(requirement, files=found))
