"""Commands speak the language that trac-admin speaks, and leave it at that."""

from __future__ import annotations

import pytest
from trac.admin.api import AdminCommandManager
from trac.util import translation

from prodworkflow.translation import _


@pytest.fixture
def spoken():
    """Makes trac-admin's language that of the test, as its start does."""
    yield translation.activate
    translation.deactivate()


@pytest.mark.parametrize(('language', 'trac_says', 'we_say'), [
    ('en_US', 'Milestone', 'Stage'), ('it', 'Obiettivo', 'Fase')])
def test_listing_commands_adds_our_texts_and_changes_no_language(
        env, spoken, language, trac_says, we_say):
    env.config.set('trac', 'default_language',
                   'it' if language == 'en_US' else 'en_US')
    spoken(language)
    assert AdminCommandManager(env).get_command_help(['campaign'])
    assert str(translation.gettext('Milestone')) == trac_says
    assert str(_('Stage')) == we_say
