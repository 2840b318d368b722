"""Consequences: mistakes that are gone once another one is mended.

A key that cannot be read makes all that refers to it wrong; only the key is
told. `wrong` are the paths of mistakes that were found while reading.
"""

from __future__ import annotations

from collections.abc import Set

from prodworkflow.domain.template.model import Template

Path = tuple
REFERENCES = ('rests_on', 'separate_from', 'compare_with')
EVIDENCE = ('plots', 'links', 'value')


def is_consequence(path: Path, wrong: Set[Path], template: Template) -> bool:
    """Whether a mistake at a path may come from one that was told already."""
    return (_of_due(path, wrong) or _of_key(path, wrong, template)
            or _of_list(path, wrong) or _of_value(path, wrong)
            or _of_evidence(path, wrong))


def _of_due(path: Path, wrong: Set[Path]) -> bool:
    """Days are compared with those of the stage, and of the one before."""
    if path[-1:] != ('due',):
        return False
    stage = path[1]
    return bool({path, ('stage', stage, 'due'),
                 ('stage', stage - 1, 'due')} & wrong)


def _of_key(path: Path, wrong: Set[Path], template: Template) -> bool:
    """A reference may be to what has no key, or could not be read."""
    if path != ('freeze', 'requirement') and not {*path} & {*REFERENCES}:
        return False
    return (any(not r.key for r in template.requirements)
            or any(p[-1:] in (('key',), ('stage',), ('requirement',))
                   for p in wrong)
            or any(not s.requirements for s in template.stages))


def _of_list(path: Path, wrong: Set[Path]) -> bool:
    """Coverage and placeholders are those of the list that is named."""
    return (*path[:4], 'for_each') in wrong or (
        path[-1:] in (('coverage',), ('for_each',))
        and any(p[:1] == ('lists',) for p in wrong))


def _of_value(path: Path, wrong: Set[Path]) -> bool:
    """What a value is compared with needs its unit, tolerance and the like."""
    return path[4:5] == ('value',) and any(
        p[:6] == path[:6] and len(p) > 6 for p in wrong)


def _of_evidence(path: Path, wrong: Set[Path]) -> bool:
    """An item's own evidence needs that of the requirements for its list."""
    return path[:1] == ('lists',) and any(
        p[4:5] and p[4] in (*EVIDENCE, 'for_each') for p in wrong)
