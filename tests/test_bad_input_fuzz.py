"""Any method, path and arguments: answered calmly, and nothing stored."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from besieged import TRACES
from conftest import FULL, NAME
from hypothesis import example, given, HealthCheck, settings
from hypothesis import strategies as st

# So plain Trac answers, with 500, a format of a ticket that it does not know.
TRACS_OWN = 'No available MIME conversions from trac.ticket.Ticket'
PATHS = ['/campaign', '/campaign/', *(
    f'/campaign/{quote(name)}{more}' for name in (NAME, FULL, 'nope')
    for more in ('', '/', '/gate', '/sign', '/badge.svg', '/pipeline.svg')),
    '/admin/production/campaigns', f'/admin/production/campaigns/{FULL}',
    '/admin/production/templates', '/admin/production/templates/mine',
    '/roadmap', '/ticket/1', '/milestone/' + quote(f'{NAME}: 1. x')]
NAMES = ['act', 'action', 'reason', 'name', 'template', 'release', 'start',
         'stage', 'format', 'version', 'old_version', 'requirement',
         'verdict', 'statement', 'sel', 'like', 'lists', 'text', 'confirm',
         'contact:feature-freeze', 'quorum:feature-freeze', 'create',
         'touches', 'drop', 'item_name', 'list', 'value:memory_growth']
KNOWN = ['launch', 'release', 'change', 'items', 'reschedule', 'diff', 'new',
         'json', 'text', 'toml', '1', '2', 'approved', 'reported', 'waived',
         f'{FULL}/memory-leaks', FULL, 'mine', 'path-to-production']
WORDS = st.one_of(st.sampled_from(KNOWN), st.text(max_size=30))
ARGS = st.lists(st.tuples(
    st.one_of(st.sampled_from(NAMES), st.text(max_size=10)), WORDS),
    max_size=5)


@settings(max_examples=60,
          suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(PATHS), ARGS, st.sampled_from([None, 'eve']))
@example('/ticket/1', [('format', 'nope')], None)
def test_whatever_is_asked_for_is_answered(unmoved, path, args, user):
    answer = unmoved.get(f'{path}?{urlencode(args)}', user)
    assert answer.status < 500 or TRACS_OWN in answer.text
    assert not TRACES.search(answer.text)


@settings(max_examples=60,
          suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from([p for p in PATHS if 'ticket' not in p]), ARGS)
def test_whatever_a_stranger_sends_is_answered(unmoved, path, args):
    """Eve has Trac's rights to tickets and milestones, and none of ours."""
    fields = {}
    for name, word in args:
        fields.setdefault(name, []).append(word)
    fields.pop('__FORM_TOKEN', None)
    answer = unmoved.post(path, fields, 'eve')
    assert answer.status < 500
    assert not TRACES.search(answer.text)
