"""Submitted evidence: what counts of it, and the basis that it makes.

The latest value, plot and link counts that was submitted for the present
release.  An approval is given for exactly that evidence: its basis.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from prodworkflow.domain.model.evidence import Evidence, FileFact, ProofKind
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.signoff import RESTS, SignOff
from prodworkflow.domain.model.state import State

VALUE, PLOT = ProofKind.VALUE.value, ProofKind.PLOT.value
REFERENCE, ESTIMATE, FILE = 'reference', 'estimate', 'file'


@dataclass(frozen=True)
class SubmittedEvidence:
    """A piece of evidence, and the verdict with which it was submitted."""

    proof: Evidence
    signoff: SignOff


def of_release(requirement: Requirement, signoff: SignOff,
               release: str) -> bool:
    """Whether a verdict was given for a release, or is carried over."""
    return (not requirement.release_bound
            or (signoff.number > requirement.stale
                and signoff.release in (release, *requirement.carried)))


def counted(requirement: Requirement,
            state: State) -> Iterator[SubmittedEvidence]:
    """All evidence submitted for the present release, oldest first."""
    said = state.said_of(requirement.key)
    for signoff in sorted(said, key=lambda s: s.number):
        if signoff.number > requirement.since and of_release(
                requirement, signoff, state.campaign.release):
            for proof in signoff.evidence:
                yield SubmittedEvidence(proof, signoff)


def latest(requirement: Requirement,
           state: State) -> dict[tuple[str, str], SubmittedEvidence]:
    """The latest evidence of a requirement, by (kind, name)."""
    return {(g.proof.kind, g.proof.name): g
            for g in counted(requirement, state)}


def value_of(requirement: Requirement, state: State, name: str) -> str:
    """The latest quantity of a value; '' if none was submitted."""
    given = latest(requirement, state).get((VALUE, name))
    return given.proof.text if given else ''


def compared(key: str, state: State) -> Requirement | None:
    """The requirement that holds an estimate, by its key; None if none."""
    return next((r for r in state.requirements if key and r.key == key), None)


def basis(requirement: Requirement,
          state: State) -> tuple[tuple[str, str], ...] | None:
    """The evidence that there is now: pieces with digests, sorted by name.

    The pieces are `value:NAME`, `file:NAME` from which it was read,
    `plot:NAME`, `reference:NAME`, `link:NAME` and `estimate:NAME`, the value
    with which that of this name is compared.  A file's digest is that of the
    file as it is known to be now.  None where no evidence is asked for.
    """
    if not requirement.asks.anything:
        return None
    files = {f.name: f.digest for f in requirement.files}
    found: dict[str, str] = {}
    for (kind, name), given in latest(requirement, state).items():
        proof = given.proof
        found[f'{kind}:{name}'] = proof.digest
        if kind == PLOT:
            found[f'{kind}:{name}'] = files.get(proof.text, proof.digest)
            found[f'{REFERENCE}:{name}'] = files.get(proof.reference,
                                                     proof.reference_digest)
        if proof.read:
            found[f'{FILE}:{name}'] = files.get(proof.read.file,
                                                proof.read.digest)
    for value in requirement.asks.values:
        other = compared(value.compare_with, state)
        estimate = other and latest(other, state).get((VALUE, value.name))
        if estimate:
            found[f'{ESTIMATE}:{value.name}'] = estimate.proof.digest
    return tuple(sorted(found.items()))


def evidence_basis(signoff: SignOff) -> tuple[tuple[str, str], ...]:
    """The evidence that a sign-off was given for, without what it rests on.
    """
    return tuple(p for p in signoff.basis or ()
                 if not p[0].startswith(RESTS))


def files_of(proof: Evidence) -> list[tuple[str, str]]:
    """The attachments of a piece of evidence: names with SHA-256 digests."""
    if proof.read:
        return [(proof.read.file, proof.read.digest)]
    if proof.kind != PLOT:
        return []
    return [(proof.text, proof.digest),
            (proof.reference, proof.reference_digest)]


def submitted_files(requirement: Requirement,
                    state: State) -> dict[str, set[str]]:
    """The digests with which attachments were submitted, by their names."""
    found: dict[str, set[str]] = {}
    for given in latest(requirement, state).values():
        for name, digest in files_of(given.proof):
            found.setdefault(name, set()).add(digest)
    return found


def present_files(requirement: Requirement, state: State) -> dict[str, str]:
    """The attachments that evidence names, with the digests known of them.

    '' where an attachment is gone.
    """
    found = {name: sorted(digests)[0] for name, digests
             in submitted_files(requirement, state).items()}
    return {**found, **{f.name: f.digest for f in requirement.files
                        if f.name in found}}


def differing(requirement: Requirement, state: State,
              facts: Iterable[FileFact]) -> tuple[FileFact, ...]:
    """Those of the attachments that are not what was submitted."""
    submitted: Mapping[str, set[str]] = submitted_files(requirement, state)
    return tuple(f for f in facts
                 if submitted.get(f.name, {f.digest}) != {f.digest})
