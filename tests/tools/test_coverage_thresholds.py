"""Coverage thresholds: what `tox run -e coverage` accepts and refuses."""

from __future__ import annotations

import json

import pytest

from tools import coverage_thresholds

DOMAIN = coverage_thresholds.domain()
GATES = 'prodworkflow/domain/rules/gates.py'


def summary(lines=1000, branches=200):
    """Of 1000 lines and 200 branches, so many were run."""
    return {'covered_lines': lines, 'num_statements': 1000,
            'covered_branches': branches, 'num_branches': 200}


def measured(lines=(), branches=()):
    return {'missing_lines': list(lines), 'missing_branches': list(branches),
            'summary': summary()}


def report(totals=None, files=()):
    """A report where all was run, but for the given files."""
    return {'totals': totals or summary(), 'files': {
        name: found for name, found in {
            **dict.fromkeys(DOMAIN, measured()), **dict(files)}.items()
        if found}}


def test_domain_of_the_coverage_thresholds_is_its_folder():
    assert {f'prodworkflow/domain/{name}.py' for name in (
        'model/requirement', 'rules/gates', 'ledger/chain', 'rules/evidence',
        'template/parser', 'planning/cloning')} <= set(DOMAIN)
    assert not [name for name in DOMAIN for other in (
        'store', 'schema', 'upgrades', 'users', 'api') if f'/{other}' in name]


@pytest.mark.parametrize(('found', 'told'), [
    pytest.param(report(summary(949)), '94.90 % of the lines were run; 95 % '
                 'are needed', id='lines'),
    pytest.param(report(summary(branches=189)), '94.50 % of the branches '
                 'were run; 95 % are needed', id='branches'),
    pytest.param(report(files={GATES: measured([7, 9])}),
                 f'{GATES}, of the domain, was not run at 7, 9', id='a line'),
    pytest.param(report(files={GATES: measured((), [[4, 6], [8, -1]])}),
                 f'{GATES}, of the domain, was not run at 4->6, 8->exit',
                 id='a branch'),
    pytest.param(report(files={GATES: None}), f'{GATES}, of the domain, was '
                 'not measured', id='a module'),
])
def test_coverage_below_a_threshold_fails_with_what_is_missing(
        found, told, tmp_path, capsys):
    path = tmp_path / 'coverage.json'
    path.write_text(json.dumps(found))
    assert coverage_thresholds.main(str(path)) == 1
    assert capsys.readouterr().out.splitlines()[-1] == told


@pytest.mark.parametrize('found', [
    pytest.param(report(), id='all was run'),
    pytest.param(report(summary(950, 190), {
        'prodworkflow/store/book.py': measured([3])}),
                 id='as much as is needed'),
])
def test_coverage_at_the_thresholds_passes(found, tmp_path, capsys):
    path = tmp_path / 'coverage.json'
    path.write_text(json.dumps(found))
    assert coverage_thresholds.main(str(path)) == 0
    assert f'{len(DOMAIN)} modules' in capsys.readouterr().out


@pytest.mark.parametrize(('files', 'code'), [((), 0), (
    {GATES: measured([7])}, 1)])
def test_coverage_of_the_domain_alone_does_not_ask_for_the_rest(
        files, code, tmp_path):
    path = tmp_path / 'coverage.json'
    path.write_text(json.dumps(report(summary(500, 90), files)))
    assert coverage_thresholds.main(str(path), '--domain') == code
