"""Check of trac.ini: rules of `[components]` that match no component.

A component is named by its module, so a module that moves leaves the rule
behind: `prodworkflow.pictures.* = disabled` would switch nothing off, and
nobody would notice.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from trac.core import Component, ComponentMeta, implements
from trac.env import IEnvironmentSetupParticipant

PACKAGE = 'prodworkflow'


WARNING = ('"%s = %s" in [components] of trac.ini matches no component of '
           'prodworkflow, so it switches nothing on or off. New names: "From '
           '0.1.0 to 0.2.0" in docs/administration/upgrading.rst.')


class ComponentRules(Component):
    """Logs a warning for each rule of `[components]` that matches nothing.

    Only rules under `prodworkflow.` are looked at, once whenever Trac opens
    the environment.
    """

    implements(IEnvironmentSetupParticipant)

    def __init__(self) -> None:
        self._checked = False

    # IEnvironmentSetupParticipant methods

    def environment_created(self) -> None:
        """Nothing is to be made."""

    def environment_needs_upgrade(self) -> bool:
        """Trac asks this when it opens an environment: the moment to look.

        By then all plugins are loaded.  An upgrade asks again.
        """
        if not self._checked:
            self._checked = True
            self._check()
        return False

    def upgrade_environment(self) -> None:
        """Nothing is to be upgraded."""

    # Internal methods

    def _check(self) -> None:
        rules: dict[str, Any] = dict(self.config['components'].options())
        for rule in unmatched(rules, registered_components()):
            self.log.warning(WARNING, rule, rules[rule])


def registered_components() -> list[str]:
    """The names of all components that are loaded, also of disabled ones."""
    return [f'{each.__module__}.{each.__name__}'
            for each in ComponentMeta._components]


def unmatched(rules: Iterable[str], components: Iterable[str]) -> list[str]:
    """The rules for our components that match none of these.

    A rule names a component or what its name begins with, up to a dot, in
    any case, as in `trac.env.Environment.is_component_enabled`.
    """
    known = {name.lower() for name in components}
    parents = known | {name[:i] for name in known
                       for i, letter in enumerate(name) if letter == '.'}
    return [rule for rule in rules
            if rule.lower().startswith(f'{PACKAGE}.')
            and rule.rstrip('.*').lower() not in parents]
