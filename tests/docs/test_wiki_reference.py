"""Links and macros of wiki text stand in the reference and in Trac's list."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from pathlib import Path

import pytest
from trac.wiki.macros import WikiMacroBase

from prodworkflow import wiki
from prodworkflow.wiki.macro import CampaignMacro

REFERENCE = (Path(__file__).parents[2] / 'docs' / 'reference' / 'wiki.rst'
             ).read_text(encoding='utf-8')


def macros():
    """The plugin's classes of macros."""
    found = []
    for module in pkgutil.iter_modules(wiki.__path__, f'{wiki.__name__}.'):
        found += [each for _, each in inspect.getmembers(
            importlib.import_module(module.name), inspect.isclass)
            if issubclass(each, WikiMacroBase)
            and each.__module__ == module.name and each is not CampaignMacro]
    return found


def name_of(macro):
    return macro.__name__[:-len('Macro')]


def test_the_reference_has_each_macro_and_no_other():
    told = set(re.findall(r'(?m)^``\[\[(\w+)', REFERENCE))
    assert told == {name_of(m) for m in macros()}


@pytest.mark.parametrize('macro', macros(), ids=name_of)
def test_a_macro_is_documented_with_an_example_and_its_permission(macro):
    told = macro._description
    assert re.match(r'Show .*\.\n\n', told)
    assert f'[[{name_of(macro)}' in told
    assert 'CAMPAIGN_VIEW' in told
    assert f'[[{name_of(macro)}' in macro.usage
