"""Trac's own test suites, without and with the plugin, compared.

`python tests/tools/trac_suites.py [--functional]`, where the plugin is there.
The suites are in Trac's source distribution, which is fetched for the very
release that is installed.  A test that passes without the plugin has to pass
with it, installed, upgraded and enabled in every environment; the exceptions
are named below, each with its reason.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tarfile
import tempfile
from fnmatch import fnmatch
from importlib.metadata import version
from pathlib import Path

LAUNCHER = Path(__file__).with_name('trac_suites_launcher.py')
UNIT = 'trac.test:test_suite'
FUNCTIONAL = 'trac.tests.functional:test_suite'

# Patterns of tests that fail beside any plugin with such components.
PERMISSIONS = 'lists all permissions that components define'
LISTENERS = 'counts the change listeners'
FILTERS = 'counts the request filters'
AUTHENTICATORS = 'counts the authenticators'
NAVIGATION = 'counts the entries of the navigation'
TABLES = 'lists all tables of the database'
RESOLUTIONS = 'lists all resolutions; the upgrade adds two, as it has to'
EXCEPTED = {
    '*.PermissionSystemTestCase.test_all_permissions *': PERMISSIONS,
    '*.PermissionSystemTestCase.test_expand_actions_iter_7467 *': PERMISSIONS,
    '*.PermissionSystemTestCase.test_get_actions *': PERMISSIONS,
    '*.PermissionSystemTestCase.test_get_actions_dict *': PERMISSIONS,
    '*.perm.TracAdminTestCase.test_permission_add_*': PERMISSIONS,
    '*.perm.TracAdminTestCase.test_permission_import_ok *': PERMISSIONS,
    '*.perm.TracAdminTestCase.test_permission_list_*': PERMISSIONS,
    '*.perm.TracAdminTestCase.test_permission_remove_*_ok *': PERMISSIONS,
    '*.perm.TracAdminTestCase.test_permission_remove_a*_for_*': PERMISSIONS,
    '*.perm.TracAdminTestCase.test_permission_remove_*_action_granted *':
        PERMISSIONS,
    '*.TracAdminInitenvTestCase.test_no_default_data_argument *': PERMISSIONS,
    '*.TracadminTestCase.test_help_ok *': 'lists all trac-admin commands',
    '*.NavigationContributorTestCase.test_nav_contributor*': NAVIGATION,
    '*.NavigationCustomizationTestCase.test_active_highlighting *':
        NAVIGATION,
    '*.NavigationCustomizationTestCase.test_disable_items *': NAVIGATION,
    '*.NavigationCustomizationTestCase.test_move_metanav_to_mainnav *':
        NAVIGATION,
    'trac.db.tests.api.*.test_get_table_names *': TABLES,
    'trac.ticket.tests.model.*.test_change_listener_*': LISTENERS,
    '*.TicketCommentDeleteTestCase.test_ticket_change_deleted *': LISTENERS,
    '*.AuthenticateTestCase.test_authenticate_once *':
        'counts the request handlers',
    '*.AuthenticateTestCase.test_authenticate_raises *': AUTHENTICATORS,
    '*.AuthenticateTestCase.test_authenticate_*_*successful *':
        AUTHENTICATORS,
    '*.PostProcessRequestTestCase.test_post_process_request_*': FILTERS,
    'trac.tests.env.EnvironmentDataTestCase.test_environment_data *':
        RESOLUTIONS,
    'trac.tests.env.TracAdminInitenvTestCase.test_default_values *':
        RESOLUTIONS,
}


def main():
    """Run and compare; exit with 1 where the plugin breaks a test."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument('--functional', action='store_true',
                        help='run the functional tests instead')
    suite = FUNCTIONAL if parser.parse_args().functional else UNIT
    with tempfile.TemporaryDirectory() as folder:
        source = fetch(Path(folder))
        without, with_plugin = run_both(suite, source, Path(folder))
    return report(without, with_plugin)


def fetch(folder):
    """The unpacked source distribution of the Trac that is installed."""
    subprocess.run([sys.executable, '-m', 'pip', 'download', '-q',
                    '--no-deps', '--no-binary', ':all:', '-d', folder,
                    '--no-build-isolation', f'Trac=={version("Trac")}'],
                   check=True, stdout=subprocess.DEVNULL)
    with tarfile.open(next(folder.glob('*.tar.gz'))) as archive:
        archive.extractall(folder)  # Trac's own archive, by pip's hashes
    return next(p for p in folder.iterdir() if p.is_dir())


def run_both(suite, source, folder):
    """The outcomes of both runs, side by side on two cores."""
    runs = [start(suite, source, folder, name)
            for name in ('without', 'with')]
    return [finish(process, results) for process, results in runs]


def start(suite, source, folder, name):
    """Start one run in a working folder of its own."""
    place = folder / name
    place.mkdir()
    results = place / 'outcomes.json'
    log = open(place / 'log', 'w', encoding='utf-8')  # noqa: SIM115
    environment = {**os.environ, 'PYTHONPATH': str(source),
                   'TMPDIR': str(place),
                   'TRAC_TEST_ENV_PATH': str(place / 'testenv'),
                   **({'SKIP_FUNCTIONAL_TESTS': '1'} if suite == UNIT else {})}
    return subprocess.Popen(
        [sys.executable, str(LAUNCHER), suite, name, str(results)],
        cwd=source, env=environment, stdout=log,
        stderr=subprocess.STDOUT), results


def finish(process, results):
    """The outcomes that a run has written."""
    process.wait()
    if not results.exists():
        sys.exit((results.parent / 'log').read_text()[-4000:])
    return json.loads(results.read_text(encoding='utf-8'))


def excepted(name):
    """Why a test may fail with the plugin, or None."""
    return next((reason for pattern, reason in EXCEPTED.items()
                 if fnmatch(name, pattern)), None)


def report(without, with_plugin):
    """Print what differs; 1 if a difference is not among the exceptions."""
    passed = [n for n, (o, _) in without.items() if o == 'passed']
    broken = [n for n in passed
              if with_plugin.get(n, ['missing'])[0] != 'passed']
    excused = [n for n in broken if excepted(n)]
    needless = [n for n in passed if excepted(n) and n not in broken]
    wrong = [n for n in broken if not excepted(n)] + needless
    for name in broken:
        if excepted(name):
            print(f'excepted, it {excepted(name)}: {name}')
        else:
            print(f'BROKEN: {name}\n{with_plugin.get(name, ["", ""])[1]}')
    for name in needless:
        print(f'excepted, but it passes: {name}')
    held = len(passed) - len(broken)
    print(f'{len(without)} tests; without the plugin {len(passed)} pass; '
          f'with it {held} of these, {len(excused)} are excepted')
    print(f'{held - len(needless)} passed, {len(wrong)} failed')
    return 1 if wrong or not passed else 0


if __name__ == '__main__':
    sys.exit(main())
