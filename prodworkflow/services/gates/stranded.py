"""Stranded requirements, told to administrators, and strangers among signers.
"""

from __future__ import annotations

from dataclasses import replace

from prodworkflow import store
from prodworkflow.domain.dates import day_of
from prodworkflow.domain.model.notifications import StrandedNews
from prodworkflow.domain.rules.duties.strangers import strangers
from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.rules.stranded import left_out, Stranded, stranded
from prodworkflow.gateways.clock import now
from prodworkflow.gateways.signers import may_view
from prodworkflow.gateways.users import signer_facts


def report_stranded(book: store.Book) -> list[str]:
    """What too few can sign, and whom Trac refuses; notifies of the former.

    It goes to the holders of CAMPAIGN_ADMIN, after the commit, and tells each
    only of tickets that they may see.
    """
    facts = signer_facts(book.env)
    snapshot = book.snapshot()
    book.checked = True
    decision = decide(replace(snapshot, state=replace(
        snapshot.state, signers=facts)), now())
    found = stranded(decision, facts)
    told: dict[tuple[str, ...], list[str]] = {}
    for person in sorted(facts.administrators()) if found else ():
        told.setdefault(_visible(book, found, person), []).append(person)
    book.news += [StrandedNews(book.state.campaign.name, words, tuple(people))
                  for words, people in told.items() if words]
    return [*(each.words for each in found), *left_out(
        decision.launch.answers, found)]


def unmet_people(book: store.Book) -> list[str]:
    """Who is named to sign and has never logged in to Trac, in words."""
    facts = signer_facts(book.env)
    return [each.words for each in strangers(
        book.state.requirements, book.state, day_of(now()), facts.met,
        store.known_users(book.env))]


def _visible(book: store.Book, found: tuple[Stranded, ...],
             person: str) -> tuple[str, ...]:
    """The words about those whose ticket a person may see."""
    return tuple(s.words for s in found
                 if may_view(book.env, person, s.requirement.ticket))
