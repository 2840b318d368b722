"""CampaignSystem, the facade: use cases that change campaigns.

Each public method is one use case; its transaction begins with the lock of
the campaign that it changes.  What is read is in `queries`, templates are in
`templates`, what Trac's tickets and milestones ask in `doors`; how a campaign
is held, launched, ended and removed is in `lifecycle`.
"""

from __future__ import annotations

from typing import Any

from trac.config import BoolOption, IntOption, Option
from trac.core import Component, ExtensionPoint, implements
from trac.perm import IPermissionRequestor, PermissionSystem

from prodworkflow import store
from prodworkflow.api import activity
from prodworkflow.api.campaign_ids import campaign_id
from prodworkflow.api.context import Context
from prodworkflow.api.deputies import Deputies
from prodworkflow.api.doors import Doors
from prodworkflow.api.evidence_reports import EvidenceReports
from prodworkflow.api.interfaces import ICampaignListener
from prodworkflow.api.lifecycle import Lifecycle
from prodworkflow.api.machines.answers import Answers
from prodworkflow.api.machines.figures import Figures
from prodworkflow.api.machines.tokens import Tokens
from prodworkflow.api.outbox.webhooks import Webhooks
from prodworkflow.api.page_reads.attached_files import AttachedFiles
from prodworkflow.api.page_reads.waiting_lists import WaitingLists
from prodworkflow.api.passages import Passages
from prodworkflow.api.previews import Previews
from prodworkflow.api.queries import Queries
from prodworkflow.api.reminders.runs import Reminders
from prodworkflow.api.renamed_words import RenamedWords
from prodworkflow.api.template_library import TemplateLibrary
from prodworkflow.api.ticket_queries import TicketQueries
from prodworkflow.domain import options
from prodworkflow.domain.model.permissions import (
    ADMIN,
    HOLD,
    LAUNCH,
    VIEW,
    WAIVE,
)
from prodworkflow.domain.model.person import Person
from prodworkflow.domain.model.vocabulary import Verdict
from prodworkflow.domain.planning.releases.effect import ReleaseEffect
from prodworkflow.domain.planning.releases.request import ReleaseRequest
from prodworkflow.domain.planning.request import CampaignRequest
from prodworkflow.services.campaigns import changes, creation, releases
from prodworkflow.services.consistency.check import check, CheckMode
from prodworkflow.services.consistency.findings import Finding
from prodworkflow.services.consistency.options import check_options
from prodworkflow.services.refusals import refusals_logged
from prodworkflow.services.revisions import FormRevision
from prodworkflow.services.signoffs import batches
from prodworkflow.services.signoffs.plot_files import discarded_on_failure
from prodworkflow.services.signoffs.requests import SignOffRequest
from prodworkflow.translation import TRACINI_DOMAIN


