"""Command line arguments of trac-admin: parsing, and errors its way."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import NoReturn

from trac.admin.api import AdminCommandError

from prodworkflow.api import (
    FormRevision,
    GateShut,
    ItemAddition,
    ItemRemoval,
    ItemWeight,
    NoSuchCampaign,
    Replacement,
)
from prodworkflow.commands.usage_mistakes import in_language
from prodworkflow.domain.dates import typed_moment
from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.logins import QUOTED, split_logins, unquoted_login
from prodworkflow.domain.planning.freezes import FreezeWords, PRIORITY, TYPES
from prodworkflow.domain.template.lists import parse_lists
from prodworkflow.domain.template.mistakes.problems import TemplateError
from prodworkflow.domain.template.toml import LONGEST
from prodworkflow.domain.template.versions import BYTES_MAX, decoded
from prodworkflow.domain.text import Message
from prodworkflow.translation import _, N_

REVISION = re.compile('[0-9]{1,15}')
PAIR = re.compile(rf'\s*({QUOTED}|[^":]+):\s*({QUOTED}|[^":]+)\s*')


class Arguments(argparse.ArgumentParser):
    """Tells a mistake as trac-admin does, instead of leaving the process."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog=prog, add_help=False, allow_abbrev=False)

    def expect_revision(self) -> None:
        """Take `--if-revision`, the revision that is expected."""
        self.add_argument('--if-revision', type=_revision)

    def expect_freeze(self) -> None:
        """Take `--freeze-types` and `--freeze-priority`."""
        for field in (TYPES, PRIORITY):
            self.add_argument(f'--{field}')

    def error(self, message: str) -> NoReturn:
        raise AdminCommandError(in_language(message), show_usage=True,
                                cmd=self.prog)


def freeze_words(given: argparse.Namespace) -> FreezeWords:
    """What may enter after the freeze, as given."""
    return FreezeWords(given.freeze_types, given.freeze_priority)


def _revision(text: str) -> FormRevision:
    if not REVISION.fullmatch(text):
        raise argparse.ArgumentTypeError(
            _('"%(text)s" is no revision; "campaign show" tells it',
              text=text[:64]))
    return FormRevision(int(text), strict=True)


def typed_time(text: str) -> int:
    """A moment (µs UTC) that was typed."""
    found = typed_moment(text)
    if not found:
        raise argparse.ArgumentTypeError(
            _('"%(text)s" is no moment; write one like 2026-05-03T12:00Z',
              text=text[:64]))
    return found


def typed_item(text: str) -> str:
    """An item that was named: a blank is a variable that is not set."""
    if not text.strip():
        raise argparse.ArgumentTypeError(
            _('name an item, or leave --item out to ask for the whole gate'))
    return text


@contextmanager
def refusals_as_errors(nothing: str = N_('nothing was changed')
                       ) -> Iterator[None]:
    """Tell refusals and mistakes as trac-admin does: exit code 2."""
    try:
        yield
    except NoSuchCampaign as error:
        raise AdminCommandError(str(error)) from error
    except GateShut as error:
        raise AdminCommandError(str(error)) from error
    except InvalidRequest as error:
        raise AdminCommandError(f'{_(nothing)}.\n' + '\n'.join(
            f'  {field}: {words!s}'
            for field, words in error.problems)) from error


def keyed_options(option: str, given: Iterable[str], what: str,
                  first: str = 'KEY',
                  example: str = 'feature-freeze') -> list[tuple[str, str]]:
    """The `KEY:something` arguments of an option, in order."""
    pairs = []
    for text in given:
        key, colon, rest = text.partition(':')
        if not colon or not key.strip() or not rest.strip(' ,'):
            raise AdminCommandError(_(
                '--%(option)s=%(text)s: write %(form)s, for example '
                '--%(option)s=%(example)s', option=option, text=text,
                form=f'{first}:{what}',
                example=f'{example}:'
                        f'{what.partition(",")[0].replace("N", "2")}'))
        pairs.append((key.strip(), rest.strip()))
    return pairs


