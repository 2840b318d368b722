"""Any method, path and arguments: answered calmly, and nothing stored."""

from __future__ import annotations

from urllib.parse import urlencode

from hypothesis import example, given, HealthCheck, settings
from hypothesis import strategies as st

from support.bad_input import TRACES
from support.bad_requests import ARGS, MILESTONE, PATHS

# So plain Trac answers, with 500, a format of a ticket that it does not know.
TRACS_OWN = 'No available MIME conversions from trac.ticket.Ticket'


@settings(max_examples=60,
          suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(PATHS), ARGS, st.sampled_from([None, 'eve']))
@example('/ticket/1', [('format', 'nope')], None)
def test_any_get_request_is_answered_without_a_server_error(
        unchanged_site, path, args, user):
    answer = unchanged_site.get(f'{path}?{urlencode(args)}', user)
    assert answer.status < 500 or TRACS_OWN in answer.text
    assert not TRACES.search(answer.text)


@settings(max_examples=60,
          suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from([p for p in PATHS if 'ticket' not in p]), ARGS)
@example(MILESTONE, [('action', 'new'), ('name', 'Ø')])
def test_any_post_of_a_stranger_is_answered_without_a_server_error(
        unchanged_site, path, args):
    """Eve has Trac's rights to tickets and milestones, and none of ours."""
    fields = {}
    for name, word in args:
        fields.setdefault(name, []).append(word)
    fields.pop('__FORM_TOKEN', None)
    if path == MILESTONE:  # Trac lets her make one, whatever the action
        fields.pop('name', None)
    answer = unchanged_site.post(path, fields, 'eve')
    assert answer.status < 500
    assert not TRACES.search(answer.text)