class CampaignSystem(Component):
    """Knows the production campaigns and who may do what with them.

    Grants `CAMPAIGN_VIEW` to all who have `ROADMAP_VIEW`. `CAMPAIGN_HOLD`
    stops campaigns, `CAMPAIGN_WAIVE` gives leave to pass, `CAMPAIGN_LAUNCH`
    launches and resumes; `CAMPAIGN_ADMIN` implies them, creates and changes
    campaigns, and signs requirements that have no contacts. A requirement's
    contacts need no permission of ours to sign it.
    """

    implements(IPermissionRequestor)

    listeners = ExtensionPoint(ICampaignListener)

    default_template = Option(
        options.SECTION, 'default_template', options.TEMPLATE, doc="""Template
        that is proposed for new campaigns: `NAME`, or `NAME@VERSION` for one
        of its versions. The form offers it first; `campaign create` takes it
        where none is named.""",
        doc_domain=TRACINI_DOMAIN)

    default_enforcement = Option(
        options.SECTION, 'default_enforcement', 'standard', doc="""Enforcement
        that is proposed for new campaigns: `standard`, `strict` or
        `advisory`.""",
        doc_domain=TRACINI_DOMAIN)

    waiver_days = IntOption(
        options.SECTION, 'waiver_days', options.WAIVER_DAYS, doc="""For how
        many days a waiver may be given where the template of the campaign does
        not say: 0 to 3650. With 0 none may, unless the template says so.""",
        doc_domain=TRACINI_DOMAIN)

    quiet_days = Option(
        options.SECTION, 'quiet_days', '', doc="""Days of the week, in UTC, on
        which `campaign remind` sends nothing, such as `sat, sun`. What falls
        due on them is carried out, and told on the next day that is not
        quiet.""",
        doc_domain=TRACINI_DOMAIN)

    escalate_days = IntOption(
        options.SECTION, 'escalate_days', options.ESCALATE_DAYS, doc="""After
        how many days overdue `campaign remind` tells holders of
        `CAMPAIGN_ADMIN`, once a campaign and due day: 0 to 366, 0 for
        never.""",
        doc_domain=TRACINI_DOMAIN)

    forecast = BoolOption(
        options.SECTION, 'forecast', 'enabled', doc="""Whether pages, commands
        and JSON tell when a campaign will be ready.""",
        doc_domain=TRACINI_DOMAIN)

    def __init__(self, *_env: Any) -> None:
        # Trac passes nothing: its metaclass has set `env` already.
        self.context = Context(self.env, lambda: self.listeners)
        self.queries = Queries(self.env)
        self.previews = Previews(self.env, self.queries, self.context)
        self.templates = TemplateLibrary(self.env)
        self.doors = Doors(self.env, self.context)
        self.renamed_words = RenamedWords(self.env, self.context)
        self.passages = Passages(self.env, self.queries, self.doors)
        self.webhooks = Webhooks(self.env)
        self.figures = Figures(self.env, self.queries)
        self.deputies = Deputies(self.env, self.doors)
        self.lifecycle = Lifecycle(self.env, self.doors)
        self.evidence = EvidenceReports(self.env, self.queries, self.doors)
        self.answers = Answers(self.env, self.doors)
        self.tokens = Tokens(self.env, self.queries)
        self.ticket_queries = TicketQueries(self.env)
        self.attached = AttachedFiles(self.env)
        self.waiting = WaitingLists(self.env)
        self.reminders = Reminders(self.env, self.doors)
        self.events = activity.Events(self.env)
        self.search = activity.Search(self.env, self.events)
        self.calendar = activity.Calendar(self.env, self.queries)

    # IPermissionRequestor methods

    def get_permission_actions(self) -> list[Any]:
        return [VIEW, HOLD, WAIVE, LAUNCH,
                (ADMIN, [VIEW, HOLD, WAIVE, LAUNCH]),
                ('ROADMAP_VIEW', [VIEW])]

    @property
    def done_statuses(self) -> frozenset[str]:
        """The ticket statuses that count as done on this site."""
        return store.done_statuses(self.env)

    # Creating

    def create(self, wish: CampaignRequest, actor: str) -> list[int]:
        """Make a campaign, all or nothing; the ids of its tickets."""
        with refusals_logged(self.env, actor), \
                self.context.notifying_after_commit():
            tickets = creation.create(self.env, wish, actor)
            self.context.delivery.created(tickets, actor)
        return tickets

    # What people say of requirements

    def record(self, name: str, requirement: str, person: Person,
               saying: SignOffRequest) -> None:
        """Sign off, report, reject, withdraw or waive a requirement.

        GateShut, with the names of who may; InvalidRequest for what is
        wrong.
        """
        self.record_all([(name, requirement, saying)], person)

    def record_all(self, sayings: list[tuple[str, str, SignOffRequest]],
                   person: Person) -> None:
        """Record several, of several campaigns: all or nothing.

        BatchRefused has what is wrong with each of them.
        """
        found: dict[int, list[tuple[str, SignOffRequest]]] = {}
        for name, key, saying in sayings:
            found.setdefault(campaign_id(self.env, name),
                             []).append((key, saying))
        with discarded_on_failure(self.env, (s.typed for *_, s in sayings)), \
                self.doors.transaction_of(person, *found):
            batches.record(self.env, found, person,
                           self.context.reasons_for())

    def sign(self, name: str, requirement: str, person: str,
             administrator: bool, statement: str) -> None:
        """Approve a requirement for somebody known by name."""
        grants = frozenset({ADMIN} if administrator else ())
        groups = PermissionSystem(self.env).get_permission_groups(person)
        self.record(name, requirement,
                    Person(person, frozenset(groups), grants),
                    SignOffRequest(Verdict.APPROVED, statement))

    # Moving and changing

    def release(self, name: str, person: Person, move: ReleaseRequest,
                revision: FormRevision | None = None) -> ReleaseEffect:
        """Move a campaign to a new release or patch; what came of it."""
        campaign = campaign_id(self.env, name)
        with self.doors.transaction_of(person, campaign):
            return releases.move(self.env, campaign, person, move, revision)

    def change(self, name: str, person: Person,
               wish: changes.CampaignChanges) -> int:
        """Change who signs, the enforcement or the start; how many changes."""
        campaign = campaign_id(self.env, name)
        with self.doors.transaction_of(person, campaign):
            return changes.change(self.env, campaign, person, wish)

    # Checking

    def check(self, name: str | None, repair: bool, actor: str,
              forecast: bool = False) -> list[Finding]:
        """What departs from the ledger, in one campaign or in all.

        Of all, it begins with the options that are wrong.

        With `forecast`, what a repair would do; nothing is changed.
        """
        mode = (CheckMode.FORECAST if forecast else
                CheckMode.REPAIR if repair else CheckMode.LOOK)
        ids = ([campaign_id(self.env, name)] if name is not None
               else store.all_campaign_ids(self.env))
        with self.context.notifying_after_commit():
            found = [f for i in ids for f in check(self.env, i, mode, actor)]
        return found if name is not None else [*check_options(self.env),
                                               *self.tokens.findings(),
                                               *self.webhooks.findings(),
                                               *found]
