"""JUnit XML, as pytest, GoogleTest, CTest and Surefire write it.

What suites say of themselves is not believed: the cases are counted.  A case
passes only if nothing says otherwise.
"""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Iterator
from typing import Any

from prodworkflow.domain.model.readings.reading import (
    Provenance,
    ReadingKind,
    UnreadableEvidence,
)
from prodworkflow.domain.text import Message
from prodworkflow.evidence_readers.evidence_file import EvidenceFile
from prodworkflow.evidence_readers.reader import (
    EvidenceReader,
    Findings,
    Found,
)

FAILED_TAGS = ('failure', 'error', 'rerunfailure', 'rerunerror')
FLAKY_TAGS = ('flakyfailure', 'flakyerror')
# What else stands in a case that passed; other elements nobody understands.
NEUTRAL_TAGS = frozenset(('system-out', 'system-err', 'properties', 'property',
                          'attachments', 'attachment'))
FAILED_WORDS = ('fail', 'failed', 'failure', 'error', 'broken')
PASSED_WORDS = ('', 'run', 'pass', 'passed', 'success', 'ok', 'completed')
# CTest says why it did not run a test; only these are asked for.
SKIP_WORDS = ('SKIP_', 'Disabled')

FAILURES = Message('failed tests, of those that passed or failed')
RUN = Message('tests that passed or failed')
SKIPPED = Message('tests skipped, disabled or not run')
FLAKY = Message('tests that failed before they passed')


class Outcome(enum.IntEnum):
    """How a case ended; the worst counts where it is there twice."""

    PASSED = 0
    SKIPPED = 1
    FLAKY = 2
    FAILED = 3


def outcome_of(case: Any) -> Outcome:
    """How the case of this `testcase` element ended."""
    tags = {child.tag.lower() for child in case.iter() if child is not case}
    status, result = (case.get(word, '').lower()
                      for word in ('status', 'result'))
    if (tags.intersection(FAILED_TAGS) or status in FAILED_WORDS
            or result in FAILED_WORDS):
        return Outcome.FAILED
    if tags.intersection(FLAKY_TAGS):
        return Outcome.FLAKY
    if 'skipped' in tags:
        return (Outcome.FAILED if status == 'notrun' and _not_started(case)
                else Outcome.SKIPPED)
    passed = (status in PASSED_WORDS and result in PASSED_WORDS
              and tags <= NEUTRAL_TAGS)
    return Outcome.PASSED if passed else Outcome.SKIPPED


def _not_started(case: Any) -> bool:
    """Whether CTest wanted to run it and could not."""
    message = case.find('skipped').get('message', '')
    return bool(message) and not message.startswith(SKIP_WORDS)


def cases_in(suite: Any, path: tuple[str, ...]) -> Iterator[tuple[
        tuple[str, ...], Outcome]]:
    """All cases of a suite of junitparser, at any depth, by suite and name.

    An error of a suite outside of its cases, as when it cannot be set up,
    counts as a case that failed.
    """
    element = suite._elem
    here = (*path, element.get('name', ''), element.get('package', ''))
    for case in suite.iterchildren(suite.testcase):
        name = (case._elem.get(word, '')
                for word in ('file', 'classname', 'name'))
        yield (*here, *name), outcome_of(case._elem)
    if any(child.tag.lower() in FAILED_TAGS for child in element):
        yield here, Outcome.FAILED
    for inner in suite.testsuites():
        yield from cases_in(inner, here)


