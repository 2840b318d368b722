"""Change a running campaign: signers, enforcement, start and items."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from prodworkflow import store
from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.ledger.fields import NONE
from prodworkflow.domain.logins import join_logins
from prodworkflow.domain.model.permissions import ADMIN
from prodworkflow.domain.model.person import Person, tidy_deputy
from prodworkflow.domain.model.snapshot import Snapshot
from prodworkflow.domain.model.state import State
from prodworkflow.domain.planning.freezes import (
    FreezeWords,
    NO_WORDS,
    PRIORITY,
    TYPES,
)
from prodworkflow.domain.planning.request import enforcement_problems
from prodworkflow.domain.planning.signers import SiteFacts
from prodworkflow.domain.planning.successors.replacement import Replacement
from prodworkflow.domain.planning.undone import Undone, undone
from prodworkflow.domain.rules.duties.quorum import unreachable_quorums
from prodworkflow.domain.template.lists import slug
from prodworkflow.domain.text import Message
from prodworkflow.gateways import users
from prodworkflow.gateways.clock import now
from prodworkflow.services.campaigns.item_requests import (
    ItemAddition,
    ItemRemoval,
    ItemWeight,
    Signers,
)
from prodworkflow.services.campaigns.items import add_item, drop_item
from prodworkflow.services.campaigns.schedule import reschedule
from prodworkflow.services.campaigns.signers import (
    SignerChange,
    SignerChanges,
    SignerUpdate,
    successors,
    with_newcomers,
)
from prodworkflow.services.campaigns.site_words import (
    record_freeze,
    record_resolution,
    with_freeze,
)
from prodworkflow.services.campaigns.weights import change_weight
from prodworkflow.services.gates.reconciliation import reconcile
from prodworkflow.services.opening import opened_running, UNCHANGED
from prodworkflow.services.refusals import GateShut, require_reason
from prodworkflow.services.revisions import FormRevision, require_unchanged


@dataclass(frozen=True)
class CampaignChanges:
    """The changes that are asked for at once, as typed, and why.

    `staff` pairs keys of requirements or groups with their signers; `start` is
    a day, or `none`; None leaves a thing as it is. `keep_approvals` lets what
    former contacts have signed go on counting. `freeze` says what may enter
    after the freeze, `resolution` which one approves. With `unknown_contacts`
    people may be named whom Trac does not know. `replacements` name who signs
    in place of others, wherever those are named.
    """

    reason: str
    enforcement: str | None = None
    staff: tuple[tuple[str, SignerChanges], ...] = ()
    start: str | None = None
    joiners: tuple[ItemAddition, ...] = ()
    leavers: tuple[ItemRemoval, ...] = ()
    revision: FormRevision | None = None
    keep_approvals: bool = False
    weights: tuple[ItemWeight, ...] = ()
    freeze: FreezeWords = NO_WORDS
    resolution: str | None = None
    unknown_contacts: bool = False
    replacements: tuple[Replacement, ...] = ()


def change(env: Any, campaign: int, person: Person,
           wish: CampaignChanges) -> int:
    """Change a running campaign, all or nothing; the number of changes.

    GateShut if the person may not; InvalidRequest names all that is wrong.
    """
    with opened_running(env, campaign) as book:
        if not person.may(ADMIN):
            raise GateShut(UNCHANGED, [Message(
                '%(person)s may not; only a holder of %(permission)s '
                'may',
                person=person.name, permission=ADMIN)])
        require_unchanged(book, wish.revision,
                          touched_fields(book.state, wish))
        require_reason(wish.reason, ask=Message(
            'Say why; the reason is kept and shown.'))
        reweighed = _change_items(book, person, wish)
        after = _changed_state(env, book.state, wish)
        count = (_record_changes(book, after, person, wish) + len(wish.joiners)
                 + len(wish.leavers) + reweighed)
        if wish.start is not None:
            reschedule(book, person, wish.start, wish.reason)
            count += 1
        reconcile(book, person.name, Message(
            'the campaign was changed by %(person)s', person=person.name))
        return count


def touched_fields(state: State, wish: CampaignChanges
                   ) -> dict[str, str | None]:
    """The fields that are to change, with what was typed in each."""
    found: dict[str, str | None] = {
        f'item:{j.list}:{j.key.strip() or slug(j.name)}': None
        for j in wish.joiners}
    found.update((_item_field(state, i.list, i.key), None)
                 for i in wish.leavers)
    found.update((_item_field(state, i.list, i.key), None)
                 for i in wish.weights)
    for key, said in _by_requirement(state, wish):
        if said.contacts is not None:
            found[f'contact:{key}'] = join_logins(said.contacts) or NONE
        if said.quorum is not None:
            found[f'quorum:{key}'] = said.quorum
        if said.deputies is not None:
            found[f'deputies:{key}'] = '; '.join(
                map(tidy_deputy, said.deputies)) or NONE
    simple = {'enforcement': wish.enforcement, 'start': wish.start,
              'resolution': wish.resolution, TYPES: wish.freeze.types,
              PRIORITY: wish.freeze.priority}
    found.update((k, text) for k, text in simple.items() if text is not None)
    return found


def undone_by(env: Any, snapshot: Snapshot, wish: CampaignChanges) -> Undone:
    """Which approvals and closed stages a change of signers would undo.

    InvalidRequest if it cannot be made.
    """
    return undone(snapshot, _changed_state(env, snapshot.state, wish), now())


def _item_field(state: State, name: str, text: str) -> str:
    """The field of an item, which is given by its key or name."""
    item = next((x.called(text) for x in state.lists if x.name == name), None)
    return f'item:{name}:{item.key if item else text}'


def _change_items(book: store.Book, person: Person,
                  wish: CampaignChanges) -> int:
    """Drop items, add items and change weights, each in an entry of its own.

    The number of weights that were other ones.
    """
    signers = Signers(
        {k: s.contacts for k, s in wish.staff if s.contacts is not None},
        {k: s.quorum for k, s in wish.staff if s.quorum},
        wish.unknown_contacts)
    for leaver in wish.leavers:
        drop_item(book, leaver, person, wish.reason)
    for joiner in wish.joiners:
        add_item(book, joiner, signers, person, wish.reason)
    return sum(change_weight(book, each, person, wish.reason)
               for each in wish.weights)


def _by_requirement(state: State, wish: CampaignChanges
                    ) -> list[tuple[str, SignerChanges]]:
    """The signers that are asked for, by requirement.

    What is said of a group is said of each of its requirements; what is said
    of one goes before who replaces whom.
    """
    staff = wish.staff
    groups = {g.key for g in state.groups}
    whole = [(r.key, said) for key, said in staff if key in groups
             for r in state.members(key)]
    return [*successors(state, wish.replacements), *whole,
            *((k, said) for k, said in staff if k not in groups)]


def _changed_state(env: Any, state: State, wish: CampaignChanges) -> State:
    """The state that is asked for; InvalidRequest if it cannot be."""
    spread = _by_requirement(state, wish)
    known = replace(users.site_facts(env),
                    takes_unknown=wish.unknown_contacts)
    restaffing = SignerUpdate(known, wish.keep_approvals)
    after = with_newcomers(state, restaffing.of_all(state, spread), known)
    problems = restaffing.problems
    if wish.enforcement is not None:
        problems += enforcement_problems(wish.enforcement)
        after = replace(after, campaign=replace(
            after.campaign, enforcement=wish.enforcement))
    after = with_freeze(env, after, wish.freeze, problems)
    problems = problems or _unreachable(after, {key for key, _ in spread},
                                        restaffing.known)
    if problems:
        raise InvalidRequest(problems)
    return after


def _unreachable(after: State, changed: set[str], known: SiteFacts
            ) -> list[tuple[str, str]]:
    """Quorums that nobody could reach, among what changes or is separate."""
    near = {r.separate_from for r in after.requirements if r.key in changed}
    return [(f'contact:{key}', words) for key, words in unreachable_quorums(
        after, known.signers)
        if key in changed | near
        or after.requirement(key).separate_from in changed]


def _record_changes(book: store.Book, after: State, person: Person,
                    wish: CampaignChanges) -> int:
    """Record one entry for each thing that changes; their number."""
    before = book.state
    count = record_freeze(book, after.campaign.freeze, person, wish.reason)
    count += record_resolution(book, wish.resolution, person, wish.reason)
    if after.campaign.enforcement != before.campaign.enforcement:
        count += 1
        book.record(now(), person.name, 'enforcement-changed',
                    enforcement=after.campaign.enforcement,
                    was=before.campaign.enforcement, reason=wish.reason)
    for old in before.requirements:
        if after.requirement(old.key) != old:
            count += 1
            SignerChange(book, old, after.requirement(old.key), person,
                         wish.reason, after.campaign.newcomers).record()
    return count
