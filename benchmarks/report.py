"""What is printed of the results: tables, and what they come to."""

from __future__ import annotations

import os
import platform
import re
import sqlite3
from importlib.metadata import version

HEAD = (f'{"":42}{"CPU ms":>16}{"SQL":>12}{"ratio":>8}{"95 % between":>14}'
        f'{"target":>8}{"":8}{"elapsed":>8}\n'
        f'{"":42}{"with":>8}{"plain":>8}{"with":>6}{"plain":>6}')
PACKAGES = ('prodworkflow', 'Trac', 'Jinja2')
GROWING = ('roadmap, our stats provider', 'ticket page, sign-off',
           'milestone page, stage', 'ticket save, sign-off',
           'milestone close, stage', 'gate answer')


def line(result):
    """One case as a line of the table."""
    ours, plain = result.with_plugin, result.plain
    low, high = result.interval
    target = f'{result.target:.2f}' if result.target else ''
    return (f'{result.case:42}{ours.cpu:8.1f}{plain.cpu:8.1f}'
            f'{ours.statements:6}{plain.statements:6}{result.ratio:8.3f}'
            f'{low:7.2f}{high:7.2f}{target:>8}{_word(result):>8}'
            f'{result.elapsed:8.2f}')


def table(results):
    """The lines of the cases of one scale."""
    return [results[0].scale, *HEAD.split('\n'), *map(line, results)]


def memory(sizes):
    """What the measuring processes of one scale have used, in a line."""
    return 'Memory in MB: ' + ', '.join(
        f'{variant} {size / 1024:.0f}' for variant, size in sizes.items())


def summary(results):
    """What all the results come to, in lines."""
    return [*_targets(results), *_statements(results), '', *_grown(results)]


def machine():
    """The machine and the versions, in words."""
    try:
        with open('/proc/cpuinfo') as file:
            model = re.search(r'model name\s*: (.*)', file.read())[1]
    except (OSError, TypeError):
        model = platform.machine()
    return (f'{model}, {os.cpu_count()} cores; Python '
            f'{platform.python_version()}, SQLite {sqlite3.sqlite_version}, '
            + ', '.join(f'{name} {version(name)}' for name in PACKAGES))


def uneven(results):
    """The cases whose statements are not the same at all scales.

    Where Trac itself sends more, the plugin has to add the same to them.
    """
    counts = {}
    for r in results:
        ours, plain = r.with_plugin.statements, r.plain.statements
        counts.setdefault((r.case, r.database), []).append(
            (ours, ours - plain))
    return [f'{case} ({database})' for (case, database), found
            in counts.items()
            if all(len(set(each)) > 1 for each in zip(*found))]


def _word(result):
    if not result.target:
        return ''
    return ('met' if result.met else 'missed') + '?' * (not result.certain)


def _targets(results):
    asked = [r for r in results if r.target]
    yield (f'{sum(r.met for r in asked)} of {len(asked)} targets met; a ? '
           'says that the interval lies on both sides of the target.')
    for r in asked:
        if not r.met:
            yield (f'Missed: {r.case}, {r.ratio:.3f} instead of '
                   f'{r.target:.2f}, with {r.scale}')


def _statements(results):
    found = uneven(results)
    yield ('SQL statements: ' + (
        'not the same at all scales: ' + ', '.join(found) if found
        else 'the same at all scales'))


def _grown(results):
    """The CPU time of some cases, a column for each scale."""
    for database in dict.fromkeys(r.database for r in results):
        mine = [r for r in results if r.database == database]
        scales = list(dict.fromkeys(r.scale for r in mine))
        cost = {(r.case, r.scale): f'{r.with_plugin.cpu:.1f}' for r in mine}
        yield f'CPU ms with the plugin, {database}:'
        yield from (f'  {chr(65 + n)}: {s}' for n, s in enumerate(scales))
        yield ' ' * 30 + ''.join(f'{chr(65 + n):>9}'
                                 for n in range(len(scales)))
        for case in GROWING:
            if any(r.case == case for r in mine):
                yield f'{case:30}' + ''.join(
                    f'{cost.get((case, s), ""):>9}' for s in scales)
