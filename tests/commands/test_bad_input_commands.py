"""What anybody can type behind trac-admin, or put into a file."""

from __future__ import annotations

import pytest

from support.bad_texts import cases, LINES, MARKUP, NULLS, PLANES, SQL
from support.campaigns import NAME

# No longer argument reaches a program under Linux.
LONGEST = 'x' * 131071
WORDS = {**LINES, **NULLS, 'script': MARKUP['script'], **SQL,
         'plane_16': PLANES['plane_16'], 'not_utf8': 'a\udcff',
         'long': 'x' * 10000, 'longest': LONGEST, 'empty': '',
         'option': '--nope', 'up': '../..'}


@pytest.mark.parametrize('name', cases(**WORDS))
@pytest.mark.parametrize('command', ['show', 'hold'])
def test_command_for_an_unknown_campaign_is_refused(refused_command, command,
                                                    name):
    more = ['--reason=x'] if command == 'hold' else []
    assert refused_command('campaign', command, name, *more)


@pytest.mark.parametrize('reason', cases(
    **NULLS, not_utf8='a\udcff', much='x' * 20000, longest=LONGEST,
    none='', spaces='  '))
@pytest.mark.parametrize('command', [
    ['hold', NAME], ['abandon', NAME], ['release', NAME, 'V9'],
    ['change', NAME, '--enforcement=strict'],
    ['waive', NAME, 'feature-freeze', 'awaiting', '--until=2099-01-01'],
    ['template', 'remove', 'mine']], ids=lambda c: c[0])
def test_command_with_an_unreadable_reason_is_refused(
        refused_command, command, reason):
    refused_command('campaign', *command, f'--reason={reason}')


@pytest.mark.parametrize('option', cases(
    start='--start=2026-02-30', start_null='--start=\x00',
    template='--template=nope', version='--template=mine@' + '9' * 30,
    no_version='--template=mine@x', enforcement='--enforcement=no',
    contact='--contact=feature-freeze:nobody', no_key='--contact=:anna',
    no_contact='--contact=feature-freeze', quorum='--quorum=feature-freeze:0',
    like='--like=nope', no_file='--template-file=/nope/x.toml',
    folder='--template-file=/', zeros='--template-file=/dev/zero',
    no_lists='--lists-file=/nope/x.toml', lists_folder='--lists-file=/',
    lists_zeros='--lists-file=/dev/zero', null_path='--template-file=\x00',
    path_of_bytes='--lists-file=\udcff', unknown='--nope=1',
    release='--release=' + 'x' * 65, release_null='--release=a\x00b'))
def test_creation_command_with_an_invalid_option_is_refused(refused_command,
                                                            option):
    refused_command('campaign', 'create', 'Evil', option)


@pytest.mark.parametrize('content', cases(
    nothing=b'', null=b'title = "a\x00b"', not_utf8=b'title = "\xff"',
    utf16='title = "x"'.encode('utf-16'), binary=bytes(range(256)) * 10,
    html=b'<script>alert(1)</script>', much=b'x' * 2000000,
    brackets=b'a = ' + b'[' * 100000, json=b'{"title": "x"}',
    surrogate=b'title = "\\ud800"', yaml=b'!!python/object/apply:os.system'))
@pytest.mark.parametrize('command', [
    ['create', 'Evil', '--template-file={}'],
    ['create', 'Evil', '--lists-file={}'],
    ['template', 'import', 'evil', '{}', '--reason=x']],
    ids=['template', 'lists', 'import'])
def test_command_with_an_invalid_file_is_refused(
        refused_command, tmp_path, command, content, request):
    if 'nothing' in request.node.name and 'lists' in request.node.name:
        command = [*command, '--start=x']  # no lists are no mistake
    file = tmp_path / 'x.toml'
    file.write_bytes(content)
    refused_command('campaign', *(part.format(file) for part in command))
