"""Template library: versions of campaign templates, and their mistakes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from prodworkflow import store
from prodworkflow.domain import options
from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.planning.plan import Plan
from prodworkflow.domain.planning.request import CampaignRequest
from prodworkflow.domain.template.mistakes.problems import (
    Problem,
    TemplateError,
)
from prodworkflow.domain.template.model import Template
from prodworkflow.domain.template.parser import parse
from prodworkflow.domain.template.versions import (
    measure,
    TemplateDraft,
    TemplateVersion,
)
from prodworkflow.services import templates
from prodworkflow.services.campaigns import creation
from prodworkflow.services.evidence_reading import reading_kinds
from prodworkflow.services.refusals import refusals_logged


@dataclass(frozen=True)
class TemplateCheck:
    """What is to be said of a template's text.

    Its mistakes; or, where it has none, the plan that it makes, and what it
    `lacks`: what has to be there first, so that a campaign can be made.
    """

    problems: tuple[Problem, ...] = ()
    plan: Plan | None = None
    lacks: tuple[str, ...] = ()

    @property
    def lines(self) -> tuple[int, ...]:
        """The numbers of the lines that have mistakes, in order."""
        return tuple(sorted({p.line for p in self.problems}))


class TemplateLibrary:
    """Finds, checks and saves the versions of templates."""

    def __init__(self, env: Any) -> None:
        self.env = env

    def offered(self) -> tuple[str, ...]:
        """The names of the templates that a campaign can be made from.

        The default one first, if it is one of them.
        """
        names, default = templates.offered_names(self.env), self.default()
        return (names if self.default_problem()
                else tuple(dict.fromkeys((default, *names))))

    def default(self) -> str:
        """The template that the site proposes: `mine` or `mine@3`."""
        named: str = self.env.config.get(options.SECTION, 'default_template')
        return named.strip() or options.TEMPLATE

    def default_problem(self) -> str:
        """What is wrong with the default template; '' if it can be used."""
        try:
            self.find(self.default())
        except InvalidRequest:
            return options.unknown_template(
                self.default(), templates.offered_names(self.env))
        return ''

    def default_enforcement(self) -> str:
        """The enforcement that the site proposes for new campaigns."""
        return options.enforcement(self.env.config.get(
            options.SECTION, 'default_enforcement'))

    def find(self, reference: str) -> Template:
        """The template that `mine` or `mine@3` names.

        Raises InvalidRequest if there is none.
        """
        return templates.offered_template(self.env, reference).template

    def of_request(self, wish: CampaignRequest) -> Template:
        """The template that a request names or brings.

        Raises InvalidRequest if there is none.
        """
        return creation.template_of(self.env, wish)[0]

    def all(self) -> list[TemplateVersion]:
        """The last version of each template, those built in first."""
        return templates.every_template(self.env)

    def versions(self, name: str) -> list[TemplateVersion]:
        """All versions of a template, the last first.

        Raises InvalidRequest if none.
        """
        return templates.versions(self.env, name)

    def version(self, name: str,
                version: int | None = None) -> templates.TemplateText:
        """A version with its text, be it offered or not; the last one."""
        return templates.version(self.env, name, version)

    def campaigns(self) -> dict[tuple[str, int], list[str]]:
        """The names of campaigns, by template and version."""
        return store.campaigns_of_templates(self.env)

    def check(self, text: str) -> TemplateCheck:
        """What is wrong with a text, or what it makes; TooLong."""
        measure(text)
        try:
            template = parse(text, kinds=reading_kinds(self.env))
        except TemplateError as error:
            return TemplateCheck(error.problems)
        try:
            return TemplateCheck(plan=creation.preview(self.env, template))
        except InvalidRequest as error:
            return TemplateCheck(plan=self._regardless(template),
                                 lacks=tuple(w for _, w in error.problems))

    def _regardless(self, template: Template) -> Plan | None:
        """The plan, if Trac knew all people and words that it names."""
        try:
            return creation.preview(self.env, template, lenient=True)
        except InvalidRequest:
            return None

    def save(self, draft: TemplateDraft,
             actor: str) -> TemplateVersion:
        """Make a draft the next version of a template."""
        with refusals_logged(self.env, actor):
            return templates.keep(self.env, draft, actor)

    def remove(self, name: str, actor: str, reason: str,
               began: int | None = None) -> TemplateVersion:
        """Offer a template no more; what was made from it stays."""
        with refusals_logged(self.env, actor):
            return templates.remove(self.env, name, actor, reason, began)
