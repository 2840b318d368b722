"""The plugin's own catalogue in Trac's translation system.

`_`, `ngettext` and `tag_` translate what pages and commands say, when they
say it; `N_` marks what is translated later.  In templates the same names
stand for the same catalogue: pages name it by `{'domain': DOMAIN}`.
"""

from __future__ import annotations

from trac.util.translation import domain_functions

DOMAIN = 'prodworkflow'
# What Trac's render_template takes besides the data.
METADATA = {'domain': DOMAIN}

_, N_, gettext, ngettext, tag_ = domain_functions(
    DOMAIN, ('_', 'N_', 'gettext', 'ngettext', 'tag_'))
