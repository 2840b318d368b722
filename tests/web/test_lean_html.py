"""A page is sent without what no browser shows."""

from __future__ import annotations

import re

import pytest

from prodworkflow.web.campaign_page.lean_html import lean


@pytest.mark.parametrize(('html', 'sent'), [
    pytest.param('<table>\n  <tr>\n    <td>one\n  <td>two\n</tr>\n</table>',
                 '<table><tr><td>one<td>two</tr></table>', id='table'),
    pytest.param('<ul>\n  <li>one\n  </li>\n  <li>two</li>\n</ul>',
                 '<ul>\n<li>one</li>\n<li>two</li></ul>', id='list'),
    pytest.param('<b>one</b>\n\n    <i>two</i>', '<b>one</b>\n<i>two</i>',
                 id='words stay apart'),
    pytest.param('<b>one</b> <i>two</i>', '<b>one</b> <i>two</i>',
                 id='a space'),
    pytest.param('<path d="M1,1"></path><text></text>',
                 '<path d="M1,1"/><text></text>', id='shape'),
    pytest.param('<pre>a\n\n   b &lt;td</pre>', '<pre>a\n\n   b &lt;td</pre>',
                 id='text as written'),
    pytest.param('<input value="a\n   b"/>', '<input value="a\n   b"/>',
                 id='attribute')])
def test_only_what_does_not_show_is_left_out(html, sent):
    assert lean(html) == sent


def test_each_mark_of_a_page_is_drawn_in_its_sprite(meeting, client):
    page = client('anna').get('/campaign/Autumn%202026').text
    drawn = re.findall('<symbol id="(.*?)"', page)
    assert sorted(drawn) == sorted(set(re.findall('href="#(pw-.*?)"/>',
                                                  page)))
    assert {'pw-met', 'pw-awaiting', 'pw-stale'} <= {*drawn}