def read(file: EvidenceFile, _events: int | None) -> Findings:
    """Count the cases; UnreadableEvidence if none ran."""
    # Imported when the first file is read: most processes read none.
    from junitparser import TestSuite

    root = TestSuite.fromelem(file.xml)
    suites = ([root] if file.root_name == 'testsuite'
              else list(root.testsuites()))
    outcomes: dict[tuple[str, ...], Outcome] = {}
    repeated = 0
    cases = list(cases_in(root, ()))
    _nowhere_else(file.xml, len(cases))
    for name, outcome in cases:
        repeated += name in outcomes
        outcomes[name] = max(outcome, outcomes.get(name, outcome))
    counts = Counter(outcomes.values())
    if not counts[Outcome.PASSED] + counts[Outcome.FAILED]:
        raise UnreadableEvidence(Message(
            'No test in the file has run. Send the file of a run in which '
            'tests ran.'))
    return Findings(found(counts), provenance(suites),
                    unread(counts, repeated, root, len(outcomes)))


def _nowhere_else(root: Any, seen: int) -> None:
    """UnreadableEvidence if there are more tests than were seen."""
    there = sum(each.tag.rpartition('}')[2].lower() == 'testcase'
                for each in root.iter())
    if there > seen:
        raise UnreadableEvidence(Message(
            'Tests stand in the file where no tool writes them: %(count)s. '
            'Send the file as the tool wrote it.', count=there - seen))


def found(counts: Counter[Outcome]) -> dict[str, Found]:
    """The readings, by what was counted."""
    failed = counts[Outcome.FAILED]
    run = failed + counts[Outcome.PASSED]
    return {
        'failure_rate': Found(f'{failed}/{run}', FAILURES),
        'tests': Found(f'{run} test', RUN),
        'skipped': Found(f'{counts[Outcome.SKIPPED]} test', SKIPPED),
        'flaky': Found(f'{counts[Outcome.FLAKY]} test', FLAKY)}


def unread(counts: Counter[Outcome], repeated: int, root: Any,
           cases: int) -> tuple[str, ...]:
    """What is neither passed nor failed, and what suites say otherwise."""
    left = counts[Outcome.SKIPPED] + counts[Outcome.FLAKY]
    said = _said(root, ('tests',))
    failed = _said(root, ('failures', 'errors'))
    words = []
    if left:
        words.append(Message(
            'Tests skipped, disabled, not run or flaky, which neither passed '
            'nor failed: %(count)s.', count=left))
    if repeated:
        words.append(Message(
            'Tests that are there again, and count once, by the worst '
            'result: %(count)s.', count=repeated))
    if said > cases + repeated:
        words.append(Message(
            'Tests that the suites say there are: %(said)s; in the file: '
            '%(count)s.', said=said, count=cases + repeated))
    if failed > counts[Outcome.FAILED] + repeated:
        words.append(Message(
            'Failures that the suites say there are: %(said)s; in the file: '
            '%(count)s.', said=failed, count=counts[Outcome.FAILED]))
    return tuple(words)


def _said(suite: Any, words: tuple[str, ...]) -> int:
    """How many a suite says there are, or those in it, if that is more."""
    texts = [suite._elem.get(word, '') for word in words]
    own = sum(int(text) for text in texts
              if text.isdecimal() and len(text) < 10)
    return max(own, sum(_said(inner, words) for inner in suite.testsuites()))


def provenance(suites: list[Any]) -> Provenance:
    """Host and start of the first suite that tells them."""
    first = {word: next((suite._elem.get(word) for suite in suites
                         if suite._elem.get(word)), '')
             for word in ('name', 'hostname', 'timestamp')}
    return Provenance(f'JUnit XML ({first["name"]})' if first['name'] not in
                      ('', '(empty)') else 'JUnit XML', first['hostname'],
                      first['timestamp'])


def recognizes(file: EvidenceFile) -> bool:
    """Whether the first element is a suite."""
    return file.root_name in ('testsuite', 'testsuites')


JUNIT = EvidenceReader(
    'junit', 'JUnit XML', (
        ReadingKind('junit:failure_rate', ('%',), FAILURES),
        ReadingKind('junit:tests', ('test',), RUN),
        ReadingKind('junit:skipped', ('test',), SKIPPED),
        ReadingKind('junit:flaky', ('test',), FLAKY)),
    recognizes, read)
