"""axe-core finds nothing on any page of ours, for any role at any width."""

from __future__ import annotations

import pytest

from support.axe import faults
from support.page_walk import pages_for, ROLES, WIDTHS


@pytest.mark.parametrize('role', ROLES)
def test_axe_finds_nothing_on_any_page(walked, page_of, role):
    page = page_of(ROLES[role], width=WIDTHS[0])
    found = []
    for each in pages_for(role):
        page.set_viewport_size({'width': WIDTHS[0], 'height': 900})
        assert page.goto(each.path).status < 400, each.path
        for width in WIDTHS:
            page.set_viewport_size({'width': width, 'height': 900})
            found += faults(page, each.path)
    assert not found, '\n'.join(found)


def test_axe_is_asked_for_contrast(walked, page_of):
    """The walk can fail: letters like their ground are found."""
    page = page_of('anna')
    page.goto('/campaign')
    page.add_style_tag(content='.pw-page { color: #eee }')
    assert any('color-contrast' in line for line in faults(page, '/campaign'))
