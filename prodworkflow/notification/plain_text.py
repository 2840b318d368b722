"""Plain text of a mail: wrapped at 72 columns, its links whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trac.util.text import UnicodeTextWrapper

from prodworkflow.notification.letters import Item, Letter, Link, no_act

COLUMNS = 72
LINK = re.compile(r'(\S+://\S+)')


class _LinkWrapper(UnicodeTextWrapper):
    """Wraps as Trac's mails are, and breaks no link at its hyphens."""

    def _split(self, text: str) -> list[str]:
        chunks: list[str] = []
        for part in LINK.split(text):
            chunks += [part] if LINK.fullmatch(part) else super()._split(part)
        return chunks


def wrapped(text: str, first: str = '', rest: str = '') -> str:
    """A sentence on lines of at most 72 columns, indented by `first`, `rest`.

    What is wide, such as Chinese, counts twice and may break anywhere.
    """
    return '\n'.join(_LinkWrapper(COLUMNS, initial_indent=first,
                                  subsequent_indent=rest).wrap(text))


def plain_text(letter: Letter) -> str:
    """A letter as plain text."""
    parts = [part for paragraph in letter.paragraphs for part in (
        wrapped(paragraph.head), *map(_item, paragraph.items),
        *map(_remedy, paragraph.remedies)) if part]
    pages = '\n'.join(_pages(letter))
    return '\n\n'.join([*parts, pages, _end(letter)]) + '\n'


def _item(item: Item) -> str:
    title = ', '.join(filter(None, (item.title, item.due)))
    return '\n'.join(filter(None, (
        wrapped(title, '* ', '  '), wrapped(item.words, '  ', '  '),
        item.address and f'  {item.address}')))


def _remedy(link: Link) -> str:
    """A link on a line of its own, or the way there in words."""
    return (f'{wrapped(link.words + ":")}\n{link.address}' if link.address
            else wrapped(f'{link.words} {link.place}.'))


def _pages(letter: Letter) -> Iterator[str]:
    """The pages, a line each; only the campaign's name without addresses."""
    yield from (f'{link.words}: {link.address}' for link in letter.pages
                if link.address)
    if not letter.pages[0].address:
        yield letter.pages[0].words


def _end(letter: Letter) -> str:
    """What every mail ends with: how to choose which to get."""
    return f'-- \n{wrapped(no_act())}\n{_remedy(letter.choice)}'
