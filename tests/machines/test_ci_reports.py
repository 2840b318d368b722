"""The very lines of the CI jobs report files to a real Trac."""

from __future__ import annotations

import pytest

from support.campaigns import ANNA
from support.machines import GITHUB, GITLAB, lines_of
from support.reported import BAD_LOG, LOG, REPORTED, STABLE, suite, TEXT

RUNS = {
    'GitLab': (GITLAB, {'CI_PROJECT_ID': '7', 'CI_PIPELINE_ID': '81',
                        'CI_JOB_ID': '900'}, {'CI_JOB_ID': '901'}),
    'GitHub': (GITHUB, {'GITHUB_RUN_ID': '7', 'GITHUB_RUN_ATTEMPT': '1',
                        'GITHUB_JOB': 'validate'},
               {'GITHUB_RUN_ATTEMPT': '2'}),
}
SERIES = ''.join(f'{i}\t{60 * i}\t{5000 + 7 * i}\n' for i in range(40))
PRMON = f'Time\twtime\tpss\n{SERIES}'.encode()
GROWTH = '''[[stage.requirement.value]]
name = "growth"
title = "Growth"
unit = "{}"
source = "prmon:memory_growth"
'''


@pytest.fixture(params=RUNS)
def forge(request):
    """The lines, the variables of a run, and what another run differs in."""
    path, variables, other = RUNS[request.param]
    return lines_of(path), variables, other


@pytest.fixture
def report(run, site, token, forge, tmp_path):
    """Runs the lines in a folder with these files."""
    lines, variables, _ = forge
    secret = token('evidence:write').secret

    def reporting(reports, files, **more):
        for name, content in files.items():
            path = tmp_path / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)
        return run('sh', '-e', script=lines, **{
            'PRODWORKFLOW_URL': site, 'PRODWORKFLOW_TOKEN': secret,
            'PRODWORKFLOW_CAMPAIGN': REPORTED,
            'PRODWORKFLOW_REPORTS': reports, **variables, **more})
    return reporting


@pytest.fixture
def values(system):
    """The values that were given, by name."""
    def read(name=REPORTED):
        state = system.queries.decision(name).snapshot.state
        return {e.name: e.text for said in state.signoffs
                for e in said.evidence}
    return read


def test_files_of_junit_and_other_tools_are_reported(
        reported, report, values, attachments):
    done = report(f'{STABLE}=out/junit.xml  {STABLE}=jobs.log',
                  {'out/junit.xml': suite(3), 'jobs.log': LOG})
    assert (done.code, done.err) == (0, '')
    assert f'out/junit.xml is reported for {STABLE}.' in done.out
    assert values() == {'failures': '0/3', 'crash_rate': '0/3'}
    assert set(attachments(reported)) == {'junit.xml', 'jobs.log'}


@pytest.mark.parametrize(('unit', 'events'), [
    ('KiB/h', ''), ('KiB/event', '900')])
def test_growth_of_prmon_is_by_event_where_events_are_given(
        make_reported, report, values, unit, events):
    head, mark, tail = TEXT.partition('[[stage.requirement]]\nkey = "plain"')
    make_reported(text=head + GROWTH.format(unit) + mark + tail)
    done = report(f'{STABLE}=prmon.txt', {'prmon.txt': PRMON},
                  PRODWORKFLOW_EVENTS=events)
    assert (done.code, done.err) == (0, '')
    assert f' {unit} (n=' in values()['growth']


def test_growth_by_hour_asks_for_the_events_where_it_is_asked_by_event(
        make_reported, report, values):
    head, mark, tail = TEXT.partition('[[stage.requirement]]\nkey = "plain"')
    make_reported(text=head + GROWTH.format('KiB/event') + mark + tail)
    done = report(f'{STABLE}=prmon.txt', {'prmon.txt': PRMON})
    assert done.code != 0
    assert 'Say how many events the job of the file has made, too.' in (
        done.out + done.err)
    assert 'growth' not in values()


