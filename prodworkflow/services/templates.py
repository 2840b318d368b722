"""Templates: find, save and remove versions, built in or stored."""

from __future__ import annotations

import pkgutil
from dataclasses import dataclass
from typing import Any

from prodworkflow import store
from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.model.campaign import Campaign
from prodworkflow.domain.model.readings.reading import ReadingKind
from prodworkflow.domain.template.mistakes.problems import TemplateError
from prodworkflow.domain.template.model import Template
from prodworkflow.domain.template.parser import parse
from prodworkflow.domain.template.versions import (
    BUILT_IN,
    ChangedMeanwhile,
    clean,
    digest,
    measure,
    NAME,
    next_version,
    split,
    TemplateDraft,
    TemplateVersion,
    Unchanged,
    version_reason_problems,
)
from prodworkflow.domain.text import Message, suggest
from prodworkflow.gateways.clock import now
from prodworkflow.services.evidence_reading import reading_kinds


@dataclass(frozen=True)
class TemplateText:
    """One version of a template, with its text.

    `kinds` are the readings that there are today; None for one that comes
    with the plugin.
    """

    kept: TemplateVersion
    text: str
    kinds: tuple[ReadingKind, ...] | None = None

    @property
    def template(self) -> Template:
        """The parsed template; InvalidRequest if it is not valid today."""
        return read(self.text, kinds=self.kinds)


def read(text: str, former: bool = False,
         kinds: tuple[ReadingKind, ...] | None = None) -> Template:
    """Parse a template; InvalidRequest names all its mistakes.

    `former` is one that a running campaign was created from; `kinds` are the
    readings that values may name.
    """
    try:
        return parse(text, former, kinds)
    except TemplateError as error:
        raise InvalidRequest([('template',
                               str(p)) for p in error.problems]) from error


def offered_names(env: Any) -> tuple[str, ...]:
    """The names of the templates that a campaign can be created from."""
    return (*BUILT_IN, *(k.name for k in store.last_templates(env)
                         if not k.removed))


def every_template(env: Any) -> list[TemplateVersion]:
    """The latest version of each template, those built in first."""
    return [_built_in(n).kept for n in BUILT_IN] + store.last_templates(env)


def versions(env: Any, name: str) -> list[TemplateVersion]:
    """All versions of a template, the latest first.

    InvalidRequest if there is none of that name.
    """
    if name in BUILT_IN:
        return [_built_in(name).kept]
    found = _stored_versions(env, name)
    if not found:
        raise _unknown(env, name)
    return found


def offered_template(env: Any, reference: str) -> TemplateText:
    """The template that a reference like `mine` or `mine@3` names.

    InvalidRequest, with the names there are, if there is none or it was
    removed.
    """
    name, number = split(reference)
    last = versions(env, name)[0]
    if last.removed:
        raise InvalidRequest([('template', Message(
            'The template "%(name)s" was removed by %(author)s: '
            '“%(reason)s”. Import it again, or choose another one.',
            name=name, author=last.author, reason=last.reason))])
    return version(env, name, number)


def version(env: Any, name: str, number: int | None = None) -> TemplateText:
    """One version of a template, offered or not.

    By default the latest that has a text. InvalidRequest if there is none.
    """
    found = versions(env, name)
    for kept in found:
        if kept.version == number or (number is None and not kept.removed):
            return _with_text(env, kept)
    raise InvalidRequest([('template', Message(
        'The template "%(name)s" has no version %(number)s; its last '
        'one is %(last)s.',
        name=name, number=number, last=found[0].version))])


def of_campaign(env: Any, id_: int, campaign: Campaign) -> Template:
    """The template that a campaign was created from, as it was then.

    InvalidRequest if it is known no more; ValueError if the campaign's ledger
    cannot be read.
    """
    return read(store.template_text_of(env, id_) or version(
        env, campaign.template, campaign.template_version).text, former=True,
        kinds=reading_kinds(env))


