"""A site's own theme carries over to our parts, by custom properties.

That contrast is kept in a dark one is seen in `test_page_walk`.
"""

from __future__ import annotations

import re
from pathlib import Path

THEME = (Path(__file__).parents[1] / 'data' / 'dark_theme.css').read_text(
    encoding='utf-8')
HTDOCS = Path(__file__).parents[2] / 'htdocs'
LITERAL = re.compile(r'#[0-9a-fA-F]{3,8}\b|\brgba?\(|:\s*(?:white|black)\b')


def test_our_boxes_are_dark_only_where_the_theme_says_so(walked, page_of):
    page = page_of('anna', width=1280)
    page.emulate_media(color_scheme='dark')
    page.goto('/ticket/3')
    ground = 'getComputedStyle(document.querySelector("#prodworkflow-box"))' \
        '.backgroundColor'
    assert page.evaluate(ground) == 'rgb(255, 254, 246)'
    page.add_style_tag(content=THEME)
    assert page.evaluate(ground) == 'rgb(36, 39, 42)'


def test_style_sheets_name_colours_in_one_place():
    for path in sorted(HTDOCS.glob('*.css')):
        text = path.read_text(encoding='utf-8')
        if path.name == 'prodworkflow.css':
            text = re.sub(r':root \{.*?\}', '', text, flags=re.DOTALL)
        text = re.sub(r'/\*.*?\*/', '', text, flags=re.DOTALL)
        declared = re.findall(r'\{([^{}]*)\}', text)
        assert LITERAL.findall(' '.join(declared)) == [], path.name
