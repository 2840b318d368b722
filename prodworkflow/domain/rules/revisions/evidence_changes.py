"""Changed evidence: what was approved, what there is now, by whom.

An approval counts for exactly the evidence that it was given for: rule 1 of
docs/development/rules.rst.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from prodworkflow.domain.logins import joined_logins
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.signoff import SignOff
from prodworkflow.domain.model.state import State
from prodworkflow.domain.model.submission import (
    basis,
    compared,
    ESTIMATE,
    evidence_basis,
    FILE,
    files_of,
    latest,
    PLOT,
    REFERENCE,
    VALUE,
)
from prodworkflow.domain.rules.revisions.estimates import estimate_series
from prodworkflow.domain.text import joined_by, Message

# So many digits of a digest are shown.
SHORT = 12
# Pieces of a basis that are attachments, and of which evidence pieces are.
FILES = (PLOT, REFERENCE, FILE)
OF_WHAT = {ESTIMATE: VALUE, REFERENCE: PLOT, FILE: VALUE}


@dataclass(frozen=True)
class EvidenceChange:
    """A piece of evidence that is not what was approved.

    `kind` is that of the evidence, `reference` or `estimate`.  `was` and `is_`
    are quantities, addresses, or attachments with the beginning of their
    digest; '' where there was or is none.  `by` is who changed it, '' where
    nobody did, as with another release, or nobody knows.  `attached` says
    that a file was changed in its place; `after` what was measured when an
    estimate was revised.
    """

    kind: str
    name: str
    title: str
    was: str
    is_: str
    by: str
    attached: bool = False
    after: str = ''

    @property
    def words(self) -> Message:
        """What was, what is, and who changed it."""
        told = {'title': self.title, 'by': self.by, 'is': self.is_,
                'was': self.was or Message('not given')}
        if self.attached:
            told['by'] = self.by or Message('somebody past Trac')
            return Message('%(title)s was %(was)s and is %(is)s, replaced by '
                           '%(by)s', **told) if self.is_ else Message(
                '%(title)s was %(was)s and was removed by %(by)s', **told)
        if not self.is_:
            return Message('%(title)s was %(was)s and is not given now',
                           **told)
        if self.kind == ESTIMATE:
            return self._of_estimate(told)
        return Message('%(title)s was %(was)s and is %(is)s, reported by '
                       '%(by)s', **told)

    @property
    def approved(self) -> Message:
        """What was approved, beside what is shown as given.

        Of a file that changed in its place, what it is now.
        """
        was = self.was or Message('not given')
        if self.attached:
            by = self.by or Message('somebody past Trac')
            return Message('now %(is)s, replaced by %(by)s', by=by, **{
                'is': self.is_}) if self.is_ else Message(
                '%(was)s was removed by %(by)s', was=was, by=by)
        if self.kind == ESTIMATE:
            return Message('approved for the estimate %(was)s', was=was)
        if self.kind == REFERENCE:
            return Message('approved beside %(was)s', was=was)
        return Message('approved: %(was)s', was=was)

    def _of_estimate(self, told: dict[str, str]) -> Message:
        if not self.after:
            return Message('%(title)s was %(was)s and is %(is)s, given by '
                           '%(by)s', **told)
        return Message('%(title)s was %(was)s and is %(is)s, given by %(by)s '
                       'after %(after)s was measured', **told,
                       after=self.after)

    def as_dict(self) -> dict[str, str | None]:
        """The change as JSON."""
        return {'kind': self.kind, 'name': self.name,
                'was': self.was or None, 'is': self.is_ or None,
                'by': self.by or None}


def evidence_changes(requirement: Requirement, state: State,
                     approvals: Iterable[SignOff]) -> list[EvidenceChange]:
    """What has changed since these approvals, each change once."""
    present = dict(basis(requirement, state) or ())
    lost: set[tuple[str, str]] = set()
    for approval in approvals:
        given = dict(evidence_basis(approval))
        lost.update((piece, given.get(piece, ''))
                    for piece in {**given, **present}
                    if given.get(piece) != present.get(piece))
    return [_change(requirement, state, piece, was, present.get(piece, ''))
            for piece, was in sorted(lost)]


def approved_otherwise(requirement: Requirement, state: State,
                       former: Iterable[SignOff]) -> Message:
    """That approvals were given for other evidence, and are asked again."""
    approvals = list(former)
    changes = evidence_changes(requirement, state, approvals)
    return Message('was approved by %(people)s for other evidence: '
                   '%(changes)s; the approval of %(people)s is asked again',
                   people=joined_logins(sorted({s.signer for s in approvals})),
                   changes=joined_by('; ', [c.words for c in changes]))


def _change(requirement: Requirement, state: State, piece: str, was: str,
            is_: str) -> EvidenceChange:
    kind, _, name = piece.partition(':')
    holder = (_estimated(requirement, state, name) if kind == ESTIMATE
              else None) or requirement
    key = OF_WHAT.get(kind, kind), name
    given = latest(holder, state).get(key)
    by = given.signoff.signer if given else ''
    files = files_of(given.proof) if given and kind in FILES else []
    named = files[kind == REFERENCE][0] if files else ''
    fact = next((f for f in holder.files if f.name == named), None)
    return EvidenceChange(
        kind, name, _title(requirement, holder, kind, name),
        _text(holder, state, (kind, *key), was),
        _text(holder, state, (kind, *key), is_, named),
        fact.by if fact else by, fact is not None,
        _after(holder, state, name) if kind == ESTIMATE else '')


def _after(holder: Requirement, state: State, name: str) -> str:
    """What was measured before an estimate was revised; '' if nothing."""
    steps = estimate_series(holder, state, name)
    return steps[-1].after if steps else ''


def _estimated(requirement: Requirement, state: State,
               name: str) -> Requirement | None:
    """The requirement with whose estimate a value is compared."""
    return next((compared(v.compare_with, state)
                 for v in requirement.asks.values if v.name == name), None)


def _title(requirement: Requirement, holder: Requirement, kind: str,
           name: str) -> str:
    titles = {v.name: v.title for v in requirement.asks.values}
    if kind == VALUE:
        return titles.get(name, name)
    if kind == ESTIMATE:
        return Message('the estimate of %(title)s (#%(ticket)s)',
                       title=titles.get(name, name),
                       ticket=holder.ticket or '?')
    if kind == PLOT:
        return Message('the plot %(name)s', name=name)
    if kind == FILE:
        return Message('the file of %(title)s', title=titles.get(name, name))
    if kind == REFERENCE:
        return Message('the reference of the plot %(name)s', name=name)
    return Message('the link %(name)s', name=name)


def _text(holder: Requirement, state: State, key: tuple[str, str, str],
          digest: str, named: str = '') -> str:
    """What has a digest, as it was written; a file with its digest.

    `named` is the file's name where nobody has submitted this digest.
    """
    if not digest:
        return ''
    text = next((text for signoff in reversed(state.said_of(holder.key))
                 for proof in signoff.evidence
                 if (proof.kind, proof.name) == key[1:]
                 for text, its in (files_of(proof) if key[0] in FILES
                                   else [(proof.text, proof.digest)])
                 if its == digest), named)
    if text and key[0] not in FILES:
        return text
    return Message('%(file)s (SHA-256 %(digest)s…)', digest=digest[:SHORT],
                   file=text or Message('another file'))
