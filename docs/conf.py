"""Sphinx builds these pages by `tox run -e docs`; every warning fails it."""

from __future__ import annotations

import re
from pathlib import Path

SETUP = Path(__file__).parents[1] / 'setup.py'

project = 'prodworkflow'
author = 'the prodworkflow authors'
project_copyright = author
version = release = re.search(
    r"version='([\d.]+)'", SETUP.read_text(encoding='utf-8'))[1]

# Sections of every page can be linked to as :ref:`page:Title`.
extensions = ['sphinx.ext.autosectionlabel']
autosectionlabel_prefix_document = True
# A reference that leads nowhere is a warning.
nitpicky = True
highlight_language = 'none'
smartquotes = False

html_theme = 'alabaster'
html_theme_options = {
    'description': 'No production starts without explicit sign-off.',
    'fixed_sidebar': True,
    'page_width': '1100px',
}
html_copy_source = False
