"""Files of evidence: the values that they fill, and where those are from."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from prodworkflow.domain.model.evidence import (
    Evidence,
    EvidenceSpec,
    ProofKind,
    ValueSpec,
)
from prodworkflow.domain.model.readings.file_reading import FileReading
from prodworkflow.domain.model.readings.reading import Reading
from prodworkflow.domain.quantities import amount, UnitError
from prodworkflow.domain.text import Message, some
from prodworkflow.gateways.attachments import PlotFile

TESTS = 'junit:tests'


@dataclass(frozen=True)
class ReadFile:
    """A file that was read and is to be attached, with its readings.

    `since`, `same` and `more_in` are as in `FileReading`.
    """

    sent: PlotFile
    readings: tuple[Reading, ...]
    since: int = 0
    same: tuple[str, ...] = ()
    more_in: str = ''

    @cached_property
    def by_name(self) -> dict[str, Reading]:
        """The readings by their names."""
        return {reading.name: reading for reading in self.readings}

    @property
    def tool(self) -> str:
        """What has written the file."""
        return self.readings[0].provenance.tool

    @property
    def digest(self) -> str:
        """The SHA-256 of the file."""
        return self.readings[0].provenance.digest

    @property
    def tests(self) -> int | None:
        """How many tests ran; None where it is no file of tests."""
        found = self.by_name.get(TESTS)
        try:
            return int(amount(found.value, 'test')) if found else None
        except UnitError:
            return None

    def filled(self, asks: EvidenceSpec) -> list[str]:
        """The names of the values that the file fills."""
        return [v.name for v in asks.values if v.source in self.by_name]

    def reading(self, value: ValueSpec) -> FileReading:
        """What is kept of the reading that fills a value."""
        found = self.by_name[value.source]
        of = found.provenance
        return FileReading(
            value.source, self.sent.name or self.sent.filename, of.digest,
            of.tool, of.host, of.start, of.revision, found.counted,
            found.unread, found.questions, self.tests, self.since, self.same,
            self.more_in)


def read_values(asks: EvidenceSpec, file: ReadFile | None,
                typed: Mapping[str, str],
                problems: list[tuple[str, str]]) -> list[Evidence]:
    """The values that a file fills; what is wrong is added to `problems`."""
    if file is None:
        return []
    filled = file.filled(asks)
    if not filled:
        problems.append(('file', _fills_nothing(asks, file)))
    found = []
    for value in (v for v in asks.values if v.name in filled):
        if typed.get(value.name, '').strip():
            problems.append((f'value:{value.name}', Message(
                '%(title)s is in the file and typed as well; give it once.',
                title=value.title)))
            continue
        try:
            found.append(with_digest(
                ProofKind.VALUE, value.name,
                value.typed(file.by_name[value.source].value),
                file.reading(value)))
        except UnitError as error:
            problems.append(('file', _unfit(
                value, file.by_name[value.source].value, error)))
    return found


def _unfit(value: ValueSpec, read: str, error: UnitError) -> Message:
    """Why a reading is no value; most tools do not know of events."""
    words = Message('%(title)s from %(source)s: %(error)s.',
                    title=value.title, source=value.source,
                    error=error.args[0])
    return words if 'event' not in value.unit or '/h' not in read else Message(
        '%(words)s Say how many events the job of the file has made, too.',
        words=words)


def with_digest(kind: ProofKind, name: str, text: str,
                read: FileReading | None = None) -> Evidence:
    """A piece of evidence with the SHA-256 of its text."""
    return Evidence(kind.value, name, text, hashlib.sha256(
        text.encode('utf-8')).hexdigest(), read=read)


def _fills_nothing(asks: EvidenceSpec, file: ReadFile) -> Message:
    there = some(list(file.by_name))
    sources = some([v.source for v in asks.values if v.source])
    if not sources:
        return Message('No value is read from a file here; the template '
                       'names no source. The file has %(there)s.',
                       there=there)
    return Message('The file has %(there)s; what is asked for is '
                   '%(sources)s.', there=there, sources=sources)