def keep(env: Any, draft: TemplateDraft, actor: str) -> TemplateVersion:
    """Save a draft as the next version of its template.

    InvalidRequest names all that is wrong with it. ChangedMeanwhile for the
    second of two who began from the same version, on whatever nodes:
    optimistic concurrency.
    """
    measure(draft.text)
    text = clean(draft.text)
    draft = TemplateDraft(draft.name, text, draft.reason, draft.began,
                          draft.fresh)
    number, template = _judged(env, draft)
    kept = TemplateVersion(draft.name, number, template.title, digest(text),
                           actor, now(), draft.reason.strip())
    _insert(env, kept, text)
    return kept


def _judged(env: Any, draft: TemplateDraft) -> tuple[int, Template]:
    """The number and template of a draft; all its mistakes at once."""
    problems: list[tuple[str, str]] = []
    try:
        number = next_version(draft, _last(env, draft.name))
    except (ChangedMeanwhile, Unchanged):
        raise
    except InvalidRequest as error:
        problems += error.problems
    try:
        template = read(draft.text, kinds=reading_kinds(env))
    except InvalidRequest as error:
        problems += error.problems
    if problems:
        raise InvalidRequest(problems)
    return number, template


def remove(env: Any, name: str, actor: str, reason: str,
           began: int | None = None) -> TemplateVersion:
    """Withdraw a template from the offer; its versions stay.

    The removal is a version, too, so numbers go on.
    """
    if name in BUILT_IN:
        raise InvalidRequest([('name', Message(
            '"%(name)s" is built in; it cannot be removed.',
            name=name))])
    last = versions(env, name)[0]
    problems = version_reason_problems(reason)
    if last.removed:
        problems.append(('name', Message(
            'The template "%(name)s" was removed already, by '
            '%(author)s.',
            name=name, author=last.author)))
    if problems:
        raise InvalidRequest(problems)
    if began is not None and began != last.version:
        raise ChangedMeanwhile(last)
    kept = TemplateVersion(name, last.version + 1, last.title, '', actor,
                           now(),
                           reason.strip(), True)
    _insert(env, kept, '')
    return kept


def _insert(env: Any, kept: TemplateVersion, text: str) -> None:
    try:
        store.keep_template(env, kept, text)
    except env.db_exc.IntegrityError as error:
        raise ChangedMeanwhile(_last(env, kept.name)) from error
    done = 'removed' if kept.removed else 'saved'
    env.log.info('%s', store.one_line(
        f'template {kept.reference} was {done} by {kept.author}'))


def _last(env: Any, name: str) -> TemplateVersion | None:
    return next(iter(_stored_versions(env, name)), None)


def _stored_versions(env: Any, name: str) -> list[TemplateVersion]:
    """The versions in the database; no query for what is no name."""
    return store.template_versions(env, name) if NAME.fullmatch(name) else []


def _with_text(env: Any, kept: TemplateVersion) -> TemplateText:
    if kept.built_in:
        return _built_in(kept.name)
    if kept.removed:
        raise InvalidRequest([('template', Message(
            'Version %(version)s of "%(name)s" is its removal; it has no '
            'text.', version=kept.version, name=kept.name))])
    text = store.template_text(env, kept.name, kept.version)
    if digest(text) != kept.digest:
        raise InvalidRequest([('template', Message(
            'The text of %(template)s was changed by hand in the database: '
            'it is not what was saved.', template=kept.reference))])
    return TemplateText(kept, text, reading_kinds(env))


def _built_in(name: str) -> TemplateText:
    data = pkgutil.get_data('prodworkflow', f'builtin_templates/{name}.toml')
    assert data is not None, 'built-in templates are part of the package'
    text = data.decode('utf-8')
    return TemplateText(TemplateVersion(name, 0, parse(text).title,
                                        digest(text)), text)


def _unknown(env: Any, name: str) -> InvalidRequest:
    known = offered_names(env)
    return InvalidRequest([('template', Message(
        'There is no template "%(name)s"; there is '
        '%(known)s.%(suggestion)s',
        name=name[:64], known=', '.join(known),
        suggestion=suggest(name, known)))])
