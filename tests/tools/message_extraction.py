"""Extraction of messages from Python for Babel, nested ones, too.

The extractors of Babel's lower versions and Trac's see a call only outside of
another one; sentences of the rules are parameters of sentences.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from inspect import cleandoc
from itertools import product
from typing import Any, BinaryIO

Found = tuple[int, str, Any, list[str]]


def sentences(fileobj: BinaryIO, keywords: dict[str, Any],
              comment_tags: list[str],
              options: dict[str, Any]) -> Iterator[Found]:
    """Each call of a keyword: its line, name and the texts that it is given.

    A text that is no literal is None, as Babel wants it; `a if b else c` is
    two calls.
    """
    for node in ast.walk(ast.parse(fileobj.read())):
        if isinstance(node, ast.Call) and isinstance(
                node.func, ast.Name) and node.func.id in keywords:
            for args in product(*map(_alternatives, node.args)):
                texts = [_literal(each) for each in args]
                if node.func.id == 'cleandoc_':
                    texts = [text and cleandoc(text) for text in texts]
                if any(texts):
                    yield (node.lineno, node.func.id,
                           tuple(texts) if len(texts) > 1 else texts[0], [])


def _alternatives(node: ast.expr) -> list[ast.expr]:
    if isinstance(node, ast.IfExp):
        return _alternatives(node.body) + _alternatives(node.orelse)
    return [node]


def _literal(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(
        node.value, str) else None
