"""Component of the three words that Trac's queries know, and their page."""

from __future__ import annotations

from functools import partial
from typing import Any

import trac.ticket.query
import trac.ticket.roadmap
from trac.core import Component, implements
from trac.env import IEnvironmentSetupParticipant
from trac.ticket.query import Query, TicketQueryMacro
from trac.web.api import IRequestFilter

from prodworkflow.api.ticket_queries import WORDS
from prodworkflow.query import wide_query
from prodworkflow.query.field_lists import with_words
from prodworkflow.query.progress import grouped_by_word
from prodworkflow.query.ticket_fields import our_words, QueryFields


class QueryWords(Component):
    """Finds tickets by campaign, stage and requirement in Trac's queries.

    On the query page, in `[[TicketQuery]]` and `query:` links and for
    programs. These three are no fields of tickets: nobody can change them.
    """

    implements(IEnvironmentSetupParticipant, IRequestFilter)

    def __init__(self) -> None:
        self._checked = False

    # IEnvironmentSetupParticipant methods

    def environment_created(self) -> None:
        """Nothing is to be made."""

    def environment_needs_upgrade(self) -> bool:
        """Trac asks this when it opens an environment: the moment to look."""
        if not self._checked:
            self._checked = True
            for name in WORDS:
                if name in self.config['ticket-custom']:
                    self.log.warning(
                        'Queries of tickets by %s ask for the custom field '
                        '[ticket-custom] %s, and not for campaigns. Rename '
                        'the field to change that.',
                        name, name)
        return False

    def upgrade_environment(self) -> None:
        """Nothing is to be upgraded."""

    # IRequestFilter methods

    def pre_process_request(self, req: Any, handler: Any) -> Any:
        return handler

    def post_process_request(self, req: Any, template: str | None, data: Any,
                             metadata: Any) -> tuple[Any, Any, Any]:
        if req.path_info == '/query' and template and data and isinstance(
                data.get('query'), Query):
            query = data['query']
            ours = our_words(query.fields)
            words = [word for word in WORDS if word in ours]
            data.update(prodworkflow_page=template,
                        prodworkflow_offered=partial(
                            with_words, words=words, group=query.group))
            template = 'prodworkflow_query_page.html'
        return template, data, metadata


def _is_on(env: Any) -> bool:
    return bool(env.is_enabled(QueryWords))


# Once in a process, whatever its environments: each is asked whether this
# component is on in it.
trac.ticket.query.TicketSystem = QueryFields(_is_on)
Query.get_sql = wide_query.get_sql
Query.get_default_columns = wide_query.get_default_columns
TicketQueryMacro.expand_macro = wide_query.expand_macro
trac.ticket.roadmap.grouped_stats_data = grouped_by_word
