"""Fuzzed HTTP requests: Hypothesis strategies for paths and arguments."""

from __future__ import annotations

from urllib.parse import quote

from hypothesis import strategies as st

from support.campaigns import FULL, NAME

# No milestone of this name exists.
MILESTONE = '/milestone/' + quote(f'{NAME}: 1. x')
PATHS = ['/campaign', '/campaign/', *(
    f'/campaign/{quote(name)}{more}' for name in (NAME, FULL, 'nope')
    for more in ('', '/', '/gate', '/sign', '/badge.svg', '/pipeline.svg',
                 '/feed')),
    '/campaign/feed', '/campaign/due.ics', '/campaign/metrics',
    '/admin/production/campaigns', f'/admin/production/campaigns/{FULL}',
    '/admin/production/templates', '/admin/production/templates/mine',
    '/roadmap', '/ticket/1', MILESTONE]
NAMES = ['act', 'action', 'reason', 'name', 'template', 'release', 'start',
         'stage', 'format', 'version', 'old_version', 'requirement',
         'verdict', 'statement', 'sel', 'like', 'lists', 'text', 'confirm',
         'contact:feature-freeze', 'quorum:feature-freeze', 'create',
         'touches', 'drop', 'item_name', 'list', 'value:memory_growth',
         'value:memory-leaks:memory_growth', 'link:memory-leaks:leak report',
         f'value:{FULL}/memory-leaks:memory_growth', 'link_all', 'campaign',
         'site', 'for', 'tick', 'signed', 'mine']
KNOWN = ['launch', 'release', 'change', 'items', 'reschedule', 'diff', 'new',
         'json', 'text', 'toml', '1', '2', 'approved', 'reported', 'waived',
         f'{FULL}/memory-leaks', FULL, 'mine', 'path-to-production']
WORDS = st.one_of(st.sampled_from(KNOWN), st.text(max_size=30))
ARGS = st.lists(st.tuples(
    st.one_of(st.sampled_from(NAMES), st.text(max_size=10)), WORDS),
    max_size=5)
