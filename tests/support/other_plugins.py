"""Other plugins, switched on in every environment by `--neighbours`."""

from __future__ import annotations

from support import environment_copies

PLUGINS = ('acct_mgr', 'tracticketrpc', 'ticketref', 'simplemultiproject')
# Its log-in stands in place of Trac's own, which these tests use; some of its
# options belong to plugins that are not there.
OFF = ('acct_mgr.web_ui.LoginModule', 'acct_mgr.opt.*')
# Whoever has not verified his address has a stranger's permissions only.
VERIFIED = 'email_verification_sent_to'


def pytest_addoption(parser):
    parser.addoption('--neighbours', action='store_true',
                     help='switch on other plugins and all of tracopt')


def pytest_configure(config):
    if config.getoption('--neighbours'):
        environment_copies.OPTIONS += [
            *(('components', f'{name}.*', 'enabled')
              for name in (*PLUGINS, 'tracopt')),
            *(('components', name, 'disabled') for name in OFF)]
        environment_copies.VERIFIED.append(VERIFIED)
