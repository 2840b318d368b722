"""JUnit XML: only what nothing speaks against is a pass."""

from __future__ import annotations

import pytest

from support.evidence_files import refusal, told, values_of

FAILED, PASSED, NEITHER = '1/2', '0/2', '0/1'


def suite(*cases, attributes=''):
    return (f'<?xml version="1.0"?><testsuites><testsuite name="s" '
            f'{attributes}>{"".join(cases)}</testsuite></testsuites>')


def case(name='a', inner='', **attributes):
    words = ' '.join(f'{key}="{value}"' for key, value in attributes.items())
    return f'<testcase classname="c" name="{name}" {words}>{inner}</testcase>'


OTHER = case('other')


@pytest.mark.parametrize(('one', 'rate'), [
    pytest.param(case(), PASSED, id='pass'),
    pytest.param(case(status='run'), PASSED, id='CTest pass'),
    pytest.param(case(status='run', result='completed'), PASSED,
                 id='GoogleTest pass'),
    pytest.param(case(inner='<failure message=""/>'), FAILED,
                 id='failure without a message'),
    pytest.param(case(inner='<error/>'), FAILED, id='error'),
    pytest.param(case(inner='<rerunFailure/>'), FAILED,
                 id='rerunFailure alone'),
    pytest.param(case(inner='<rerunError/>'), FAILED, id='rerunError alone'),
    pytest.param(case(status='fail'), FAILED, id='status fail alone'),
    pytest.param(case(status='run', result='failed'), FAILED,
                 id='result failed alone'),
    pytest.param(case(inner='<skipped/><failure/>'), FAILED,
                 id='skipped and failed'),
    pytest.param(case(inner='<skipped message="Unable to find executable"/>',
                      status='notrun'), FAILED,
                 id='CTest without executable'),
    pytest.param(case(inner='<skipped message="Fixture dependency failed"/>',
                      status='notrun'), FAILED, id='CTest fixture failed'),
    pytest.param(case(inner='<skipped message="Required Files Missing"/>',
                      status='notrun'), FAILED, id='CTest file missing'),
    pytest.param(case(inner='<skipped message="SKIP_RETURN_CODE=77"/>',
                      status='notrun'), NEITHER, id='CTest skip'),
    pytest.param(case(status='disabled'), NEITHER, id='CTest disabled'),
    pytest.param(case(status='notrun', result='suppressed'), NEITHER,
                 id='GoogleTest disabled'),
    pytest.param(case(status='run', result='skipped'), NEITHER,
                 id='GoogleTest skip without element'),
    pytest.param(case(inner='<skipped/>'), NEITHER, id='skipped'),
    pytest.param(case(inner='<flakyFailure/>'), NEITHER, id='flaky'),
    pytest.param(case(inner='<flakyError/>'), NEITHER, id='flaky error'),
    pytest.param(case(status='who knows'), NEITHER, id='unknown status'),
    pytest.param(case(inner='<Failure/>'), FAILED, id='in capitals'),
    pytest.param(case(inner='<details><failure/></details>'), FAILED,
                 id='failure inside'),
    pytest.param(case(inner='<timeout/>'), NEITHER, id='unknown element'),
    pytest.param(case(inner='<system-out>x</system-out><system-err/>'
                      '<properties><property name="a"/></properties>'),
                 PASSED, id='output and properties')])
def test_case_counts_as(one, rate):
    assert values_of(suite(one, OTHER))['junit:failure_rate'] == rate


def test_cases_are_counted_and_not_what_the_suites_say():
    lying = suite(OTHER, case(inner='<failure/>'),
                  attributes='tests="186" failures="0" errors="0"')
    assert values_of(lying)['junit:failure_rate'] == '1/2'
    assert 'the suites say there are: 186; in the file: 2' in told(lying)


