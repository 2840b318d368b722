"""Runs of reminders over campaigns, by cron or as a look beforehand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from trac.util.text import exception_to_unicode

from prodworkflow import store
from prodworkflow.api.campaign_ids import campaign_id
from prodworkflow.api.doors import Doors
from prodworkflow.domain import options
from prodworkflow.domain.model.person import Person
from prodworkflow.domain.news import CampaignChange
from prodworkflow.domain.news.notices import Notice, PersonalNews
from prodworkflow.gateways.clock import now
from prodworkflow.services.campaigns.reminders import (
    ask_by_hand,
    carry_out,
    due_work,
    DueWork,
    is_quiet,
    reminded,
)


@dataclass(frozen=True)
class ReminderReport:
    """What a campaign had to tell on one day, and what was carried out.

    `news` were told, or would be, a person each; `carried_out` are sentences
    without full stop; `doubts` say why nothing is told, `failure` why it was
    not even found out, '' where it was.
    """

    campaign: str
    news: tuple[PersonalNews, ...] = ()
    carried_out: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    failure: str = ''


class Reminders:
    """Tells people what is due, and carries out what time alone asks for.

    Any number of nodes may do so at once: each fact is told by one of them.
    What fails in one campaign keeps nobody from being told of the others.
    """

    def __init__(self, env: Any, doors: Doors) -> None:
        self.env = env
        self._doors = doors

    def run(self, names: Iterable[str] = (),
            moment: int | None = None) -> Iterator[ReminderReport]:
        """Tell and carry out what is due of campaigns; of all without names.

        `moment` (µs UTC) is now.  NoSuchCampaign, before anything is done.
        """
        chosen = self._campaigns(names)
        return self._reports(chosen, now() if moment is None else moment)

    def preview(self, names: Iterable[str] = (),
                moment: int | None = None) -> Iterator[ReminderReport]:
        """The same, with nothing told and nothing changed."""
        chosen = self._campaigns(names)
        when = now() if moment is None else moment
        for campaign in chosen:
            found = due_work(self.env, campaign, when)
            if found is not None and (found or found.doubts):
                yield self._report(found, () if self.is_quiet(when) else
                                   self._news(found))

    def ask(self, name: str, login: str,
            person: Person) -> list[PersonalNews]:
        """Remind a login or a group (behind an @) now, at most once a day.

        Who was told, and what.  NoSuchCampaign; GateShut where a person may
        not remind them, or nothing waits for them.
        """
        campaign = campaign_id(self.env, name)
        with self._doors.transaction_of(person, campaign):
            notices = ask_by_hand(self.env, campaign, login, person, now())
        snapshot = store.snapshot(self.env, campaign)
        return self._delivery.tell(snapshot, notices, person.name) \
            if snapshot else []

    def reminded(self, campaign: int) -> dict[str, int]:
        """When people of a campaign (by its id) were last reminded (µs)."""
        return reminded(self.env, campaign)

    def is_quiet(self, moment: int | None = None) -> bool:
        """Whether nothing is sent on the day (UTC) of a moment, or today."""
        return is_quiet(self.env, now() if moment is None else moment)

    def reaches_anybody(self) -> bool:
        """Whether anything would pass on what is due."""
        return bool(self._delivery.reaches_anybody())

    def problems(self) -> list[str]:
        """What is wrong with the options of reminders, with a remedy each."""
        given = {name: self.env.config.get(options.SECTION, name)
                 for name in options.OF_REMINDERS}
        return list(options.problems(given, given))

    # Internal methods

    def _campaigns(self, names: Iterable[str]) -> dict[int, str]:
        """The campaigns of these names, or all that run, by their ids."""
        return ({campaign_id(self.env, name): name for name in names}
                or store.running_campaigns(self.env))

    def _reports(self, chosen: Mapping[int, str],
                 moment: int) -> Iterator[ReminderReport]:
        for campaign, name in chosen.items():
            try:
                yield from self._report_of(campaign, moment)
            except Exception as error:
                self.env.log.error('Failure reminding of %s: %s', name,
                                   exception_to_unicode(error, traceback=True))
                yield ReminderReport(name,
                                     failure=exception_to_unicode(error))

    def _report_of(self, campaign: int,
                   moment: int) -> Iterator[ReminderReport]:
        found = due_work(self.env, campaign, moment)
        if found is None:
            return
        if found and self._has_to_act(found, moment):
            yield from self._act(campaign, moment)
        elif found.doubts:
            yield self._report(found)

    def _has_to_act(self, found: DueWork, moment: int) -> bool:
        """Whether there is anything to do today, and anybody to hear it."""
        return bool(found.carried_out) or (not is_quiet(
            self.env, moment) and bool(found.events.events
                                       or self._delivery.reaches_anybody()))

    def _act(self, campaign: int, moment: int) -> Iterator[ReminderReport]:
        with self._silent(campaign) as queued:
            found = carry_out(self.env, campaign, moment,
                              self._delivery.reaches_anybody())
        if found is not None and found.events.events:
            self._doors.context.worker.wake()
        if found is None or not (found or queued):
            return
        if self.is_quiet(moment):
            yield self._report(found)
            return
        changes = [n for n in queued if isinstance(n, CampaignChange)]
        self._delivery.after_transaction(
            [n for n in queued if n not in changes])
        notices = [n for change in changes
                   for n in self._delivery.notices(change)]
        yield self._report(found, self._told(found, notices))

    @contextmanager
    def _silent(self, campaign: int) -> Iterator[list[Any]]:
        """A transaction under a campaign's lock, of which nothing is told.

        What it would tell is in the list that it gives, at its end.
        """
        with self._doors.context.queueing() as queued, \
                self._doors.transaction([campaign]):
            yield queued

    def _told(self, found: DueWork,
              notices: list[Notice]) -> tuple[PersonalNews, ...]:
        snapshot = store.snapshot(self.env, found.decision.snapshot.id)
        return tuple(self._delivery.tell(snapshot, [
            *notices, *(r.notice for r in found.reminders)])
            ) if snapshot else ()

    def _news(self, found: DueWork) -> tuple[PersonalNews, ...]:
        return tuple(self._delivery.news_of(
            found.decision.snapshot, [r.notice for r in found.reminders]))

    def _report(self, found: DueWork,
                news: tuple[PersonalNews, ...] = ()) -> ReminderReport:
        return ReminderReport(found.name, news, found.carried_out,
                              found.doubts)

    @property
    def _delivery(self) -> Any:
        return self._doors.context.delivery
