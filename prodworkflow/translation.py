"""The plugin's own catalogue in Trac's translation system.

`_`, `ngettext` and `tag_` translate what pages and commands say, when they
say it; `N_` marks what is translated later.  In templates the same names
stand for the same catalogue: pages name it by `METADATA`.
A `Message` of the rules follows the same catalogue where it is shown.
"""

from __future__ import annotations

import re
from typing import Any

from trac.util.translation import domain_functions, has_babel

DOMAIN = 'prodworkflow'
# What the options of trac.ini are for, and what scripts say.
TRACINI_DOMAIN = 'prodworkflow-tracini'
SCRIPT_DOMAIN = 'prodworkflow-js'
# The catalogue that pages name; without Babel, Trac fails where one is named.
PAGE_DOMAIN = DOMAIN if has_babel else None
# What Trac's render_template takes besides the data.
METADATA = {'domain': PAGE_DOMAIN}

_said, N_, _counted, tag_ = domain_functions(
    DOMAIN, ('_', 'N_', 'ngettext', 'tag_'))


def gettext(msgid: str, /, **params: Any) -> str:
    """A text in the language of the reader, filled.

    Trac's own is no `str` where no language is chosen yet.
    """
    return str(_said(msgid, **params))


def ngettext(singular: str, plural: str, num: int, /, **params: Any) -> str:
    """A text that counts `num`, in the language of the reader."""
    return str(_counted(singular, plural, num, **params))


_ = gettext


def pattern_in_language(msgid: str) -> str:
    """A text of the catalogue in the language of the reader, unfilled."""
    return _(msgid)


def language() -> str:
    """The language in which texts are said now, such as `it`.

    English where there is no catalogue of ours for Trac's language.
    """
    said = re.search(r'Project-Id-Version: prodworkflow.*^Language: (\w+)',
                     pattern_in_language(''), re.DOTALL | re.MULTILINE)
    return said[1] if said else 'en'


def translated(text: str) -> str:
    """A sentence of the rules in the language of the reader, as plain text.

    Anything else, such as a title or a name, stays as it is.
    """
    return str(text)
