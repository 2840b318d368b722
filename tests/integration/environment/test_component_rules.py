"""Rules of [components] that match no component are warned of at start."""

from __future__ import annotations

from importlib.metadata import distribution

import pytest
from trac.env import open_environment

from prodworkflow.environment.component_rules import (
    registered_components,
    unmatched,
)

GONE = 'prodworkflow.pictures.*'


@pytest.fixture(autouse=True, scope='module')
def loaded():
    """Load the components, as Trac does before it opens an environment."""
    for point in distribution('prodworkflow').entry_points:
        if point.group == 'trac.plugins':
            point.load()


@pytest.fixture
def opened(path):
    """Opens the environment with more rules; gives what its log says."""
    def open_with(*rules, upgrade=False):
        ini = path / 'conf' / 'trac.ini'
        text = ini.read_text(encoding='utf-8')
        text = text.replace('[components]\n', '\n'.join(
            ['[components]', *rules, '']))
        text = text.replace('log_type = none', 'log_type = file')
        ini.write_text(text, encoding='utf-8')
        env = open_environment(str(path), use_cache=False)
        if upgrade:
            env.upgrade()
        env.shutdown()
        log = path / 'log' / 'trac.log'
        return [line for line in log.read_text(encoding='utf-8').splitlines()
                if 'WARNING' in line and '[components]' in line]
    return open_with


@pytest.mark.parametrize('value', ['enabled', 'disabled'])
def test_a_rule_that_matches_nothing_is_named_in_the_log(opened, value):
    line, = opened(f'{GONE} = {value}')
    assert f'"{GONE} = {value}"' in line
    assert 'From 0.1.0 to 0.2.0' in line


def test_each_rule_that_matches_nothing_is_warned_of_once(opened):
    lines = opened(f'{GONE} = disabled', 'prodworkflow.web_ui.* = disabled',
                   upgrade=True)
    assert len(lines) == 2


def test_rules_that_match_are_not_warned_of(opened):
    """The environment has one for `prodworkflow.loading.*`, disabled."""
    assert opened('prodworkflow.notification.* = disabled',
                  'prodworkflow.workflow.action_controller.signoffactions '
                  '= disabled') == []


@pytest.mark.parametrize('rule', [
    pytest.param('prodworkflow.*', id='all'),
    pytest.param('prodworkflow', id='all, without a star'),
    pytest.param('prodworkflow.loading.*', id='a module'),
    pytest.param('prodworkflow.notification.*', id='a package'),
    pytest.param('ProdWorkflow.Admin.*', id='in capitals'),
    pytest.param('prodworkflow.workflow.action_controller.signoffactions',
                 id='a component'),
    pytest.param('prodworkflow_extras.*', id='another plugin'),
    pytest.param('tracopt.pictures.*', id='of Trac'),
])
def test_a_rule_of_a_component_or_of_others_matches(rule):
    assert unmatched([rule], registered_components()) == []


@pytest.mark.parametrize('rule', [
    pytest.param(GONE, id='a module that has moved'),
    pytest.param('prodworkflow.workflow.signoffworkflow',
                 id='a component that has moved'),
    pytest.param('prodworkflow.load*', id='half a name'),
    pytest.param('prodworkflow.domain.*', id='no component in it'),
])
def test_any_other_rule_of_ours_matches_nothing(rule):
    assert unmatched([rule], registered_components()) == [rule]
