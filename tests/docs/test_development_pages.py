"""The pages for developers tell what is in the code, and nothing else."""

from __future__ import annotations

import importlib
import pkgutil
import re
from pathlib import Path

import pytest
from trac.core import ComponentMeta

import prodworkflow
from prodworkflow.api import CampaignSystem
from prodworkflow.domain.rules.answers import Reason
from prodworkflow.store.book import Book
from tools.package_picture import FILE, picture

ROOT = Path(__file__).parents[2]
PAGES = ROOT / 'docs' / 'development'
ARCHITECTURE = (PAGES / 'architecture.rst').read_text(encoding='utf-8')
RULES = (PAGES / 'rules.rst').read_text(encoding='utf-8')
IN_PARTS = ('domain',)  # packages whose parts the page names, too


def table(text, head):
    """The rows of a table by their first columns, in one line each."""
    body = text.partition(f'\n{head} ')[2].partition('\n=')[2].partition(
        '\n')[2].partition('\n===')[0]
    rows = re.split(r'\n(?=\S)', body)
    return {re.search(r'``(.+?)``', row)[1]: row for row in rows}


def implemented():
    """The modules of our components, by the interfaces they implement."""
    for module in pkgutil.walk_packages(prodworkflow.__path__,
                                        'prodworkflow.'):
        importlib.import_module(module.name)
    found = {}
    for component in ComponentMeta._components:
        package, _, module = component.__module__.partition('.')
        if package == 'prodworkflow':
            for interface in getattr(component, '_implements', ()):
                found.setdefault(interface.__name__, set()).add(
                    module.replace('.', '/'))
    return found


def test_the_table_of_interfaces_names_each_component():
    told = table(ARCHITECTURE, 'interface')
    assert {name: set(re.findall(r'``([a-z_/]+)``', row))
            for name, row in told.items()} == implemented()


def test_the_table_of_packages_names_each_package():
    folder = ROOT / 'prodworkflow'
    there = {f'prodworkflow/{p.name}' for p in folder.iterdir()
             if (p / '__init__.py').exists()
             or (p.suffix == '.py' and p.stem != '__init__')}
    there |= {f'prodworkflow/{name}/{p.name}' for name in IN_PARTS
              for p in (folder / name).iterdir()
              if (p / '__init__.py').exists()}
    assert set(table(ARCHITECTURE, 'package')) == there


def test_the_picture_of_the_packages_is_that_of_the_contract():
    assert FILE.read_text(encoding='utf-8') == picture(), (
        'python tests/tools/package_picture.py draws it anew')


@pytest.mark.parametrize('reason', Reason)
def test_each_reason_is_told_with_the_rules(reason):
    assert reason.value in table(RULES, 'reason')


def test_no_other_reason_is_told():
    assert len(table(RULES, 'reason')) == len(Reason)


def test_each_method_that_is_named_is_there():
    owners = {'CampaignSystem': CampaignSystem, 'Book': Book}
    named = re.findall(rf'``({"|".join(owners)})\.(\w+)``', ''.join(
        page.read_text(encoding='utf-8') for page in PAGES.glob('*.rst')))
    assert len(set(named)) > 1
    assert [n for n in named if not hasattr(owners[n[0]], n[1])] == []
