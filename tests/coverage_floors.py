"""Fails where lines or branches were not run: all on floors 1 and 2.

    python tests/coverage_floors.py REPORT

REPORT is what `coverage json` wrote.  Floors 1 and 2 are the pure modules:
what lies below `upgrades` in the layers of `tox.ini`.
"""

from __future__ import annotations

import json
import sys
from configparser import ConfigParser
from pathlib import Path
from typing import Any

NEEDED = 95  # per cent of the lines, and of the branches, of the package
ROOT = Path(__file__).parent.parent
LOWEST_IMPURE = 'upgrades'


def pure(tox: Path = ROOT / 'tox.ini') -> list[str]:
    """The modules of floors 1 and 2, by their layers."""
    config = ConfigParser(interpolation=None)
    config.read(tox, 'utf-8')
    layers = config['importlinter:contract:floors']['layers'].split('\n')
    below = layers[layers.index(LOWEST_IMPURE) + 1:]
    return sorted(n.strip() for layer in below for n in layer.split('|'))


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


def complaints(report: dict[str, Any], floors: list[str]) -> list[str]:
    """What is missing that must not be; nothing, if all is well."""
    told = [f'{share:.2f} % of the {kind} were run; {NEEDED} % are needed'
            for kind, share in zip(('lines', 'branches'),
                                   shares(report['totals']))
            if share < NEEDED]
    for name in floors:
        found = report['files'].get(f'prodworkflow/{name}.py')
        if found is None:
            told.append(f'{name}, on floor 1 or 2, was not measured')
        elif left(found):
            told.append(f'{name}, on floor 1 or 2, was not run at '
                        f'{left(found)}')
    return told


def main(path: str) -> int:
    """Print what was not run; 0 if that is little enough."""
    report = json.loads(Path(path).read_text('utf-8'))
    for name, found in sorted(report['files'].items()):
        if left(found):
            lines, branches = shares(found['summary'])
            print(f'{name:<36}{lines:>7.2f} %{branches:>8.2f} %  '
                  f'{left(found)}')
    lines, branches = shares(report['totals'])
    print(f'{"all":<36}{lines:>7.2f} %{branches:>8.2f} %')
    floors = pure()
    told = complaints(report, floors)
    print('\n'.join(told) or
          f'All of floors 1 and 2 was run: {len(floors)} modules.')
    return 1 if told else 0


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
