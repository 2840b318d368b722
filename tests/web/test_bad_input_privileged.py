"""What people send who may do much: answered calmly, and the rules hold."""

from __future__ import annotations

import pytest
from hypothesis import given, HealthCheck, settings
from hypothesis import strategies as st

from support.bad_input import TRACES
from support.bad_requests import ARGS, PATHS
from support.campaigns import FULL, NAME

FORMS = [p for p in PATHS if 'ticket' not in p]


@pytest.mark.parametrize('user', ['coordinator', 'anna'])
def test_invalid_input_of_privileged_users_opens_no_gate(attacked_site, user):
    """What is well-formed may be done; the record stays whole."""
    @settings(max_examples=30,
              suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.sampled_from(FORMS), ARGS)
    def sent(path, args):
        fields = {}
        for name, word in args:
            fields.setdefault(name, []).append(word)
        fields.pop('__FORM_TOKEN', None)
        answer = attacked_site.post(path, fields, user)
        assert answer.status < 500, answer.text[:3000]
        assert not TRACES.search(answer.text)
        for name in (NAME, FULL):
            assert not any(gate.open for gate in
                           attacked_site.system.queries.decision(name).gates)

    sent()
    assert attacked_site.system.check(None, False, 'coordinator') == []