def test_cases_of_nested_suites_and_of_no_suite_count():
    nested = ('<testsuites><testcase name="bare"/><testsuite name="a">'
              '<testsuite name="b"><testcase name="x"><failure/></testcase>'
              '</testsuite><testcase name="y"/></testsuite></testsuites>')
    assert values_of(nested)['junit:failure_rate'] == '1/3'


def test_error_of_a_suite_counts_as_a_failed_test():
    broken = suite(OTHER, '<error message="no database"/>')
    assert values_of(broken)['junit:failure_rate'] == '1/2'


def test_suite_is_read_without_suites_around_it():
    assert values_of('<testsuite><testcase name="x"/></testsuite>')[
        'junit:failure_rate'] == '0/1'


def test_same_case_twice_counts_once_and_by_its_worst_result():
    twice = suite(case(inner='<failure/>'), case(), OTHER, OTHER)
    assert values_of(twice)['junit:failure_rate'] == '1/2'
    assert 'count once, by the worst result: 2' in told(twice)


def test_same_name_in_another_suite_is_another_test():
    pair = ('<testsuites>' + ''.join(
        f'<testsuite name="{name}">{OTHER}</testsuite>'
        for name in ('i386', 'amd64')) + '</testsuites>')
    assert values_of(pair)['junit:failure_rate'] == '0/2'


def test_skipped_and_flaky_tests_are_readings_and_told():
    some = suite(OTHER, case('a', '<skipped/>'), case('b', '<flakyError/>'))
    values = values_of(some)
    assert values['junit:tests'] == '1 test'
    assert values['junit:skipped'] == values['junit:flaky'] == '1 test'
    assert 'neither passed nor failed: 2' in told(some)


@pytest.mark.parametrize('content', [
    pytest.param('<testsuites/>', id='empty suites'),
    pytest.param('<testsuite tests="12"/>', id='says it has tests'),
    pytest.param(suite(case(inner='<skipped/>')), id='all skipped'),
    pytest.param(suite(case(inner='<flakyFailure/>')), id='all flaky')])
def test_file_in_which_no_test_ran_is_refused(content):
    assert 'No test in the file has run' in refusal(content)


def test_truncated_file_is_refused_with_its_place():
    assert 'line 1, column' in refusal(suite(OTHER)[:-30])


ODD = '<testcase name="b"><failure/></testcase>'


@pytest.mark.parametrize('content', [
    pytest.param(suite(case(inner=ODD)), id='case in a case'),
    pytest.param(suite(OTHER, f'<group>{ODD}</group>'), id='in a group'),
    pytest.param('<testsuites><testsuites><testsuite>' + ODD + '</testsuite>'
                 '</testsuites><testsuite>' + OTHER + '</testsuite>'
                 '</testsuites>', id='suites in suites'),
    pytest.param(f'<testsuite xmlns="urn:x">{OTHER}</testsuite>',
                 id='namespace')])
def test_tests_where_no_tool_writes_them_refuse_the_file(content):
    assert 'Tests stand in the file where no tool writes' in refusal(content)


def test_failures_that_only_the_suite_tells_are_told():
    lost = suite(OTHER, attributes='tests="1" failures="1" errors="2"')
    assert ('Failures that the suites say there are: 3; in the file: 0.'
            in told(lost))


@pytest.mark.parametrize('around', [
    '<testsuites tests="186" failures="3" errors="1">{}</testsuites>',
    '<testsuites><testsuite name="all"><testsuite tests="186" failures="3" '
    'errors="1"/>{}</testsuite></testsuites>',
    '<testsuites tests="1"><testsuite tests="100" failures="3">{}</testsuite>'
    '<testsuite tests="86" errors="1"/></testsuites>'])
def test_tests_that_only_a_suite_at_any_depth_tells_are_told(around):
    words = told(around.format(f'<testsuite>{OTHER}</testsuite>'))
    assert 'suites say there are: 186; in the file: 1.' in words
    assert 'Failures that the suites say there are: 4; in' in words
