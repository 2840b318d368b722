"""Field lists of the query page: what Trac offers to group and to change by.

Trac's page offers every text field for batch modification, and no other than
its own to group by; it has no place where that can be said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from trac.util.html import escape

from prodworkflow.query.ticket_fields import field_label

BATCH = re.compile(r'(?s)<select id="add_batchmod_field">.*?</select>')


GROUPS = re.compile(r'(?s)(<select name="group" id="group">.*?)(</select>)')


def with_words(page: str, words: Sequence[str], group: str | None) -> str:
    """The page with our words offered to group by, and none to change.

    `group` is the field that it is grouped by now.
    """
    offered = ''.join(map(_option, words, [group] * len(words)))
    page = GROUPS.sub(lambda found: f'{found[1]}{offered}{found[2]}', page)
    return BATCH.sub(lambda found: _without(found[0], words), page)


def _option(word: str, group: str | None) -> str:
    selected = ' selected="selected"' if word == group else ''
    return (f'<option value="{word}"{selected}>{escape(field_label(word))}'
            '</option>')


def _without(select: str, words: Sequence[str]) -> str:
    for word in words:
        select = re.sub(f'<option value="{word}">[^<]*</option>', '', select)
    return select
