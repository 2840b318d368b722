"""Launcher of one of Trac's own test suites, with or without the plugin.

Started by `trac_suites.py` with the source tree of Trac on the path:
`launcher.py SUITE with|without RESULTS`; the results are JSON.
"""

from __future__ import annotations

import importlib
import json
import shutil
import sys
import unittest
import warnings
from importlib.metadata import distribution


class Outcomes(unittest.TestResult):
    """Keeps the outcome of each test, by its name."""

    def __init__(self):
        super().__init__()
        self.outcomes = {}
        self.seen = {}
        self.last = None

    def _keep(self, test, outcome):
        name = unittest.TestCase.id(test)  # some tests set self.id
        if test is not self.last:
            self.last = test
            self.seen[name] = self.seen.get(name, 0) + 1
        key = f'{name} {test} {self.seen[name]}'
        if self.outcomes.get(key, ['passed'])[0] == 'passed':
            self.outcomes[key] = outcome
            if 'functional' in key:  # slow: show how far it has come
                print(outcome[0], key, flush=True)

    def addSuccess(self, test):
        self._keep(test, ['passed', ''])

    def addFailure(self, test, err):
        self._keep(test, ['failed', self._exc_info_to_string(err, test)])

    addError = addFailure

    def addSkip(self, test, reason):
        self._keep(test, ['skipped', reason])

    def addSubTest(self, test, subtest, err):
        if err is not None:
            self.addFailure(test, err)


def enable_everywhere():
    """Have the plugin enabled and upgraded in every environment made."""
    from trac import env, test
    for point in distribution('prodworkflow').entry_points:
        if point.group == 'trac.plugins':
            point.load()
    enabled = ('components', 'prodworkflow.*', 'enabled')
    stub_init, reset_db = (test.EnvironmentStub.__init__,
                           test.EnvironmentStub.reset_db)
    real_init = env.Environment.__init__

    def init_stub(self, *args, **named):
        named['config'] = [*(named.get('config') or ()), enabled]
        stub_init(self, *args, **named)

    def reset_and_upgrade(self, *args, **named):
        answer = reset_db(self, *args, **named)
        upgrade(self)
        return answer

    def init_real(self, path, create=False, options=(), *args, **named):
        if create:
            options = [*options, enabled]
        real_init(self, path, create, options, *args, **named)

    test.EnvironmentStub.__init__ = init_stub
    test.EnvironmentStub.reset_db = reset_and_upgrade
    env.Environment.__init__ = init_real


def enable_in_functional_tests():
    """Have the plugin enabled where the functional tests make their Trac."""
    from trac.tests.functional import testenv
    base = testenv.FunctionalTestEnvironment
    for kind in (base, *base.__subclasses__()):
        enabled = kind.get_enabled_components
        kind.get_enabled_components = (
            lambda self, enabled=enabled: [*enabled(self), 'prodworkflow.*'])


def drive_chromium():
    """Drive Debian's Chromium; Trac's tests would look for Firefox."""
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service
    from trac.tests.functional import better_twill

    def create(self):
        options = webdriver.ChromeOptions()
        options.binary_location = shutil.which('chromium')
        for flag in ('headless=new', 'no-sandbox', 'disable-gpu',
                     'disable-background-networking', 'lang=en-US',
                     'window-size=1280,2048'):
            options.add_argument(f'--{flag}')
        return webdriver.Chrome(options=options, service=Service(
            shutil.which('chromedriver')))

    def set_prefs(self, values):
        wanted = values['javascript.enabled']  # no other is ever set
        self.driver.execute_cdp_cmd(
            'Emulation.setScriptExecutionDisabled', {'value': not wanted})
        return {'javascript.enabled': not wanted}

    proxy = better_twill.Proxy
    proxy._create_webdriver = create
    proxy.set_prefs = set_prefs
    proxy._save_screenshot = (
        lambda self, name: self.driver.save_screenshot(name))


def upgrade(env):
    """Make the plugin's tables anew; a reset empties but keeps them."""
    from trac.db.api import DatabaseManager

    from prodworkflow.environment.schema import CampaignSchema
    from prodworkflow.store.upgrades.db1 import TABLES
    manager = DatabaseManager(env)
    if set(manager.get_table_names()) & {t.name for t in TABLES}:
        manager.drop_tables(TABLES)
        env.db_transaction("DELETE FROM system "
                           "WHERE name='prodworkflow_version'")
    buffer = env.log.handlers[0].buffer
    logged = len(buffer)
    CampaignSchema(env).upgrade_environment()
    del buffer[logged:]  # set-up told this; tests compare what they told


def main(suite, with_plugin, results):
    """Run a suite, given as `module:function`, and write its outcomes."""
    warnings.simplefilter('ignore')
    if 'functional' in suite:
        drive_chromium()
        if with_plugin == 'with':
            enable_in_functional_tests()
    elif with_plugin == 'with':
        enable_everywhere()
    module, _, function = suite.partition(':')
    tests = getattr(importlib.import_module(module), function)()
    outcomes = Outcomes()
    tests.run(outcomes)
    with open(results, 'w', encoding='utf-8') as file:
        json.dump(outcomes.outcomes, file)


if __name__ == '__main__':
    main(*sys.argv[1:])
