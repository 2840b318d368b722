"""The plugin's own catalogue in Trac's translation system.

`_`, `ngettext` and `tag_` translate what pages and commands say, when they
say it; `N_` marks what is translated later.  In templates the same names
stand for the same catalogue: pages name it by `{'domain': DOMAIN}`.
`translated` is how a sentence of the rules is said where no page escapes it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from trac.util.translation import domain_functions

DOMAIN = 'prodworkflow'
# What the options of trac.ini are for, and what scripts say.
TRACINI_DOMAIN = 'prodworkflow-tracini'
SCRIPT_DOMAIN = 'prodworkflow-js'
# What Trac's render_template takes besides the data.
METADATA = {'domain': DOMAIN}

_, N_, gettext, ngettext, tag_ = domain_functions(
    DOMAIN, ('_', 'N_', 'gettext', 'ngettext', 'tag_'))


def pattern_in_language(msgid: str) -> str:
    """A text of the catalogue in the language of the reader, unfilled."""
    return str(_(msgid))


def translated(text: str) -> str:
    """A sentence of the rules in the language of the reader.

    Anything else, such as a title or a name, stays as it is.
    """
    message = getattr(text, 'translated', None)
    return text if message is None else cast(
        Callable[[Callable[[str], str]], str], message)(pattern_in_language)
