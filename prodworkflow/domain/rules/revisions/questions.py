"""Questions to the signer: what is odd about a value that was reported.

They stand beside the value, refuse nothing and are no reasons.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timezone

from prodworkflow.domain.model.evidence import ValueSpec
from prodworkflow.domain.model.readings.file_reading import FileReading
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.signoff import SignOff
from prodworkflow.domain.model.state import State
from prodworkflow.domain.model.submission import SubmittedEvidence
from prodworkflow.domain.text import Message, phrase


def questions(value: ValueSpec, given: SubmittedEvidence | None,
              requirement: Requirement, state: State) -> tuple[Message, ...]:
    """What a signer is asked to look at, a phrase each."""
    if given is None:
        return ()
    read = given.proof.read
    if read is None:
        return (Message('typed, not read from a file'),) if value.source \
            else ()
    before = _before(given.signoff, value.name, requirement, state)
    return (*_of_bytes(read, given.signoff, before),
            *_of_release(read, given.signoff, state),
            *_of_tests(read, before), *_of_host(read, before),
            *(Message('%(question)s', question=phrase(words))
              for words in (*read.questions, *read.unread)))


def _before(signoff: SignOff, name: str, requirement: Requirement,
            state: State) -> list[SubmittedEvidence]:
    """The files from which the value was read before, the last first."""
    return [SubmittedEvidence(proof, said)
            for said in reversed(state.said_of(requirement.key))
            if said.number < signoff.number
            for proof in said.evidence if proof.name == name and proof.read]


def _of_bytes(read: FileReading, signoff: SignOff,
              before: list[SubmittedEvidence]) -> Iterator[Message]:
    for name in read.same:
        yield Message('same bytes as in %(campaign)s', campaign=name)
    for was in before:
        if (was.signoff.release != signoff.release and was.proof.read
                and was.proof.read.digest == read.digest):
            yield Message('same bytes as for %(release)s',
                          release=was.signoff.release or Message('no release'))
            return


def _of_release(read: FileReading, signoff: SignOff,
                state: State) -> Iterator[Message]:
    release = signoff.release or state.campaign.release
    start = started(read.start)
    if start is not None and start < read.since:
        yield Message('older than the release %(release)s: started '
                      '%(began)s', release=release, began=read.start)
    if read.revision and release and release not in read.revision:
        yield Message('another release inside: %(revision)s, not %(release)s',
                      revision=read.revision, release=release)


def _of_tests(read: FileReading,
              before: list[SubmittedEvidence]) -> Iterator[Message]:
    if read.tests is None:
        return
    last = next((b.proof.read.tests for b in before if b.proof.read
                 and b.proof.read.tests is not None), None)
    if last is not None and read.tests < last:
        yield Message('fewer tests than last time: %(count)s, %(before)s '
                      'before', count=read.tests, before=last)
    elif last is None and read.more_in:
        yield Message('fewer tests than in %(campaign)s',
                      campaign=read.more_in)


def _of_host(read: FileReading,
             before: list[SubmittedEvidence]) -> Iterator[Message]:
    last = next((b.proof.read.host for b in before
                 if b.proof.read and b.proof.read.host), '')
    if read.host and last and read.host != last:
        yield Message('another host inside: %(host)s, %(before)s before',
                      host=read.host, before=last)


def started(text: str) -> int | None:
    """The time (µs UTC) of a start in ISO 8601; None if it is not one.

    A time without zone is taken to be UTC.
    """
    try:
        found = datetime.fromisoformat(text.strip().replace('Z', '+00:00'))
    except ValueError:
        return None
    if found.tzinfo is None:
        found = found.replace(tzinfo=timezone.utc)
    since = found - datetime(1970, 1, 1, tzinfo=timezone.utc)
    return int(since.total_seconds()) * 10**6
