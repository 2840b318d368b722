"""Lean HTML: a page of hundreds of cells without what no browser shows.

Templates are written in lines for those who read them; each line break and
indentation is sent as often as there are rows.
"""

from __future__ import annotations

import re

from trac.util.html import Markup

# Before a part of a table, and before the end of a block.
UNSEEN = re.compile(
    r'\s+(?=</?(?:table|thead|tbody|tr|th|td)\b'
    r'|</(?:p|li|ul|dt|dd|dl|div|section|details|select|h[2-4])>)')
# Between two tags: one line break is as good.
BETWEEN = re.compile(r'(?<=>)\s*\n\s*(?=<)')
# A shape of a picture needs no end tag.
SHAPE = re.compile(r'></(?:path|rect|line|circle)>')


def lean(html: str) -> Markup:
    """HTML without the white space and the end tags that do not count.

    Nothing is taken out of attributes and of text, in which no tag begins.
    """
    found = BETWEEN.sub('\n', UNSEEN.sub('', html))
    return Markup(SHAPE.sub('/>', found))
