"""memcheck XML: leaks of all processes, and what could hide them."""

from __future__ import annotations

import pytest

from support.evidence_files import refusal, told, values_of

HEAD = '<?xml version="1.0"?>\n'


def leak(size, kind='Leak_DefinitelyLost'):
    return (f'<error><kind>{kind}</kind><xwhat><leakedbytes>{size}'
            '</leakedbytes></xwhat></error>')


def process(*inner, arguments=(), states=('RUNNING', 'FINISHED'),
            tool='memcheck', hidden=''):
    given = ''.join(f'<arg>{each}</arg>' for each in arguments)
    ended = ''.join(f'<status><state>{each}</state></status>'
                    for each in states)
    return ('<valgrindoutput>'
            f'<protocoltool>{tool}</protocoltool><preamble><line>Using '
            'Valgrind-3.19.0 and LibVEX</line></preamble><args><vargv>'
            f'<arg>-q</arg>{given}</vargv></args>'
            f'{ended}{"".join(inner)}<suppcounts>{hidden}</suppcounts>'
            '</valgrindoutput>\n')


def test_leaks_of_a_kind_are_summed():
    values = values_of(HEAD + process(
        leak(100), leak(2**40), leak(5, 'Leak_PossiblyLost'),
        leak(7, 'Leak_StillReachable'),
        '<error><kind>InvalidRead</kind></error>'))
    assert values == {'memcheck:definitely_lost': f'{2**40 + 100} B',
                      'memcheck:possibly_lost': '5 B',
                      'memcheck:errors': '1 error'}


def test_processes_of_one_file_are_summed_with_or_without_a_head():
    forked = '<status><state>FINISHED</state></status>' + leak(
        30) + '</valgrindoutput>'
    content = HEAD + process(leak(1)) + forked + HEAD + process(leak(200))
    assert values_of(content)['memcheck:definitely_lost'] == '231 B'


@pytest.mark.parametrize(('content', 'words'), [
    pytest.param(HEAD + process(leak(1))[:-20], 'breaks off at line',
                 id='truncated'),
    pytest.param(HEAD + process() + HEAD + process(leak(1))[:-40],
                 'breaks off at line', id='second process truncated'),
    pytest.param(HEAD + process(states=('RUNNING',)), 'Process 1',
                 id='did not finish'),
    pytest.param(HEAD + process() + process(
        '<fatal_signal><signame>SIGSEGV</signame></fatal_signal>'),
        'Process 2 in the file crashed (SIGSEGV)', id='crashed'),
    pytest.param(HEAD + process(tool='helgrind'), 'helgrind',
                 id='another tool'),
    pytest.param(HEAD + process(leak('many')), '"many"', id='no number'),
    pytest.param(HEAD + process(leak('')), '""', id='number missing')])
def test_file_that_does_not_tell_all_is_refused(content, words):
    assert words in refusal(content)


@pytest.mark.parametrize(('kinds', 'read'), [
    ('none', set()), ('possible', {'memcheck:possibly_lost'}),
    ('reachable,definite', {'memcheck:definitely_lost'}),
    ('all', {'memcheck:definitely_lost', 'memcheck:possibly_lost'})])
def test_leaks_that_were_not_listed_are_not_zero(kinds, read):
    content = HEAD + process(arguments=[f'--show-leak-kinds={kinds}'])
    assert set(values_of(content)) == {*read, 'memcheck:errors'}
    assert ('--show-leak-kinds=all' in told(content)) == (len(read) < 2)


def test_suppressions_are_asked_about():
    content = HEAD + process(
        hidden='<pair><count>12</count><name>hide-all</name></pair>',
        arguments=['--suppressions=root.supp'])
    assert 'Suppression files were in use: root.supp.' in told(content)
    assert 'hid 12 errors and leaks: hide-all.' in told(content)
    assert told(HEAD + process()) == ''


def test_file_of_a_quiet_run_does_not_tell_what_was_suppressed():
    quiet = (HEAD + process()).replace('<suppcounts></suppcounts>', '')
    assert 'Run valgrind without -q' in told(quiet)


@pytest.mark.parametrize(('options', 'read'), [
    (['--show-possibly-lost=no'], False),
    (['--show-leak-kinds=all', '--show-possibly-lost=no'], False),
    (['--show-possibly-lost=no', '--show-leak-kinds=all'], True),
    (['--show-possibly-lost=yes'], True)])
def test_possible_leaks_that_an_old_option_hides_are_not_read(options, read):
    values = values_of(HEAD + process(arguments=options))
    assert ('memcheck:possibly_lost' in values) is read
    assert values['memcheck:definitely_lost'] == '0 B'


def test_document_that_does_not_say_that_it_is_of_memcheck_is_refused():
    bare = ('<valgrindoutput><status><state>FINISHED</state></status>'
            '</valgrindoutput>')
    assert 'Run memcheck' in refusal(bare)


@pytest.mark.parametrize(('options', 'asked'), [
    ([], False), (['--undef-value-errors=yes'], False),
    (['--undef-value-errors=no'], True),
    (['--undef-value-errors=no', '--undef-value-errors=yes'], False),
    (['--undef-value-errors=yes', '--undef-value-errors=no'], True)])
def test_errors_that_were_not_looked_for_are_asked_about(options, asked):
    content = process(leak(1)) + process(leak(1), arguments=options)
    assert ('undefined values were not looked for' in told(content)) == asked
