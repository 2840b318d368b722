"""Forms of a running campaign: release, change, items, start, and its life."""

from __future__ import annotations

from typing import Any

from trac.util.html import Fragment, tag
from trac.web.api import HTTPBadRequest

from prodworkflow.api import CampaignChanges, CampaignSystem, GateShut
from prodworkflow.domain.dates import day_of
from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.logins import join_logins, quoted_login
from prodworkflow.domain.model.campaign import ANY, Freeze
from prodworkflow.domain.model.person import Person
from prodworkflow.domain.planning.freezes import (
    FreezeWords,
    NO_WORDS,
    PRIORITY,
    TYPES,
)
from prodworkflow.domain.planning.schedule import NEVER, Shift
from prodworkflow.domain.rules.decision import Decision
from prodworkflow.domain.rules.launch.requests import toleration_refusal
from prodworkflow.domain.rules.lifecycle_actions import (
    allowed_lifecycle_actions,
    LifecycleAction,
    removal_refusal,
)
from prodworkflow.domain.text import Message
from prodworkflow.domain.views.launch_review import launch_offered
from prodworkflow.translation import _
from prodworkflow.web.deputy_form import name_deputy
from prodworkflow.web.forms import form_revision, form_text
from prodworkflow.web.item_form import change_items
from prodworkflow.web.lifecycle_form import LIFECYCLE_ACTS, reason_text
from prodworkflow.web.notices.field_problems import keep_problems
from prodworkflow.web.notices.refusal_warnings import warn_of
from prodworkflow.web.release_form import move_to_release
from prodworkflow.web.reminders.form import remind
from prodworkflow.web.signer_form import replace_everywhere, signer_changes
from prodworkflow.web.texts.ticket_links import link_tickets


def handle_form(env: Any, req: Any, name: str) -> Fragment | None:
    """Do what the request asks of a campaign; the notice, or None if refused.

    A refusal is warned of, and the page that is then shown carries its
    status.  None also says that what would be done is to be shown first.
    """
    act = form_text(req.args, 'act')
    if act not in ACTS:
        raise HTTPBadRequest(_('act is one of %(words)s.',
                               words=', '.join(ACTS)))
    system = CampaignSystem(env)
    try:
        words = ACTS[act](system, req, name, system.context.person(req))
    except (GateShut, InvalidRequest) as error:
        _refuse(req, error)
        return None
    if words is None:
        return None
    told = system.queries.readiness_for(system.queries.decision(name),
                                        req.perm)
    return tag(words, ' ', link_tickets(req, told.verdict))


def remove_campaign(env: Any, req: Any, name: str) -> str | None:
    """Remove a campaign with its tickets; the notice, or None if refused."""
    system = CampaignSystem(env)
    try:
        if not reason_text(req):
            raise InvalidRequest([('reason', Message(
                'Say why it is removed; the reason is kept.'))])
        system.lifecycle.remove_with_tickets(name, system.context.person(req),
                                             reason_text(req),
                                             form_revision(req.args))
    except (GateShut, InvalidRequest) as error:
        _refuse(req, error)
        return None
    return Message(
        '%(name)s is removed, with its milestones and tickets; its '
        'ledger stays.',
        name=name)


def _refuse(req: Any, error: GateShut | InvalidRequest) -> None:
    """Warn of a refusal, and keep what is wrong for the fields."""
    warn_of(req, error)
    if isinstance(error, InvalidRequest):
        keep_problems(req, error)


def controls(system: CampaignSystem, decision: Decision,
             person: Person) -> dict[str, Any]:
    """Which controls to show somebody, and what fills them."""
    state = decision.snapshot.state
    allowed = allowed_lifecycle_actions(state, person,
                                        day_of(decision.asked))
    may_launch = LifecycleAction.LAUNCH in allowed
    found = {
        **{f'may_{action.value}': action in allowed
           for action in LifecycleAction},
        'may_launch': may_launch and launch_offered(decision),
        'launch_waits': may_launch and not launch_offered(decision),
        'may_steer': person.administrator}
    return {**found,
            'any': any(found[name] for name in (
                'may_hold', 'may_resume', 'may_launch', 'launch_waits',
                'may_steer')),
            'may_tolerate': not (state.campaign.ended
                                 or toleration_refusal(person)),
            'inputs': state.inputs,
            'may_remove': person.administrator and not removal_refusal(
                state, len(state.signoffs))}


