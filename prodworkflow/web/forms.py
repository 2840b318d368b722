"""Form fields: reads the text that somebody typed, be it sent twice."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from prodworkflow.api import ChangedMeanwhile, FormRevision
from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.logins import joined_logins, split_logins
from prodworkflow.domain.text import Message

REVISION = re.compile('[0-9]{1,15}')


def form_text(args: Mapping[str, Any], field: str) -> str:
    """What was typed in a field, without blanks around it; '' for none."""
    return raw_form_text(args, field).strip()


def raw_form_text(args: Mapping[str, Any], field: str,
                  default: str = '') -> str:
    """What was typed in a field, with its blanks; the first if sent twice.

    The default where there is no such field, or a file in its place.
    """
    value = args.get(field, default)
    if isinstance(value, list):
        value = next(iter(value), default)
    return value if isinstance(value, str) else default


def split_field(args: Mapping[str, Any], field: str,
                mark: str) -> tuple[str, ...] | None:
    """The parts of a field, or None where the form had no such field."""
    if field not in args:
        return None
    found = args[field]
    return tuple(p.strip() for value in (
        found if isinstance(found, list) else [found])
        for p in value.split(mark) if p.strip())


def logins_field(args: Mapping[str, Any],
                 field: str) -> tuple[str, ...] | None:
    """The logins that a field lists, or None where the form had none such.

    InvalidRequest if they are quoted badly.
    """
    if field not in args:
        return None
    found = args[field]
    return tuple(login for value in (
        found if isinstance(found, list) else [found])
        if isinstance(value, str)  # and no file in its place
        for login in split_logins(value, field))


def login_field(args: Mapping[str, Any], field: str) -> str:
    """The one login that a field holds; '' for none.

    InvalidRequest if it holds several, or is quoted badly.
    """
    found = split_logins(form_text(args, field), field)
    if len(found) > 1:
        raise InvalidRequest([(field, Message(
            'Name one person here, not %(people)s; a login with a comma in it '
            'stands between quotation marks, like "Doe, Jane".',
            people=joined_logins(found)))])
    return found[0] if found else ''


def form_revision(args: Mapping[str, Any],
                  text: str | None = None) -> FormRevision | None:
    """The revision that a form was made from; None where it carries none.

    InvalidRequest if it is no number.
    """
    found = form_text(args, 'revision') if text is None else text
    if not found:
        return None
    if not REVISION.fullmatch(found):
        raise InvalidRequest([('revision', Message(
            '“%(typed)s” is no revision; reload the page and try again.',
            typed=found[:64]))])
    return FormRevision(int(found))


def renew_revision(req: Any, refusal: Exception) -> None:
    """Let the form that comes back rest on what its refusal has shown.

    Any other refusal leaves the form the revision that it had.
    """
    if isinstance(refusal, ChangedMeanwhile):
        req.args['revision'] = str(refusal.revision)
