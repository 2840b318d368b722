"""Bulk reading: the rows of campaigns by three statements in all.

However many campaigns there are. They are read again if one of them changed
between the statements.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from prodworkflow.domain import options
from prodworkflow.store import schema_version
from prodworkflow.store.consistent_read import consistent_read
from prodworkflow.store.listings import FINISHED, IN_FINISHED
from prodworkflow.store.records import AllCampaignRows, CampaignRows
from prodworkflow.store.statements import (
    CAMPAIGNS,
    IN_STAGE,
    LATEST_OVER,
    OTHERS,
    PACE,
    REQUIREMENTS,
    REVISION,
    UNDERWAY,
)
from prodworkflow.store.ticket_statuses import done_statuses

CONTACTS_MAX = 400


# Where a transaction that has begun already shows each statement the newest.
TRIES = 3


# So many other open tickets of a stage are named; of more it is only told
# that there are.
NAMED_ON_ROADMAP, NAMED_IN_CAMPAIGN = 5, 20


# Of so many stages each can be looked at by itself: no database joins more
# than a few hundred SELECTs to one statement, or has many more parameters.
FEW_STAGES = 50


def underway_records(env: Any) -> AllCampaignRows:
    """The rows of all campaigns under way, and the latest finished ones."""
    where = (f"c.phase<>'removed' AND (c.phase NOT IN {IN_FINISHED} "
             f"OR {LATEST_OVER})")
    site = site_options(env)
    others = _everywhere(UNDERWAY, (), site.done, NAMED_ON_ROADMAP)
    with consistent_read(env) as db:
        for _ in range(TRIES):
            found = _campaign_rows(db, where, (), site)
            now = [r for r in found if r.phase not in FINISHED]
            if now:
                _add_requirements(db, now, UNDERWAY, (), site.forecast,
                                  others)
            if all(r.consistent for r in now):
                break
    return AllCampaignRows(now, [r for r in found if r.phase in FINISHED])


def campaign_rows(env: Any, campaign: int) -> CampaignRows | None:
    """The rows of one campaign as pages read them; three statements."""
    return record(env, campaign, True, False)


def records_among(env: Any, campaigns: Collection[int]) -> list[CampaignRows]:
    """The rows of these campaigns, the oldest first; three statements."""
    ids = tuple(sorted(campaigns))
    where = f"c.id IN ({','.join(['%s'] * len(ids))})"
    site = site_options(env)
    others = _everywhere(where, ids, site.done, NAMED_ON_ROADMAP)
    found: list[CampaignRows] = []
    with consistent_read(env) as db:
        for _ in range(TRIES if ids else 0):
            found = _campaign_rows(db, where, ids, site)
            if found:
                _add_requirements(db, found, where, ids, False, others)
            if all(r.consistent for r in found):
                break
    return found


def record(env: Any, campaign: int, paced: bool,
           to_write: bool) -> CampaignRows | None:
    """The rows of one campaign; None if there is none.

    `paced` asks for its contacts' past response times, too. Outdated where
    this node must not write (`to_write`) what it reads.
    """
    site = site_options(env)
    with consistent_read(env) as db:
        for _ in range(TRIES):
            found = _campaign_rows(db, 'c.id=%s', (campaign,), site)
            if not found:
                return None
            if to_write:
                schema_version.require_current(found[0].version)
            _add_requirements(db, found, 'c.id=%s', (campaign,),
                              paced and site.forecast,
                              _in_each_stage(found[0]))
            if found[0].consistent:
                break
    return found[0]


class SiteOptions(NamedTuple):
    """Options of the site on which depends what is read."""

    done: frozenset[str]
    waiver_days: int
    forecast: bool


def site_options(env: Any) -> SiteOptions:
    """The options of the site as they are now."""
    given = env.config[options.SECTION]
    return SiteOptions(done_statuses(env),
                 options.waiver_days(given.get('waiver_days', '')),
                 options.switch(given.get('forecast', '')))


def _campaign_rows(db: Any, where: str, args: tuple,
                   site: SiteOptions) -> list[CampaignRows]:
    return [CampaignRows(int(id_), list(group), done=site.done,
                         waiver_days=site.waiver_days)
            for id_, group in groupby(
                db(CAMPAIGNS % (schema_version.version_column(db), where),
                   args), itemgetter(0))]


class _Others(NamedTuple):
    """How other open tickets are queried, and how many are named."""

    statement: str
    args: tuple
    most: int


def _everywhere(where: str, args: tuple, done: frozenset[str],
                most: int) -> _Others:
    """The query of all stages at once; `args` are those of `where`."""
    return _Others((OTHERS % (where, where)).format(done=_places(done)),
                   (*sorted(done), *args, *args), most)


def _in_each_stage(record: CampaignRows) -> _Others:
    """The query of one campaign: of each stage NAMED_IN_CAMPAIGN and one more.

    The one more says that there are others; known issues are named beside.
    """
    if len(record.milestones) * (4 + len(record.done)) > 5 * FEW_STAGES:
        return _everywhere('c.id=%s', (record.id,), record.done,
                           NAMED_IN_CAMPAIGN)
    args: list[Any] = []
    most = NAMED_IN_CAMPAIGN + len(record.set_apart) + 1
    for stage, milestone in record.milestones.items():
        args += [record.id, stage, record.id, milestone,
                 *sorted(record.done), most]
    each = IN_STAGE.format(done=_places(record.done))
    statements = [*[each] * len(record.milestones), REVISION]
    return _Others(' UNION ALL '.join(statements), (*args, record.id),
                   NAMED_IN_CAMPAIGN)


def _add_requirements(db: Any, records: list[CampaignRows], where: str,
                      args: tuple,
                      paced: bool, others: _Others) -> None:
    by_id = {record.id: record for record in records}
    for row in db(REQUIREMENTS % (where, where), (*args, *args)):
        if row[0] in by_id:  # if not, begun between the two statements
            by_id[row[0]].requirements.append(row)
    for record in records:
        record.in_order()
    people = _contacts(records) if paced else []
    pace: dict[str, list[int]] = {}
    for (id_, word), group in groupby(db(
            f'{others.statement}{PACE * len(people)} ORDER BY 1, 2, 3',
            (*others.args, *people)), itemgetter(0, 1)):
        found = [(int(row[2]), int(row[3] or 0)) for row in group]
        if not id_:
            pace[word or ''] = [number for number, _ in found]
        elif id_ in by_id:
            by_id[id_].complete(word, dict(found), others.most)
    if paced:
        for record in records:
            record.pace = {c: pace[c] for c in record.contacts if c in pace}


def _places(values: Collection[str]) -> str:
    return ','.join(['%s'] * len(values))


def _contacts(records: Iterable[CampaignRows]) -> list[str]:
    """All contacts, at most as many as a statement may have parameters."""
    return sorted(set().union(*(r.contacts for r in records)))[:CONTACTS_MAX]
