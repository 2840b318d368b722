"""Descriptions of the API agree: handlers, OpenAPI, page and reference."""

from __future__ import annotations

import re
from pathlib import Path

from prodworkflow.http_api.api.operations import OPERATIONS
from support.api_client import ROOT
from support.http_client import words_of
from support.tokens import PROBLEM

REFERENCE = (Path(__file__).parents[3] / 'docs' / 'reference'
             / 'http-api.rst').read_text(encoding='utf-8')
DECLARED = [(o.path, o.method) for o in OPERATIONS]


def test_reference_lists_every_operation():
    assert re.findall(r'(?m)^``(/[\w/{}-]+)`` +``([A-Z]+)``',
                      REFERENCE) == DECLARED


def test_openapi_describes_every_operation(api, site):
    answer = api().get('/openapi.json')
    document = answer.json
    assert answer.kind == 'application/json'
    assert document['openapi'].startswith('3.1')
    assert document['servers'] == [{'url': site + ROOT}]
    assert [(path, method.upper()) for path, methods
            in document['paths'].items() for method in methods] == DECLARED
    names = [o['operationId'] for methods in document['paths'].values()
             for o in methods.values()]
    assert len(set(names)) == len(names)


def test_no_answer_of_the_web_server_is_promised_a_kind(api):
    for methods in api().get('/openapi.json').json['paths'].values():
        for operation in methods.values():
            found = operation['responses']
            assert set(found['414']) == {'description'}
            assert set(found['431']) == {'description'}
            assert set(found['400']['content']) == {PROBLEM}


def test_what_an_address_takes_fits_the_web_servers(api):
    """gunicorn takes 4094 bytes, and a character may be twelve of them."""
    for methods in api().get('/openapi.json').json['paths'].values():
        for operation in methods.values():
            for parameter in operation['parameters']:
                schema = parameter['schema']
                if parameter['in'] == 'query' and 'maxLength' in schema:
                    assert schema['maxLength'] * 12 < 4000
                elif 'items' in schema:
                    each = schema['items']['maxLength'] + len('assume=&')
                    assert schema['maxItems'] * each < 4000
                    assert re.fullmatch(schema['items']['pattern'],
                                        'feature-freeze:approved')


def test_every_operation_answers(campaign, api):
    coordinator = api('coordinator')
    for path, method in DECLARED:
        address = path.format(name='2011%20Prod', key='feature-freeze')
        answer = coordinator.send(
            method, address, b'' if method == 'POST' else None,
            {'Content-Type': 'application/json'})
        asked = 200 if method == 'GET' else 403  # without the form token
        assert answer.status == asked, (path, method, answer.text)
        assert answer.kind.endswith('json')


def test_page_shows_every_operation(client):
    page = client('anna').get(ROOT + '/')
    assert page.status == 200
    words = words_of(page)
    for operation in OPERATIONS:
        assert operation.path in words
        assert operation.about in words
    assert not re.search(r'(?:src|href)="https?://(?!127|trac\.|edgewall)',
                         page.text.partition('id="footer"')[0])
    assert client('anna').get(ROOT).status == 200
