"""Draws the packages and their layers, as the import contract has them.

`python tests/tools/package_picture.py` alone writes the picture, and so does
`tox run -e pictures` with all others.
"""

from __future__ import annotations

import configparser
from html import escape
from pathlib import Path

ROOT = Path(__file__).parents[2]
FILE = ROOT / 'docs' / 'images' / 'packages.svg'
WIDTH, ROW, GAP, SIDE = 920, 30, 8, 130  # px
INNER = {'domain': 'importlinter:contract:domain',
         'services': 'importlinter:contract:services'}
STYLE = ('<style>text{font:13px sans-serif;fill:#222}'
         '.outer{fill:#f3efe4;stroke:#998}.inner{fill:#fff;stroke:#998}'
         '.name{font-weight:bold}</style>')


def layers(section):
    """The layers of a contract, the highest first, each a list of names."""
    config = configparser.ConfigParser()
    config.read(ROOT / 'tox.ini', encoding='utf-8')
    return [[name.strip() for name in line.split('|')]
            for line in config[section]['layers'].strip().splitlines()]


def picture():
    """The whole picture as SVG; imports go down only."""
    parts, y = [], GAP
    for names in layers('importlinter:contract:packages'):
        inner = layers(INNER[names[0]]) if names[0] in INNER else []
        height = max(len(inner), 1) * (ROW + GAP) - GAP + (GAP * 2 if inner
                                                           else 0)
        parts += (_nested(names[0], inner, y, height) if inner
                  else _row(names, GAP, y, WIDTH - 2 * GAP, 'outer'))
        y += height + GAP
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} '
            f'{y}" width="{WIDTH}" height="{y}">\n{STYLE}\n'
            + '\n'.join(parts) + '\n</svg>\n')


def _nested(name, inner, y, height):
    """A package with layers of its own inside."""
    yield _box(GAP, y, WIDTH - 2 * GAP, height, 'outer')
    yield _text(name, GAP + SIDE / 2, y + height / 2, 'name')
    for n, names in enumerate(inner):
        yield from _row(names, GAP + SIDE, y + GAP + n * (ROW + GAP),
                        WIDTH - 3 * GAP - SIDE, 'inner')


def _row(names, x, y, width, kind):
    """Packages of one layer, side by side; long names get more room."""
    room = (width - GAP * (len(names) - 1)) / sum(len(n) + 4 for n in names)
    for name in names:
        wide = room * (len(name) + 4)
        yield _box(x, y, wide, ROW, kind)
        yield _text(name, x + wide / 2, y + ROW / 2,
                    'name' if kind == 'outer' else 'module')
        x += wide + GAP


def _box(x, y, width, height, kind):
    return (f'<rect class="{kind}" x="{x:.0f}" y="{y:.0f}" '
            f'width="{width:.0f}" height="{height:.0f}" rx="4"/>')


def _text(name, x, y, kind):
    return (f'<text class="{kind}" x="{x:.0f}" y="{y:.0f}" '
            'text-anchor="middle" dominant-baseline="central">'
            f'{escape(name)}</text>')


if __name__ == '__main__':
    FILE.write_text(picture(), encoding='utf-8')
