"""Template versions: value class, optimistic concurrency check, validation."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from hashlib import sha256

from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.template.toml import LONGEST
from prodworkflow.domain.text import dashed, Message, reason_problems

NAME = re.compile(r'[a-z0-9]+(-[a-z0-9]+)*', re.ASCII)


NAME_MAX = 64


REASON_MAX = 2000


BYTES_MAX = 4 * LONGEST  # no character is longer in UTF-8


BUILT_IN = ('path-to-production', 'path-to-production-full')


NUMBER = re.compile(r'[0-9]{1,9}', re.ASCII)


@dataclass(frozen=True)
class TemplateVersion:
    """One version of a stored template.

    `time` is in µs UTC, `digest` the SHA-256 of the text.  Versions count from
    1; 0 is built in.  `removed` marks the version that removed the template:
    it has no text.
    """

    name: str
    version: int
    title: str
    digest: str
    author: str = ''
    time: int = 0
    reason: str = ''
    removed: bool = False

    @property
    def built_in(self) -> bool:
        """Whether it comes with the plugin."""
        return self.version == 0

    @property
    def reference(self) -> str:
        """The version as commands name it: `mine@3`."""
        return f'{self.name}@{self.version}'


@dataclass(frozen=True)
class TemplateDraft:
    """A text to be stored as the next version of a template.

    `began` is the version on which its author worked, None to accept any;
    `fresh` means that there must be no template of that name.
    """

    name: str
    text: str
    reason: str
    began: int | None = None
    fresh: bool = False


class ChangedMeanwhile(InvalidRequest):
    """Optimistic concurrency conflict; `last` is the version stored since."""

    def __init__(self, last: TemplateVersion | None) -> None:
        self.last = last
        super().__init__([('text', _meanwhile(last))])


class Unchanged(InvalidRequest):
    """The text equals that of the last version; nothing to store."""

    def __init__(self, last: TemplateVersion) -> None:
        self.last = last
        super().__init__([('text', Message(
            'This is the text of version %(version)s already; nothing was '
            'changed.',
            version=last.version))])


class TooLong(InvalidRequest):
    """The text exceeds the size of a template."""

    def __init__(self) -> None:
        super().__init__([('text', Message(
            'The text is too long: a template has at most %(longest)s '
            'characters.',
            longest=LONGEST))])


def clean(text: str) -> str:
    """Normalize line ends to single newline characters."""
    return text.replace('\r\n', '\n').replace('\r', '\n')


def digest(text: str) -> str:
    """The SHA-256 of a text, in hexadecimal digits."""
    return sha256(text.encode()).hexdigest()


def decoded(data: bytes) -> str:
    """Decode a file as UTF-8; InvalidRequest if it is too long or invalid."""
    if len(data) > BYTES_MAX:
        raise TooLong()
    try:
        text = clean(data.decode('utf-8-sig'))
    except UnicodeDecodeError as error:
        line = data[:error.start].count(b'\n') + 1
        raise InvalidRequest([('text', Message(
            'line %(line)s: the byte 0x%(byte)s is no UTF-8; save the file '
            'as UTF-8',
            line=line, byte=f'{data[error.start]:02X}'))]) from error
    measure(text)
    return text


def measure(text: str) -> None:
    """Check the size of a text; TooLong if it is exceeded."""
    if len(text) > LONGEST:
        raise TooLong()


def split(reference: str) -> tuple[str, int | None]:
    """Parse a reference like `mine@3`: name, and version or None.

    InvalidRequest if the version is no number.
    """
    name, at, number = reference.partition('@')
    if at and not NUMBER.fullmatch(number):
        raise InvalidRequest([('template',
                               Message('"%(number)s" is no version; write a '
                                       'number, like %(name)s@1.',
                                       number=number[:NAME_MAX],
                                       name=name[:NAME_MAX]))])
    return name, int(number) if at else None


def next_version(draft: TemplateDraft, last: TemplateVersion | None) -> int:
    """The number of a draft's version; InvalidRequest if it is not valid.

    Unchanged if the text is the last one already, ChangedMeanwhile if `began`
    is not the last version any more.
    """
    problems = name_problems(draft.name) + version_reason_problems(
        draft.reason)
    if draft.fresh and last and not last.removed:
        problems.append(('name', Message(
            'There is a template "%(name)s" already; choose another name.',
            name=draft.name)))
    if problems:
        raise InvalidRequest(problems)
    number = last.version if last else 0
    if last and not last.removed and last.digest == digest(draft.text):
        raise Unchanged(last)
    if draft.began is not None and draft.began != number:
        raise ChangedMeanwhile(last)
    return number + 1


def name_problems(name: str,
                  taken: Collection[str] = BUILT_IN) -> list[tuple[str, str]]:
    """Validate the name of a template to be stored."""
    if name in taken:
        return [('name', Message('"%(name)s" is built in and stays as it '
                                 'is; save your text under another name.',
                                 name=name))]
    if NAME.fullmatch(name) and len(name) <= NAME_MAX:
        return []
    return [('name', Message('The name of a template has small letters '
                             '(a-z), digits and single hyphens, at most '
                             '%(most)s.%(suggestion)s',
                             most=NAME_MAX, suggestion=_nearest(name)))]


def version_reason_problems(reason: str) -> list[tuple[str, str]]:
    """Validate the reason of a new version."""
    return reason_problems(reason, ask=Message(
        'Say why: the reason is kept with the version.'), most=REASON_MAX)


def _nearest(name: str) -> str:
    """A valid name that is like an invalid one, as a hint; '' if none is."""
    near = dashed(name)[:NAME_MAX].strip('-')
    return Message(' Write "%(name)s".', name=near) \
        if near and near not in BUILT_IN else ''


def _meanwhile(last: TemplateVersion | None) -> str:
    """Who changed the template meanwhile, and why."""
    if last is None:
        return Message('There is no such template any more; nothing was '
                       'saved.')
    did = (Message('was removed') if last.removed
           else Message('changed: version %(version)s was saved',
                        version=last.version))
    return (Message('The template %(did)s meanwhile by %(author)s '
                    '(“%(names)s”). Nothing was saved; what you typed is '
                    'still here.',
                    did=did, author=last.author,
                    names=' '.join(last.reason.split())))
