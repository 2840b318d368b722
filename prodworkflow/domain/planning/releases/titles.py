"""Titles and texts that name the release, before and after a move."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from prodworkflow.domain.model.campaign import Campaign
from prodworkflow.domain.model.state import State
from prodworkflow.domain.template.expansion import (
    groups_of,
    of_requirement,
    stage_description,
)
from prodworkflow.domain.template.model import Template


@dataclass(frozen=True)
class TextChange:
    """A text as the template wrote it for the former and the new release."""

    was: str
    text: str


@dataclass(frozen=True)
class ReleaseTexts:
    """The texts that follow the release.

    `titles` are by key of a requirement or a group, `fields` by key and name
    of a ticket field, `milestones` by stage, descriptions without their first
    sentence.
    """

    titles: Mapping[str, TextChange] = field(default_factory=dict)
    fields: Mapping[str, Mapping[str, TextChange]] = field(
        default_factory=dict)
    milestones: Mapping[str, TextChange] = field(default_factory=dict)


def release_texts(state: State, template: Template | None,
                  release: str) -> ReleaseTexts:
    """The texts of a campaign that change with its release.

    None without a template.  A requirement whose title is not the one that
    the template gave it keeps it.
    """
    if template is None:
        return ReleaseTexts()
    after = replace(state.campaign, release=release)
    titles, fields = _of_requirements(state, template, after)
    now = {g.key: g.title for g in groups_of(template, state.campaign)
           if g.title in [own.title for own in state.groups]}
    for group in groups_of(template, after):
        if group.key in now:
            _change(titles, group.key, now[group.key], group.title)
    milestones: dict[str, TextChange] = {}
    for stage in template.stages:
        _change(milestones, stage.key,
                stage_description(stage, state.campaign),
                stage_description(stage, after))
    return ReleaseTexts(titles, fields, milestones)


def _of_requirements(state: State, template: Template, after: Campaign
                     ) -> tuple[dict[str, TextChange],
                                dict[str, dict[str, TextChange]]]:
    titles: dict[str, TextChange] = {}
    fields: dict[str, dict[str, TextChange]] = {}
    for requirement in state.requirements:
        was = of_requirement(template, requirement, state.lists,
                             state.campaign)
        then = of_requirement(template, requirement, state.lists, after)
        if was and then:
            if was.requirement.title == requirement.title:
                _change(titles, requirement.key, requirement.title,
                        then.requirement.title)
            found: dict[str, TextChange] = {}
            for name, text in was.words.items():
                _change(found, name, text, then.words[name])
            if found:
                fields[requirement.key] = found
    return titles, fields


def _change(found: dict[str, TextChange], key: str, was: str,
            text: str) -> None:
    if was != text:
        found[key] = TextChange(was, text)
