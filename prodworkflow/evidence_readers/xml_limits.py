"""XML of strangers: parsed by defusedxml, of a bearable size and depth."""

from __future__ import annotations

import re
from typing import Any
from xml.etree.ElementTree import Element, TreeBuilder  # nosec B405

from prodworkflow.domain.model.readings.reading import UnreadableEvidence
from prodworkflow.domain.text import Message

ELEMENTS_MAX = 200_000
# Counted beforehand: expat reads all of an element before it tells.
ATTRIBUTES_MAX = 300_000
ATTRIBUTE = re.compile(rb'=[ \t\r\n]*["\']')
DEPTH_MAX = 100


class LimitedBuilder(TreeBuilder):
    """Builds a tree, and raises as soon as it is too large or too deep."""

    def __init__(self) -> None:
        super().__init__()
        self._elements = self._depth = 0

    def start(self, tag: Any, attrs: Any) -> Any:
        """Count an element; UnreadableEvidence beyond the limits."""
        self._elements += 1
        self._depth += 1
        if self._elements > ELEMENTS_MAX:
            raise UnreadableEvidence(Message(
                'The XML has more than %(most)s elements, which is the '
                'limit. Send fewer at a time.', most=ELEMENTS_MAX))
        if self._depth > DEPTH_MAX:
            raise UnreadableEvidence(Message(
                'The XML is nested more than %(most)s deep.',
                most=DEPTH_MAX))
        return super().start(tag, attrs)

    def end(self, tag: Any) -> Any:
        """Come up again."""
        self._depth -= 1
        return super().end(tag)


def xml_tree(content: bytes) -> Element:
    """The root element of an XML document.

    UnreadableEvidence if it is not well-formed, has a document type or
    entities, or is beyond the limits.  defusedxml is imported when the first
    file is read: most processes read none.
    """
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import DefusedXMLParser, ParseError

    if (content.count(b'=') > ATTRIBUTES_MAX
            and sum(1 for _ in ATTRIBUTE.finditer(content)) > ATTRIBUTES_MAX):
        raise UnreadableEvidence(Message(
            'The XML has more than %(most)s attributes, which is the limit. '
            'Send fewer at a time.', most=ATTRIBUTES_MAX))
    parser = DefusedXMLParser(target=LimitedBuilder(), forbid_dtd=True)
    try:
        # At once: older expats read a long token anew for each piece.
        parser.feed(content)
        root: Element = parser.close()
        return root
    except UnreadableEvidence:
        raise
    except ParseError as error:
        line, column = error.position
        raise UnreadableEvidence(Message(
            'The XML breaks off or is wrong at line %(line)s, column '
            '%(column)s. Send the whole file, as the tool wrote it.',
            line=line, column=column + 1)) from error
    except DefusedXmlException as error:
        raise UnreadableEvidence(Message(
            'The XML has a document type or entities, which no tool of tests '
            'writes. Take them out.')) from error
    except (LookupError, ValueError) as error:
        raise UnreadableEvidence(Message(
            'The XML is in an encoding that cannot be read. Save it as '
            'UTF-8.')) from error