def people_by_key(option: str,
                  given: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The people of `KEY:user,user` arguments, by requirement."""
    people: dict[str, tuple[str, ...]] = {}
    for key, rest in keyed_options(option, given, 'user,user'):
        try:
            logins = split_logins(rest, f'--{option}={key}')
        except InvalidRequest as error:
            raise AdminCommandError('\n'.join(
                f'{field}: {words!s}'
                for field, words in error.problems)) from error
        people[key] = people.get(key, ()) + logins
    return people


def replacements(given: Iterable[str]) -> tuple[Replacement, ...]:
    """Those of `bruno:anna` arguments, in order."""
    found = []
    for text in given:
        parts = PAIR.fullmatch(text)
        if not parts:
            raise AdminCommandError(_(
                '%(option)s: write who is replaced by whom, for example '
                '%(example)s', option=f'--replace={text}',
                example='--replace=bruno:anna'))
        found.append(Replacement(*(unquoted_login(p.strip())
                                   for p in parts.groups())))
    return tuple(found)


def item_additions(given: Iterable[str]) -> tuple[ItemAddition, ...]:
    """Those of `LIST:NAME=weight` arguments, in order."""
    found = []
    for name, text in keyed_options('add-item', given, 'NAME', 'LIST',
                                    'sites'):
        if text.startswith('{'):
            found.append(_whole_item(name, text))
            continue
        item, equals, number = text.rpartition('=')
        found.append(ItemAddition(name, item if equals else text,
                                  number if equals else ''))
    return tuple(found)


def _whole_item(name: str, text: str) -> ItemAddition:
    """The item that is written as a table, as in the lists of a template."""
    try:
        lists = parse_lists(f'[lists]\n{name} = [{text}]')
        [item] = lists[0].items
    except (TemplateError, ValueError) as error:
        raise AdminCommandError(
            _('--add-item=%(name)s:%(text)s: %(error)s; write a table like '
              '%(example)s', name=name, text=text, error=error,
              example='{name = "RAL", weight = 25, contacts = ["anna"], '
                      'links = ["test job"]}')) from error
    return ItemAddition(name, item.name, item.weight, item.key, item.contacts,
                        item.plots, item.links, item.bounds)


def item_removals(given: Iterable[str]) -> tuple[ItemRemoval, ...]:
    """Those of `LIST:KEY` arguments, in order."""
    return tuple(ItemRemoval(name, key)
                 for name, key in keyed_options('drop-item', given, 'KEY',
                                                'LIST', 'sites'))


def item_weights(given: Iterable[str]) -> tuple[ItemWeight, ...]:
    """Those of `LIST:KEY=weight` arguments, in order."""
    found = []
    for name, text in keyed_options('weight', given, 'KEY=3', 'LIST',
                                    'sites'):
        key, equals, number = text.rpartition('=')
        if not equals or not key.strip():
            raise AdminCommandError(
                _('--weight=%(name)s:%(text)s: write LIST:KEY=3, for example '
                  '--weight=sites:RAL=3', name=name, text=text))
        found.append(ItemWeight(name, key.strip(), number))
    return tuple(found)


def file_text(path: str) -> str:
    """The text of a template's file.

    Raises InvalidRequest where it has none to read.
    """
    shown = str(path).encode('utf-8', 'backslashreplace').decode('utf-8')
    try:
        with open(path, 'rb') as file:
            text = decoded(file.read(BYTES_MAX + 1))
    except (OSError, ValueError) as error:
        reason = getattr(error, 'strerror', None) or error
        raise InvalidRequest([(shown, Message('cannot be read: %(reason)s',
                                       reason=reason))]) from error
    if not text.strip():
        raise InvalidRequest([(shown, Message(
            'is empty; a template has 1 to %(longest)s characters',
            longest=LONGEST))])
    return text
