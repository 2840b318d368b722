"""Catalogues of languages: named to Trac when it opens an environment."""

from __future__ import annotations

from trac.core import Component, implements
from trac.env import IEnvironmentSetupParticipant
from trac.util.translation import add_domain

from prodworkflow.domain.text import Message
from prodworkflow.translation import (
    DOMAIN,
    pattern_in_language,
    TRACINI_DOMAIN,
)
from prodworkflow.web.folders import resource_folder
from prodworkflow.web.texts.reader_days import reader_day


class Catalogues(Component):
    """Shows the plugin's texts in the language of their reader, with days as
    they write them.

    Trac chooses the language: that of the preferences, of `[trac]
    default_language`, or of the browser. Without Babel, or with this
    component disabled, all texts are in English.
    """

    implements(IEnvironmentSetupParticipant)

    def __init__(self) -> None:
        folder = resource_folder('locale')
        for domain in (DOMAIN, TRACINI_DOMAIN):
            add_domain(domain, self.env.path, folder)
        Message.reader_gettext = pattern_in_language
        Message.reader_day = reader_day

    # IEnvironmentSetupParticipant methods

    def environment_created(self) -> None:
        """Nothing is to be made."""

    def environment_needs_upgrade(self) -> bool:
        """Trac asks this when it opens an environment: the component is made.

        What it does then is done by `__init__`.
        """
        return False

    def upgrade_environment(self) -> None:
        """Nothing is to be upgraded."""
