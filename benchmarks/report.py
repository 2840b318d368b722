"""How results are printed, kept as JSON and drawn."""

from __future__ import annotations

import json
import os
import platform
import re
import sqlite3
from dataclasses import asdict
from importlib.metadata import version

HEAD = (f'{"":42}{"CPU ms":>16}{"SQL":>12}{"ratio":>8}{"quartiles":>14}'
        f'{"target":>8}\n{"":42}{"with":>8}{"plain":>8}{"with":>6}'
        f'{"plain":>6}')
PACKAGES = ('prodworkflow', 'Trac', 'Jinja2')
COLOURS = {True: '#5b8c5a', False: '#b5483a', None: '#9aa3ad'}


def line(result):
    """One case as a line of the table."""
    ours, plain = result.with_plugin, result.plain
    low, high = result.spread
    target = f'{result.target:.2f}' if result.target else ''
    return (f'{result.case:42}{ours.cpu:8.1f}{plain.cpu:8.1f}'
            f'{ours.statements:6}{plain.statements:6}{result.ratio:8.3f}'
            f'{low:7.2f}{high:7.2f}{target:>8}'
            f'{"" if result.met else "  missed"}')


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


def keep(path, results):
    """Write the results as JSON."""
    with open(path, 'w', encoding='utf-8') as file:
        json.dump({'machine': machine(),
                   'results': [asdict(r) for r in results]}, file, indent=1)
        file.write('\n')


def draw(folder, results):
    """Draw the ratios at the largest scale with targets, and what grows."""
    import matplotlib
    matplotlib.use('svg')
    matplotlib.rcParams.update({'svg.hashsalt': 'prodworkflow',
                                'svg.fonttype': 'none'})
    _ratios(os.path.join(folder, 'performance-ratios.svg'), results)
    _growth(os.path.join(folder, 'performance-growth.svg'), results)


def _ratios(path, results):
    from matplotlib import pyplot
    scale = max(results, key=lambda r: (r.scale == TARGETED, r.plain.cpu)
                ).scale
    shown = [r for r in results if r.scale == scale][::-1]
    figure, axes = pyplot.subplots(figsize=(7, 0.3 * len(shown) + 1))
    axes.barh([r.case for r in shown], [r.ratio for r in shown],
              color=[COLOURS[r.target and r.met] for r in shown])
    for place, result in enumerate(shown):
        if result.target:
            axes.plot([result.target] * 2, [place - 0.4, place + 0.4], 'k')
    axes.axvline(1, color='grey', linewidth=0.5)
    axes.set_xlabel('CPU time with the plugin, Trac alone = 1 (stroke: most '
                    'allowed)', fontsize=8)
    axes.set_title(scale, fontsize=9)
    axes.tick_params(labelsize=8)
    _save(figure, path)


def _growth(path, results):
    from matplotlib import pyplot
    scales = list(dict.fromkeys(r.scale for r in results))
    figure, axes = pyplot.subplots(figsize=(7, 3.5))
    for case in GROWING:
        found = {r.scale: r for r in results if r.case == case}
        costs = [found[s].with_plugin.cpu if s in found else None
                 for s in scales]
        axes.plot(range(len(scales)), costs, marker='o', label=case)
    axes.set_yscale('log')
    axes.set_ylabel('CPU ms', fontsize=8)
    axes.set_xticks(range(len(scales)), [
        s.replace(', ', '\n') for s in scales], fontsize=6)
    axes.tick_params(axis='y', labelsize=8)
    axes.legend(fontsize=7)
    _save(figure, path)


def _save(figure, path):
    figure.tight_layout()
    figure.savefig(path, metadata={'Date': None})


TARGETED = '100 campaigns under way, 20,000 tickets, sqlite'
GROWING = ('roadmap', 'ticket page, sign-off', 'ticket save, sign-off',
           'milestone close, stage', 'gate answer')
