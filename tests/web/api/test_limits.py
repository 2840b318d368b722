"""Limits of the API: hostile and broken bodies are refused, nothing stored."""

from __future__ import annotations

import contextlib
import http.client
import json
from collections import namedtuple
from urllib.parse import quote, urlsplit

from trac.attachment import Attachment

from support.api_client import of, ROOT
from support.campaigns import FULL, NAME
from support.reported import LOG, REPORTED, suite
from support.tokens import PROBLEM

VALUES = of(FULL, 'requirements', 'memory-leaks', 'evidence')
FILE = of(REPORTED, 'requirements', 'stable', 'evidence') + '?filename=x'
LAUGHS = b'<!DOCTYPE l [<!ENTITY a "ha">' + b''.join(
    b'<!ENTITY %c "%s">' % (98 + n, b'&%c;' % (97 + n) * 10)
    for n in range(9)) + b']><testsuite><testcase name="&j;"/></testsuite>'
OUTSIDE = (b'<!DOCTYPE t [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
           b'<testsuite><testcase name="&x;"/></testsuite>')
DEEP = b'[' * 100000 + b']' * 100000


Case = namedtuple('Case', 'sent status words id')
FileCase = namedtuple('FileCase', 'sent id')
Head = namedtuple('Head', 'path headers status id')
DOCUMENTS = [
    Case(b'', 400, 'cannot be read', id='empty'),
    Case(b'{"values": {"memory_g', 400, 'wrong at line 1, column 13',
                 id='truncated'),
    Case(b'\xff', 400, 'no UTF-8', id='no utf-8'),
    Case(b'{"values": ' + DEEP + b'}', 400, 'nested too deep',
                 id='deep'),
    Case(b'{"values": {"memory_growth": NaN}}', 422,
                 'values.memory_growth has to be', id='nan'),
    Case(b'{"values": {"memory_growth": -Infinity}}', 422,
                 'values.memory_growth has to be', id='infinity'),
    Case(b'{"values": {"memory_growth": 1e999999999}}', 400,
                 'too large', id='endless number'),
    Case(b'{"values": {"memory_growth": ' + b'9' * 5000 + b'}}', 400,
                 'too long', id='endless digits'),
    Case(b'{"values": {}, "values": {}}', 400, '"values" twice',
                 id='twice'),
    Case(b'{"values": [1]}', 422, 'values has to be of type object',
                 id='list of values'),
    Case(b'{"values": {"memory_growth": true}}', 422,
                 'values.memory_growth has to be', id='boolean'),
    Case(b'[]', 422, 'document has to be of type object', id='list'),
    Case(b'null', 422, 'document has to be of type object', id='null'),
    Case(b'{"valeus": {}}', 422, 'Did you mean values',
                 id='misspelt'),
    Case(b'{"statement": "\\u0000"}', 422, 'U+0000', id='nul'),
    Case(b'{"values": {"\\ud800": "1"}}', 422, 'U+D800',
                 id='surrogate'),
    Case(b'{"statement": "' + b'x' * 10001 + b'"}', 422,
                 '10000 are allowed', id='long statement'),
    Case(json.dumps({'values': dict.fromkeys(map(str, range(1001)), '1')}
                    ).encode(), 422,
         'values has 1001 members; 1000 are allowed', id='many values'),
    Case(json.dumps({'links': dict.fromkeys(map(str, range(1001)), '')}
                    ).encode(), 422,
         'links has 1001 members; 1000 are allowed', id='many links'),
    Case(json.dumps(dict.fromkeys(map(str, range(1000)))).encode(), 422,
         'There is no member "19"', id='many members'),
    Case(json.dumps({'values': {'x' * 201: '1'}}).encode(), 422,
         'has 201 characters; 200 are allowed', id='long name')
]
FILES = [
    FileCase(b'', id='empty'), FileCase(LAUGHS, id='laughs'),
    FileCase(OUTSIDE, id='outside'), FileCase(DEEP, id='deep'),
    FileCase(LOG[:50], id='truncated log'),
    FileCase(suite()[:-20], id='truncated xml'),
    FileCase(b'\0' * 1000, id='zeros'),
    FileCase(b'{"crash_rate": NaN}', id='nan')]
