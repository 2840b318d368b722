"""Uploads: files that are sent with the sign-off form.

Each plot that is asked for has two fields, `target_file:NAME` and
`reference_file:NAME`; `evidence_file` takes a file of a tool.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from trac.attachment import Attachment, AttachmentModule
from trac.resource import Resource
from trac.web.chrome import add_warning

from prodworkflow.api import allowed, PlotFile, SignOffRequest
from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.rules.plots.picture_kinds import (
    ENDINGS,
    file_problem,
    HEAD,
)
from prodworkflow.translation import _, gettext, N_
from prodworkflow.web.forms import form_text

TARGET, REFERENCE = 'target_file', 'reference_file'
LABELS = {TARGET: N_('Target of %(plot)s'),
          REFERENCE: N_('Reference of %(plot)s')}
# The fields that name an attachment of the ticket in the place of a file.
NAMED = {TARGET: 'plot', REFERENCE: 'reference'}
# A file of a tool, whose readings fill values.
EVIDENCE = 'evidence_file'
ACCEPT = ','.join(ENDINGS)
SIGNING = re.compile(r'/campaign/[^/]+/sign/?')


def takes_files(path: str, field: str) -> bool:
    """Whether a field of the form that is sent to a path takes files."""
    return bool(SIGNING.fullmatch(path)) and (
        field == EVIDENCE or _is_of_plot(field))


def files_sent(req: Any) -> bool:
    """Whether the request brings any file."""
    return any(sent_files(req, field) for field in req.args
               if takes_files(req.path_info, field))


def sent_files(req: Any, field: str) -> list[Any]:
    """The files that the request brings in a field."""
    return [v for v in req.args.getlist(field) if hasattr(v, 'filename')]


def attaching_refusal(req: Any, requirement: Requirement) -> str | None:
    """Why somebody may not attach the files that they send; None if they may.
    """
    return may_not_attach(req, requirement) if files_sent(req) else None


def may_not_attach(req: Any, requirement: Requirement) -> str | None:
    """Why somebody may not attach files to a ticket; None if they may."""
    attachment = Resource('ticket', requirement.ticket).child('attachment')
    if allowed(req.perm, 'ATTACHMENT_CREATE', attachment):
        return None
    return _("%(person)s may not attach files to #%(ticket)s, for which Trac "
             "asks for ATTACHMENT_CREATE. Ask an administrator of this site, "
             "or name files that are attached already.", person=req.authname,
             ticket=requirement.ticket)


def with_plot_files(env: Any, req: Any, requirement: Requirement,
                    saying: SignOffRequest) -> SignOffRequest:
    """What is said, with the files that the request brings as plots.

    InvalidRequest names for each field what is wrong with its file.
    """
    problems: list[tuple[str, str]] = []
    found: dict[str, dict[str, PlotFile]] = {}
    for field in list(req.args):
        if _is_of_plot(field) and sent_files(req, field):
            kind, _colon, plot = field.partition(':')
            file, problem = _checked(env, req, requirement, field)
            found.setdefault(plot, {})[kind] = file
            if problem:
                problems.append((field, problem))
    if problems:
        raise InvalidRequest(problems)
    return replace(saying, typed=replace(saying.typed, files={
        plot: (files.get(TARGET), files.get(REFERENCE))
        for plot, files in found.items()}))


def warn_of_lost_files(req: Any) -> None:
    """Say that files have to be chosen again: browsers keep none."""
    if files_sent(req):
        add_warning(req, _("No file was attached; choose the files again."))


def _is_of_plot(field: str) -> bool:
    return field.partition(':')[0] in LABELS


def _checked(env: Any, req: Any, requirement: Requirement,
             field: str) -> tuple[PlotFile, str | None]:
    """The file of a field, and what is wrong with it."""
    kind, _colon, plot = field.partition(':')
    label = gettext(LABELS[kind], plot=plot[:64])
    name, stream, size = req.args.getfile(field)
    file = PlotFile(name or '', stream, size or 0)
    if len(req.args.getlist(field)) > 1:
        return file, _("%(field)s: choose one file.", field=label)
    if form_text(req.args, f'{NAMED[kind]}:{plot}'):
        return file, _("%(field)s: a file and an attachment are chosen; take "
                       "one of them back.", field=label)
    return file, file_problem(
        label, file.filename, file.size, _head(file),
        AttachmentModule(env).max_size) or next(
            (_("%(field)s: %(words)s", field=label, words=words) for words
             in objections_to(env, req, requirement, file, req.args[field])),
            None)


def _head(file: PlotFile) -> bytes:
    file.stream.seek(0)
    head = file.stream.read(HEAD)
    file.stream.seek(0)
    return head


def objections_to(env: Any, req: Any, requirement: Requirement,
                  file: PlotFile, upload: Any) -> Iterator[str]:
    """What other plugins have against an attachment, as Trac asks them.

    `upload` is what a form brings: it has `filename` and `file`.
    """
    attachment = Attachment(env, 'ticket', requirement.ticket)
    attachment.filename, attachment.author = file.filename, req.authname
    attachment.description, attachment.size = '', file.size
    req.args['attachment'] = upload  # where Trac's own form has it
    try:
        for manipulator in AttachmentModule(env).manipulators:
            for _where, words in manipulator.validate_attachment(req,
                                                                 attachment):
                yield str(words)
    finally:
        del req.args['attachment']
        file.stream.seek(0)
