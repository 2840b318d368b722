"""Fields of the form of many sign-offs: which rows, and what was typed.

`sel` is `CAMPAIGN/KEY` of a ticked row; `value:KEY:NAME` and `link:KEY:NAME`
are what it asks for. Where two campaigns have a requirement of the same key
it is `value:CAMPAIGN/KEY:NAME`, which is always understood.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from prodworkflow.api import EvidenceInput
from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.text import joined, Message
from prodworkflow.domain.views.signoff_queue import QueueRow
from prodworkflow.web.forms import form_text

# A requirement of a campaign, by name and key.
Chosen = tuple[str, str]
KINDS = ('value', 'link')


def chosen_rows(args: Any) -> list[Chosen]:
    """The rows that are ticked, each once; InvalidRequest if none is."""
    found = [(name, key) for name, _, key in (
        each.rpartition('/') for each in args.getlist('sel')
        if isinstance(each, str))]
    if not found:
        raise InvalidRequest([('sel', Message('Choose what to sign.'))])
    return list(dict.fromkeys(found))


def field_keys(rows: Iterable[QueueRow]) -> dict[str, str]:
    """What fields call each row, by its id: its key where that is clear."""
    rows = list(rows)
    often = Counter(r.answer.requirement.key for r in rows)
    return {r.id: r.answer.requirement.key
            if often[r.answer.requirement.key] == 1 else r.id for r in rows}


@dataclass(frozen=True)
class TypedEvidence:
    """The values and links that were typed in the form."""

    args: Mapping[str, Any]

    def text(self, row: Chosen, kind: str, name: str) -> str:
        """What was typed in a field of a row; '' for nothing."""
        campaign, key = row
        return (form_text(self.args, f'{kind}:{campaign}/{key}:{name}')
                or form_text(self.args, f'{kind}:{key}:{name}'))

    def of(self, row: Chosen, requirement: Requirement) -> EvidenceInput:
        """The evidence of a ticked row.

        Links that were left empty are the one that is the same for all.
        """
        same = form_text(self.args, 'link_all')
        links = {**dict.fromkeys(requirement.asks.links, same),
                 **self._named('link', row)}
        return EvidenceInput(self._named('value', row), {},
                             {n: text for n, text in links.items() if text})

    def require_clear(self, rows: Iterable[Chosen]) -> None:
        """InvalidRequest if a field may be meant for several of the rows."""
        campaigns: dict[str, list[str]] = {}
        for name, key in rows:
            campaigns.setdefault(key, []).append(name)
        problems: list[tuple[str, str]] = [
            (field, Message(
                '“%(field)s” may be meant for %(rows)s: write the campaign '
                'before the key, as in “%(kind)s:%(row)s:…”.',
                field=field, kind=kind, row=f'{names[0]}/{key}',
                rows=joined([f'{n}/{key}' for n in names], 'or')))
            for key, names in campaigns.items() if names[1:]
            for kind in KINDS for field in self.args
            if field.startswith(f'{kind}:{key}:')
            and form_text(self.args, field)]
        if problems:
            raise InvalidRequest(problems)

    def _named(self, kind: str, row: Chosen) -> dict[str, str]:
        """What was typed for a row, by names; the fuller name counts."""
        campaign, key = row
        return {field[len(prefix):]: form_text(self.args, field)
                for prefix in (f'{kind}:{key}:', f'{kind}:{campaign}/{key}:')
                for field in self.args if field.startswith(prefix)
                and form_text(self.args, field)}
