"""valgrind memcheck XML: leaks and errors, summed over all processes.

With `--trace-children=yes` and one file there are several documents in it,
and a forked process writes one without a beginning.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from prodworkflow.domain.model.readings.reading import (
    Provenance,
    ReadingKind,
    UnreadableEvidence,
)
from prodworkflow.domain.text import Message
from prodworkflow.evidence_readers.evidence_file import EvidenceFile
from prodworkflow.evidence_readers.file_texts import listed, short
from prodworkflow.evidence_readers.reader import (
    EvidenceReader,
    Findings,
    Found,
)
from prodworkflow.evidence_readers.xml_limits import xml_tree

BEGIN, END = b'<valgrindoutput>', b'</valgrindoutput>'
PROCESSES_MAX = 1000
# Leaks are listed only where their kind is shown; these are by default.
SHOWN = 'definite,possible'
LEAKS = {'definitely_lost': ('Leak_DefinitelyLost', 'definite'),
         'possibly_lost': ('Leak_PossiblyLost', 'possible')}


@dataclass(frozen=True)
class ProcessReport:
    """What valgrind wrote of one process."""

    leaked: dict[str, int]
    errors: int
    shown: str | None
    suppressed: dict[str, int] | None
    suppression_files: tuple[str, ...]
    tool: str
    undefined: bool


def documents(content: bytes) -> list[bytes]:
    """The document of each process; UnreadableEvidence if one breaks off."""
    if content.count(END) > PROCESSES_MAX:
        raise UnreadableEvidence(Message(
            'The file has more than %(most)s processes, which is the limit. '
            'Send fewer at a time.', most=PROCESSES_MAX))
    *whole, rest = content.split(END)
    if rest.strip() or not whole:
        line = content.count(b'\n') + 1
        raise UnreadableEvidence(Message(
            'The last process breaks off at line %(line)s: valgrind or the '
            'program crashed. Run it again.', line=line))
    return [(part if BEGIN in part else BEGIN + part).strip() + END
            for part in whole]


def report(root: Any, place: int) -> ProcessReport:
    """Read one document; UnreadableEvidence if its process did not end well.
    """
    tool = root.findtext('protocoltool') or root.findtext('tool')
    if tool != 'memcheck' and (tool or place == 1):
        raise UnreadableEvidence(Message(
            'The file is of valgrind\'s %(tool)s. Run memcheck.',
            tool=short(tool or '-', 40)))
    signal = root.findtext('fatal_signal/signame')
    ended = [each.text for each in root.findall('status/state')]
    if signal or ended[-1:] != ['FINISHED']:
        raise UnreadableEvidence(Message(
            'Process %(place)s in the file crashed (%(signal)s), so nobody '
            'knows what it would have lost. Run it again.', place=place,
            signal=short(signal or '-', 40)))
    arguments = [each.text or '' for each in root.findall('args/vargv/arg')]
    return ProcessReport(
        {name: leaked(root, kind) for name, (kind, _) in LEAKS.items()},
        sum(not (each.findtext('kind') or '').startswith('Leak_')
            for each in root.findall('error')),
        _shown(arguments) if arguments else None,
        suppressed(root),
        tuple(each.partition('=')[2] for each in arguments
              if each.startswith('--suppressions=')),
        _version(root), _undefined(arguments))


def leaked(root: Any, kind: str) -> int:
    """The bytes of all leaks of a kind."""
    return sum(_whole(each.findtext('xwhat/leakedbytes'))
               for each in root.findall('error')
               if each.findtext('kind') == kind)


def suppressed(root: Any) -> dict[str, int] | None:
    """How often each suppression hid something; None if not told."""
    if root.find('suppcounts') is None:
        return None
    return {each.findtext('name') or '?': _whole(each.findtext('count'))
            for each in root.findall('suppcounts/pair')}


def _whole(text: str | None) -> int:
    """A count that must be there; UnreadableEvidence otherwise."""
    stripped = (text or '').strip()
    if not re.fullmatch(r'\d{1,19}', stripped, re.ASCII):
        raise UnreadableEvidence(Message(
            'A count of valgrind is "%(text)s". Send the file as valgrind '
            'wrote it.', text=short(stripped, 40)))
    return int(stripped)


def _shown(arguments: list[str]) -> str:
    """The kinds of leaks that were listed; the last option counts."""
    shown = SHOWN
    for each in arguments:
        option, _, value = each.partition('=')
        if option == '--show-leak-kinds':
            shown = value
        elif option == '--show-possibly-lost' and value == 'no':
            shown = ','.join({*shown.replace('all', SHOWN).split(',')}
                             - {'possible'})
    return shown


def _undefined(arguments: list[str]) -> bool:
    """Whether uses of undefined values were looked for; the last counts."""
    told = [value for option, _, value in (
        each.partition('=') for each in arguments)
        if option == '--undef-value-errors']
    return told[-1:] != ['no']


def _version(root: Any) -> str:
    lines = ' '.join(each.text or '' for each in
                     root.findall('preamble/line'))
    found = re.search(r'Valgrind-(\d[\w.]*)', lines)
    return f'valgrind memcheck {found[1]}' if found else 'valgrind memcheck'


def read(file: EvidenceFile, _events: int | None) -> Findings:
    """Sum up all processes."""
    reports = [report(xml_tree(each), i)
               for i, each in enumerate(documents(file.content), 1)]
    found, unread = {}, []
    # A forked process has the options of the one before.
    shown = [each.shown for each in reports if each.shown is not None]
    for name, (_, kind) in LEAKS.items():
        if all(_shows(kinds, kind) for kinds in shown):
            found[name] = Found(
                f'{sum(each.leaked[name] for each in reports)} B',
                _summed(reports))
        else:
            unread.append(Message(
                'Leaks of the kind "%(kind)s" were not listed. Run valgrind '
                'with --show-leak-kinds=all.', kind=kind))
    found['errors'] = Found(f'{sum(each.errors for each in reports)} error',
                            _summed(reports))
    return Findings(found, Provenance(reports[0].tool), tuple(unread),
                    questions(reports))


def _shows(kinds: str, kind: str) -> bool:
    return bool({'all', kind}.intersection(kinds.split(',')))


def _summed(reports: list[ProcessReport]) -> Message:
    return Message('summed over the processes: %(count)s',
                   count=len(reports))


def questions(reports: list[ProcessReport]) -> tuple[str, ...]:
    """Whether suppressions hide anything that should count."""
    files = sorted({name for each in reports
                    for name in each.suppression_files})
    told = [each.suppressed or {} for each in reports]
    names = sorted({name for counts in told for name in counts})
    count = sum(sum(counts.values()) for counts in told)
    asked = []
    if files:
        asked.append(Message('Suppression files were in use: %(files)s.',
                             files=listed(files)))
    if count:
        asked.append(Message('Suppressions hid %(count)s errors and leaks: '
                             '%(names)s.', count=count, names=listed(names)))
    if not all(each.undefined for each in reports):
        asked.append(Message('Uses of undefined values were not looked for. '
                             'Run valgrind without --undef-value-errors=no.'))
    if any(each.suppressed is None for each in reports):
        asked.append(Message('What suppressions hid is not told. Run valgrind '
                             'without -q.'))
    return tuple(asked)


def recognizes(file: EvidenceFile) -> bool:
    """Whether the first element is valgrind's."""
    return file.root_name == 'valgrindoutput'


MEMCHECK = EvidenceReader(
    'memcheck', 'valgrind memcheck XML', (
        ReadingKind('memcheck:definitely_lost', ('B',), Message(
            'memory definitely lost, with what it alone pointed to')),
        ReadingKind('memcheck:possibly_lost', ('B',), Message(
            'memory possibly lost, which need not be a leak')),
        ReadingKind('memcheck:errors', ('error',), Message(
            'different errors of memory that are no leaks'))),
    recognizes, read)
