"""Options and fixtures of the suite; `tests/unit` needs no Trac for them."""

from __future__ import annotations

import contextlib

from hypothesis import settings

pytest_plugins = ['support.no_skips', 'support.garbage_collection']
with contextlib.suppress(ImportError):
    import trac  # noqa: F401
    pytest_plugins += [f'support.{name}' for name in (
        'other_plugins', 'databases', 'environment', 'campaigns',
        'running_campaigns', 'meeting_campaign', 'signoffs', 'evidence',
        'template_versions', 'deployment', 'bad_input', 'doors',
        'hidden_tickets', 'mail_servers', 'people_told', 'wiki_text',
        'notices', 'plots', 'italian', 'reported', 'tokens',
        'receivers', 'machines', 'api_client')]

# How long an example takes says more of the machine than of the rules.
settings.register_profile('untimed', deadline=None)
# Each mutant meets the same few examples, so that the answer is one.
settings.register_profile('mutation', deadline=None, max_examples=10,
                          derandomize=True, database=None)
# For the other Pythons, where the rules are not what is in question.
settings.register_profile('brief', deadline=None, max_examples=10)
settings.load_profile('untimed')
