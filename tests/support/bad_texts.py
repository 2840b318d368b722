"""Bad texts: markup, control characters and other input to be refused."""

from __future__ import annotations

import pytest


def cases(**values):
    return [pytest.param(value, id=name.replace('_', ' '))
            for name, value in values.items()]


MARKUP = {
    'script': '<script>alert(1)</script>',
    'attribute': '"><img src=x onerror=alert(1)>',
    'single_quote': "' onmouseover='alert(1)",
    'end_of_textarea': '</textarea><script>alert(1)</script>',
    'end_of_title': '</title><script>alert(1)</script>',
    'svg': '<svg/onload=alert(1)>',
    'entity': '&lt;script&gt;alert(1)&lt;/script&gt;',
    'wiki_processor': '{{{\n#!html\n<script>alert(1)</script>\n}}}',
    'wiki_macro': '[[Image(javascript:alert(1))]]',
    'wiki_link': '[javascript:alert(1) here]',
    'jinja': '{{ 7*7 }}${7*7}# endblock',
    'format_string': '{campaign.__class__.__mro__[1]}%(name)s%n',
}
SQL = {
    'sql_quote': "' OR '1'='1",
    'sql_comment': "x'; DROP TABLE ticket; --",
    'sql_union': "' UNION SELECT sid, value FROM session_attribute --",
    'sql_like': '%_%',
}
LINES = {
    'header': 'x\r\nX-Evil: 1',
    'cookie_header': 'x\r\nSet-Cookie: evil=1',
    'mail_header': 'x\nBcc: eve@example.org',
    'line_separator': 'x\u2028y',
}
PLANES = {
    'combining': 'a' + '\u0301' * 1000,
    'right_to_left': 'a\u202eb',
    'zero_width': 'a\u200bb\ufeff',
    'noncharacter': 'a\uffff',
    'private_use': 'a\ue000',
    **{f'plane_{n}': chr(n * 0x10000 + 0xfff0) for n in range(1, 17)},
    'emoji': '\U0001f469\u200d\U0001f680',
}
NULLS = {'null': '\x00', 'null_inside': 'a\x00b', 'escape': '\x1b[31m',
         'backspace': 'a\x08', 'c1_control': 'a\x9b'}
