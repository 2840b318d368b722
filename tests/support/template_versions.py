"""Template versions that tests save, and what is stored of them."""

from __future__ import annotations

import pytest

from prodworkflow.domain.template.versions import TemplateDraft

SMALL = """title = "Small"

[[stage]]
key = "only"
title = "Only stage"
due = {due}

[[stage.requirement]]
key = "one"
title = "{title}"
"""


def text(title='One thing', due=7):
    return SMALL.format(title=title, due=due)


@pytest.fixture
def keep(system):
    """Keeps texts as versions of `mine`, or of another template."""
    def keeping(title='One thing', reason='Because.', **given):
        draft = {'name': 'mine', 'text': text(title), **given}
        return system.templates.save(TemplateDraft(reason=reason, **draft),
                                     draft.pop('actor', 'anna'))
    return keeping


def rows(env):
    return env.db_query("""SELECT name, version, text, author, reason, removed
                           FROM prodworkflow_template
                           ORDER BY name, version""")
