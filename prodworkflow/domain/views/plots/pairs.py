"""Plot pairs: each plot that is asked for, target beside reference.

Those that are given are numbered through the campaign, so that a meeting can
go through them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count

from prodworkflow.domain.model.evidence import ProofKind
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.signoff import SignOff
from prodworkflow.domain.model.state import State
from prodworkflow.domain.rules.answers import Answer, Reason
from prodworkflow.domain.rules.duties.awaited import counted_approvals
from prodworkflow.domain.rules.evidence_report import EvidenceLine
from prodworkflow.domain.text import Message

GONE = Message('gone')
CHANGED = Message('not the file that was given')
AWAITED = (Reason.AWAITING, Reason.QUORUM_SHORT, Reason.EVIDENCE_MISSING)


@dataclass(frozen=True)
class PlotFileView:
    """One file of a pair: its name, SHA-256, and what became of it since.

    `problem` is '' while the file is the one that was given.
    """

    name: str
    digest: str
    problem: str = ''


@dataclass(frozen=True)
class PlotPair:
    """A plot that a requirement asks for.

    `number` counts the given ones of a campaign from 1; it is 0 where it is
    not given.
    """

    requirement: Requirement
    line: EvidenceLine
    number: int = 0

    @property
    def name(self) -> str:
        """The name of the plot in the template."""
        return self.line.name

    @property
    def given_by(self) -> SignOff | None:
        """What it was given with; None where it is not."""
        return self.line.given.signoff if self.line.given else None

    @property
    def files(self) -> tuple[PlotFileView, ...]:
        """The target and its reference; empty where it is not given."""
        proof = self.line.proof
        if proof is None:
            return ()
        return (self._file(proof.text, proof.digest),
                self._file(proof.reference, proof.reference_digest))

    @property
    def changed(self) -> bool:
        """Whether one of its files is not what was given."""
        return any(file.problem for file in self.files)

    def _file(self, name: str, digest: str) -> PlotFileView:
        now = {f.name: f.digest for f in self.requirement.files}
        if now.get(name, digest) == digest:
            return PlotFileView(name, digest)
        return PlotFileView(name, digest, CHANGED if now[name] else GONE)


@dataclass(frozen=True)
class RequirementPlots:
    """All plots that one requirement asks for, and its last approval."""

    answer: Answer
    pairs: tuple[PlotPair, ...]
    approval: SignOff | None = None

    @property
    def given(self) -> tuple[PlotPair, ...]:
        """Those that are given."""
        return tuple(p for p in self.pairs if p.number)

    @property
    def missing(self) -> tuple[PlotPair, ...]:
        """Those that are not."""
        return tuple(p for p in self.pairs if not p.number)

    @property
    def urgency(self) -> int:
        """0 for what went wrong, 1 for what is awaited, 2 for all others."""
        if any(p.changed for p in self.pairs):
            return 0
        if self.answer.met:
            return 2
        return 1 if self.answer.reason in AWAITED else 0


def plots_of(answers: Iterable[Answer],
             state: State) -> tuple[RequirementPlots, ...]:
    """The plots of all answers that ask for some, in their order."""
    numbers = count(1)
    found = []
    for answer in answers:
        pairs = answer_pairs(answer, numbers)
        if pairs:
            approvals = counted_approvals(answer.requirement, state)
            found.append(RequirementPlots(answer, pairs,
                                          approvals[-1] if approvals
                                          else None))
    return tuple(found)


def answer_pairs(answer: Answer,
                 numbers: Iterator[int] | None = None) -> tuple[PlotPair, ...]:
    """The plots of one answer; `numbers` are for those that are given."""
    numbers = numbers or count(1)
    return tuple(PlotPair(answer.requirement, line,
                          next(numbers) if line.given else 0)
                 for line in answer.evidence
                 if line.kind == ProofKind.PLOT.value)
