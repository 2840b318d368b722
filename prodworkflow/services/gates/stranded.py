"""Stranded requirements of a campaign: found, and told to administrators."""

from __future__ import annotations

from prodworkflow import store
from prodworkflow.domain.model.notifications import StrandedNews
from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.rules.stranded import stranded
from prodworkflow.gateways.clock import now
from prodworkflow.gateways.users import signer_facts


def report_stranded(book: store.Book) -> list[str]:
    """What nobody can sign, in words; queues a notification of it.

    It goes to the holders of CAMPAIGN_ADMIN, after the commit.
    """
    facts = signer_facts(book.env)
    found = [each.words for each in stranded(decide(book.snapshot(), now()),
                                             facts)]
    if found:
        book.news.append(StrandedNews(
            book.state.campaign.name, tuple(found),
            tuple(sorted(facts.administrators()))))
    return found
