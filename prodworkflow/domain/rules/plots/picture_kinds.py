"""Picture kinds: which files are accepted as plots, by their content.

A file is what its first bytes say, and its name has to end accordingly: Trac
tells browsers the type by the name, and would serve a picture named `.html`
as a page.  SVG is no such kind, for it can hold scripts.
"""

from __future__ import annotations

from dataclasses import dataclass

from prodworkflow.domain.text import Message, word_problems

# So many bytes of a file tell its kind.
HEAD = 8
NAME_MAX = 200


@dataclass(frozen=True)
class PictureKind:
    """A format of pictures: its first bytes, the endings of its files."""

    name: str
    begins: tuple[bytes, ...]
    endings: tuple[str, ...]


KINDS = (
    PictureKind('PNG', (b'\x89PNG\r\n\x1a\n',), ('.png',)),
    PictureKind('JPEG', (b'\xff\xd8\xff',), ('.jpg', '.jpeg')),
    PictureKind('GIF', (b'GIF87a', b'GIF89a'), ('.gif',)),
    PictureKind('PDF', (b'%PDF-',), ('.pdf',)),
)
# Endings of files that browsers draw where a page shows a picture; SVG that
# is attached in Trac's own way runs no scripts there.
DRAWN = ('.png', '.jpg', '.jpeg', '.gif', '.webp', '.svg')
ENDINGS = tuple(ending for kind in KINDS for ending in kind.endings)


def picture_kind(head: bytes) -> PictureKind | None:
    """The kind of a file by its first bytes; None if it is none of them."""
    return next((kind for kind in KINDS if head.startswith(kind.begins)),
                None)


def is_picture(name: str) -> bool:
    """Whether browsers draw a file of that name; they do not draw a PDF."""
    return name.lower().endswith(DRAWN)


def file_problem(field: str, name: str, size: int, head: bytes,
                 most: int) -> Message | None:
    """What speaks against a file as a plot, and what helps; None if nothing.

    `field` is the field's label; `size` and `most`, the size that the site
    allows, are in bytes, and `most` is negative for any size.
    """
    if word_problems('name', name, NAME_MAX) or not name.strip():
        return Message('%(field)s: the name of the file cannot be kept; give '
                       'it one of at most %(most)s printable characters.',
                       field=field, most=NAME_MAX)
    if not size:
        return Message('%(field)s: %(file)s is empty; choose the file with '
                       'the plot.', field=field, file=name)
    if 0 <= most < size:
        return Message('%(field)s: %(file)s has %(size)s bytes, and this site '
                       'takes at most %(most)s; save the plot smaller, or ask '
                       'an administrator for a greater max_size in '
                       '[attachment].',
                       field=field, file=name, size=size, most=most)
    return _content_problem(field, name, head)


def _content_problem(field: str, name: str, head: bytes) -> Message | None:
    kind = picture_kind(head)
    if kind is None:
        return Message('%(field)s: %(file)s is no PNG, JPEG, GIF or PDF file '
                       'by its content; save the plot as one of these. SVG '
                       'is not taken, for it can hold scripts.',
                       field=field, file=name)
    if not name.lower().endswith(kind.endings):
        return Message('%(field)s: %(file)s holds a %(kind)s picture; give it '
                       'a name that ends with %(ending)s.', field=field,
                       file=name, kind=kind.name, ending=kind.endings[0])
    return None
