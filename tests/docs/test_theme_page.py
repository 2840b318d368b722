"""The page of colours lists all custom properties, with their values."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_page_lists_each_property_with_its_colour():
    page = (ROOT / 'docs' / 'reference' / 'theme.rst').read_text('utf-8')
    sheet = (ROOT / 'htdocs' / 'prodworkflow.css').read_text('utf-8')
    head = re.search(r':root \{(.*?)\}', sheet, re.DOTALL)[1]
    listed = re.findall(r'- ``(--pw-[a-z-]+)``\n     - ``([^`]+)``', page)
    assert listed == re.findall(r'(--pw-[a-z-]+): ([^;]+);', head)


def test_the_dark_theme_sets_each_property():
    theme = (ROOT / 'tests' / 'data' / 'dark_theme.css').read_text('utf-8')
    sheet = (ROOT / 'htdocs' / 'prodworkflow.css').read_text('utf-8')
    named = set(re.findall(r'(--pw-[a-z-]+):', theme))
    assert named == set(re.findall(r'(--pw-[a-z-]+):', sheet))
