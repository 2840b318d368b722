"""What happened to campaigns, what is found in them, and what is due."""

from prodworkflow.api.activity.calendar import Calendar
from prodworkflow.api.activity.events import Events
from prodworkflow.api.activity.search import Search

__all__ = ['Calendar', 'Events', 'Search']
