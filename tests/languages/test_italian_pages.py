"""No page of ours has an English sentence for who reads Italian.

Titles, names, statements and code are data, and stay as they were written.
"""

from __future__ import annotations

import pytest

from support.italian import data_of, english, our_text
from support.page_walk import pages_for, ROLES


@pytest.mark.parametrize('role', ROLES)
def test_pages_have_no_english_sentence_for_who_reads_italian(
        walked, italian, system, role):
    reader, data = italian(ROLES[role]), list(data_of(system))
    found = {}
    for page in pages_for(role):
        answer = reader.get(page.path)
        assert answer.status == 200, page.path
        left = english(our_text(answer.text), data)
        if left:
            found[page.path] = left
    assert found == {}
