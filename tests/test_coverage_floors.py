"""What `tox run -e coverage` accepts, and what it does not."""

from __future__ import annotations

import json

import coverage_floors
import pytest

FLOORS = coverage_floors.pure()


def summary(lines=1000, branches=200):
    """Of 1000 lines and 200 branches, so many were run."""
    return {'covered_lines': lines, 'num_statements': 1000,
            'covered_branches': branches, 'num_branches': 200}


def measured(lines=(), branches=()):
    return {'missing_lines': list(lines), 'missing_branches': list(branches),
            'summary': summary()}


def report(totals=None, **files):
    """A report where all was run, but for the given files."""
    return {'totals': totals or summary(), 'files': {
        f'prodworkflow/{name}.py': found for name, found in {
            **dict.fromkeys(FLOORS, measured()), **files}.items() if found}}


def test_the_pure_floors_are_those_below_the_store():
    assert {'model', 'gates', 'ledger', 'evidence', 'template',
            'cloning'} <= set(FLOORS)
    assert not {'store', 'schema', 'upgrades', 'people', 'api'} & set(FLOORS)


@pytest.mark.parametrize(('found', 'told'), [
    pytest.param(report(summary(949)), '94.90 % of the lines were run; 95 % '
                 'are needed', id='lines'),
    pytest.param(report(summary(branches=189)), '94.50 % of the branches '
                 'were run; 95 % are needed', id='branches'),
    pytest.param(report(gates=measured([7, 9])), 'gates, on floor 1 or 2, '
                 'was not run at 7, 9', id='a line'),
    pytest.param(report(model=measured((), [[4, 6], [8, -1]])), 'model, on '
                 'floor 1 or 2, was not run at 4->6, 8->exit', id='a branch'),
    pytest.param(report(gates=None), 'gates, on floor 1 or 2, was not '
                 'measured', id='a module'),
])
def test_what_is_missing_is_told_and_fails(found, told, tmp_path, capsys):
    path = tmp_path / 'coverage.json'
    path.write_text(json.dumps(found))
    assert coverage_floors.main(str(path)) == 1
    assert capsys.readouterr().out.splitlines()[-1] == told


@pytest.mark.parametrize('found', [
    pytest.param(report(), id='all was run'),
    pytest.param(report(summary(950, 190), store=measured([3])),
                 id='as much as is needed'),
])
def test_as_much_as_is_needed_passes(found, tmp_path, capsys):
    path = tmp_path / 'coverage.json'
    path.write_text(json.dumps(found))
    assert coverage_floors.main(str(path)) == 0
    assert f'{len(FLOORS)} modules' in capsys.readouterr().out
