"""Draws the ratios at the scale of the targets, and what grows."""

from __future__ import annotations

import os

from .report import GROWING

COLOURS = {True: '#5b8c5a', False: '#b5483a', None: '#9aa3ad'}
TARGETED = '100 campaigns under way, 20,000 tickets, sqlite'


def draw(folder, results):
    """Draw two pictures of these results into a folder."""
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
    spread = [[r.ratio - r.interval[0] for r in shown],
              [r.interval[1] - r.ratio for r in shown]]
    axes.barh([r.case for r in shown], [r.ratio for r in shown], xerr=spread,
              color=[COLOURS[r.target and r.met] for r in shown],
              error_kw={'linewidth': 0.5})
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
    figure, axes = pyplot.subplots(figsize=(8, 3.5))
    for case in GROWING:
        found = {r.scale: r for r in results if r.case == case}
        costs = [found[s].with_plugin.cpu if s in found else None
                 for s in scales]
        axes.plot(range(len(scales)), costs, marker='o', linestyle=':',
                  label=case)
    axes.set_yscale('log')
    axes.set_ylabel('CPU ms', fontsize=8)
    axes.set_xticks(range(len(scales)), [
        s.replace(' under way', '').replace(' and ', ' +\n')
        .replace(', ', '\n') for s in scales], fontsize=6)
    axes.tick_params(axis='y', labelsize=8)
    axes.legend(fontsize=7)
    _save(figure, path)


def _save(figure, path):
    figure.tight_layout()
    figure.savefig(path, metadata={'Date': None})
