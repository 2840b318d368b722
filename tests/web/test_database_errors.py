"""A database that fails is told in words, with 503; a bug stays a bug."""

from __future__ import annotations

import pytest
from trac.db.pool import TimeoutError as NoConnection
from trac.web.api import HTTPServiceUnavailable, RequestDone

from prodworkflow.http_api.gate import GateHandler
from prodworkflow.web.database_errors import database_errors
from support.campaigns import NAME


@pytest.mark.parametrize('name', [
    'OperationalError', 'InterfaceError', 'Error'])
def test_a_failing_database_is_service_unavailable(env, name):
    with pytest.raises(HTTPServiceUnavailable) as told, database_errors(env):
        raise getattr(env.db_exc, name)('server closed the connection')
    assert 'The database failed' in str(told.value)
    assert 'server closed' not in str(told.value)


def test_missing_database_connection_is_service_unavailable(env):
    with pytest.raises(HTTPServiceUnavailable), database_errors(env):
        raise NoConnection('Unable to get database connection')


def test_other_error_than_of_the_database_is_raised_as_it_is(env):
    with pytest.raises(env.db_exc.IntegrityError), database_errors(env):
        raise env.db_exc.IntegrityError('twice')


@pytest.mark.only('sqlite')
@pytest.mark.parametrize(('format_', 'begin'), [
    ('json', '{"error": "The database failed'),
    ('text', 'The database failed')])
def test_the_gate_is_shut_for_machines_when_its_table_is_gone(
        env, campaign, request_of, format_, begin):
    """SQLite calls a table that is not there an operational error.

    The others call it a mistake; there tests/deployment/test_faults.py looks.
    """
    env.db_transaction('ALTER TABLE prodworkflow_ledger RENAME TO gone')
    req = request_of('anna', format=format_)
    req.environ.update(REQUEST_METHOD='GET',
                       PATH_INFO=f'/campaign/{NAME}/gate')
    with pytest.raises(RequestDone):
        GateHandler(env).process_request(req)
    assert req.status_sent == ['503 Service Unavailable']
    assert req.headers_sent['Retry-After'] == '10'
    assert req.response_sent.getvalue().decode().startswith(begin)
