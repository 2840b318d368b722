"""HTML of a mail, for those who chose it: one narrow table, escaped."""

from __future__ import annotations

from typing import Any

from trac.web.chrome import Chrome

from prodworkflow.notification.letters import Letter, no_act
from prodworkflow.translation import language

TEMPLATE = 'prodworkflow_mail.html'


def html_text(env: Any, letter: Letter, subject: str) -> str:
    """A letter as an HTML document; its styles stand in it."""
    made: str = Chrome(env).load_template(TEMPLATE).render(
        letter=letter, subject=subject, no_act=no_act(),
        language=language())
    return made.strip() + '\n'
