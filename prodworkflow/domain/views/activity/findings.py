"""Findings: what a search finds in the ledgers and plans of campaigns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from prodworkflow.domain.ledger.entry import Entry
from prodworkflow.domain.ledger.list_words import OF_PAYLOAD
from prodworkflow.domain.ledger.sentences import WITH_REASON
from prodworkflow.domain.model.requirement import Requirement

# Their statements and evidence are stored beside the ledger, in columns.
SAID_BESIDE = ('approved', 'rejected', 'withdrawn', 'reported', 'waived')
# The first entry holds the whole plan, the last one of what is gone.
WHOLE = ('created', 'removed')
REASONED = tuple(sorted({*WITH_REASON, *OF_PAYLOAD}
                        - {*SAID_BESIDE, *WHOLE}))


@dataclass(frozen=True)
class Finding:
    """Something found: where it stands, what it says, by whom and when.

    `ticket` is the sign-off ticket that it is about, None if it is about the
    campaign; `excerpt` is the text in which the words were found; `time` is
    in µs UTC.
    """

    campaign: str
    ticket: int | None
    title: str
    excerpt: str
    time: int
    author: str


def holds(texts: Iterable[str], terms: Sequence[str]) -> bool:
    """Whether each term stands in one of the texts; letters' case is equal."""
    lowered = [text.lower() for text in texts]
    return all(any(term.lower() in text for text in lowered)
               for term in terms)


def texts_of(entry: Entry) -> list[str]:
    """What people wrote in an entry: statement, reason, evidence."""
    payload = entry.payload
    proofs = payload.get('evidence')
    return [*_texts(payload, 'statement', 'reason'), *(
        text for proof in (proofs if isinstance(proofs, list) else ())
        for text in _texts(proof, 'name', 'text', 'reference'))]


def asked_texts(requirement: Requirement) -> list[str]:
    """The names of the evidence that a requirement asks for."""
    asks = requirement.asks
    return [*(text for v in asks.values for text in (v.name, v.title)),
            *asks.plots, *asks.links]


def _texts(data: Mapping[str, Any], *names: str) -> Iterator[str]:
    """The texts of these fields, but for empty ones."""
    for name in names:
        value = data.get(name)
        if isinstance(value, str) and value:
            yield value