def test_memory_that_is_given_back_is_a_growth_below_0(
        make_reported, report, values):
    head, mark, tail = TEXT.partition('[[stage.requirement]]\nkey = "plain"')
    make_reported(text=head + GROWTH.format('KiB/h') + mark + tail)
    rows = ''.join(f'{i}\t{60 * i}\t{9000 - 7 * i}\n' for i in range(40))
    done = report(f'{STABLE}=prmon.txt', {
        'prmon.txt': f'Time\twtime\tpss\n{rows}'.encode()})
    assert (done.code, done.err) == (0, '')
    assert values()['growth'].startswith('-420 ± ')


def test_what_is_sent_again_makes_one_entry_and_another_run_another(
        reported, report, system, forge):
    files = {'jobs.log': LOG}
    for _ in range(2):
        assert report(f'{STABLE}=jobs.log', files).code == 0
    before = [e.verb for e in system.queries.ledger(REPORTED)]
    assert before.count('reported') == 1
    assert report(f'{STABLE}=jobs.log', files, **forge[2]).code == 0
    after = [e.verb for e in system.queries.ledger(REPORTED)]
    assert after.count('reported') == 2


@pytest.mark.parametrize(('reports', 'more', 'words'), [
    pytest.param(f'{STABLE}=nonsense', {}, 'No reader knows', id='nonsense'),
    pytest.param('other=jobs.log', {}, 'refused: 404', id='key'),
    pytest.param(f'{STABLE}=jobs.log', {'PRODWORKFLOW_CAMPAIGN': 'Other'},
                 'refused: 404', id='campaign'),
    pytest.param(f'{STABLE}=jobs.log', {'PRODWORKFLOW_TOKEN': 'pwf_1_x'},
                 'refused: 401', id='token'),
    pytest.param(f'{STABLE}=jobs.log', {'PRODWORKFLOW_TOKEN': 'a"b'},
                 'no token', id='no token'),
    pytest.param(f'{STABLE}=missing.log', {}, 'missing.log', id='no file'),
    pytest.param(f'{STABLE}=jobs.log', {
        'PRODWORKFLOW_URL': 'http://trac.invalid'}, 'curl:', id='no Trac')])
def test_refusal_fails_the_job_with_the_reason(
        reported, report, system, reports, more, words):
    before = len(system.queries.ledger(REPORTED))
    done = report(reports, {'nonsense': b'nonsense', 'jobs.log': LOG}, **more)
    assert done.code not in (0, None)
    assert words in done.out + done.err
    assert len(system.queries.ledger(REPORTED)) == before


def test_first_refusal_ends_the_job(reported, report, values):
    done = report(f'other=jobs.log {STABLE}=jobs.log', {'jobs.log': BAD_LOG})
    assert done.code == 1
    assert values() == {}


def test_token_is_told_nowhere_and_signs_nothing(
        reported, report, system, token):
    secret = token('evidence:write').secret
    done = report(f'{STABLE}=jobs.log other=jobs.log', {'jobs.log': LOG},
                  PRODWORKFLOW_TOKEN=secret)
    assert secret not in done.out + done.err
    state = system.queries.decision(REPORTED).snapshot.state
    assert [said.verdict for said in state.signoffs] == ['reported']
    assert state.signoffs[0].signer == ANNA.name


def test_redirect_to_a_log_in_page_is_a_refusal(report, odd_server):
    elsewhere = odd_server(status=201)
    server = odd_server(status=302, headers={'Location': elsewhere.address})
    done = report(f'{STABLE}=a.log', {'a.log': LOG},
                  PRODWORKFLOW_URL=server.address)
    assert 'refused: 302' in done.err
    assert not elsewhere.asked


def test_both_jobs_have_the_same_lines_but_for_the_number_of_the_run():
    def common(path):
        return [line for line in lines_of(path).splitlines()
                if 'run=' not in line and '# Jobs of a matrix' not in line]
    assert common(GITLAB) == common(GITHUB)


def test_matrix_of_github_has_jobs_of_one_name(reported, report, system,
                                               forge):
    """Other bytes of one file's name are another report, and no repetition."""
    for content in (LOG, BAD_LOG):
        done = report(f'{STABLE}=jobs.log', {'jobs.log': content})
        if 'CI_JOB_ID' in forge[1]:
            assert done.code == (0 if content == LOG else 1)
        else:
            assert done.code == 0


def test_lines_need_no_more_than_a_small_system(forge):
    """They are run in an image that has curl and busybox."""
    assert not {'bash', 'jq', 'python', 'perl'} & set(forge[0].split())