def _change(system: CampaignSystem, req: Any, name: str,
            person: Person) -> str | None:
    """Change as it was shown; None if what it undoes is yet to be shown."""
    wish = requested_changes(system, req, name)
    if wish.revision and person.administrator and wish.reason:
        found = system.previews.undone(name, wish)
        if found and req.args.get('confirm') != found.digest:
            return None
    count = system.change(name, person, wish)
    return (_('%(count)s changed.', count=count) if count
            else _('Nothing was changed.'))


def requested_changes(system: CampaignSystem, req: Any,
                      name: str) -> CampaignChanges:
    """What a form asks to change; what nobody touched leaves the request."""
    revision = form_revision(req.args)
    state = system.previews.state_at(name, revision)
    word = form_text(req.args, 'enforcement') or None
    if word == state.campaign.enforcement:
        word = None
        req.args.pop('enforcement')
    return CampaignChanges(
        reason_text(req), word, signer_changes(
            req.args, state, system.previews.as_seen(name, state)),
        revision=revision, keep_approvals='keep_approvals' in req.args,
        freeze=typed_freeze(req.args, state.campaign.freeze),
        unknown_contacts='unknown_contacts' in req.args)


def typed_freeze(args: Any, freeze: Freeze | None) -> FreezeWords:
    """What a form lets in after the freeze; what was not touched leaves it.
    """
    fields = freeze_texts(freeze, NO_WORDS)
    typed = {field: form_text(args, field) for field, text in fields.items()
             if field in args and form_text(args, field) != text}
    for field in fields:
        if field not in typed:
            args.pop(field, None)
    return FreezeWords(typed.get(TYPES), typed.get(PRIORITY))


def freeze_texts(freeze: Freeze | None, asked: FreezeWords) -> dict[str, str]:
    """What the fields of a freeze hold; {} where there is no freeze."""
    if freeze is None:
        return {}
    return {TYPES: join_logins(freeze.types) if asked.types is None
            else asked.types,
            PRIORITY: quoted_login(freeze.priority) if asked.priority is None
            else asked.priority}


def freeze_fields(system: CampaignSystem, texts: dict[str, str]
                  ) -> dict[str, Any] | None:
    """The fields of a freeze, with the words that may stand in them."""
    words = system.queries.site_words()
    known = [quoted_login(w) for w in words['priority'].words]
    return texts and {
        'types': texts[TYPES], 'priority': texts[PRIORITY],
        'known': join_logins(words['type'].words),
        'priorities': list(dict.fromkeys((*known, ANY, texts[PRIORITY])))}


def _reschedule(system: CampaignSystem, req: Any, name: str,
                person: Person) -> str | None:
    """Move the start as it was shown; None if it is yet to be shown."""
    reason, revision = reason_text(req), form_revision(req.args)
    moved = CampaignChanges(reason, start=_start(req), revision=revision)
    found = requested_shift(system, req, name)
    if not reason:
        raise InvalidRequest([('reason',
                               Message('Say why the start moves; the reason '
                                       'is kept and shown.'))])
    if not person.administrator:
        system.change(name, person, moved)  # is refused
    system.previews.require_unchanged(name, revision, {'start': moved.start})
    if req.args.get('confirm') != found.digest:
        return None
    system.change(name, person, moved)
    return found.words


def requested_shift(system: CampaignSystem, req: Any, name: str) -> Shift:
    """What moves with the start that a form asks for; InvalidRequest."""
    return system.queries.shift(name, _start(req))


def _start(req: Any) -> str:
    return req.args.get('start', '').strip() or NEVER


ACTS = {**LIFECYCLE_ACTS, 'release': move_to_release, 'change': _change,
        'items': change_items, 'reschedule': _reschedule,
        'remind': remind, 'deputy': name_deputy, 'replace': replace_everywhere}