HEADS = [
    Head(VALUES, {'Content-Length': '1000000000'}, 413,
                 id='document of 1 GB'),
    Head(VALUES + '?filename=x', {'Content-Length': '1000000000'},
                 413, id='file of 1 GB'),
    Head(VALUES, {'Content-Length': str(2 * 1024**2)}, 413,
                 id='document of 2 MiB'),
    Head(VALUES, {}, 411, id='no length'),
    Head(VALUES, {'Content-Length': '0', 'Content-Type': None}, 415,
         id='nothing'),
    Head(VALUES, {'Transfer-Encoding': 'chunked'}, 411,
                 id='in chunks'),
    Head(VALUES, {'Content-Length': 'many'}, 400, id='no number'),
    Head(VALUES, {'Content-Length': '-5'}, 400, id='negative'),
    Head(VALUES, {'Content-Length': '100000',
                  'Content-Type': 'text/plain'}, 415, id='text'),
    Head(VALUES, {'Content-Length': '100000', 'Content-Encoding': 'gzip'},
         415, id='compressed'),
    Head(VALUES + '?filename=x', {
        'Content-Length': '100000', 'Content-Encoding': 'br'}, 415,
         id='compressed file'),
    Head(VALUES + '?filename=x', {
        'Content-Length': '1000000000', 'Content-Type':
        'application/x-www-form-urlencoded'}, 415, id='form'),
    Head(VALUES, {
        'Content-Length': '1000000000', 'Content-Type':
        'multipart/form-data; boundary=x'}, 415, id='form with files')]


def test_broken_documents_are_refused(full, api, verbs):
    before, anna = verbs(FULL), api('anna')
    for case in DOCUMENTS:
        words = anna.post(VALUES, case.sent).problem(case.status)
        assert case.words in words, case.id
    assert verbs(FULL) == before


def test_hostile_files_are_refused_whole(reported, api, env, verbs):
    before, anna = verbs(REPORTED), api('anna')
    for case in FILES:
        assert anna.post(FILE, case.sent, kind='application/octet-stream'
                         ).problem(422), case.id
    assert verbs(REPORTED) == before
    assert list(Attachment.select(env, 'ticket', reported)) == []


def test_form_of_1_gb_to_what_is_only_read_is_not_read(campaign, site):
    for path in (f'/campaign/{quote(NAME)}/gate', '/campaign/metrics'):
        for kind in ('application/x-www-form-urlencoded',
                     'multipart/form-data; boundary=x'):
            with contextlib.closing(http.client.HTTPConnection(
                    urlsplit(site).netloc, timeout=10)) as connection:
                connection.request('POST', path, None, {
                    'Content-Type': kind, 'Content-Length': '1000000000'})
                answer = connection.getresponse()
                assert (answer.status, answer.headers['Allow']) == (
                    405, 'GET, HEAD')
                assert answer.headers.get_content_type() == PROBLEM


def raw(api, path, headers, body=b''):
    """The status, kind and words of what the headers alone are answered."""
    anna = api('anna')
    address = urlsplit(anna.address)
    connection = http.client.HTTPConnection(address.netloc, timeout=10)
    cookies = '; '.join(f'{c.name}={c.value}' for c in anna.client.jar)
    connection.putrequest('POST', ROOT + path, skip_accept_encoding=True)
    for name, value in {'Cookie': cookies, 'Content-Type': 'application/json',
                        'X-Trac-Form-Token': anna.form_token,
                        **headers}.items():
        if value is not None:
            connection.putheader(name, value)
    connection.endheaders(body or None)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, answer.headers.get_content_type(), text


def test_body_is_not_read_where_it_is_refused(full, api, verbs):
    before = verbs(FULL)
    for case in HEADS:
        found, kind, text = raw(api, case.path, case.headers)
        assert (found, kind) == (
            case.status, 'application/problem+json'), (case.id, text)
    assert verbs(FULL) == before


def test_no_more_mistakes_are_told_than_people_read(full, api):
    for sent in (dict.fromkeys(map(str, range(1000))),
                 {'values': dict.fromkeys(map(str, range(1000)))}):
        refused = api('anna').post(VALUES, sent)
        assert refused.problem(422)
        assert len(refused.json['errors']) == 20


def test_names_that_no_database_holds_are_not_found(campaign, api):
    for path in ('/campaigns/%00', '/campaigns/a%0Ab/hold',
                 f'{of(NAME)}/requirements/%00/evidence',
                 '/campaigns/' + 'x' * 400):
        assert api().get(path).problem(404)
