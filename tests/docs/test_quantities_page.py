"""The page of quantities has the units that the vocabulary has."""

from __future__ import annotations

from tools.quantities_page import PAGE, page


def test_the_page_has_all_units_as_they_are():
    text = PAGE.read_text('utf-8')
    assert page(text) == text
