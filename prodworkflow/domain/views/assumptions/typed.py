"""Assumptions as they are typed: `resources-estimate:approved`."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.model.vocabulary import Verdict
from prodworkflow.domain.text import Message

# What may be assumed of a requirement.
ASSUMABLE = {v.value: v for v in (Verdict.APPROVED, Verdict.REJECTED,
                                  Verdict.WITHDRAWN)}


def typed_assumptions(texts: Iterable[str],
                      keys: Collection[str]) -> dict[str, Verdict]:
    """What is assumed, by the keys of requirements.

    InvalidRequest with all that is wrong: another key than those that there
    are, another word, one requirement twice, nothing at all.
    """
    found: dict[str, Verdict] = {}
    problems: list[str] = []
    for text in texts:
        key, _, word = text.strip().rpartition(':')
        problem = _problem(key, word, keys, found)
        if problem:
            problems.append(problem)
        else:
            found[key] = ASSUMABLE[word]
    if not (found or problems):
        problems.append(Message(
            'Nothing is assumed; write what is, like %(example)s.',
            example=_example(keys)))
    if problems:
        raise InvalidRequest([('assume', each) for each in problems])
    return found


def _example(keys: Iterable[str]) -> str:
    return f'{next(iter(keys), "KEY")}:approved'


def _problem(key: str, word: str, keys: Collection[str],
             found: Collection[str]) -> str:
    if not key:
        return Message('"%(text)s" names no requirement; write what is '
                       'assumed, like %(example)s.', text=word[:64],
                       example=_example(keys))
    if key not in keys:
        return Message('There is no requirement "%(key)s"; there is '
                       '%(known)s.', key=key[:64],
                       known=', '.join(keys) or Message('none'))
    if word not in ASSUMABLE:
        return Message('"%(word)s" cannot be assumed of %(key)s; write '
                       '%(known)s.', word=word[:64], key=key,
                       known=', '.join(ASSUMABLE))
    return Message('%(key)s is assumed twice.', key=key) if key in found \
        else ''
