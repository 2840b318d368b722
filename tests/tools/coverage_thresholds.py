"""Coverage thresholds: 95 % of the package, every line of the domain.

    python tests/tools/coverage_thresholds.py REPORT [--domain]

REPORT is what `coverage json` wrote; `--domain` asks for the domain alone.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

NEEDED = 95  # per cent of the lines, and of the branches, of the package
ROOT = Path(__file__).parents[2]
DOMAIN = 'prodworkflow/domain'


def domain(root: Path = ROOT) -> list[str]:
    """The files of the domain, as a report names them."""
    return sorted(p.relative_to(root).as_posix()
                  for p in (root / DOMAIN).rglob('*.py'))


def shares(summary: dict[str, Any]) -> tuple[float, float]:
    """Per cent of the lines and of the branches that were run."""
    def share(ran: int, all_: int) -> float:
        return 100 * ran / all_ if all_ else 100
    return (share(summary['covered_lines'], summary['num_statements']),
            share(summary['covered_branches'], summary['num_branches']))


def left(found: dict[str, Any]) -> str:
    """The lines and branches of a file that no test ran."""
    lines = [str(line) for line in found['missing_lines']]
    return ', '.join([*lines, *(
        f'{start}->{"exit" if end < 0 else end}'
        for start, end in found['missing_branches']
        if start not in found['missing_lines'])])


def complaints(report: dict[str, Any], files: list[str],
               whole: bool = True) -> list[str]:
    """What is missing that must not be; nothing, if all is well."""
    told = [f'{share:.2f} % of the {kind} were run; {NEEDED} % are needed'
            for kind, share in zip(('lines', 'branches'),
                                   shares(report['totals']))
            if whole and share < NEEDED]
    for name in files:
        found = report['files'].get(name)
        if found is None:
            told.append(f'{name}, of the domain, was not measured')
        elif left(found):
            told.append(f'{name}, of the domain, was not run at '
                        f'{left(found)}')
    return told


def main(path: str, only: str = '') -> int:
    """Print what was not run; 0 if that is little enough."""
    report = json.loads(Path(path).read_text('utf-8'))
    for name, found in sorted(report['files'].items()):
        if left(found) and (not only or name.startswith(DOMAIN)):
            lines, branches = shares(found['summary'])
            print(f'{name:<48}{lines:>7.2f} %{branches:>8.2f} %  '
                  f'{left(found)}')
    lines, branches = shares(report['totals'])
    print(f'{"all":<48}{lines:>7.2f} %{branches:>8.2f} %')
    files = domain()
    told = complaints(report, files, not only)
    print('\n'.join(told) or
          f'All of the domain was run: {len(files)} modules.')
    return 1 if told else 0


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
