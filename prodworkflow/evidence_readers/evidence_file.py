"""Evidence file: its bytes as text, JSON or XML, within limits.

It may come from anybody, so entities, duplicate and endless numbers, NaN and
what is too large or too deep are refused, each with its place.
"""

from __future__ import annotations

import codecs
import hashlib
import json
import re
from functools import cached_property
from typing import Any
from xml.etree.ElementTree import Element  # nosec B405

from prodworkflow.domain.model.readings.reading import UnreadableEvidence
from prodworkflow.domain.text import Message
from prodworkflow.evidence_readers.json_numbers import (
    decimal,
    integer,
    no_constant,
    NumberError,
    unique,
)
from prodworkflow.evidence_readers.xml_limits import xml_tree

MEBIBYTE = 2**20
BYTES_MAX = 16 * MEBIBYTE
LINES_MAX = 200_000
# More than this many commas and brackets are too many values.
VALUES_MAX = 400_000
HEAD = 4096
# Byte order marks of UTF-16 and UTF-32, which begins as UTF-16 does.
WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
# gzip, bzip2, xz, Zstandard, zip and 7-Zip.
PACKED = (b'\x1f\x8b', b'BZh', b'\xfd7zXZ', b'\x28\xb5\x2f\xfd', b'PK\x03\x04',
          b'7z\xbc\xaf\x27\x1c')
EMPTY = Message('The file is empty. Send the file that the tool wrote.')


class EvidenceFile:
    """The bytes of a file, parsed once, when a reader asks.

    UnreadableEvidence if it is empty, too large, compressed or UTF-16.
    """

    def __init__(self, content: bytes) -> None:
        if not content.strip():
            raise UnreadableEvidence(EMPTY)
        if content.startswith(WIDE):
            raise UnreadableEvidence(Message(
                'The file is UTF-16 or UTF-32, as PowerShell writes it. Save '
                'it as UTF-8.'))
        if content.startswith(PACKED):
            raise UnreadableEvidence(Message(
                'The file is compressed or an archive. Unpack it, and send '
                'what is in it.'))
        if len(content) > BYTES_MAX:
            raise UnreadableEvidence(Message(
                'The file has more than %(most)s MiB, which is the limit. '
                'Send a summary, or fewer jobs at a time.',
                most=BYTES_MAX // MEBIBYTE))
        self.content = content

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of the file, in hexadecimal digits."""
        return hashlib.sha256(self.content).hexdigest()

    @cached_property
    def head(self) -> str:
        """Its first characters, without white space before them."""
        return self.content[:HEAD].decode('utf-8-sig', 'replace').lstrip()

    @property
    def text(self) -> str:
        """The whole file; what is no UTF-8 is replaced.

        UnreadableEvidence if it has too many lines.
        """
        self._few_lines()
        return self.content.decode('utf-8-sig', 'replace')

    def lines(self, most: int) -> list[str]:
        """Its lines, of which only so many bytes are read.

        UnreadableEvidence if there are too many.
        """
        self._few_lines()
        return [line[:most].decode('utf-8-sig', 'replace')
                for line in self.content.split(b'\n')]

    def _few_lines(self) -> None:
        if self.content.count(b'\n') > LINES_MAX:
            raise UnreadableEvidence(Message(
                'The file has more than %(most)s lines, which is the limit. '
                'Send fewer jobs at a time, or measure less often.',
                most=LINES_MAX))

    @property
    def root_name(self) -> str:
        """The name of the first XML element; '' if it seems to be no XML."""
        if not self.head.startswith('<'):
            return ''
        # Comments and declarations begin with other characters.
        bare = re.sub(r'(?s)<!--.*?-->', '', self.head)
        found = re.search(r'<([A-Za-z_][\w.-]*)', bare)
        return found[1] if found else ''

    @property
    def is_json(self) -> bool:
        """Whether it begins as a JSON object or array does."""
        return self.head[:1] in ('{', '[')

    @cached_property
    def json(self) -> Any:
        """The JSON value, with `Decimal` for numbers with a point.

        UnreadableEvidence if it is none, or beyond the limits.
        """
        marks = sum(self.content.count(mark) for mark in (b',', b'[', b'{'))
        if marks > VALUES_MAX:
            raise UnreadableEvidence(Message(
                'The JSON holds more than %(most)s values, which is the '
                'limit. Send fewer jobs or benchmarks at a time.',
                most=VALUES_MAX))
        try:
            return json.loads(
                self.content.decode('utf-8-sig'), parse_float=decimal,
                parse_int=integer, parse_constant=no_constant,
                object_pairs_hook=unique)
        except NumberError as error:
            raise UnreadableEvidence(error.args[0]) from error
        except UnicodeDecodeError as error:
            raise UnreadableEvidence(Message(
                'The JSON is not UTF-8 at byte %(place)s. Save it as UTF-8.',
                place=error.start + 1)) from error
        except json.JSONDecodeError as error:
            raise UnreadableEvidence(Message(
                'The JSON breaks off or is wrong at line %(line)s, column '
                '%(column)s. Send the whole file, as the tool wrote it.',
                line=error.lineno, column=error.colno)) from error
        except RecursionError as error:
            raise UnreadableEvidence(Message(
                'The JSON is nested too deeply.')) from error

    @cached_property
    def xml(self) -> Element:
        """The root of the XML; UnreadableEvidence if it is none."""
        return xml_tree(self.content)
