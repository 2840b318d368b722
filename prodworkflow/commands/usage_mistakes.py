"""Mistakes in the usage of a command: argparse's words, in the console's
language.

Python itself has them in English only.
"""

from __future__ import annotations

import re

from prodworkflow.translation import _, N_

# What argparse says of commands such as ours, and the same for the catalogue.
SAID = (
    (re.compile('argument (?P<name>[^:]+): (?P<what>.*)'),
     N_('argument %(name)s: %(what)s')),
    (re.compile('the following arguments are required: (?P<names>.*)'),
     N_('the following arguments are required: %(names)s')),
    (re.compile('unrecognized arguments: (?P<words>.*)'),
     N_('unrecognized arguments: %(words)s')),
    (re.compile('expected one argument'), N_('expected one argument')),
    (re.compile('ignored explicit argument (?P<word>.*)'),
     N_('ignored explicit argument %(word)s')),
)


def in_language(said: str) -> str:
    """What argparse says, in the console's language; else as it is."""
    for pattern, msgid in SAID:
        found = pattern.fullmatch(said)
        if found:
            parts = found.groupdict()
            if 'what' in parts:
                parts['what'] = in_language(parts['what'])
            return _(msgid, **parts)
    return said
